//! Figures as scaled integers: plain decimal text in, ten-thousandths out, and back.
//!
//! A figure has at most four decimals and 15 significant digits and lies within ±9·10¹⁴, so it is
//! exact as an `i64` of ten-thousandths and again as the `f64` that GraphQL shows. No floating
//! point is used here.

use std::fmt;

/// How many stored units make 1: values are ten-thousandths.
pub const SCALE: i64 = 10_000;

/// The largest stored value, 9·10¹⁴ in ten-thousandths; the smallest is its negative.
pub const MAX: i64 = 900_000_000_000_000 * SCALE;

/// The most significant digits that a figure may have: as many as an `f64` keeps of any decimal.
pub const MAX_DIGITS: u32 = 15;

/// Decimals that a stored value keeps.
const DECIMALS: usize = 4;

/// Why a text is not a figure that can be stored. The message says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DecimalError {
    /// Not digits with at most one point, but it has a likely meaning.
    Write {
        /// How the likely meaning is written.
        plain: String,
    },
    /// Not digits with at most one point.
    NotPlain,
    /// More than four decimals.
    TooManyDecimals,
    /// More than 15 significant digits.
    TooManyDigits,
    /// Beyond ±9·10¹⁴.
    TooLarge,
}

impl fmt::Display for DecimalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Write { plain } => write!(f, "is not a plain decimal number; write {plain}"),
            Self::NotPlain => f.write_str(
                "is not a plain decimal number; write digits with at most one point, such as 1300000 or -2.5",
            ),
            Self::TooManyDecimals => f.write_str("has more than four decimals; round it to four"),
            Self::TooManyDigits => write!(
                f,
                "has more than {MAX_DIGITS} significant digits; round it to {MAX_DIGITS}"
            ),
            Self::TooLarge => f.write_str(
                "is beyond 900000000000000 either way; use a larger unit",
            ),
        }
    }
}

impl std::error::Error for DecimalError {}

/// Reads plain decimal text (`-`, digits, a point, digits) as ten-thousandths.
///
/// # Errors
///
/// Everything that [`DecimalError`] names. Nothing is ever rounded.
pub fn parse(text: &str) -> Result<i64, DecimalError> {
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = match unsigned.split_once('.') {
        Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
        Some(_) => return Err(not_plain(text)),
        None => (unsigned, ""),
    };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) {
        return Err(not_plain(text));
    }
    if fraction.len() > DECIMALS {
        return Err(DecimalError::TooManyDecimals);
    }

    let whole: i64 = match whole.trim_start_matches('0') {
        "" => 0,
        digits => digits.parse().map_err(|_| DecimalError::TooLarge)?,
    };
    let fraction: i64 = format!("{fraction:0<DECIMALS$}")
        .parse()
        .map_err(|_| DecimalError::NotPlain)?;
    let scaled = whole
        .checked_mul(SCALE)
        .and_then(|scaled| scaled.checked_add(fraction))
        .filter(|scaled| *scaled <= MAX)
        .ok_or(DecimalError::TooLarge)?;
    if significant_digits(scaled) > MAX_DIGITS {
        return Err(DecimalError::TooManyDigits);
    }
    Ok(if negative { -scaled } else { scaled })
}

/// The shortest text of a stored value: `1309`, `2.5`, `-0.0001`. [`parse`] reads it back.
pub fn to_text(scaled: i64) -> String {
    let sign = if scaled < 0 { "-" } else { "" };
    let (unsigned, scale) = (scaled.unsigned_abs(), SCALE.unsigned_abs());
    let (whole, fraction) = (unsigned / scale, unsigned % scale);
    if fraction == 0 {
        return format!("{sign}{whole}");
    }
    let fraction = format!("{fraction:0DECIMALS$}");
    format!("{sign}{whole}.{}", fraction.trim_end_matches('0'))
}

/// The quotient of two values, rounded to four decimals, half away from zero; `None` for a divisor
/// of 0 and for a quotient that cannot be stored.
pub fn quotient(of: i64, by: i64) -> Option<i64> {
    if by == 0 {
        return None;
    }
    let (of, by, scale) = (i128::from(of), i128::from(by), i128::from(SCALE));
    let magnitude = (2 * of.abs() * scale + by.abs()) / (2 * by.abs());
    let magnitude = i64::try_from(magnitude).ok()?;
    let fits = magnitude <= MAX && significant_digits(magnitude) <= MAX_DIGITS;
    let is_negative = (of < 0) != (by < 0);
    fits.then_some(if is_negative { -magnitude } else { magnitude })
}

/// How many decimal digits a value has between its first and its last that is not zero.
pub const fn significant_digits(scaled: i64) -> u32 {
    let mut rest = scaled.unsigned_abs();
    while rest != 0 && rest.is_multiple_of(10) {
        rest /= 10;
    }
    match rest.checked_ilog10() {
        Some(log) => log + 1,
        None => 0,
    }
}

