//! The period and the fiscal year of a report.

use time::{Date, Month, UtcDateTime};

use crate::package::Problems;
use crate::package::problem::Rule;
use crate::package::stratml::carried::Cells;
use crate::package::stratml::dates::{self, End};
use crate::package::stratml::note;
use crate::package::stratml::notices::NoticeKind::{Assumed, LeftOut, Tolerated};
use crate::package::stratml::notices::{Notices, excerpt};
use crate::package::stratml::rows::RowCells;
use crate::package::stratml::xml::Element;

/// The first and the last day that a report is about, and what its year is called.
pub(super) struct Period {
    pub(super) start: Date,
    pub(super) end: Date,
    pub(super) fiscal_year: i32,
}

impl Period {
    /// Fills in the days.
    pub(super) fn fill(&self, row: &mut RowCells) {
        row.fill("period_start", dates::to_text(self.start))
            .fill("period_end", dates::to_text(self.end));
    }

    /// A stand-in where there is a problem, so that the rest can be judged.
    fn unknown() -> Self {
        Self {
            start: UtcDateTime::UNIX_EPOCH.date(),
            end: UtcDateTime::UNIX_EPOCH.date(),
            fiscal_year: 1970,
        }
    }
}

/// Reads the period. `line` are the cells that a line of ours has for the report.
pub(super) fn read(
    root: &Element,
    line: Option<&Cells>,
    notices: &mut Notices,
    problems: &mut Problems,
) -> Period {
    let nowhere = Element::nothing(root.line);
    let element = root.child("AdministrativeInformation").unwrap_or(&nowhere);
    let mut date = |name: &str, end| {
        let carried = match name {
            "StartDate" => line.and_then(|cells| cells.get("period_start")),
            "EndDate" => line.and_then(|cells| cells.get("period_end")),
            _ => None,
        };
        match carried {
            Some(text) => dates::read(text, end).map(|read| read.date),
            None => read_date(element, name, end, notices),
        }
    };
    let start = date("StartDate", End::First);
    let end = date("EndDate", End::Last);
    let published = date("PublicationDate", End::Last);
    if published.is_some() && (start.is_some() || end.is_some()) {
        let path = "AdministrativeInformation/PublicationDate";
        notices.note(
            LeftOut,
            element.line,
            path,
            "has no place in a package; left out",
        );
    }
    let mut assume = |message: String| {
        notices.note(Assumed, element.line, "AdministrativeInformation", message);
    };
    let (start, end) = match (start, end, published) {
        (Some(start), Some(end), _) => (start, end),
        (Some(start), None, _) => {
            let end = year_from(start);
            assume(format!(
                "has no EndDate; the days from its StartDate up to {} are taken as the period",
                dates::to_text(end)
            ));
            (start, end)
        }
        (None, Some(end), _) => {
            let start = year_up_to(end);
            assume(format!(
                "has no StartDate; the year up to its EndDate, from {}, is taken as the period",
                dates::to_text(start)
            ));
            (start, end)
        }
        (None, None, Some(published)) => {
            let year = published.year();
            assume(format!(
                "has neither StartDate nor EndDate; the calendar year of its PublicationDate, {year}, is taken as the period"
            ));
            let day = |month, day| Date::from_calendar_date(year, month, day);
            (
                day(Month::January, 1).unwrap_or(published),
                day(Month::December, 31).unwrap_or(published),
            )
        }
        (None, None, None) => {
            let message = "AdministrativeInformation has no StartDate, EndDate or PublicationDate; fill in the first two, like 2007-09-30";
            note(problems, Rule::Incomplete, element.line, message);
            return Period::unknown();
        }
    };
    let named = line.and_then(|cells| cells.get("fiscal_year")?.parse().ok());
    let fiscal_year = named.unwrap_or_else(|| {
        let is_federal = (end.month(), end.day()) == (Month::September, 30);
        if !is_federal {
            assume(format!(
                "ends on {}, which is not the end of a US federal fiscal year; the year of that day is taken as the fiscal year",
                dates::to_text(end)
            ));
        }
        end.year()
    });
    Period {
        start,
        end,
        fiscal_year,
    }
}

/// The date in an element; `None`, and a notice, where there is none that can be read.
pub(super) fn read_date(
    element: &Element,
    name: &str,
    end: End,
    notices: &mut Notices,
) -> Option<Date> {
    let child = element.child(name)?;
    let path = format!("{}/{name}", element.name);
    let written = excerpt(child.text.trim());
    match dates::read(&child.text, end) {
        Some(read) => {
            if !read.is_strict {
                let day = dates::to_text(read.date);
                let message = format!("{written} is not written like 2007-09-30; read as {day}");
                notices.note(Tolerated, child.line, path, message);
            }
            Some(read.date)
        }
        None => {
            let message = format!("{written} is not a date; left out");
            notices.note(LeftOut, child.line, path, message);
            None
        }
    }
}

/// The last day of the year that begins on a day: of a year from it if it is the first of a month,
/// as fiscal years begin, else of the calendar year.
fn year_from(start: Date) -> Date {
    let next = start.replace_year(start.year() + 1);
    match next.ok().and_then(Date::previous_day) {
        Some(last) if start.day() == 1 => last,
        _ => Date::from_calendar_date(start.year(), Month::December, 31).unwrap_or(start),
    }
}

/// The first day of the year that ends on a day.
fn year_up_to(end: Date) -> Date {
    let next = end.next_day().unwrap_or(end);
    let first = next.replace_year(next.year() - 1);
    first.unwrap_or(end)
}
