//! What stands in strings: escapes, and the indentation of block strings.

/// The character that an escape at the beginning of `rest` stands for, and how many bytes it is written in.
///
/// # Errors
/// Why it stands for none.
pub(super) fn escaped(rest: &str) -> Result<(char, usize), String> {
    let plain = match rest.as_bytes().get(1) {
        Some(b'"') => '"',
        Some(b'\\') => '\\',
        Some(b'/') => '/',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => return unicode(rest).ok_or_else(|| {
            "\\u must be followed by four hexadecimal digits, or any number of them in braces, that are a character"
                .into()
        }),
        _ => {
            return Err("\\ must be followed by one of \" \\ / b f n r t u".into());
        }
    };
    Ok((plain, 2))
}

/// An escape that begins with `\u`: of any width in braces, of four digits, or of two times four for a surrogate pair.
fn unicode(rest: &str) -> Option<(char, usize)> {
    if let Some(braced) = rest.strip_prefix("\\u{") {
        let (digits, _) = braced.split_once('}')?;
        // Leading zeros may be any number of.
        let value = digits.bytes().try_fold(0_u32, |value, digit| {
            value
                .checked_mul(16)?
                .checked_add(char::from(digit).to_digit(16)?)
        })?;
        let letter = char::from_u32(value).filter(|_| !digits.is_empty())?;
        return Some((letter, "\\u{}".len() + digits.len()));
    }
    let unit = four_digits(rest)?;
    match unit {
        0xD800..=0xDBFF => {
            let low = four_digits(&rest[6..])?;
            let mut pair = char::decode_utf16([unit, low]);
            Some((pair.next()?.ok()?, 12))
        }
        _ => char::from_u32(unit.into()).map(|letter| (letter, 6)),
    }
}

/// The value of `\u` and the four hexadecimal digits behind it.
fn four_digits(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    let plain = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    u16::from_str_radix(digits, 16).ok().filter(|_| plain)
}

/// What a block string holds: without the indentation that its lines share, and without blank lines around it.
pub(super) fn dedented(raw: &str) -> String {
    let lines = lines(raw);
    let is_blank = |line: &str| indentation(line) == line.len();
    let shared = lines
        .iter()
        .skip(1)
        .filter(|line| !is_blank(line))
        .map(|line| indentation(line))
        .min()
        .unwrap_or(0);
    let Some(first) = lines.iter().position(|line| !is_blank(line)) else {
        return String::new();
    };
    let last = lines
        .iter()
        .rposition(|line| !is_blank(line))
        .unwrap_or(first);
    let kept = lines.iter().enumerate().take(last + 1).skip(first);
    let cut = kept.map(|(place, line)| match place {
        0 => line,
        _ => line.get(shared..).unwrap_or_default(),
    });
    cut.collect::<Vec<_>>().join("\n")
}

/// The lines of a text, whichever of the three ends they have.
fn lines(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text;
    while let Some(end) = rest.find(['\n', '\r']) {
        lines.push(&rest[..end]);
        let behind = &rest[end..];
        rest = behind.strip_prefix("\r\n").unwrap_or(&behind[1..]);
    }
    lines.push(rest);
    lines
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_every_width_are_one_character() {
        for (written, letter, length) in [
            (r"\n more", '\n', 2),
            (r"\u00e9", 'é', 6),
            (r"\u{e9}", 'é', 6),
            (r"\u{0000000001F4A5}", '💥', 18),
            (r"\uD83D\uDCA5\u0041", '💥', 12),
        ] {
            assert_eq!(escaped(written), Ok((letter, length)), "{written}");
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
            assert!(escaped(written).is_err(), "{written}");
        }
    }

    #[test]
    fn a_block_string_loses_what_only_lays_it_out() {
        for (raw, value) in [
            ("", ""),
            ("  a ", "  a "),
            ("\n    one\r\n      two\r    three\n  ", "one\n  two\nthree"),
            ("  a\n    b\n\n   c", "  a\n b\n\nc"),
            (" \n\t\n", ""),
            ("\n\n  a\n \n  b", "a\n\nb"),
        ] {
            assert_eq!(dedented(raw), value, "{raw:?}");
        }
    }
}
