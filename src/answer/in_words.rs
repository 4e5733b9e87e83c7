//! Figures and totals as sentences that may be printed.
//!
//! Every number in a sentence is one of the figure's or the total's, rounded only where it is a rounded number and called
//! so. Nothing here may claim more than precision, caveats and `atLeast` allow.

mod number;

use entity::enums::{Precision, Scope, UnitKind};

use crate::{
    load::{Amount, Cell, Rows, Total},
    plan::{ResultInWords, UnitPlaces},
};
use number::{counted, written};

/// What a sentence says of a unit.
pub(super) struct Unit<'a> {
    name: &'a str,
    plural: &'a str,
    symbol: Option<&'a str>,
    kind: Option<UnitKind>,
}

impl<'a> Unit<'a> {
    /// The unit in a row.
    pub(super) fn new(rows: &'a Rows, row: usize, places: UnitPlaces) -> Unit<'a> {
        let kind = rows.int(row, places.kind);
        Unit {
            name: rows.text(row, places.name),
            plural: rows.text(row, places.plural),
            symbol: match rows.cell(row, places.symbol) {
                Cell::Text(symbol) => Some(symbol),
                _ => None,
            },
            kind: kind.and_then(|code| UnitKind::from_code(i16::try_from(code).ok()?)),
        }
    }

    fn is(&self, kind: UnitKind) -> bool {
        self.kind == Some(kind)
    }

    /// A number of it: `22,304 arrests`, `$30 million`.
    fn of(&self, number: &str) -> String {
        match self.symbol {
            Some(symbol) if self.is(UnitKind::Money) => match number.strip_prefix('-') {
                Some(positive) => format!("-{symbol}{positive}"),
                None => format!("{symbol}{number}"),
            },
            _ if number == "1" => format!("1 {}", self.name),
            _ => format!("{number} {}", self.plural),
        }
    }

    /// What may have been counted twice.
    fn same_thing(&self) -> &str {
        match self.kind {
            Some(UnitKind::Count) => self.name,
            Some(UnitKind::Money) => "money",
            _ => "quantity",
        }
    }
}

/// A figure as it stands in a row.
pub(super) struct Figure<'a> {
    agency: &'a str,
    initiative: &'a str,
    label: &'a str,
    value: i64,
    precision: Option<Precision>,
    fiscal_year: i64,
    scope: Option<Scope>,
    as_of: Option<&'a str>,
    is_superseded: bool,
    unit: Unit<'a>,
}

impl<'a> Figure<'a> {
    /// The figure in a row.
    pub(super) fn new(rows: &'a Rows, row: usize, places: &ResultInWords) -> Figure<'a> {
        let int = |place| rows.int(row, place).unwrap_or_default();
        let code = |place| i16::try_from(int(place)).unwrap_or(-1);
        Figure {
            agency: rows.text(row, places.agency),
            initiative: rows.text(row, places.initiative),
            label: rows.text(row, places.label),
            value: int(places.value),
            precision: Precision::from_code(code(places.precision)),
            fiscal_year: int(places.fiscal_year),
            scope: Scope::from_code(code(places.scope)),
            as_of: match rows.cell(row, places.as_of) {
                Cell::Text(date) => Some(date),
                _ => None,
            },
            is_superseded: int(places.is_superseded) != 0,
            unit: Unit::new(rows, row, places.unit),
        }
    }

    /// The figure as a sentence.
    pub(super) fn sentence(&self) -> String {
        let amount = Amount {
            value: self.value.into(),
            precision: self.precision,
        };
        let figure = as_reported(amount, &self.unit, true);
        let again = match self.is_superseded {
            true => " A later report publishes this figure again.",
            false => "",
        };
        format!(
            "{}: {figure} {} ({}, {}).{again}",
            self.label,
            self.period(),
            self.agency,
            self.initiative
        )
    }

    fn period(&self) -> String {
        let year = self.fiscal_year;
        let date = self.as_of.and_then(date);
        match (self.scope, date) {
            (Some(Scope::Cumulative), Some(date)) => {
                format!("from the start of the program through {date}")
            }
            (Some(Scope::Cumulative), None) => {
                format!("from the start of the program through fiscal year {year}")
            }
            (Some(Scope::PointInTime), Some(date)) => format!("as of {date}"),
            _ => format!("in fiscal year {year}"),
        }
    }
}

/// `June 2007` or `June 30, 2007`, from `2007-06` or `2007-06-30`.
fn date(iso: &str) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let mut parts = iso.split('-');
    let year = parts.next()?;
    let month: usize = parts.next()?.parse().ok()?;
    let month = MONTHS.get(month.checked_sub(1)?)?;
    Some(match parts.next() {
        Some(day) => format!("{month} {}, {year}", day.trim_start_matches('0')),
        None => format!("{month} {year}"),
    })
}

/// A number with what its precision says. A lower bound is "at least" so much only where that `is_certain`.
fn as_reported(amount: Amount, unit: &Unit<'_>, is_certain: bool) -> String {
    let exact = || unit.of(&written(amount.value));
    let short = || unit.of(&number::short(amount.value));
    match amount.precision {
        None | Some(Precision::Exact) => exact(),
        Some(Precision::Approximate) => format!("about {}", short()),
        Some(Precision::LowerBound) if is_certain => format!("at least {}", short()),
        Some(Precision::LowerBound) => format!("{} or more", short()),
        Some(Precision::UpperBound) => format!("at most {}", short()),
    }
}

