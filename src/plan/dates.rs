//! Days and moments as filters compare them: text in the form in which they are stored, whose order is that of time.

use async_graphql::Value;
use time::{Date, Month, OffsetDateTime, UtcOffset, format_description::well_known::Rfc3339};

use super::{
    comparison::{Test, Tested},
    input::{Fault, items, shown},
};
use crate::schema::{declaration::Scalar, filters::Operator};

/// A moment as it compares with stored ones, which are of whole seconds: at one of them, or between it and the next.
struct Instant {
    /// The moment in UTC, rounded down to the second.
    second: String,
    /// Whether it is later than that second.
    is_between: bool,
}

/// A comparison with a `Date` or a `DateTime`.
pub(super) fn date_test(scalar: Scalar, operator: Operator, value: &Value) -> Tested {
    let read = |value: &Value| match scalar {
        Scalar::Date => day(value),
        _ => moment(value),
    };
    let one_of = |value: &Value| {
        let instants = items(value)
            .iter()
            .map(read)
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Test::OneOfTexts(
            instants
                .into_iter()
                .filter(|instant| !instant.is_between)
                .map(|instant| instant.second)
                .collect(),
        ))
    };
    // What lies between two seconds is later than all of the first, and earlier than all of the second.
    Ok(match operator {
        Operator::Eq | Operator::In => (one_of(value)?, true),
        Operator::Ne | Operator::NotIn => (one_of(value)?, false),
        Operator::Lt | Operator::Lte => {
            let Instant { second, is_between } = read(value)?;
            let test = Test::TextAtMost {
                text: second,
                inclusive: is_between || operator == Operator::Lte,
            };
            (test, true)
        }
        Operator::Gt | Operator::Gte => {
            let Instant { second, is_between } = read(value)?;
            let test = Test::TextAtLeast {
                text: second,
                inclusive: !is_between && operator == Operator::Gte,
            };
            (test, true)
        }
        _ => return Err(Fault::new("there is no such operator for a date")),
    })
}

/// An ISO 8601 calendar day.
fn day(value: &Value) -> Result<Instant, Fault> {
    let refused = || {
        Fault::new(format!(
            "{} is not a date; write year, month and day, as in \"2007-09-30\"",
            shown(value)
        ))
    };
    let Value::String(text) = value else {
        return Err(refused());
    };
    match is_day(text) {
        true => Ok(Instant {
            second: text.clone(),
            is_between: false,
        }),
        false => Err(refused()),
    }
}

fn is_day(text: &str) -> bool {
    let has_form = text.len() == 10
        && text.bytes().enumerate().all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let parts = || {
        let month = Month::try_from(text[5..7].parse::<u8>().ok()?).ok()?;
        Date::from_calendar_date(text[..4].parse().ok()?, month, text[8..].parse().ok()?).ok()
    };
    has_form && parts().is_some()
}

