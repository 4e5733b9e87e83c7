//! Numbers as they are printed: `22,304`, `1.55 million`, `Twelve`.

use entity::decimal::SCALE;

/// The scales that large numbers are told in.
const SCALES: [(i128, &str); 3] = [
    (1_000_000_000_000, "trillion"),
    (1_000_000_000, "billion"),
    (1_000_000, "million"),
];

/// A number of ten-thousandths with all its digits.
pub(super) fn written(number: i128) -> String {
    let scale = u128::from(SCALE.unsigned_abs());
    let (whole, fraction) = (number.unsigned_abs() / scale, number.unsigned_abs() % scale);
    let digits = whole.to_string();
    let mut text = String::new();
    if number < 0 {
        text.push('-');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if fraction > 0 {
        let digits = format!(".{fraction:04}");
        text.push_str(digits.trim_end_matches('0'));
    }
    text
}

/// The same number in millions or more, where that takes up to four digits.
pub(super) fn short(number: i128) -> String {
    for (scale, name) in SCALES {
        let scale = scale * i128::from(SCALE);
        if number.abs() < scale {
            continue;
        }
        // Ten-thousandths of the scale.
        let unit = scale / i128::from(SCALE);
        let (scaled, rest) = (number / unit, number % unit);
        if rest == 0 && digits(scaled) <= 4 {
            return format!("{} {name}", written(scaled));
        }
        break;
    }
    written(number)
}

/// A number rounded to three digits, half away from zero.
pub(super) fn rounded(number: i128) -> String {
    let length = number.unsigned_abs().checked_ilog10().unwrap_or(0) + 1;
    let unit = 10_i128.pow(length.saturating_sub(3));
    let half = unit / 2 * number.signum();
    short((number + half) / unit * unit)
}

/// The digits of a number without the zeros at its end.
fn digits(mut number: i128) -> u32 {
    while number != 0 && number % 10 == 0 {
        number /= 10;
    }
    number.unsigned_abs().checked_ilog10().unwrap_or(0) + 1
}

/// How many, at the start of a sentence: in a word up to twelve.
pub(super) fn counted(number: i64) -> String {
    const WORDS: [&str; 13] = [
        "No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten",
        "Eleven", "Twelve",
    ];
    let word = usize::try_from(number)
        .ok()
        .and_then(|place| WORDS.get(place));
    word.map_or_else(
        || written(i128::from(number) * i128::from(SCALE)),
        |word| (*word).to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_separators_and_no_needless_digits() {
        for (number, text) in [
            (0, "0"),
            (223_040_000, "22,304"),
            (9_990_000, "999"),
            (-12_345_678, "-1,234.5678"),
            (25_000, "2.5"),
            (9_000_000_000_000_000_000, "900,000,000,000,000"),
        ] {
            assert_eq!(written(number), text);
        }
    }

    #[test]
    fn round_numbers_are_told_in_millions() {
        for (number, text) in [
            (13_000_000_000, "1.3 million"),
            (300_000_000_000, "30 million"),
            (379_000_000_000, "37.9 million"),
            (-25_000_000_000, "-2.5 million"),
            (12_345_670_000, "1,234,567"),
            (9_999_990_000, "999,999"),
            (20_000_000_000_000, "2 billion"),
            (9_000_000_000_000_000_000, "900 trillion"),
        ] {
            assert_eq!(short(number), text);
        }
    }

    #[test]
    fn rounded_numbers_have_three_digits() {
        for (number, text) in [
            (15_490_290_000, "1.55 million"),
            (154_902_900_000, "15.5 million"),
            (90_000_000, "9,000"),
            (7_604_990_000, "760,000"),
            (-12_350_000, "-1,240"),
            (12_345, "1.23"),
            (0, "0"),
            (9_996_000_000, "1 million"),
        ] {
            assert_eq!(rounded(number), text);
        }
    }

    #[test]
    fn small_counts_are_words() {
        assert_eq!(counted(1), "One");
        assert_eq!(counted(12), "Twelve");
        assert_eq!(counted(1_300), "1,300");
    }
}
