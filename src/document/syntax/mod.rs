//! Says whether a text is GraphQL, by the grammar of the specification (September 2025), and where it is not.
//!
//! `token` finds the tokens and holds them against the limits, `escapes` looks into strings, `values` and `definitions`
//! read what the tokens make. Nothing here knows a schema or builds a tree; apollo-compiler reads the text that comes
//! out. Why we do not take its word for what is GraphQL is said in `docs/decisions/validation.md`.

mod definitions;
mod escapes;
mod token;
mod values;

use std::{borrow::Cow, ops::Range, vec};

use async_graphql::Pos;

use super::position::position;
use crate::{
    error::{Code, RequestError},
    limits::Limits,
};
use token::{Token, tokens};

/// Reads a document, and gives the text as apollo-compiler reads it: with blanks where descriptions and commas were, and
/// every line and column the same. It knows no descriptions, and no comma that stands beside a name and its colon, or
/// behind `...`.
///
/// # Errors
/// `QUERY_TOO_LARGE` where the text passes a limit; else where it is no GraphQL, defines what cannot be executed, or has a
/// number that would lose digits: the first such place.
pub(super) fn read<'t>(text: &'t str, limits: &Limits) -> Result<Cow<'t, str>, RequestError> {
    let mut parser = Parser::new(text, limits)?;
    parser.document()?;
    let mut blanks = parser.blanks;
    blanks.sort_unstable_by_key(|place| place.start);
    Ok(blanked(text, &blanks))
}

/// The text with blanks in these places, but for the ends of lines.
fn blanked<'t>(text: &'t str, places: &[Range<usize>]) -> Cow<'t, str> {
    if places.is_empty() {
        return text.into();
    }
    let mut blank = String::with_capacity(text.len());
    let mut done = 0;
    for place in places {
        blank.push_str(&text[done..place.start]);
        // Lines and columns are counted in characters.
        blank.extend(text[place.clone()].chars().map(|letter| match letter {
            '\n' | '\r' => letter,
            _ => ' ',
        }));
        done = place.end;
    }
    blank.push_str(&text[done..]);
    blank.into()
}

/// Reads a text token by token.
struct Parser<'t> {
    text: &'t str,
    limits: &'t Limits,
    /// The token that comes next, and where it lies, in bytes.
    token: Token<'t>,
    place: Range<usize>,
    /// Those behind it.
    rest: vec::IntoIter<(Token<'t>, Range<usize>)>,
    /// Why one of them is broken.
    broken: Option<RequestError>,
    /// How many selections lie around what comes next.
    selections: u64,
    /// What is blanked out, in bytes.
    blanks: Vec<Range<usize>>,
}

impl<'t> Parser<'t> {
    fn new(text: &'t str, limits: &'t Limits) -> Result<Parser<'t>, RequestError> {
        let tokens = tokens(text, limits)?;
        let mut parser = Parser {
            text,
            limits,
            token: Token::End,
            place: 0..0,
            rest: tokens.all.into_iter(),
            broken: tokens.fault,
            selections: 0,
            blanks: tokens.commas,
        };
        parser.take()?;
        Ok(parser)
    }

    /// Goes on to the next token.
    fn take(&mut self) -> Result<(), RequestError> {
        if let Some((token, place)) = self.rest.next() {
            self.token = token;
            self.place = place;
        }
        match (self.token, self.broken.take()) {
            (Token::Broken, Some(fault)) => Err(fault),
            (_, broken) => {
                self.broken = broken;
                Ok(())
            }
        }
    }

    /// Where the next token begins.
    fn pos(&self) -> Pos {
        position(self.text, self.place.start)
    }

    /// Whether this punctuator comes next.
    fn is(&self, punctuator: char) -> bool {
        self.token == Token::Punctuator(punctuator)
    }

    /// Takes this punctuator if it comes next.
    fn took(&mut self, punctuator: char) -> Result<bool, RequestError> {
        let found = self.is(punctuator);
        if found {
            self.take()?;
        }
        Ok(found)
    }

    /// Takes this punctuator, which must come next.
    fn expect(&mut self, punctuator: char) -> Result<(), RequestError> {
        match self.took(punctuator)? {
            true => Ok(()),
            false => Err(self.unexpected(&format!("\"{punctuator}\""))),
        }
    }

    /// The fault that something else comes next than what was expected.
    fn unexpected(&self, expected: &str) -> RequestError {
        fault(
            self.pos(),
            format!("expected {expected}, found {}", self.token),
        )
    }
}

/// A place where a text is no GraphQL.
fn fault(pos: Pos, reason: impl std::fmt::Display) -> RequestError {
    let message = format!("The document is not GraphQL: {reason}.");
    RequestError::new(Code::ParseFailed, message).at(pos)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Cow<'_, str>, RequestError> {
        read(text, &Limits::default())
    }

    #[test]
    fn descriptions_and_commas_give_way_to_blanks_and_every_place_stays() {
        let text = "\"é\" query A(\"\"\"a\r\nb\"\"\" $a: Int) { a }";
        assert_eq!(
            parse(text).unwrap(),
            "    query A(    \r\n     $a: Int) { a }"
        );
        let commas = "{,a,:,b(c,:[1,2,]),...,on,A{d}#,\n,}";
        assert_eq!(
            parse(commas).unwrap(),
            "{ a : b(c :[1 2 ]) ... on A{d}#,\n }"
        );
        let plain = "{ a(b: \"\"\"c,\"\"\" d: \",\") }";
        assert_eq!(parse(plain).unwrap(), plain);
    }

    #[test]
    fn a_fault_is_told_with_its_place() {
        for (text, line, column, reason) in [
            ("{ a(b) }", 1, 6, "expected \":\", found \")\""),
            ("{\r\n\ra\n", 4, 1, "expected a selection, found the end"),
            ("{ a(b: \"💥\n\") }", 1, 10, "this string does not end"),
            ("{ a(b: \"\"\"\n\n", 3, 1, "this string does not end"),
            (
                "{ a(b: 01) }",
                1,
                9,
                "a number with other digits cannot begin with 0",
            ),
            ("{ a ? }", 1, 5, "the character '?' means nothing here"),
            (
                "\"a\" { a }",
                1,
                1,
                "only an operation with its keyword or a fragment can be described",
            ),
            (
                "fragment on on A { a }",
                1,
                10,
                "expected a name other than \"on\", found \"on\"",
            ),
        ] {
            let fault = parse(text).err().unwrap();
            assert_eq!(
                fault.message,
                format!("The document is not GraphQL: {reason}.")
            );
            assert_eq!(fault.locations, [Pos { line, column }], "{text:?}");
        }
    }

    #[test]
    fn selections_are_counted_where_they_begin() {
        let nested = |depth: usize| "{...".repeat(depth) + "{a}" + &"}".repeat(depth);
        let limits = Limits {
            nesting: 100,
            ..Limits::default()
        };
        assert!(read(&nested(63), &limits).is_ok());
        let fault = read(&nested(64), &limits).unwrap_err();
        assert_eq!(fault.code, Code::TooLarge);
        assert_eq!(
            fault.locations,
            [Pos {
                line: 1,
                column: 257
            }]
        );
    }
}
