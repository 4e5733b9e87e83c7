//! Finds the tokens of a text, and counts them, their brackets and the lengths of their names as it goes: a text that
//! passes a limit is read no further. It knows no grammar, and what strings hold is not kept.

use std::{fmt, ops::Range};

use super::{escapes::escape_length, fault};
use crate::{
    document::position::position,
    error::RequestError,
    limits::{Bound, Limits},
};

/// A token.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Token<'t> {
    /// One of `! $ & ( ) : = @ [ ] { | }`.
    Punctuator(char),
    /// `...`
    Spread,
    /// A name or a keyword.
    Name(&'t str),
    /// A number, with a fraction or an exponent or without, as it is written.
    Number(&'t str),
    /// A string, of either kind.
    Text,
    /// There is nothing more.
    End,
    /// Here is no token.
    Broken,
}

impl fmt::Display for Token<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Token::Punctuator(punctuator) => write!(f, "\"{punctuator}\""),
            Token::Spread => f.write_str("\"...\""),
            Token::Name(name) => write!(f, "\"{name}\""),
            Token::Number(number) => f.write_str(number),
            Token::Text => f.write_str("a string"),
            Token::End => f.write_str("the end"),
            Token::Broken => f.write_str("what is no token"),
        }
    }
}

/// The tokens of a text, the last of which is [`Token::End`] or [`Token::Broken`].
pub(super) struct Tokens<'t> {
    /// Each token, and where it lies, in bytes.
    pub(super) all: Vec<(Token<'t>, Range<usize>)>,
    /// Where commas stand between tokens, in bytes.
    pub(super) commas: Vec<Range<usize>>,
    /// Why the last token is broken.
    pub(super) fault: Option<RequestError>,
}

/// The tokens of a text.
///
/// # Errors
/// `QUERY_TOO_LARGE` where there are more, more brackets inside each other, or longer names than there may be.
pub(super) fn tokens<'t>(text: &'t str, limits: &Limits) -> Result<Tokens<'t>, RequestError> {
    let mut lexer = Lexer {
        text,
        offset: 0,
        commas: Vec::new(),
    };
    let mut all = Vec::new();
    let mut fault = None;
    let mut nesting: u64 = 0;
    loop {
        lexer.skip_ignored();
        let start = lexer.offset;
        let token = lexer.next().unwrap_or_else(|cause| {
            fault = Some(cause);
            Token::Broken
        });
        let hold = |bound: Bound, what: &str, found: u64| match bound.is_passed(found) {
            true => Err(bound.fault(what, found).at(position(text, start))),
            false => Ok(()),
        };
        match token {
            Token::Punctuator('{' | '[' | '(') => {
                nesting += 1;
                hold(limits.nesting(), DOCUMENT, nesting)?;
            }
            Token::Punctuator('}' | ']' | ')') => nesting = nesting.saturating_sub(1),
            Token::Name(name) => hold(limits.name_length(), "name", name.len() as u64)?,
            _ => {}
        }
        let is_last = matches!(token, Token::End | Token::Broken);
        all.push((token, start..lexer.offset));
        if is_last {
            let commas = lexer.commas;
            return Ok(Tokens { all, commas, fault });
        }
        hold(limits.tokens(), DOCUMENT, all.len() as u64)?;
    }
}

/// What has too many tokens or brackets.
const DOCUMENT: &str = "document";

struct Lexer<'t> {
    text: &'t str,
    /// How many bytes have been read.
    offset: usize,
    commas: Vec<Range<usize>>,
}

