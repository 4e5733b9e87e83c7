//! Indicators: figures become results, and what is said in words the outcome of the initiative.

use std::collections::HashMap;

use super::period::read_date;
use super::{Reader, other_information};
use crate::package::stratml::carried::{OtherInformation, RowKind};
use crate::package::stratml::dates::{self, End};
use crate::package::stratml::notices::NoticeKind::{Assumed, LeftOut};
use crate::package::stratml::notices::excerpt;
use crate::package::stratml::rows::RowCells;
use crate::package::stratml::text::{self, Taken};
use crate::package::stratml::xml::Element;

/// More days than this are no single year.
const LONGEST_PERIOD_DAYS: i64 = 400;

/// What came of the indicators of one objective.
#[derive(Default)]
pub(super) struct Found {
    /// How many figures became results.
    pub(super) figures: usize,
    /// Results without a figure.
    pub(super) in_words: Vec<String>,
    /// What is said beside figures.
    pub(super) beside_figures: Vec<String>,
}

/// An indicator on its way.
struct Indicator<'e> {
    element: &'e Element,
    other: OtherInformation,
    /// What it measures.
    name: String,
    /// Slug of the initiative.
    initiative: &'e str,
}

impl Reader<'_> {
    /// Reads the indicators of an objective.
    pub(super) fn indicators(&mut self, objective: &Element, initiative: &str) -> Found {
        let mut found = Found::default();
        let indicators: Vec<_> = objective
            .all("PerformanceIndicator")
            .map(|element| (element, other_information(element, self.notices)))
            .collect();
        let mut keys = Taken::default();
        for (_, other) in &indicators {
            if let Some(key) = other
                .first(RowKind::Result)
                .and_then(|cells| cells.get("key"))
            {
                keys.take(key);
            }
        }
        for (element, other) in indicators {
            let names = [
                element.label("MeasurementDimension"),
                objective.label("Name"),
                "Indicator".to_owned(),
            ];
            let name = names.into_iter().find(|name| !name.is_empty());
            let indicator = Indicator {
                element,
                name: self.name(element.line, name.unwrap_or_default()),
                other,
                initiative,
            };
            self.indicator(&indicator, &mut keys, &mut found);
        }
        found
    }

    fn indicator(&mut self, indicator: &Indicator<'_>, keys: &mut Taken, found: &mut Found) {
        let element = indicator.element;
        let (figures_before, words_before) = (found.figures, found.in_words.len());
        for instance in element.all("MeasurementInstance") {
            let is_figure = |result: &&Element| result.child("NumberOfUnits").is_some();
            let (figures, others): (Vec<_>, Vec<_>) =
                instance.all("ActualResult").partition(is_figure);
            let mut targets = Targets::new(instance);
            for actual in &figures {
                let target = targets.take(actual, figures.len());
                let is_first = found.figures == figures_before;
                self.result(indicator, actual, target, is_first, keys);
                found.figures += 1;
                let description = actual.prose("Description");
                if !description.is_empty() {
                    found.beside_figures.push(description);
                }
            }
            for actual in others {
                let words = in_words(actual);
                found
                    .in_words
                    .push(match element.child("MeasurementDimension") {
                        Some(_) => format!("{}: {words}", indicator.name),
                        None => words,
                    });
            }
            for target in targets.rest() {
                let message = format!(
                    "belongs to no figure of an actual result; left out: {}",
                    excerpt(&target.whole_text())
                );
                let path = "MeasurementInstance/TargetResult";
                self.notices.note(LeftOut, target.line, path, message);
            }
        }
        match (
            found.figures > figures_before,
            found.in_words.len() > words_before,
        ) {
            (true, _) => {}
            (false, true) if indicator.other.free.is_empty() => {}
            (false, true) => found.in_words.push(indicator.other.free.clone()),
            (false, false) => {
                let message = format!(
                    "reports no actual result; left out: {}",
                    excerpt(&element.whole_text())
                );
                let path = "Objective/PerformanceIndicator";
                self.notices.note(LeftOut, element.line, path, message);
            }
        }
    }

    /// Adds the row of a figure. The first one of an indicator has what is said of them all.
    fn result(
        &mut self,
        indicator: &Indicator<'_>,
        actual: &Element,
        target: Option<&Element>,
        is_first: bool,
        keys: &mut Taken,
    ) {
        let line = indicator.other.first(RowKind::Result).filter(|_| is_first);
        let number = actual.child("NumberOfUnits").unwrap_or(actual);
        let mut row = RowCells::new(number.line, line);
        let named = line.and_then(|cells| cells.get("metric"));
        let element = indicator.element;
        let metric = self.catalogue.metric(
            element,
            named.map(String::as_str),
            &indicator.name,
            self.notices,
        );
        let metric = self.code(element.line, metric);
        row.fill("metric", metric);
        let description = actual.prose("Description");
        let free = match is_first {
            true => indicator.other.free.clone(),
            false => String::new(),
        };
        if line.is_some() {
            row.fill("position", element.label("SequenceIndicator"))
                .fill("label", text::label(&description))
                .fill("note", free);
        } else {
            let key = match text::slug(&indicator.name) {
                slug if slug.is_empty() => "figure".to_owned(),
                slug => slug,
            };
            let notes = [description, descriptor(actual), free];
            let notes: Vec<_> = notes.into_iter().filter(|note| !note.is_empty()).collect();
            row.fill("key", keys.unique(&key))
                .fill("label", &*indicator.name)
                .fill("note", notes.join("\n"));
            self.assume_when(actual, &mut row);
            let message = "StratML does not say how exact a figure is and whether it covers its period; taken as EXACT and, but for dates that say otherwise, as PERIOD";
            self.notices
                .note_once(Assumed, actual.line, "ActualResult", message);
        }
        if let Some(target) = target {
            row.fill("target", plain(&target.label("NumberOfUnits")));
            for name in ["Description", "Descriptor"] {
                if let Some(child) = target.child(name) {
                    let found = excerpt(&child.whole_text());
                    let message =
                        format!("has no place beside a target that is a figure; left out: {found}");
                    self.notices
                        .note(LeftOut, child.line, format!("TargetResult/{name}"), message);
                }
            }
        }
        row.fill("agency", &*self.agency)
            .fill("report_fiscal_year", self.period.fiscal_year.to_string())
            .fill("initiative", indicator.initiative)
            .fill("value", plain(&text::label(&number.text)))
            .fill("fiscal_year", self.period.fiscal_year.to_string())
            .fill("precision", "EXACT")
            .fill("scope", "PERIOD")
            .fill("is_record", "false");
        self.tables.results.push(row);
    }

    /// Fills in year, scope and date as the dates of a result have them.
    fn assume_when(&mut self, actual: &Element, row: &mut RowCells) {
        let start = read_date(actual, "StartDate", End::First, self.notices);
        let end = read_date(actual, "EndDate", End::Last, self.notices);
        let Some(last) = end.or(start) else {
            return;
        };
        let period = &self.period;
        let year = dates::fiscal_year(last, period.fiscal_year, period.end);
        row.fill("fiscal_year", year.to_string());
        if last != period.end {
            row.fill("as_of", dates::to_text(last));
        }
        match start.zip(end) {
            Some((start, end)) if start == end => {
                row.fill("scope", "POINT_IN_TIME");
            }
            Some((start, end)) if (end - start).whole_days() > LONGEST_PERIOD_DAYS => {
                let message = "is about more than a year; its scope is taken as CUMULATIVE";
                self.notices
                    .note_once(Assumed, actual.line, "ActualResult", message);
                row.fill("scope", "CUMULATIVE");
            }
            _ => {}
        }
    }

    /// Gives a place to each result that has none, after those that have one.
    pub(super) fn number_results(&mut self) {
        let places = self.tables.results.iter().map(|row| row.get("position"));
        let mut last = places
            .filter_map(|place| place.parse::<usize>().ok())
            .max()
            .unwrap_or(0);
        for row in &mut self.tables.results {
            if row.get("position").is_empty() {
                last += 1;
                row.fill("position", last.to_string());
            }
        }
    }
}

