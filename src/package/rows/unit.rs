//! `units.csv`

use entity::enums::UnitKind;
use entity::keys;

use super::{Cells, Row};

/// A unit of measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitOfMeasure {
    /// UCUM or ISO 4217 where there is one, else a noun.
    pub code: String,
    /// Name of one.
    pub name: String,
    /// Name of several.
    pub plural: String,
    /// Sign written beside a figure, if any.
    pub symbol: Option<String>,
    /// What kind of quantity it measures.
    pub kind: UnitKind,
}

impl Row for UnitOfMeasure {
    const FILE: &'static str = "units.csv";
    const COLUMNS: &'static [&'static str] = &["code", "name", "plural", "symbol", "kind"];

    fn read(cells: &mut Cells<'_>) -> Self {
        Self {
            code: cells.code("code"),
            name: cells.text("name"),
            plural: cells.text("plural"),
            symbol: cells.optional_text("symbol"),
            kind: cells.word("kind", UnitKind::ALL, UnitKind::graphql_name),
        }
    }

    fn natural_key(&self) -> String {
        keys::unit(&self.code)
    }
}