impl<'t> Lexer<'t> {
    fn next(&mut self) -> Result<Token<'t>, RequestError> {
        Ok(match self.peek() {
            None => Token::End,
            Some(b'"') => self.string()?,
            Some(b'.') => {
                if !self.took("...") {
                    return Err(self.stray());
                }
                Token::Spread
            }
            Some(b'-' | b'0'..=b'9') => Token::Number(self.number()?),
            Some(byte) if is_name_start(byte) => {
                Token::Name(self.run(|byte| is_name_start(byte) || byte.is_ascii_digit()))
            }
            Some(
                byte @ (b'!' | b'$' | b'&' | b'(' | b')' | b':' | b'=' | b'@' | b'[' | b']' | b'{'
                | b'|' | b'}'),
            ) => {
                self.offset += 1;
                Token::Punctuator(byte.into())
            }
            Some(_) => return Err(self.stray()),
        })
    }

    fn skip_ignored(&mut self) {
        loop {
            match self.peek() {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.offset += 1,
                Some(b',') => {
                    self.commas.push(self.offset..self.offset + 1);
                    self.offset += 1;
                }
                Some(b'#') => {
                    self.run(|byte| !matches!(byte, b'\n' | b'\r'));
                }
                // The byte order mark, which counts as a space.
                Some(_) if self.took("\u{feff}") => {}
                _ => return,
            }
        }
    }

    fn number(&mut self) -> Result<&'t str, RequestError> {
        let start = self.offset;
        self.took("-");
        if self.took("0") {
            if self.peek().is_some_and(|next| next.is_ascii_digit()) {
                return Err(self.fault("a number with other digits cannot begin with 0"));
            }
        } else {
            self.digits()?;
        }
        if self.took(".") {
            self.digits()?;
        }
        if self.took("e") || self.took("E") {
            let _signed = self.took("+") || self.took("-");
            self.digits()?;
        }
        match self.peek() {
            Some(next) if next == b'.' || is_name_start(next) => {
                let next = char::from(next);
                Err(self.fault(format!("a number cannot go on with '{next}'")))
            }
            _ => Ok(&self.text[start..self.offset]),
        }
    }

    fn digits(&mut self) -> Result<(), RequestError> {
        match self.run(|byte| byte.is_ascii_digit()) {
            "" => Err(self.fault("a digit of a number is missing")),
            _ => Ok(()),
        }
    }

    fn string(&mut self) -> Result<Token<'t>, RequestError> {
        const QUOTES: &str = "\"\"\"";
        if self.took(QUOTES) {
            loop {
                self.run(|byte| !matches!(byte, b'"' | b'\\'));
                if self.took(QUOTES) {
                    return Ok(Token::Text);
                }
                if !self.took("\\\"\"\"") {
                    // Another quote, or a backslash.
                    self.peek().ok_or_else(|| self.endless())?;
                    self.offset += 1;
                }
            }
        }
        self.offset += 1;
        loop {
            self.run(|byte| !matches!(byte, b'"' | b'\\' | b'\n' | b'\r'));
            match self.peek() {
                Some(b'"') => {
                    self.offset += 1;
                    return Ok(Token::Text);
                }
                Some(b'\\') => {
                    let length = escape_length(self.rest()).map_err(|why| self.fault(why))?;
                    self.offset += length;
                }
                _ => return Err(self.endless()),
            }
        }
    }

    /// Takes bytes as long as they are like that; all of a character are, or none.
    fn run(&mut self, like: impl Fn(u8) -> bool) -> &'t str {
        let rest = self.rest();
        let end = rest.bytes().position(|byte| !like(byte));
        let taken = &rest[..end.unwrap_or(rest.len())];
        self.offset += taken.len();
        taken
    }

    /// Takes this if it comes next.
    fn took(&mut self, next: &str) -> bool {
        let found = self.rest().starts_with(next);
        if found {
            self.offset += next.len();
        }
        found
    }

    fn rest(&self) -> &'t str {
        &self.text[self.offset..]
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.offset).copied()
    }

    fn fault(&self, reason: impl fmt::Display) -> RequestError {
        fault(position(self.text, self.offset), reason)
    }

    fn stray(&self) -> RequestError {
        let shown: String = self
            .rest()
            .chars()
            .take(1)
            .flat_map(char::escape_debug)
            .collect();
        self.fault(format!("the character '{shown}' means nothing here"))
    }

    fn endless(&self) -> RequestError {
        self.fault("this string does not end")
    }
}

fn is_name_start(byte: u8) -> bool {
    byte == b'_' || byte.is_ascii_alphabetic()
}

#[cfg(test)]
mod tests {
    use async_graphql::Pos;

    use super::*;

    fn limits(tokens: u64, nesting: u64) -> Limits {
        Limits {
            tokens,
            nesting,
            ..Limits::default()
        }
    }

    fn found(text: &str, limits: &Limits) -> Option<(String, Pos)> {
        let fault = tokens(text, limits).err()?;
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
            ("é", 0),
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
            "{\n  a(b: [[1]]) }",
            "{\r\n  a(b: [[1]]) }",
            "{\r  a(b: [[1]]) }",
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
