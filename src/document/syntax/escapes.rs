//! Escapes in strings: which of them are a character. What character that is, nobody here asks.

/// How many bytes the escape at the beginning of `rest` is written in.
///
/// # Errors
/// Why it is no character.
pub(super) fn escape_length(rest: &str) -> Result<usize, &'static str> {
    match rest.as_bytes().get(1) {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(2),
        Some(b'u') => unicode_length(rest).ok_or(
            "\\u must be followed by four hexadecimal digits, or any number of them in braces, that are a character",
        ),
        _ => Err("\\ must be followed by one of \" \\ / b f n r t u"),
    }
}

/// An escape that begins with `\u`: of any width in braces, of four digits, or of two times four for a surrogate pair.
fn unicode_length(rest: &str) -> Option<usize> {
    if let Some(braced) = rest.strip_prefix("\\u{") {
        let (digits, _) = braced.split_once('}')?;
        // Leading zeros may be any number of.
        let value = digits.bytes().try_fold(0_u32, |value, digit| {
            value
                .checked_mul(16)?
                .checked_add(char::from(digit).to_digit(16)?)
        })?;
        char::from_u32(value).filter(|_| !digits.is_empty())?;
        return Some("\\u{}".len() + digits.len());
    }
    let unit = four_digits(rest)?;
    match unit {
        0xD800..=0xDBFF => {
            let low = four_digits(&rest[6..])?;
            char::decode_utf16([unit, low]).next()?.ok()?;
            Some(12)
        }
        _ => char::from_u32(unit.into()).map(|_| 6),
    }
}

/// The value of `\u` and the four hexadecimal digits behind it.
fn four_digits(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    let plain = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    u16::from_str_radix(digits, 16).ok().filter(|_| plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_every_width_are_measured() {
        for (written, length) in [
            (r"\n more", 2),
            (r"\u00e9", 6),
            (r"\u{e9}", 6),
            (r"\u{0000000001F4A5}", 18),
            (r"\uD83D\uDCA5\u0041", 12),
        ] {
            assert_eq!(escape_length(written), Ok(length), "{written}");
        }
    }

    #[test]
    fn what_is_no_character_is_refused() {
        for written in [
            r"\",
            r"\x",
            r"\é",
            r"\u",
            r"\u12",
            r"\u+123",
            r"\u12é4",
            r"\u{}",
            r"\u{1",
            r"\u{g}",
            r"\u{110000}",
            r"\u{FFFFFFFFFF}",
            r"\u{D83D}",
            r"\uD83D",
            r"\uD83D\n",
            r"\uD83D\u0041",
            r"\uDCA5",
        ] {
            assert!(escape_length(written).is_err(), "{written}");
        }
    }
}
