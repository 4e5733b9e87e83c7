//! `agencies.csv`

use entity::keys;

use super::{Reference, Row};
use crate::package::column::{Code, Column, Text, optional, required};

/// An agency that reports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
    const TITLE: &'static str = "Agencies";
    const DESCRIPTION: &'static str = "Reporting bodies.";
    const KEY: &'static [&'static str] = &["code"];
    const REFERENCES: &'static [Reference] = &[];
    const COLUMNS: &'static [Column<Self>] = &[
        required!(
            "code",
            Code,
            code,
            "EXA",
            "Natural key: short code of the agency, without white space. Codes compare without regard to case."
        ),
        required!("name", Text, name, "Example Agency", "Full name."),
        optional!(
            "department",
            Text,
            department,
            "Department of Examples",
            "Department that the agency belongs to."
        ),
    ];

    fn natural_key(&self) -> String {
        keys::agency(&self.code)
    }
}
