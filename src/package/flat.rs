//! One row for each result, with the names of all that it belongs to beside it: for spreadsheets and data frames.
//!
//! In CSV, a text that a spreadsheet would run as a formula gets an apostrophe in front. Numbers never do.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, Write};

use entity::{decimal, keys};
use serde_json::{Map, Number, Value};

use super::Package;
use super::rows::{ReportedResult, Row};
use crate::spreadsheet::harmless;

/// What a cell holds.
enum Cell<'a> {
    Text(Cow<'a, str>),
    Integer(i32),
    /// In ten-thousandths.
    Figure(i64),
    Flag(bool),
    Nothing,
}

/// A result with the rows that it belongs to.
struct Joined<'a> {
    package: &'a Package,
    result: &'a ReportedResult,
    report: usize,
    agency: usize,
    initiative: usize,
    division: Option<usize>,
    goal: Option<usize>,
    metric: usize,
    unit: usize,
}

/// A column: its name, and what it holds.
type Column = (&'static str, for<'a> fn(&Joined<'a>) -> Cell<'a>);

const COLUMNS: &[Column] = &[
    ("agency", |row| text(&row.package.agencies[row.agency].code)),
    ("agency_name", |row| {
        text(&row.package.agencies[row.agency].name)
    }),
    ("department", |row| {
        text_or_nothing(row.package.agencies[row.agency].department.as_ref())
    }),
    ("report_fiscal_year", |row| {
        Cell::Integer(row.result.report_fiscal_year)
    }),
    ("report_title", |row| {
        text(&row.package.reports[row.report].title)
    }),
    ("division", |row| {
        text_or_nothing(row.division.map(|place| &row.package.divisions[place].code))
    }),
    ("division_name", |row| {
        text_or_nothing(row.division.map(|place| &row.package.divisions[place].name))
    }),
    ("goal", |row| {
        text_or_nothing(row.goal.map(|place| &row.package.goals[place].code))
    }),
    ("goal_name", |row| {
        text_or_nothing(row.goal.map(|place| &row.package.goals[place].name))
    }),
    ("initiative", |row| {
        text(&row.package.initiatives[row.initiative].slug)
    }),
    ("initiative_name", |row| {
        text(&row.package.initiatives[row.initiative].name)
    }),
    ("key", |row| text(&row.result.key)),
    ("position", |row| Cell::Integer(row.result.position)),
    ("label", |row| text(&row.result.label)),
    ("metric", |row| text(&row.package.metrics[row.metric].code)),
    ("metric_name", |row| {
        text(&row.package.metrics[row.metric].name)
    }),
    ("unit", |row| text(&row.package.units[row.unit].code)),
    ("unit_name", |row| text(&row.package.units[row.unit].name)),
    ("value", |row| Cell::Figure(row.result.value)),
    ("target", |row| match row.result.target {
        Some(target) => Cell::Figure(target),
        None => Cell::Nothing,
    }),
    ("precision", |row| text(row.result.precision.graphql_name())),
    ("fiscal_year", |row| Cell::Integer(row.result.fiscal_year)),
    ("scope", |row| text(row.result.scope.graphql_name())),
    ("as_of", |row| text_or_nothing(row.result.as_of.as_ref())),
    ("is_record", |row| Cell::Flag(row.result.is_record)),
    ("part_of_initiative", |row| {
        text_or_nothing(row.result.part_of.as_ref().map(|whole| &whole.initiative))
    }),
    ("part_of_key", |row| {
        text_or_nothing(row.result.part_of.as_ref().map(|whole| &whole.key))
    }),
    ("note", |row| text_or_nothing(row.result.note.as_ref())),
    ("source_place", |row| {
        let initiative = &row.package.initiatives[row.initiative];
        let of_result = row.result.source_place.as_ref();
        text(of_result.unwrap_or(&initiative.source_place))
    }),
    ("source_title", |row| {
        text(&row.package.reports[row.report].source.title)
    }),
    ("source_publisher", |row| {
        text_or_nothing(row.package.reports[row.report].source.publisher.as_ref())
    }),
    ("source_url", |row| {
        text_or_nothing(row.package.reports[row.report].source.url.as_ref())
    }),
    ("summary_by", |row| {
        text(&row.package.reports[row.report].summary_by)
    }),
];

/// Writes the results of a package as CSV, under a header if it is the first.
pub(super) fn csv(package: &Package, is_first: bool, out: impl Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    if is_first {
        writer.write_record(COLUMNS.iter().map(|(name, _)| name))?;
    }
    for row in joined(package) {
        for (_, read) in COLUMNS {
            let cell: Cow<str> = match read(&row) {
                Cell::Text(text) => harmless(&text).into_owned().into(),
                Cell::Integer(number) => number.to_string().into(),
                Cell::Figure(value) => decimal::to_text(value).into(),
                Cell::Flag(flag) => if flag { "true" } else { "false" }.into(),
                Cell::Nothing => "".into(),
            };
            writer.write_field(cell.as_bytes())?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()
}

/// Writes the results of a package as JSON objects, one a line. What is not there is null.
pub(super) fn ndjson(package: &Package, mut out: impl Write) -> io::Result<()> {
    for row in joined(package) {
        let mut object = Map::new();
        for (name, read) in COLUMNS {
            let value = match read(&row) {
                Cell::Text(text) => Value::from(text),
                Cell::Integer(number) => number.into(),
                Cell::Figure(value) => figure(value),
                Cell::Flag(flag) => flag.into(),
                Cell::Nothing => Value::Null,
            };
            object.insert((*name).to_owned(), value);
        }
        serde_json::to_writer(&mut out, &object)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// The results with what they belong to, in the order of the package.
fn joined(package: &Package) -> impl Iterator<Item = Joined<'_>> {
    let agencies = places(&package.agencies);
    let reports = places(&package.reports);
    let goals = places(&package.goals);
    let divisions = places(&package.divisions);
    let units = places(&package.units);
    let metrics = places(&package.metrics);
    let initiatives = places(&package.initiatives);
    package.results.iter().filter_map(move |result| {
        let place = *initiatives.get(&result.initiative_key())?;
        let initiative = &package.initiatives[place];
        let metric = *metrics.get(&keys::metric(&result.metric))?;
        Some(Joined {
            package,
            result,
            report: *reports.get(&keys::report(&result.agency, result.report_fiscal_year))?,
            agency: *agencies.get(&keys::agency(&result.agency))?,
            initiative: place,
            division: initiative
                .division_key()
                .and_then(|key| divisions.get(&key).copied()),
            goal: initiative
                .goal_key()
                .and_then(|key| goals.get(&key).copied()),
            metric,
            unit: *units.get(&keys::unit(&package.metrics[metric].unit))?,
        })
    })
}

fn places<R: Row>(rows: &[R]) -> HashMap<String, usize> {
    rows.iter().map(Row::natural_key).zip(0..).collect()
}

fn text(text: &str) -> Cell<'_> {
    Cell::Text(text.into())
}

fn text_or_nothing(text: Option<&String>) -> Cell<'_> {
    text.map_or(Cell::Nothing, |text| Cell::Text(text.into()))
}

/// A figure as a JSON number. It has 15 digits at most, which a double holds.
fn figure(value: i64) -> Value {
    if value % decimal::SCALE == 0 {
        return (value / decimal::SCALE).into();
    }
    let number = decimal::to_text(value).parse().ok();
    number
        .and_then(Number::from_f64)
        .map_or(Value::Null, Value::Number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_numbers() {
        assert_eq!(figure(-25_000).to_string(), "-2.5");
        assert_eq!(figure(2_886_630_000).to_string(), "288663");
    }
}
