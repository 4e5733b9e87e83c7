//! `initiatives.csv`

use entity::enums::AttributionBasis;
use entity::keys;

use super::{Cells, Row};

/// Something undertaken, with what came of it in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Initiative {
    /// Code of the report's agency.
    pub agency: String,
    /// Fiscal year of the report.
    pub fiscal_year: i32,
    /// Name for addresses and keys.
    pub slug: String,
    /// Place in the report, from 1.
    pub position: i32,
    /// Name.
    pub name: String,
    /// What was done.
    pub action: String,
    /// What came of it.
    pub outcome: String,
    /// Where in the source.
    pub source_place: String,
    /// The division that undertook it, if known.
    pub division: Option<Attribution>,
    /// The goal that it serves, if known.
    pub goal: Option<Attribution>,
}

/// A division or goal, and how it is known to be the right one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// Code of the division within the agency, or of the goal within the report.
    pub code: String,
    /// How it is known.
    pub basis: AttributionBasis,
    /// Why it is the right one; always there where it is inferred.
    pub note: Option<String>,
}

impl Initiative {
    /// The natural key of its division, if any.
    pub(in crate::package) fn division_key(&self) -> Option<String> {
        let division = self.division.as_ref()?;
        Some(keys::division(&self.agency, &division.code))
    }

    /// The natural key of its goal, if any.
    pub(in crate::package) fn goal_key(&self) -> Option<String> {
        let goal = self.goal.as_ref()?;
        Some(keys::goal(&self.agency, self.fiscal_year, &goal.code))
    }
}

impl Row for Initiative {
    const FILE: &'static str = "initiatives.csv";
    const COLUMNS: &'static [&'static str] = &[
        "agency",
        "fiscal_year",
        "slug",
        "position",
        "name",
        "action",
        "outcome",
        "source_place",
        "division",
        "division_basis",
        "division_note",
        "goal",
        "goal_basis",
        "goal_note",
    ];

    fn read(cells: &mut Cells<'_>) -> Self {
        Self {
            agency: cells.code("agency"),
            fiscal_year: cells.fiscal_year("fiscal_year"),
            slug: cells.code("slug"),
            position: cells.position("position"),
            name: cells.text("name"),
            action: cells.text("action"),
            outcome: cells.text("outcome"),
            source_place: cells.text("source_place"),
            division: attribution(cells, "division", "division_basis", "division_note"),
            goal: attribution(cells, "goal", "goal_basis", "goal_note"),
        }
    }

    fn natural_key(&self) -> String {
        keys::initiative(&self.agency, self.fiscal_year, &self.slug)
    }
}

/// Reads the three cells of an attribution, which are there together or not at all.
fn attribution(
    cells: &mut Cells<'_>,
    code_column: &'static str,
    basis_column: &'static str,
    note_column: &'static str,
) -> Option<Attribution> {
    let Some(code) = cells.optional_code(code_column) else {
        for column in [basis_column, note_column] {
            if cells.optional_text(column).is_some() {
                cells.problem(
                    column,
                    format!("is there without a {code_column}; take it out"),
                );
            }
        }
        return None;
    };
    let basis = cells.word(
        basis_column,
        AttributionBasis::ALL,
        AttributionBasis::graphql_name,
    );
    let note = cells.optional_text(note_column);
    if basis == AttributionBasis::Inferred && note.is_none() {
        cells.problem(note_column, "is missing; say what the inference rests on");
    }
    Some(Attribution { code, basis, note })
}
