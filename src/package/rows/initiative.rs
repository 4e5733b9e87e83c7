//! `initiatives.csv`

use std::borrow::Cow;

use entity::enums::AttributionBasis;
use entity::keys;

use super::{Reference, Row};
use crate::package::column::{
    Cell, Code, Column, FiscalYear, Kind, Position, Text, Word, required,
};
use crate::package::problem::Rule;

/// Something undertaken, with what came of it in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
    const TITLE: &'static str = "Initiatives";
    const DESCRIPTION: &'static str = "What was undertaken and what came of it: one row for each action/result pair of the source.";
    const KEY: &'static [&'static str] = &["agency", "fiscal_year", "slug"];
    const REFERENCES: &'static [Reference] = &[Reference::REPORT];
    const COLUMNS: &'static [Column<Self>] = &[
        required!(
            "agency",
            Code,
            agency,
            "EXA",
            "Code of the agency (agencies.csv)."
        ),
        required!(
            "fiscal_year",
            FiscalYear,
            fiscal_year,
            "2025",
            "Fiscal year of the report (reports.csv)."
        ),
        required!(
            "slug",
            Code,
            slug,
            "bridge-inspections",
            "Natural key within the report, and the end of its address on the site."
        ),
        required!(
            "position",
            Position,
            position,
            "1",
            "Place in the source order, from 1; unique within the report."
        ),
        required!("name", Text, name, "Bridge inspections", "Short name."),
        required!(
            "action",
            Text,
            action,
            "Inspected the bridges of all interstate highways.",
            "What was done, in the package author's own words."
        ),
        required!(
            "outcome",
            Text,
            outcome,
            "The agency completed more than 1,200 inspections.",
            "What came of it, in the package author's own words."
        ),
        required!(
            "source_place",
            Text,
            source_place,
            "page 12",
            "Where in the source, such as a page or the number of an action/result pair."
        ),
        Column {
            name: "division",
            required: false,
            shape: Code::SHAPE,
            description: "Code of the division that did the work: with agency, a row of divisions.csv. Empty where the report names none and none follows from the subject.",
            example: "INSP",
            read: |cell, row| row.division = attributed(cell),
            write: |row| code(row.division.as_ref()),
        },
        Column {
            name: "division_basis",
            required: false,
            shape: <Word<AttributionBasis>>::SHAPE,
            description: "STATED where the report names the division, INFERRED where it follows from the subject; empty without a division.",
            example: "STATED",
            read: |cell, row| read_basis(cell, "division", row.division.as_mut()),
            write: |row| basis(row.division.as_ref()),
        },
        Column {
            name: "division_note",
            required: false,
            shape: Text::SHAPE,
            description: "What the attribution to the division rests on; always given where it is INFERRED.",
            example: "",
            read: |cell, row| read_note(cell, "division", row.division.as_mut()),
            write: |row| note(row.division.as_ref()),
        },
        Column {
            name: "goal",
            required: false,
            shape: Code::SHAPE,
            description: "Code of the goal that the work serves: with agency and fiscal_year, a row of goals.csv. Empty where the report names none and none follows from the subject.",
            example: "safe-bridges",
            read: |cell, row| row.goal = attributed(cell),
            write: |row| code(row.goal.as_ref()),
        },
        Column {
            name: "goal_basis",
            required: false,
            shape: <Word<AttributionBasis>>::SHAPE,
            description: "STATED where the report names the goal, INFERRED where it follows from the subject; empty without a goal.",
            example: "INFERRED",
            read: |cell, row| read_basis(cell, "goal", row.goal.as_mut()),
            write: |row| basis(row.goal.as_ref()),
        },
        Column {
            name: "goal_note",
            required: false,
            shape: Text::SHAPE,
            description: "What the attribution to the goal rests on; always given where it is INFERRED.",
            example: "The report says that inspections keep bridges safe.",
            read: |cell, row| read_note(cell, "goal", row.goal.as_mut()),
            write: |row| note(row.goal.as_ref()),
        },
    ];

    fn natural_key(&self) -> String {
        keys::initiative(&self.agency, self.fiscal_year, &self.slug)
    }
}

/// Reads the first of the three cells of an attribution, which are there together or not at all.
fn attributed(cell: &mut Cell<'_>) -> Option<Attribution> {
    let code = cell.optional::<Code>()?;
    Some(Attribution {
        code,
        basis: AttributionBasis::default(),
        note: None,
    })
}

fn read_basis(cell: &mut Cell<'_>, of: &str, attribution: Option<&mut Attribution>) {
    match attribution {
        Some(attribution) => attribution.basis = cell.required::<Word<AttributionBasis>>(),
        None => refuse_alone(cell, of),
    }
}

fn read_note(cell: &mut Cell<'_>, of: &str, attribution: Option<&mut Attribution>) {
    let Some(attribution) = attribution else {
        return refuse_alone(cell, of);
    };
    attribution.note = cell.optional::<Text>();
    if attribution.basis == AttributionBasis::Inferred && attribution.note.is_none() {
        let help = "say what the inference rests on";
        cell.problem(Rule::MissingValue, "is missing", help);
    }
}

/// Notes a basis or a note of nothing.
fn refuse_alone(cell: &mut Cell<'_>, of: &str) {
    if !cell.text.is_empty() {
        let message = format!("is there without a {of}");
        cell.problem(Rule::UnexpectedValue, message, "take it out");
    }
}

fn code(attribution: Option<&Attribution>) -> Cow<'_, str> {
    attribution.map_or_else(Cow::default, |attribution| Code::write(&attribution.code))
}

fn basis(attribution: Option<&Attribution>) -> Cow<'_, str> {
    attribution.map_or_else(Cow::default, |attribution| Word::write(&attribution.basis))
}

fn note(attribution: Option<&Attribution>) -> Cow<'_, str> {
    let note = attribution.and_then(|attribution| attribution.note.as_ref());
    note.map_or_else(Cow::default, Text::write)
}
