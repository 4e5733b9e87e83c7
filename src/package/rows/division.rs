//! `divisions.csv`

use entity::keys;

use super::{Reference, Row};
use crate::package::column::{Code, Column, Position, Text, required};

/// An operating part of an agency.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
    const TITLE: &'static str = "Divisions";
    const DESCRIPTION: &'static str = "Operating parts of an agency.";
    const KEY: &'static [&'static str] = &["agency", "code"];
    const REFERENCES: &'static [Reference] = &[Reference::AGENCY];
    const COLUMNS: &'static [Column<Self>] = &[
        required!(
            "agency",
            Code,
            agency,
            "EXA",
            "Code of the agency (agencies.csv)."
        ),
        required!("code", Code, code, "INSP", "Natural key within the agency."),
        required!(
            "name",
            Text,
            name,
            "Office of Inspections",
            "Name of the division."
        ),
        required!(
            "position",
            Position,
            position,
            "1",
            "Place in the source order, from 1; unique within the agency."
        ),
    ];

    fn natural_key(&self) -> String {
        keys::division(&self.agency, &self.code)
    }
}
