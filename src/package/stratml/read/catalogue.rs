//! Metrics and units: those that lines of annals bring, and those made of indicators.

use std::collections::HashMap;

use crate::package::stratml::carried::{OtherInformation, RowKind};
use crate::package::stratml::notices::NoticeKind::Assumed;
use crate::package::stratml::notices::Notices;
use crate::package::stratml::rows::{RowCells, Tables};
use crate::package::stratml::text::{self, Taken};
use crate::package::stratml::units;
use crate::package::stratml::xml::Element;

/// What is known so far.
#[derive(Default)]
pub(super) struct Catalogue {
    units: Vec<RowCells>,
    unit_codes: Taken,
    /// Codes by the name of several, in lower case.
    unit_by_plural: HashMap<String, String>,
    metrics: Vec<RowCells>,
    metric_codes: Taken,
    /// Codes by name and code of the unit, in lower case.
    metric_by_name: HashMap<(String, String), String>,
}

impl Catalogue {
    /// What the lines in the root bring.
    pub(super) fn new(other: &OtherInformation) -> Self {
        let mut catalogue = Self::default();
        for (kind, cells) in &other.lines {
            let row = RowCells::new(0, Some(cells));
            match kind {
                RowKind::Unit => catalogue.add_unit(row),
                RowKind::Metric => catalogue.add_metric(row),
                _ => {}
            }
        }
        catalogue
    }

    /// The metric of an indicator; its code. `named` is the code that a line of ours has for it.
    pub(super) fn metric(
        &mut self,
        indicator: &Element,
        named: Option<&str>,
        name: &str,
        notices: &mut Notices,
    ) -> String {
        if let Some(code) = named.filter(|code| self.metric_codes.has(code)) {
            return code.to_owned();
        }
        let written = indicator.label("UnitOfMeasurement");
        let is_written = !written.is_empty();
        let unit = self.unit(indicator.line, &written);
        let key = (name.to_lowercase(), unit.to_lowercase());
        if named.is_none()
            && let Some(code) = self.metric_by_name.get(&key)
        {
            return code.clone();
        }
        if !is_written {
            let message = "has no UnitOfMeasurement; its unit is called \"unit\"";
            notices.note_once(Assumed, indicator.line, "PerformanceIndicator", message);
        }
        let message = "StratML does not say whether figures may be added up; taken as NON_ADDITIVE, so no sum is shown";
        notices.note_once(Assumed, indicator.line, "PerformanceIndicator", message);
        let code = match (named, text::slug(name)) {
            (Some(code), _) => code.to_owned(),
            (None, slug) if slug.is_empty() => self.metric_codes.unique("indicator"),
            (None, slug) => self.metric_codes.unique(&slug),
        };
        let mut row = RowCells::new(indicator.line, None);
        row.fill("code", &*code)
            .fill("name", name)
            .fill("unit", unit)
            .fill("additivity", "NON_ADDITIVE");
        self.add_metric(row);
        code
    }

    /// Puts all rows where they go; those that lines brought are at `line`.
    pub(super) fn into_tables(self, line: u64, tables: &mut Tables) {
        let placed = |mut row: RowCells| {
            row.line = row.line.max(line);
            row
        };
        tables.units = self.units.into_iter().map(placed).collect();
        tables.metrics = self.metrics.into_iter().map(placed).collect();
    }

    /// The unit that a document means; its code.
    fn unit(&mut self, line: u64, written: &str) -> String {
        let unit = units::unit(written);
        if let Some(code) = self.unit_by_plural.get(&unit.plural.to_lowercase()) {
            return code.clone();
        }
        let code = self.unit_codes.unique(&unit.code);
        let mut row = RowCells::new(line, None);
        row.fill("code", &*code)
            .fill("name", unit.name)
            .fill("plural", unit.plural)
            .fill("symbol", unit.symbol)
            .fill("kind", unit.kind);
        self.add_unit(row);
        code
    }

    fn add_unit(&mut self, row: RowCells) {
        let code = row.get("code").to_owned();
        self.unit_codes.take(&code);
        let plural = row.get("plural").to_lowercase();
        self.unit_by_plural.entry(plural).or_insert(code);
        self.units.push(row);
    }

    fn add_metric(&mut self, row: RowCells) {
        let code = row.get("code").to_owned();
        self.metric_codes.take(&code);
        let key = (
            row.get("name").to_lowercase(),
            row.get("unit").to_lowercase(),
        );
        self.metric_by_name.entry(key).or_insert(code);
        self.metrics.push(row);
    }
}