/// The targets of one instance, each of which goes with at most one figure.
struct Targets<'e> {
    all: Vec<Option<&'e Element>>,
    /// Places in `all` by the text of the end date, the last one first.
    by_end: HashMap<String, Vec<usize>>,
}

impl<'e> Targets<'e> {
    fn new(instance: &'e Element) -> Self {
        let all: Vec<_> = instance.all("TargetResult").map(Some).collect();
        let mut by_end: HashMap<_, Vec<_>> = HashMap::new();
        for (place, target) in all.iter().enumerate().rev() {
            if let Some(target) = target.filter(|target| target.child("NumberOfUnits").is_some()) {
                by_end
                    .entry(target.label("EndDate"))
                    .or_default()
                    .push(place);
            }
        }
        Self { all, by_end }
    }

    /// The target that ends on the same day; of one figure and one target, that one if it has no
    /// day.
    fn take(&mut self, actual: &Element, figures: usize) -> Option<&'e Element> {
        let end = actual.label("EndDate");
        let only = self.all.len() == 1 && figures == 1;
        let places = match self.by_end.contains_key(&end) {
            true => self.by_end.get_mut(&end),
            false if only && end.is_empty() => self.by_end.values_mut().next(),
            false if only => self.by_end.get_mut(""),
            false => None,
        };
        self.all[places?.pop()?].take()
    }

    /// Those that went with no figure.
    fn rest(self) -> impl Iterator<Item = &'e Element> {
        self.all.into_iter().flatten()
    }
}

/// What a result says without a figure.
fn in_words(actual: &Element) -> String {
    let parts = [actual.prose("Description"), descriptor(actual)];
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    match parts.is_empty() {
        // Dates alone.
        true => actual.whole_text(),
        false => parts.join("\n"),
    }
}

/// A quality and its value: `Status: On track`.
fn descriptor(actual: &Element) -> String {
    let Some(descriptor) = actual.child("Descriptor") else {
        return String::new();
    };
    let parts = [
        descriptor.label("DescriptorName"),
        descriptor.label("DescriptorValue"),
    ];
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(": ")
}

/// A figure as packages write it, if it is an `xsd:decimal`; else as it is, to be refused.
fn plain(number: &str) -> String {
    let (sign, unsigned) = match number.strip_prefix('-') {
        Some(unsigned) => ("-", unsigned),
        None => ("", number.strip_prefix('+').unwrap_or(number)),
    };
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
        return number.to_owned();
    }
    let whole = if whole.is_empty() { "0" } else { whole };
    match fraction.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        fraction => format!("{sign}{whole}.{fraction}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_decimal_of_the_schema_is_plain() {
        for (written, expected) in [
            ("829", "829"),
            ("+5", "5"),
            (".5", "0.5"),
            ("-.5", "-0.5"),
            ("5.", "5"),
            ("2.500000", "2.5"),
            ("100.000", "100"),
            ("1,234", "1,234"),
            ("12 arrests", "12 arrests"),
            (".", "."),
            ("", ""),
        ] {
            assert_eq!(plain(written), expected);
        }
    }
}
