//! Counts the tokens and brackets of a document and measures its names before it is parsed, without knowing its grammar.

use async_graphql::Pos;

use crate::{
    error::RequestError,
    limits::{Bound, Limits},
};

/// Makes sure that a document has no more tokens, no more brackets inside each other, and no longer names than it may.
///
/// # Errors
/// `QUERY_TOO_LARGE` where it has.
pub fn scan_document(text: &str, limits: &Limits) -> Result<(), RequestError> {
    let bytes = text.as_bytes();
    let (mut tokens, mut nesting): (u64, u64) = (0, 0);
    let mut place = 0;
    while let Some(&byte) = bytes.get(place) {
        let start = place;
        place += 1;
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' | b',' => continue,
            b'#' => {
                place += until(&bytes[place..], |byte| matches!(byte, b'\n' | b'\r'));
                continue;
            }
            // The byte order mark, which counts as a space.
            0xEF if bytes[place..].starts_with(&[0xBB, 0xBF]) => {
                place += 2;
                continue;
            }
            b'{' | b'[' | b'(' => {
                nesting += 1;
                hold(limits.nesting(), nesting, text, start)?;
            }
            b'}' | b']' | b')' => nesting = nesting.saturating_sub(1),
            b'"' => match string(&bytes[start..]) {
                Some(length) => place = start + length,
                // The parser gets no further than here either, and says so.
                None => return Ok(()),
            },
            b'.' => place += until(&bytes[place..], |byte| byte != b'.').min(2),
            b'-' | b'0'..=b'9' => {
                place += until(&bytes[place..], |byte| !is_word(byte) && byte != b'.');
            }
            byte if is_word(byte) => {
                place += until(&bytes[place..], |byte| !is_word(byte));
                let length = (place - start) as u64;
                if limits.name_length().is_passed(length) {
                    let fault = limits.name_length().fault(NAME, length);
                    return Err(fault.at(position(text, start)));
                }
            }
            _ => {}
        }
        tokens += 1;
        hold(limits.tokens(), tokens, text, start)?;
    }
    Ok(())
}

/// What a name of a document is called where it is too long.
const NAME: &str = "name";

/// Makes sure that there is no more of something than there may be, up to this byte.
fn hold(bound: Bound, found: u64, text: &str, place: usize) -> Result<(), RequestError> {
    match bound.is_passed(found) {
        true => Err(bound.fault("document", found).at(position(text, place))),
        false => Ok(()),
    }
}

/// Makes sure that the name of the operation to run is no longer than a name of a document may be.
///
/// # Errors
/// `QUERY_TOO_LARGE` where it is.
pub fn measure_operation_name(name: Option<&str>, limits: &Limits) -> Result<(), RequestError> {
    let length = name.map_or(0, str::len) as u64;
    match limits.name_length().is_passed(length) {
        true => Err(limits.name_length().fault("operationName", length)),
        false => Ok(()),
    }
}

/// Bytes of names and numbers. Where a number is followed by a name at once, no parser goes on.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+') || !byte.is_ascii()
}

/// How many bytes come before the first such one.
fn until(bytes: &[u8], end: impl Fn(u8) -> bool) -> usize {
    bytes
        .iter()
        .position(|byte| end(*byte))
        .unwrap_or(bytes.len())
}

/// The length of the string that begins here, its quotes included; `None` where it does not end.
fn string(bytes: &[u8]) -> Option<usize> {
    const BLOCK: &[u8] = b"\"\"\"";
    let mut place;
    if bytes.starts_with(BLOCK) {
        place = BLOCK.len();
        loop {
            let rest = bytes.get(place..)?;
            if rest.starts_with(BLOCK) {
                return Some(place + BLOCK.len());
            }
            place += match rest.first()? {
                b'\\' if rest[1..].starts_with(BLOCK) => 1 + BLOCK.len(),
                _ => 1,
            };
        }
    }
    place = 1;
    loop {
        match bytes.get(place)? {
            b'"' => return Some(place + 1),
            b'\n' | b'\r' => return None,
            b'\\' => place += 2,
            _ => place += 1,
        }
    }
}

