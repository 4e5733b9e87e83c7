//! `goals.csv`

use entity::keys;

use super::{Reference, Row};
use crate::package::column::{Code, Column, FiscalYear, Position, Text, required};

/// A strategic goal or theme of one report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Goal {
    /// Code of the report's agency.
    pub agency: String,
    /// Fiscal year of the report.
    pub fiscal_year: i32,
    /// Code within the report.
    pub code: String,
    /// Name.
    pub name: String,
    /// Place in the report, from 1.
    pub position: i32,
}

impl Row for Goal {
    const FILE: &'static str = "goals.csv";
    const TITLE: &'static str = "Goals";
    const DESCRIPTION: &'static str =
        "Strategic goals or themes that a report groups its work under.";
    const KEY: &'static [&'static str] = &["agency", "fiscal_year", "code"];
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
            "code",
            Code,
            code,
            "safe-bridges",
            "Natural key within the report."
        ),
        required!("name", Text, name, "Safe bridges", "Name of the goal."),
        required!(
            "position",
            Position,
            position,
            "1",
            "Place in the source order, from 1; unique within the report."
        ),
    ];

    fn natural_key(&self) -> String {
        keys::goal(&self.agency, self.fiscal_year, &self.code)
    }
}
