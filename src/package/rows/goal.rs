//! `goals.csv`

use entity::keys;

use super::{Cells, Row};

/// A strategic goal or theme of one report.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    const COLUMNS: &'static [&'static str] = &["agency", "fiscal_year", "code", "name", "position"];

    fn read(cells: &mut Cells<'_>) -> Self {
        Self {
            agency: cells.code("agency"),
            fiscal_year: cells.fiscal_year("fiscal_year"),
            code: cells.code("code"),
            name: cells.text("name"),
            position: cells.position("position"),
        }
    }

    fn natural_key(&self) -> String {
        keys::goal(&self.agency, self.fiscal_year, &self.code)
    }
}
