//! `divisions.csv`

use entity::keys;

use super::{Cells, Row};

/// An operating part of an agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Division {
    /// Code of the agency.
    pub agency: String,
    /// Code within the agency, such as `DRO`.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Place within the agency, from 1.
    pub position: i32,
}

impl Row for Division {
    const FILE: &'static str = "divisions.csv";
    const COLUMNS: &'static [&'static str] = &["agency", "code", "name", "position"];

    fn read(cells: &mut Cells<'_>) -> Self {
        Self {
            agency: cells.code("agency"),
            code: cells.code("code"),
            name: cells.text("name"),
            position: cells.position("position"),
        }
    }

    fn natural_key(&self) -> String {
        keys::division(&self.agency, &self.code)
    }
}