/// The line and column of a byte, as the specification counts them: a line ends with either end of line, or both.
fn position(text: &str, place: usize) -> Pos {
    let before = text[..place].replace("\r\n", "\n");
    let lines = || before.split(['\n', '\r']);
    Pos {
        line: lines().count(),
        column: lines().next_back().map_or(0, |line| line.chars().count()) + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(tokens: u64, nesting: u64) -> Limits {
        Limits {
            tokens,
            nesting,
            ..Limits::default()
        }
    }

    fn found(text: &str, limits: &Limits) -> Option<(String, Pos)> {
        let fault = scan_document(text, limits).err()?;
        Some((fault.message, fault.locations[0]))
    }

    #[test]
    fn tokens_are_counted_as_the_specification_has_them() {
        for (text, tokens) in [
            ("", 0),
            (" ,\t\r\n\u{feff}# { a }\r", 0),
            ("{ a }", 3),
            ("{a:b(c:[-1.5e+3,$d]){...E...on F{g}}}", 24),
            ("query @a(b: \"c } \\\" { \\\\\") { d }", 11),
            ("{ a(b: \"\"\"c \" \\\"\"\" } \n {\"\"\", c: \"\") }", 11),
            ("é", 1),
        ] {
            assert_eq!(found(text, &limits(tokens, 100)), None, "{text}");
            if tokens > 0 {
                let (message, _) = found(text, &limits(tokens - 1, 100)).expect("one too many");
                assert!(
                    message.contains(&format!("{tokens} tokens")),
                    "{text}: {message}"
                );
            }
        }
    }

    #[test]
    fn brackets_of_any_kind_are_counted_where_they_are_brackets() {
        let nested = "{ a(b: [{ c: \"[[[\" }]) { # ((((\n d } e { f { g } } }";
        assert_eq!(found(nested, &limits(100, 4)), None);
        for text in [
            "{\n  é(b: [[1]]) }",
            "{\r\n  é(b: [[1]]) }",
            "{\r  é(b: [[1]]) }",
        ] {
            let (_, place) = found(text, &limits(100, 3)).expect("four");
            assert_eq!((place.line, place.column), (2, 9), "{text:?}");
        }
        let (message, _) = found("[[[[", &limits(100, 3)).expect("four");
        assert!(
            message.contains("4 brackets inside each other, more than the 3"),
            "{message}"
        );
        // Closing more than was opened is for the parser to tell.
        assert_eq!(found("}}}}{", &limits(100, 1)), None);
    }

    #[test]
    fn names_of_any_kind_are_measured() {
        let limits = Limits {
            name_length: 64,
            ..Limits::default()
        };
        let (good, bad) = ("a".repeat(64), "a".repeat(65));
        for text in [
            "{ NAME: b }",
            "{ NAME }",
            "query NAME { a }",
            "query ($NAME: Int) { a }",
            "{ ...NAME }",
            "{ a @NAME }",
            "{ a(NAME: 1) }",
            "{ a(b: NAME) }",
        ] {
            assert_eq!(found(&text.replace("NAME", &good), &limits), None, "{text}");
            let (message, place) = found(&text.replace("NAME", &bad), &limits).expect(text);
            assert_eq!(
                message,
                "The name has 65 bytes, more than the 64 that one may have; ask for less at once."
            );
            let column = text.find("NAME").map(|place| place + 1);
            assert_eq!((place.line, Some(place.column)), (1, column));
        }
        // What is quoted or remarked is no name.
        assert_eq!(
            found(&format!("{{ a(b: \"{bad}\") }} # {bad}"), &limits),
            None
        );
        assert_eq!(measure_operation_name(None, &limits), Ok(()));
        assert_eq!(measure_operation_name(Some(&good), &limits), Ok(()));
        let fault = measure_operation_name(Some(&bad), &limits).unwrap_err();
        assert!(
            fault.message.starts_with("The operationName has 65"),
            "{}",
            fault.message
        );
    }

    #[test]
    fn nothing_is_counted_behind_a_string_that_does_not_end() {
        for text in [
            "\"[[[[[",
            "\"[[\n[[[",
            "\"\\\"[[[[",
            "\"\"\"\"\"[[[[",
            "\"\"\"\"[[[[",
            "\"\"\" \\\"\"\"[[[[",
        ] {
            assert_eq!(found(text, &limits(100, 3)), None, "{text}");
        }
    }
}
