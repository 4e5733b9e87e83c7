//! Counts the values and brackets of JSON before it is parsed, and looks whether its numbers can be read, without knowing
//! its grammar.

use super::digits::check_number;
use crate::{error::RequestError, limits::Limits};

/// Makes sure that JSON has no more keys and values, and no more brackets inside each other, than a request may, and no
/// number that would lose digits.
///
/// # Errors
/// `QUERY_TOO_LARGE`, or `BAD_USER_INPUT` for such a number.
pub fn scan_json(text: &[u8], limits: &Limits) -> Result<(), RequestError> {
    let most = limits.tokens().of("keys and values of JSON");
    let (mut values, mut nesting): (u64, u64) = (0, 0);
    let mut place = 0;
    while let Some(byte) = text.get(place) {
        place += 1;
        match byte {
            b'{' | b'[' => {
                nesting += 1;
                if limits.nesting().is_passed(nesting) {
                    return Err(limits.nesting().fault("request", nesting));
                }
            }
            b'}' | b']' => {
                nesting = nesting.saturating_sub(1);
                continue;
            }
            b'"' => place = end_of_string(text, place),
            byte if is_word(*byte) => {
                let start = place - 1;
                while text.get(place).is_some_and(|byte| is_word(*byte)) {
                    place += 1;
                }
                // Words are ASCII.
                check_number(str::from_utf8(&text[start..place]).unwrap_or_default())?;
            }
            _ => continue,
        }
        values += 1;
        if most.is_passed(values) {
            return Err(most.fault("request", values));
        }
    }
    Ok(())
}

/// Bytes of numbers and of `true`, `false` and `null`.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.')
}

/// Where the string whose content begins here ends. One that does not end goes on to the end of the text.
fn end_of_string(text: &[u8], mut place: usize) -> usize {
    loop {
        match text.get(place) {
            None => return text.len(),
            Some(b'"') => return place + 1,
            Some(b'\\') => place += 2,
            Some(_) => place += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passes(text: &str, tokens: u64, nesting: u64) -> bool {
        let limits = Limits {
            tokens,
            nesting,
            ..Limits::default()
        };
        scan_json(text.as_bytes(), &limits).is_ok()
    }

    #[test]
    fn keys_and_values_are_counted() {
        for (text, values) in [
            ("", 0),
            ("null", 1),
            (" [ ] ", 1),
            (r#"{"a": [1, -2.5e+3, true], "b\"[": "}"}"#, 8),
            ("\"\\", 1),
        ] {
            assert!(passes(text, values, 10), "{text}");
            assert!(values == 0 || !passes(text, values - 1, 10), "{text}");
        }
    }

    #[test]
    fn numbers_keep_their_digits() {
        assert!(passes(r#"{"a": [0.1, "899999999999999.9999"]}"#, 100, 10));
        assert!(!passes(r#"{"a": [0.1, 899999999999999.9999]}"#, 100, 10));
    }

    #[test]
    fn brackets_inside_each_other_are_counted() {
        assert!(passes("[[], [{}], {\"a\": \"[[[[\"}]", 100, 3));
        assert!(!passes("[[], [{}]]", 100, 2));
        assert!(!passes(&"[".repeat(100_000), 100, 200));
    }
}
