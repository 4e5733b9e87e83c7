//! ISO 8601 dates as text: days (`2007-09-30`), months (`2007-06`) and moments.
//!
//! Dates stay text everywhere; the order of the text is the order of the dates.

use std::time::SystemTime;

use time::{Date, Month, UtcDateTime};

/// Whether a text is a day that exists.
pub(super) fn is_day(text: &str) -> bool {
    let Some((month, day)) = text.rsplit_once('-') else {
        return false;
    };
    let (Some((year, month)), Some(day)) = (parse_month(month), number(day, 2)) else {
        return false;
    };
    u8::try_from(day).is_ok_and(|day| Date::from_calendar_date(year, month, day).is_ok())
}

/// Whether a text is a month.
pub(super) fn is_month(text: &str) -> bool {
    parse_month(text).is_some()
}

/// The same day of the next year; of 29 February, the day before it.
pub(super) fn year_after(day: &str) -> String {
    let next = day.split_once('-').and_then(|(year, rest)| {
        let next = format!("{:04}-{rest}", number(year, 4)? + 1);
        Some(if is_day(&next) {
            next
        } else {
            next.replace("-02-29", "-02-28")
        })
    });
    next.unwrap_or_else(|| day.to_owned())
}

/// A moment in RFC 3339: UTC, whole seconds.
pub(super) fn to_text(moment: SystemTime) -> String {
    let utc = UtcDateTime::from(moment);
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
        utc.year(),
        u8::from(utc.month()),
        utc.day(),
        utc.hour(),
        utc.minute(),
        utc.second()
    )
}

fn parse_month(text: &str) -> Option<(i32, Month)> {
    let (year, month) = text.split_once('-')?;
    let month = u8::try_from(number(month, 2)?).ok()?;
    Some((number(year, 4)?, Month::try_from(month).ok()?))
}

/// A number of exactly so many digits.
fn number(text: &str, digits: usize) -> Option<i32> {
    let plain = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_exist_or_are_refused() {
        for day in ["2007-09-30", "2008-02-29", "0001-01-01"] {
            assert!(is_day(day), "{day}");
        }
        for other in [
            "",
            "2007",
            "2007-09",
            "2007-9-30",
            "2007-02-29",
            "2007-13-01",
            "2007-00-10",
            "2007-09-30T00:00",
            "09/30/2007",
            "20070930",
            "+207-09-30",
            "2007-09-3",
            "2007-09-031",
        ] {
            assert!(!is_day(other), "{other}");
        }
    }

    #[test]
    fn the_year_after_has_the_same_day_if_it_exists() {
        assert_eq!(year_after("2006-10-01"), "2007-10-01");
        assert_eq!(year_after("2007-02-28"), "2008-02-28");
        assert_eq!(year_after("2008-02-29"), "2009-02-28");
    }

    #[test]
    fn moments_are_in_whole_seconds() {
        let moment = SystemTime::UNIX_EPOCH + std::time::Duration::from_millis(951_827_696_789);
        assert_eq!(to_text(moment), "2000-02-29T12:34:56Z");
    }

    #[test]
    fn months_exist_or_are_refused() {
        assert!(is_month("2007-06"));
        for other in [
            "",
            "2007",
            "2007-6",
            "2007-13",
            "2007-00",
            "2007-06-01",
            "June 2007",
        ] {
            assert!(!is_month(other), "{other}");
        }
    }
}
