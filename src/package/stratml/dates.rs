//! The dates of real documents: days, months, years, and how Americans write a day.

use time::{Date, Month};

/// Which end of a period a date is: a month or a year is read as its first or its last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    First,
    Last,
}

/// A date as it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ReadDate {
    pub(super) date: Date,
    /// Whether it is written as the schema wants it.
    pub(super) is_strict: bool,
}

/// Reads `2016-05-06` (with a time or a zone behind it, or not), `2016-05`, `2016` and `5/6/2016`
/// (month first). `None` for anything else.
pub(super) fn read(text: &str, end: End) -> Option<ReadDate> {
    let text = text.trim();
    let parts: Vec<&str> = text.split('/').collect();
    if let [month, day, year] = parts[..] {
        let date = day_of(number(year, 4)?, number(month, 0)?, number(day, 0)?)?;
        return Some(ReadDate {
            date,
            is_strict: false,
        });
    }
    let (day, behind) = match text.char_indices().nth(10) {
        Some((end, _)) => text.split_at(end),
        None => (text, ""),
    };
    let parts: Vec<&str> = day.split('-').collect();
    let date = match parts[..] {
        [year, month, day] if is_time_or_zone(behind) => {
            day_of(number(year, 4)?, number(month, 2)?, number(day, 2)?)?
        }
        [year, month] if behind.is_empty() => month_end(number(year, 4)?, number(month, 2)?, end)?,
        [year] if behind.is_empty() => {
            let month = if end == End::First { 1 } else { 12 };
            month_end(number(year, 4)?, month, end)?
        }
        _ => return None,
    };
    Some(ReadDate {
        date,
        is_strict: parts.len() == 3 && !behind.starts_with(['T', 't', ' ']),
    })
}

/// A date as packages write it.
pub(super) fn to_text(date: Date) -> String {
    let (year, month, day) = date.to_calendar_date();
    format!("{year:04}-{:02}-{day:02}", u8::from(month))
}

/// The fiscal year of a date, of an agency whose fiscal year `year` ends on the day `end`.
pub(super) fn fiscal_year(date: Date, year: i32, end: Date) -> i32 {
    let day_of_year = |date: Date| (u8::from(date.month()), date.day());
    let is_after = day_of_year(date) > day_of_year(end);
    year + (date.year() - end.year()) + i32::from(is_after)
}

fn is_time_or_zone(text: &str) -> bool {
    text.is_empty()
        || text.starts_with(['T', 't', 'Z', 'z', '+', ' '])
        || (text.starts_with('-') && text.contains(':'))
}

/// A number of so many digits, or of one or two for 0.
fn number(text: &str, digits: usize) -> Option<u16> {
    let fits = match digits {
        0 => (1..=2).contains(&text.len()),
        digits => text.len() == digits,
    };
    let plain = fits && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

fn month_of(month: u16) -> Option<Month> {
    Month::try_from(u8::try_from(month).ok()?).ok()
}

fn day_of(year: u16, month: u16, day: u16) -> Option<Date> {
    let day = u8::try_from(day).ok()?;
    Date::from_calendar_date(i32::from(year), month_of(month)?, day).ok()
}

fn month_end(year: u16, month: u16, end: End) -> Option<Date> {
    let day = match end {
        End::First => 1,
        End::Last => month_of(month)?.length(i32::from(year)),
    };
    day_of(year, month, u16::from(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, end: End) -> Option<(String, bool)> {
        read(text, end).map(|read| (to_text(read.date), read.is_strict))
    }

    #[test]
    fn dates_of_real_documents_are_read() {
        for (text, first, last, is_strict) in [
            ("2016-05-06", "2016-05-06", "2016-05-06", true),
            (" 2016-05-06Z ", "2016-05-06", "2016-05-06", true),
            ("2016-05-06-05:00", "2016-05-06", "2016-05-06", true),
            ("2016-05-06T12:00:00Z", "2016-05-06", "2016-05-06", false),
            ("2016-02", "2016-02-01", "2016-02-29", false),
            ("2016", "2016-01-01", "2016-12-31", false),
            ("10/01/2016", "2016-10-01", "2016-10-01", false),
            ("9/30/2016", "2016-09-30", "2016-09-30", false),
        ] {
            assert_eq!(shown(text, End::First), Some((first.into(), is_strict)));
            assert_eq!(shown(text, End::Last), Some((last.into(), is_strict)));
        }
        for other in [
            "",
            "30/09/2016",
            "2016-13-01",
            "2016-02-30",
            "16-05-06",
            "May 2016",
            "2016-5-6",
            "2016-05-06x",
            "2016-05-06-01",
            "目的目的目的目的目的",
            "2016/05/06",
        ] {
            assert_eq!(shown(other, End::First), None, "{other}");
        }
    }

    #[test]
    fn the_fiscal_year_follows_the_day_it_ends_on() {
        let date = |text| read(text, End::Last).unwrap().date;
        for (day, of) in [
            ("2006-10-01", 2007),
            ("2007-09-30", 2007),
            ("2007-10-01", 2008),
            ("2005-03-01", 2005),
        ] {
            assert_eq!(
                fiscal_year(date(day), 2007, date("2007-09-30")),
                of,
                "{day}"
            );
        }
        assert_eq!(
            fiscal_year(date("2012-01-26"), 2011, date("2011-12-31")),
            2012
        );
    }
}
