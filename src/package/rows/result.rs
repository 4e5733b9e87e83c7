//! `results.csv`

use entity::enums::{Precision, Scope};
use entity::{decimal, keys};

use super::{Cells, Row};

/// One reported figure of one initiative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportedResult {
    /// Code of the report's agency.
    pub agency: String,
    /// Fiscal year of the report.
    pub report_fiscal_year: i32,
    /// Slug of the initiative.
    pub initiative: String,
    /// Key within the initiative.
    pub key: String,
    /// Place in the report (not in the initiative), from 1.
    pub position: i32,
    /// What it is, in a few words.
    pub label: String,
    /// Code of the metric.
    pub metric: String,
    /// The figure, in ten-thousandths.
    pub value: i64,
    /// What was aimed for, in ten-thousandths, if the report says so.
    pub target: Option<i64>,
    /// How to read the figure.
    pub precision: Precision,
    /// The fiscal year that the figure is about.
    pub fiscal_year: i32,
    /// Over that year, to date, or at a date.
    pub scope: Scope,
    /// A date that the source gives, `YYYY-MM` or `YYYY-MM-DD`.
    pub as_of: Option<String>,
    /// The source calls it a record.
    pub is_record: bool,
    /// The result of the same report that it is a part of, if any.
    pub part_of: Option<PartOf>,
    /// What a reader should know, if anything.
    pub note: Option<String>,
}

/// A result of the same report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartOf {
    /// Slug of its initiative.
    pub initiative: String,
    /// Its key within the initiative.
    pub key: String,
}

impl ReportedResult {
    /// What share of the target was attained, in ten-thousandths: only of an exact figure.
    pub(in crate::package) fn attainment(&self) -> Option<i64> {
        match self.precision {
            Precision::Exact => decimal::quotient(self.value, self.target?),
            _ => None,
        }
    }

    /// The natural key of its initiative.
    pub(in crate::package) fn initiative_key(&self) -> String {
        keys::initiative(&self.agency, self.report_fiscal_year, &self.initiative)
    }

    /// The natural key of the result that it is a part of, if any.
    pub(in crate::package) fn whole_key(&self) -> Option<String> {
        let whole = self.part_of.as_ref()?;
        Some(keys::result(
            &self.agency,
            self.report_fiscal_year,
            &whole.initiative,
            &whole.key,
        ))
    }
}

impl Row for ReportedResult {
    const FILE: &'static str = "results.csv";
    const COLUMNS: &'static [&'static str] = &[
        "agency",
        "report_fiscal_year",
        "initiative",
        "key",
        "position",
        "label",
        "metric",
        "value",
        "precision",
        "fiscal_year",
        "scope",
        "as_of",
        "is_record",
        "part_of_initiative",
        "part_of_key",
        "note",
        "target",
    ];
    const OPTIONAL: &'static [&'static str] = &["target"];

    fn read(cells: &mut Cells<'_>) -> Self {
        Self {
            agency: cells.code("agency"),
            report_fiscal_year: cells.fiscal_year("report_fiscal_year"),
            initiative: cells.code("initiative"),
            key: cells.code("key"),
            position: cells.position("position"),
            label: cells.text("label"),
            metric: cells.code("metric"),
            value: cells.figure("value"),
            target: cells.optional_figure("target"),
            precision: cells.word("precision", Precision::ALL, Precision::graphql_name),
            fiscal_year: cells.fiscal_year("fiscal_year"),
            scope: cells.word("scope", Scope::ALL, Scope::graphql_name),
            as_of: cells.optional_day_or_month("as_of"),
            is_record: cells.boolean("is_record"),
            part_of: part_of(cells),
            note: cells.optional_text("note"),
        }
    }

    fn natural_key(&self) -> String {
        keys::result(
            &self.agency,
            self.report_fiscal_year,
            &self.initiative,
            &self.key,
        )
    }
}

fn part_of(cells: &mut Cells<'_>) -> Option<PartOf> {
    let initiative = cells.optional_code("part_of_initiative");
    let key = cells.optional_code("part_of_key");
    match (initiative, key) {
        (Some(initiative), Some(key)) => Some(PartOf { initiative, key }),
        (None, None) => None,
        (Some(_), None) => {
            cells.problem(
                "part_of_key",
                "is missing beside part_of_initiative; fill it in",
            );
            None
        }
        (None, Some(_)) => {
            cells.problem(
                "part_of_initiative",
                "is missing beside part_of_key; fill it in",
            );
            None
        }
    }
}
