//! `metrics.csv`

use entity::enums::Additivity;
use entity::keys;

use super::{Reference, Row};
use crate::package::column::{Code, Column, Flag, Kind, Text, Word, optional, required};

/// An entry of the catalogue of indicators.
///
/// A metric may have another unit than its parent (drugs by weight and by dose under one root):
/// totals are per unit, so the two are never added up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metric {
    /// Code, such as `criminal-arrests`.
    pub code: String,
    /// Name.
    pub name: String,
    /// What is counted and what is not, where the name does not say it all.
    pub description: Option<String>,
    /// Code of the unit that its results are in.
    pub unit: String,
    /// Along what its results may be added up.
    pub additivity: Additivity,
    /// Whether what is counted under one of its children is counted under no other.
    pub children_are_exclusive: bool,
    /// Code of the metric that it is a kind of; `None` for a root.
    pub parent: Option<String>,
}

impl Row for Metric {
    const FILE: &'static str = "metrics.csv";
    const TITLE: &'static str = "Metric catalogue";
    const DESCRIPTION: &'static str = "Indicators in a tree, shared by all reports. A metric is a kind of its parent; results may be added up only under one root.";
    const KEY: &'static [&'static str] = &["code"];
    const REFERENCES: &'static [Reference] = &[
        Reference {
            columns: &["unit"],
            file: "units.csv",
            key: &["code"],
        },
        Reference {
            columns: &["parent"],
            file: "metrics.csv",
            key: &["code"],
        },
    ];
    const COLUMNS: &'static [Column<Self>] = &[
        required!("code", Code, code, "bridge-inspections", "Natural key."),
        required!(
            "name",
            Text,
            name,
            "Bridge inspections",
            "Name of the metric."
        ),
        optional!(
            "description",
            Text,
            description,
            "Inspections of bridges that were completed.",
            "What the metric counts, and what it leaves out."
        ),
        required!(
            "unit",
            Code,
            unit,
            "inspection",
            "Code of the unit (units.csv)."
        ),
        required!(
            "additivity",
            Word<Additivity>,
            additivity,
            "ADDITIVE",
            "ADDITIVE: figures may be added up across everything. SEMI_ADDITIVE: not across fiscal years. NON_ADDITIVE: never."
        ),
        optional!(
            "parent",
            Code,
            parent,
            "",
            "Code of the metric that this one is a kind of; empty for a root."
        ),
        Column {
            name: "children_are_exclusive",
            required: false,
            shape: Flag::SHAPE,
            example: "false",
            read: |cell, row| {
                row.children_are_exclusive = cell.optional::<Flag>().unwrap_or_default();
            },
            write: |row| Flag::write(&row.children_are_exclusive),
            description: "Whether what is counted under one child of this metric is counted under no other: then what its children have adds up. Empty: no, or not known.",
        },
    ];

    fn natural_key(&self) -> String {
        keys::metric(&self.code)
    }
}