/// Refuses a text, with the plain number that it most likely stands for, if there is one: commas
/// before groups of three digits are taken out, and a single other comma becomes the point.
fn not_plain(text: &str) -> DecimalError {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let grouped = whole.contains(',') && whole.split(',').skip(1).all(|group| group.len() == 3);
    let plain = if grouped {
        text.replace(',', "")
    } else if fraction.is_empty() && text.matches(',').count() == 1 {
        text.replace(',', ".")
    } else {
        text.trim()
            .trim_start_matches('+')
            .trim_end_matches('.')
            .to_owned()
    };
    if plain != text && parse(&plain).is_ok() {
        DecimalError::Write { plain }
    } else {
        DecimalError::NotPlain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_numbers_are_read_exactly() {
        for (text, scaled) in [
            ("0", 0),
            ("-0", 0),
            ("1309", 13_090_000),
            ("2.5", 25_000),
            ("2.5000", 25_000),
            ("-0.0001", -1),
            ("007", 70_000),
            ("1300000", 13_000_000_000),
            ("900000000000000", MAX),
            ("-900000000000000", -MAX),
            ("99999999999.9999", 999_999_999_999_999),
            ("0000000000000000000000000000001", 10_000),
        ] {
            assert_eq!(parse(text), Ok(scaled), "{text}");
        }
    }

    #[test]
    fn each_refusal_says_what_to_do() {
        let write = |plain: &str| DecimalError::Write {
            plain: plain.to_owned(),
        };
        for (text, error) in [
            ("12,5", write("12.5")),
            ("1,531", write("1531")),
            ("1,531,000.25", write("1531000.25")),
            ("+5", write("5")),
            (" 5", write("5")),
            ("5.", write("5")),
            ("", DecimalError::NotPlain),
            ("-", DecimalError::NotPlain),
            (".5", DecimalError::NotPlain),
            ("1e6", DecimalError::NotPlain),
            ("$5", DecimalError::NotPlain),
            ("1.2.3", DecimalError::NotPlain),
            ("--1", DecimalError::NotPlain),
            ("٣", DecimalError::NotPlain),
            ("0.00001", DecimalError::TooManyDecimals),
            ("100000000000000.5", DecimalError::TooManyDigits),
            ("999999999999.9999", DecimalError::TooManyDigits),
            ("900000000000000.0001", DecimalError::TooLarge),
            ("900000000000001", DecimalError::TooLarge),
            ("99999999999999999999", DecimalError::TooLarge),
        ] {
            assert_eq!(parse(text), Err(error), "{text:?}");
        }
    }

    #[test]
    fn text_is_the_shortest() {
        for (scaled, text) in [
            (0, "0"),
            (13_090_000, "1309"),
            (25_000, "2.5"),
            (-1, "-0.0001"),
            (10_010, "1.001"),
            (MAX, "900000000000000"),
        ] {
            assert_eq!(to_text(scaled), text);
        }
        assert_eq!(to_text(i64::MIN), "-922337203685477.5808");
    }

    /// Walks values of every size and number of decimals, and checks the way there and back, and
    /// that the `f64` shown is the same figure.
    #[test]
    fn every_value_comes_back_and_is_exact_as_a_float() {
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        for _ in 0..200_000 {
            // Knuth's linear congruential generator: the same values in every run.
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let size = 10_i64.pow(u32::try_from(state >> 60).unwrap());
            let digits = i64::try_from(state >> 16).unwrap() % size;
            let zeros = 10_i64.pow(u32::try_from(state % 5).unwrap());
            let scaled = digits * zeros;
            if scaled > MAX || significant_digits(scaled) > MAX_DIGITS {
                continue;
            }
            for value in [scaled, -scaled] {
                let text = to_text(value);
                assert_eq!(parse(&text), Ok(value), "{text}");
                let shown: f64 = text.parse().unwrap();
                assert_eq!(format!("{shown}"), text);
            }
        }
    }

    #[test]
    fn quotients_are_rounded_half_away_from_zero() {
        for (of, by, quotient) in [
            (21 * SCALE, 20 * SCALE, Some(10_500)),
            (SCALE, 3 * SCALE, Some(3_333)),
            (2 * SCALE, 3 * SCALE, Some(6_667)),
            (1, 20_000, Some(1)),
            (-1, 20_000, Some(-1)),
            (1, 20_001, Some(0)),
            (SCALE, -3 * SCALE, Some(-3_333)),
            (0, SCALE, Some(0)),
            (SCALE, 0, None),
            (MAX, 1, None),
            (-MAX, SCALE, Some(-MAX)),
            (MAX - 1, SCALE, None),
        ] {
            assert_eq!(super::quotient(of, by), quotient, "{of} / {by}");
        }
    }

    #[test]
    fn significant_digits_leave_out_zeros_at_both_ends() {
        assert_eq!(significant_digits(0), 0);
        assert_eq!(significant_digits(MAX), 1);
        assert_eq!(significant_digits(-10_010), 4);
        assert_eq!(significant_digits(i64::MIN), 19);
    }
}
