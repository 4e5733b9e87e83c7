//! `metrics.csv`

use entity::enums::Additivity;
use entity::keys;

use super::{Cells, Row};

/// An entry of the catalogue of indicators.
///
/// A metric may have another unit than its parent (drugs by weight and by dose under one root):
/// totals are per unit, so the two are never added up.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    const COLUMNS: &'static [&'static str] = &[
        "code",
        "name",
        "description",
        "unit",
        "additivity",
        "parent",
        "children_are_exclusive",
    ];
    const OPTIONAL: &'static [&'static str] = &["children_are_exclusive"];

    fn read(cells: &mut Cells<'_>) -> Self {
        Self {
            code: cells.code("code"),
            name: cells.text("name"),
            description: cells.optional_text("description"),
            unit: cells.code("unit"),
            additivity: cells.word("additivity", Additivity::ALL, Additivity::graphql_name),
            parent: cells.optional_code("parent"),
            children_are_exclusive: cells.optional_boolean("children_are_exclusive"),
        }
    }

    fn natural_key(&self) -> String {
        keys::metric(&self.code)
    }
}
