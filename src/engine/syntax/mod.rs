//! Reads the text of a document: what is GraphQL, by the grammar of the specification (September 2025), and where it is not.
//!
//! `token` finds the tokens, `text` reads what stands in strings, `values` and `definitions` put them together. Nothing
//! here knows a schema, and how deep a document may nest has been decided before: what is nested is read by recursion.
//! Why there is a parser of our own is said in `docs/decisions/validation.md`.

mod definitions;
mod text;
mod token;
mod values;

use std::{borrow::Cow, ops::Range};

use async_graphql::{Pos, parser::types::ExecutableDocument};

use crate::error::{Code, RequestError};
use token::{Lexer, Token};

/// A document that is GraphQL.
pub(in crate::engine) struct Syntax<'t> {
    /// The document as it is planned. Of definitions with the same name it has one, and validation refuses them.
    pub(in crate::engine) document: ExecutableDocument,
    /// The text as the validator reads it, with blanks where descriptions and commas were, and every place the same: the
    /// validator knows no descriptions, and no comma that stands beside a name and its colon, or behind `...`.
    pub(in crate::engine) plain: Cow<'t, str>,
}

/// Reads a document.
///
/// # Errors
/// Where the text is no GraphQL, defines what cannot be executed, or has a number that would lose digits: the first such
/// place.
pub(in crate::engine) fn parse(text: &str) -> Result<Syntax<'_>, RequestError> {
    let mut parser = Parser::new(text)?;
    let document = parser.document()?;
    let mut places = parser.descriptions;
    places.extend_from_slice(parser.lexer.commas());
    places.sort_unstable_by_key(|place| place.start);
    Ok(Syntax {
        document,
        plain: blanked(text, &places),
    })
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
    lexer: Lexer<'t>,
    /// The token that comes next.
    token: Token<'t>,
    /// Where it begins.
    pos: Pos,
    /// Where descriptions stand, in bytes.
    descriptions: Vec<Range<usize>>,
}

impl<'t> Parser<'t> {
    fn new(text: &'t str) -> Result<Parser<'t>, RequestError> {
        let mut lexer = Lexer::new(text);
        let (token, pos) = lexer.next()?;
        Ok(Parser {
            lexer,
            token,
            pos,
            descriptions: Vec::new(),
        })
    }

    /// Takes the next token.
    fn take(&mut self) -> Result<Token<'t>, RequestError> {
        let (token, pos) = self.lexer.next()?;
        self.pos = pos;
        Ok(std::mem::replace(&mut self.token, token))
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
            self.pos,
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

    #[test]
    fn descriptions_and_commas_give_way_to_blanks_and_every_place_stays() {
        let text = "\"é\" query A(\"\"\"a\r\nb\"\"\" $a: Int) { a }";
        let syntax = parse(text).unwrap();
        assert_eq!(syntax.plain, "    query A(    \r\n     $a: Int) { a }");
        let commas = "{,a,:,b(c,:[1,2,]),...,on,A{d}#,\n,}";
        assert_eq!(
            parse(commas).unwrap().plain,
            "{ a : b(c :[1 2 ]) ... on A{d}#,\n }"
        );
        let plain = "{ a(b: \"\"\"c,\"\"\" d: \",\") }";
        assert_eq!(parse(plain).unwrap().plain, plain);
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
}
