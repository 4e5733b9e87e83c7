//! The days that a result is written with, for readers who do not know our lines. They are not
//! read back: year, scope and date are in the line of the result.

use entity::enums::Scope;

use crate::package::{Report, ReportedResult, dates};

/// A day, if the schema can hold it: there is no year 0 in `xsd:date`.
pub(super) fn day(text: &str) -> Option<&str> {
    (dates::is_day(text) && !text.starts_with("0000")).then_some(text)
}

/// The first and the last day of what a figure is about, as far as they are known.
pub(super) fn days(report: &Report, result: &ReportedResult) -> (Option<String>, Option<String>) {
    let of_year = |text: &str| {
        let (year, rest) = text.split_at_checked(4)?;
        let year = year.parse::<i32>().ok()? + result.fiscal_year - report.fiscal_year;
        let text = format!("{year:04}{rest}");
        day(&text).map(str::to_owned)
    };
    let as_of = result.as_of.as_deref().and_then(day).map(str::to_owned);
    match result.scope {
        Scope::Period => (of_year(&report.period_start), of_year(&report.period_end)),
        Scope::Cumulative => (None, as_of.or_else(|| of_year(&report.period_end))),
        Scope::PointInTime => (as_of.clone(), as_of),
    }
}
