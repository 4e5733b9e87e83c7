//! `agencies.csv`

use entity::keys;

use super::{Cells, Row};

/// An agency that reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agency {
    /// Short name, such as `ICE`.
    pub code: String,
    /// Full name.
    pub name: String,
    /// The department that it belongs to, if any.
    pub department: Option<String>,
}

impl Row for Agency {
    const FILE: &'static str = "agencies.csv";
    const COLUMNS: &'static [&'static str] = &["code", "name", "department"];

    fn read(cells: &mut Cells<'_>) -> Self {
        Self {
            code: cells.code("code"),
            name: cells.text("name"),
            department: cells.optional_text("department"),
        }
    }

    fn natural_key(&self) -> String {
        keys::agency(&self.code)
    }
}