/// A total as sentences.
pub(super) fn total(total: &Total, unit: &Unit<'_>) -> String {
    let mut text = match (total.count, total.extremes) {
        (1, Some((figure, _))) => one_figure(total, figure, unit),
        _ => several_figures(total, unit),
    };
    match (total.restated, total.count) {
        (0, _) => {}
        (_, 1) => text.push_str(" An earlier report gives another value."),
        (1, _) => text.push_str(" One figure was restated; the latest report's value counts."),
        (restated, _) => {
            let restated = counted(restated);
            text.push_str(&format!(
                " {restated} figures were restated; the latest report's values count."
            ));
        }
    }
    let says_it = total.sum.is_some_and(|sum| {
        matches!(
            sum.precision,
            Some(Precision::Exact | Precision::LowerBound)
        )
    });
    if let Some(at_least) = total.at_least
        && !says_it
    {
        let at_least = unit.of(&number::short(at_least));
        text.push_str(&format!(" At least {at_least}."));
    }
    text
}

fn one_figure(total: &Total, figure: Amount, unit: &Unit<'_>) -> String {
    let figure = as_reported(figure, unit, total.at_least.is_some());
    let mut text = format!("One figure{}{}: {figure}", place(total), period(total));
    if total.sum.is_none() {
        text.push_str("; ");
        text.push_str(&reasons(total, unit).join(", and "));
    }
    text.push('.');
    text
}

fn several_figures(total: &Total, unit: &Unit<'_>) -> String {
    let figures = format!(
        "{} figures{}{}",
        counted(total.count),
        place(total),
        period(total)
    );
    let Some(sum) = total.sum else {
        let range = total
            .extremes
            .map_or_else(String::new, |(smallest, largest)| {
                let reported = |figure: Amount| unit.of(&written(figure.value));
                let (smallest, largest) = (reported(smallest), reported(largest));
                match smallest == largest {
                    true => format!(" Each is reported as {largest}."),
                    false => format!(" The smallest is {smallest}, the largest {largest}."),
                }
            });
        let reasons = reasons(total, unit).join(", and ");
        return format!("{figures} are not added up: {reasons}.{range}");
    };
    let sum = match sum.precision {
        Some(Precision::Approximate) => rounded(sum.value, unit),
        None if total.has_rounded => rounded(sum.value, unit),
        _ => as_reported(sum, unit, total.at_least.is_some()),
    };
    let mut text = format!("{figures} add up to {sum}");
    let doubts = doubts(total, unit);
    if let Some((last, others)) = doubts.split_last() {
        text.push_str("; ");
        if !others.is_empty() {
            text.push_str(&others.join(", "));
            text.push_str(", and ");
        }
        text.push_str(last);
    }
    text.push('.');
    text
}

fn rounded(value: i128, unit: &Unit<'_>) -> String {
    format!("about {}", unit.of(&number::rounded(value)))
}

/// In how many reports the figures are.
fn place(total: &Total) -> String {
    match total.origin.reports() {
        0 => String::new(),
        1 => " in this report".into(),
        reports => {
            let reports = counted(reports as i64).to_lowercase();
            format!(" in these {reports} reports")
        }
    }
}

/// What time the figures are about.
fn period(total: &Total) -> String {
    let Some((first, last)) = total.origin.years() else {
        return String::new();
    };
    let scope = i16::try_from(total.scope).ok().and_then(Scope::from_code);
    let about = match scope {
        Some(Scope::Cumulative) => "through",
        Some(Scope::PointInTime) => "as of",
        _ => "for",
    };
    match first == last {
        true => format!(" {about} fiscal year {last}"),
        false => format!(" {about} fiscal years {first} to {last}"),
    }
}

/// Why there is no sum.
fn reasons(total: &Total, unit: &Unit<'_>) -> Vec<&'static str> {
    let caveats = total.caveats;
    let scope = i16::try_from(total.scope).ok().and_then(Scope::from_code);
    let across_years = match scope {
        Some(Scope::Cumulative) => "running totals of different years include each other",
        Some(Scope::PointInTime) => "they are counts at different times",
        _ => "what they count carries over from one year to the next",
    };
    let never = match unit.is(UnitKind::Ratio) {
        true => "percentages and rates are never added up",
        false => "figures of this kind are never added up",
    };
    let mut reasons: Vec<&str> = [
        (caveats.mixed_years(), across_years),
        (caveats.mixed_metrics(), "they count different things"),
        (
            caveats.mixed_bounds(),
            "some are lower bounds and some are upper bounds",
        ),
        (caveats.non_additive(), never),
    ]
    .into_iter()
    .filter_map(|(given, reason)| given.then_some(reason))
    .collect();
    if reasons.is_empty() {
        reasons.push("the sum has too many digits to be exact");
    }
    reasons
}

/// What makes a sum doubtful.
fn doubts(total: &Total, unit: &Unit<'_>) -> Vec<String> {
    let caveats = total.caveats;
    let mut doubts = Vec::new();
    if caveats.overlap() {
        match total.read_as {
            Some(Precision::LowerBound) => doubts.push("some are lower bounds".to_owned()),
            Some(Precision::UpperBound) => doubts.push("some are upper bounds".to_owned()),
            _ => {}
        }
    }
    if caveats.approximate() {
        doubts.push("some are rounded".to_owned());
    }
    if total.count > total.summed {
        doubts.push("parts are not counted again beside their whole".to_owned());
    }
    if caveats.overlap() {
        let thing = unit.same_thing();
        doubts.push(format!(
            "more than one program may have counted the same {thing}"
        ));
    }
    doubts
}

#[cfg(test)]
mod tests;
