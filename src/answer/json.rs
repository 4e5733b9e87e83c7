//! JSON, written into one text.

use std::io::{self, Write};

use serde::Serialize;

/// Whether a text is written as it is, between quotes.
#[inline]
pub(super) fn is_plain(text: &str) -> bool {
    let is_plain = |byte: u8| byte >= b' ' && byte != b'"' && byte != b'\\';
    text.bytes().all(is_plain)
}

/// Appends a plain text with its quotes.
#[inline]
pub(super) fn plain(out: &mut String, text: &str) {
    out.push('"');
    out.push_str(text);
    out.push('"');
}

/// Appends anything that can be told as JSON, as far as there is room for it.
///
/// # Errors
/// Where the text would become longer than `most`.
pub(super) fn value(
    out: &mut String,
    value: &impl Serialize,
    most: usize,
) -> serde_json::Result<()> {
    serde_json::to_writer(Limited { out, most }, value)
}

/// A text that becomes no longer than it may.
struct Limited<'o> {
    out: &'o mut String,
    most: usize,
}

impl Write for Limited<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.out.len() + bytes.len() > self.most {
            return Err(io::ErrorKind::StorageFull.into());
        }
        // JSON is written in pieces that are text.
        let text = str::from_utf8(bytes).map_err(io::Error::other)?;
        self.out.push_str(text);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Appends a whole number.
pub(super) fn int(out: &mut String, number: i64) {
    out.push_str(itoa::Buffer::new().format(number));
}

/// Appends a number of ten-thousandths as a decimal, without a fraction where there is none.
pub(super) fn decimal(out: &mut String, ten_thousandths: i128) {
    const SCALE: u128 = 10_000;
    if ten_thousandths < 0 {
        out.push('-');
    }
    let magnitude = ten_thousandths.unsigned_abs();
    out.push_str(itoa::Buffer::new().format(magnitude / SCALE));
    let fraction = magnitude % SCALE;
    if fraction > 0 {
        let digits = format!("{fraction:04}");
        out.push('.');
        out.push_str(digits.trim_end_matches('0'));
    }
}

/// Appends a number that is finite, without a fraction where there is none.
pub(super) fn float(out: &mut String, number: f64) {
    let text = serde_json::Value::from(number).to_string();
    out.push_str(text.strip_suffix(".0").unwrap_or(&text));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut String)) -> String {
        let mut out = String::new();
        write(&mut out);
        out
    }

    #[test]
    fn decimals_have_no_needless_digits() {
        for (ten_thousandths, text) in [
            (0, "0"),
            (13_090_000, "1309"),
            (25_000, "2.5"),
            (-5, "-0.0005"),
            (-10_010, "-1.001"),
            (9_000_000_000_000_000_000, "900000000000000"),
        ] {
            assert_eq!(written(|out| decimal(out, ten_thousandths)), text);
        }
    }

    #[test]
    fn floats_are_plain_numbers() {
        for (number, text) in [
            (0.0, "0"),
            (2.0, "2"),
            (5.310_027_4, "5.3100274"),
            (0.000_002_123, "2.123e-6"),
        ] {
            assert_eq!(written(|out| float(out, number)), text);
        }
    }

    #[test]
    fn what_is_escaped_is_written_as_far_as_there_is_room() {
        let mut out = String::from("{");
        assert!(value(&mut out, &"\n".repeat(1000), 100).is_err());
        assert!((90..=100).contains(&out.len()), "{}", out.len());
    }

    #[test]
    fn strings_are_escaped_where_they_must_be() {
        assert!(is_plain("plain é 💥"));
        assert_eq!(written(|out| plain(out, "plain é 💥")), "\"plain é 💥\"");
        let text = "a\"b\\c é\n\0";
        assert!(!is_plain(text));
        let escaped = written(|out| value(out, &text, 100).unwrap());
        assert_eq!(escaped, r#""a\"b\\c é\n\u0000""#);
    }
}