/// An RFC 3339 moment, with any offset from UTC.
fn moment(value: &Value) -> Result<Instant, Fault> {
    let refused = || {
        Fault::new(format!(
            "{} is not an RFC 3339 date and time; write it with its offset from UTC, as in \"2007-11-08T14:30:00Z\" or \"2007-11-08T09:30:00-05:00\"",
            shown(value)
        ))
    };
    let Value::String(text) = value else {
        return Err(refused());
    };
    // The parser takes anything for the letter between day and time.
    if !matches!(text.as_bytes().get(10), Some(b'T' | b't' | b' ')) {
        return Err(refused());
    }
    let utc = OffsetDateTime::parse(text, &Rfc3339)
        .ok()
        .and_then(|moment| moment.checked_to_offset(UtcOffset::UTC))
        .filter(|moment| (0..=9999).contains(&moment.year()))
        .ok_or_else(refused)?;
    // The parser knows no part of a second below a nanosecond.
    let fraction = text.split_once('.').map_or("", |(_, rest)| rest);
    let has_fraction = fraction
        .bytes()
        .take_while(u8::is_ascii_digit)
        .any(|digit| digit != b'0');
    Ok(Instant {
        second: format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
            utc.year(),
            u8::from(utc.month()),
            utc.day(),
            utc.hour(),
            utc.minute(),
            utc.second()
        ),
        // A leap second is read as the last nanosecond before it.
        is_between: has_fraction || utc.nanosecond() != 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(scalar: Scalar, operator: Operator, text: &str) -> Option<Test> {
        date_test(scalar, operator, &Value::from(text))
            .ok()
            .map(|(test, _)| test)
    }

    fn at(text: &str) -> Test {
        Test::OneOfTexts(vec![text.into()])
    }

    #[test]
    fn moments_are_compared_in_utc() {
        for (text, utc) in [
            ("2026-11-24T20:37:43Z", "2026-11-24T20:37:43Z"),
            ("2026-11-24t20:37:43z", "2026-11-24T20:37:43Z"),
            ("2026-11-24 20:37:43z", "2026-11-24T20:37:43Z"),
            ("2026-11-24T20:37:43.000Z", "2026-11-24T20:37:43Z"),
            ("2026-11-24T20:37:43+00:00", "2026-11-24T20:37:43Z"),
            ("2026-11-24T20:37:43-00:00", "2026-11-24T20:37:43Z"),
            ("2026-11-24T20:37:43+05:00", "2026-11-24T15:37:43Z"),
            ("2026-12-31T20:37:43-05:30", "2027-01-01T02:07:43Z"),
            ("0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"),
        ] {
            let test = read(Scalar::DateTime, Operator::Eq, text);
            assert_eq!(test, Some(at(utc)), "{text}");
        }
    }

    #[test]
    fn a_moment_between_two_seconds_is_neither() {
        for text in [
            "2026-11-24T20:37:43.5Z",
            "2026-11-24T20:37:43.00000000000000000001Z",
            "2016-12-31T23:59:60Z",
        ] {
            let second = match text {
                "2016-12-31T23:59:60Z" => "2016-12-31T23:59:59Z",
                _ => "2026-11-24T20:37:43Z",
            };
            let most = Test::TextAtMost {
                text: second.into(),
                inclusive: true,
            };
            let least = Test::TextAtLeast {
                text: second.into(),
                inclusive: false,
            };
            for (operator, expected) in [
                (Operator::Eq, Test::OneOfTexts(Vec::new())),
                (Operator::Lt, most.clone()),
                (Operator::Lte, most.clone()),
                (Operator::Gt, least.clone()),
                (Operator::Gte, least.clone()),
            ] {
                let test = read(Scalar::DateTime, operator, text);
                assert_eq!(test, Some(expected), "{operator:?} {text}");
            }
        }
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for text in [
            "",
            "hello",
            "2026-11-24",
            "2026-11-24T20:37:43",
            "2026-11-24T20:37Z",
            "2026-11-24T24:00:00Z",
            "2026-02-29T20:37:43Z",
            "2026-11-24x20:37:43Z",
            "2026-11-24T20:37:43.Z",
            "2026-11-24T20:37:43+0500",
            "2026-11-24T20:37:43+05:60",
            "2026-11-24T20:37:43Z ",
            "0000-01-01T00:00:00+01:00",
            "9999-12-31T23:59:59-01:00",
            "２０２６-11-24T20:37:43Z",
        ] {
            let test = read(Scalar::DateTime, Operator::Eq, text);
            assert_eq!(test, None, "{text}");
        }
    }

    #[test]
    fn days_exist_or_are_refused() {
        for text in ["2006-10-01", "2008-02-29", "0000-01-01", "9999-12-31"] {
            let test = read(Scalar::Date, Operator::Eq, text);
            assert_eq!(test, Some(at(text)), "{text}");
        }
        for text in [
            "",
            "hello",
            "2006-02-31",
            "2007-9-1",
            "2007-09",
            "20070930",
            "2007-09-30Z",
            "+007-09-30",
            "2007-09-31",
            "2007-é9-3",
        ] {
            assert_eq!(read(Scalar::Date, Operator::Eq, text), None, "{text}");
        }
    }
}
