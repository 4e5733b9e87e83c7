//! `units.csv`

use entity::enums::UnitKind;
use entity::keys;

use super::{Reference, Row};
use crate::package::column::{Code, Column, Text, Word, optional, required};

/// A unit of measure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
    const TITLE: &'static str = "Units of measure";
    const DESCRIPTION: &'static str = "What is counted, weighed or paid.";
    const KEY: &'static [&'static str] = &["code"];
    const REFERENCES: &'static [Reference] = &[];
    const COLUMNS: &'static [Column<Self>] = &[
        required!(
            "code",
            Code,
            code,
            "inspection",
            "Natural key: a UCUM code (\"[lb_av]\", \"%\") or an ISO 4217 code (\"USD\") where there is one, otherwise an English singular noun without white space (\"arrest\")."
        ),
        required!("name", Text, name, "inspection", "Name in the singular."),
        required!("plural", Text, plural, "inspections", "Name in the plural."),
        optional!(
            "symbol",
            Text,
            symbol,
            "",
            "Symbol written with a figure, where there is one."
        ),
        required!(
            "kind",
            Word<UnitKind>,
            kind,
            "COUNT",
            "What sort of quantity the unit measures."
        ),
    ];

    fn natural_key(&self) -> String {
        keys::unit(&self.code)
    }
}
