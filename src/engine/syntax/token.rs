//! The tokens of a text, one after the other, each with its place.

use std::{fmt, ops::Range};

use async_graphql::Pos;

use super::{fault, text};
use crate::error::RequestError;

/// A token.
#[derive(Debug, PartialEq)]
pub(super) enum Token<'t> {
    /// One of `! $ & ( ) : = @ [ ] { | }`.
    Punctuator(char),
    /// `...`
    Spread,
    /// A name or a keyword.
    Name(&'t str),
    /// A number, with a fraction or an exponent or without, as it is written.
    Number(&'t str),
    /// What a string holds, of either kind.
    Text(String),
    /// There is nothing more.
    End,
}

impl fmt::Display for Token<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Token::Punctuator(punctuator) => write!(f, "\"{punctuator}\""),
            Token::Spread => f.write_str("\"...\""),
            Token::Name(name) => write!(f, "\"{name}\""),
            Token::Number(number) => f.write_str(number),
            Token::Text(_) => f.write_str("a string"),
            Token::End => f.write_str("the end"),
        }
    }
}

/// Finds tokens.
pub(super) struct Lexer<'t> {
    text: &'t str,
    /// How many bytes have been read.
    offset: usize,
    pos: Pos,
    /// Where the last token lies, in bytes.
    last: Range<usize>,
    /// Where commas stand between tokens, in bytes.
    commas: Vec<Range<usize>>,
}

impl<'t> Lexer<'t> {
    pub(super) fn new(text: &'t str) -> Lexer<'t> {
        Lexer {
            text,
            offset: 0,
            pos: Pos { line: 1, column: 1 },
            last: 0..0,
            commas: Vec::new(),
        }
    }

    /// Where the last token lies, in bytes.
    pub(super) fn last(&self) -> Range<usize> {
        self.last.clone()
    }

    /// Where commas stood between the tokens so far, in bytes.
    pub(super) fn commas(&self) -> &[Range<usize>] {
        &self.commas
    }

    /// The next token and where it begins.
    pub(super) fn next(&mut self) -> Result<(Token<'t>, Pos), RequestError> {
        self.skip_ignored();
        let pos = self.pos;
        let start = self.offset;
        let token = match self.peek() {
            None => Token::End,
            Some('"') => Token::Text(self.string()?),
            Some('.') => self.spread()?,
            Some('-' | '0'..='9') => Token::Number(self.number()?),
            Some(letter) if is_name_start(letter) => {
                Token::Name(self.run(|letter| is_name_start(letter) || letter.is_ascii_digit()))
            }
            Some(
                letter @ ('!' | '$' | '&' | '(' | ')' | ':' | '=' | '@' | '[' | ']' | '{' | '|'
                | '}'),
            ) => {
                self.bump();
                Token::Punctuator(letter)
            }
            Some(letter) => return Err(self.stray(letter)),
        };
        self.last = start..self.offset;
        Ok((token, pos))
    }

    fn skip_ignored(&mut self) {
        loop {
            match self.peek() {
                Some(' ' | '\t' | '\n' | '\r' | '\u{feff}') => self.bump(),
                Some(',') => {
                    self.commas.push(self.offset..self.offset + 1);
                    self.bump();
                }
                Some('#') => {
                    self.run(|letter| !matches!(letter, '\n' | '\r'));
                }
                _ => return,
            }
        }
    }

    fn spread(&mut self) -> Result<Token<'t>, RequestError> {
        if !self.rest().starts_with("...") {
            return Err(self.stray('.'));
        }
        for _ in 0..3 {
            self.bump();
        }
        Ok(Token::Spread)
    }

    fn number(&mut self) -> Result<&'t str, RequestError> {
        let start = self.offset;
        if self.peek() == Some('-') {
            self.bump();
        }
        if self.peek() == Some('0') {
            self.bump();
            if self.peek().is_some_and(|next| next.is_ascii_digit()) {
                return Err(fault(
                    self.pos,
                    "a number with other digits cannot begin with 0",
                ));
            }
        } else {
            self.digits()?;
        }
        if self.peek() == Some('.') {
            self.bump();
            self.digits()?;
        }
        if matches!(self.peek(), Some('e' | 'E')) {
            self.bump();
            if matches!(self.peek(), Some('+' | '-')) {
                self.bump();
            }
            self.digits()?;
        }
        match self.peek() {
            Some(next) if next == '.' || is_name_start(next) => Err(fault(
                self.pos,
                format!("a number cannot go on with '{next}'"),
            )),
            _ => Ok(&self.text[start..self.offset]),
        }
    }

    fn digits(&mut self) -> Result<(), RequestError> {
        match self.run(|letter| letter.is_ascii_digit()) {
            "" => Err(fault(self.pos, "a digit of a number is missing")),
            _ => Ok(()),
        }
    }

    fn string(&mut self) -> Result<String, RequestError> {
        if self.rest().starts_with("\"\"\"") {
            return self.block_string();
        }
        self.bump();
        let mut value = String::new();
        loop {
            match self.peek() {
                None | Some('\n' | '\r') => return Err(self.endless()),
                Some('"') => {
                    self.bump();
                    return Ok(value);
                }
                Some('\\') => {
                    let (letter, length) =
                        text::escaped(self.rest()).map_err(|reason| fault(self.pos, reason))?;
                    value.push(letter);
                    // Escapes are written in ASCII.
                    (0..length).for_each(|_| self.bump());
                }
                Some(letter) => {
                    value.push(letter);
                    self.bump();
                }
            }
        }
    }

    fn block_string(&mut self) -> Result<String, RequestError> {
        const QUOTES: &str = "\"\"\"";
        const ESCAPED_QUOTES: &str = "\\\"\"\"";
        let mut raw = String::new();
        (0..QUOTES.len()).for_each(|_| self.bump());
        loop {
            if self.rest().starts_with(QUOTES) {
                (0..QUOTES.len()).for_each(|_| self.bump());
                return Ok(text::dedented(&raw));
            }
            if self.rest().starts_with(ESCAPED_QUOTES) {
                raw.push_str(QUOTES);
                (0..ESCAPED_QUOTES.len()).for_each(|_| self.bump());
                continue;
            }
            match self.peek() {
                None => return Err(self.endless()),
                Some(letter) => {
                    raw.push(letter);
                    self.bump();
                }
            }
        }
    }

    /// Takes characters as long as they are like that.
    fn run(&mut self, like: impl Fn(char) -> bool) -> &'t str {
        let start = self.offset;
        while self.peek().is_some_and(&like) {
            self.bump();
        }
        &self.text[start..self.offset]
    }

    fn rest(&self) -> &'t str {
        &self.text[self.offset..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Goes on by one character. A carriage return and a line feed behind it end one line together.
    fn bump(&mut self) {
        let Some(letter) = self.peek() else { return };
        self.offset += letter.len_utf8();
        match letter {
            '\n' => self.end_line(),
            '\r' if self.peek() != Some('\n') => self.end_line(),
            _ => self.pos.column += 1,
        }
    }

    fn end_line(&mut self) {
        self.pos.line += 1;
        self.pos.column = 1;
    }

    fn stray(&self, letter: char) -> RequestError {
        let shown = letter.escape_debug();
        fault(
            self.pos,
            format!("the character '{shown}' means nothing here"),
        )
    }

    fn endless(&self) -> RequestError {
        fault(self.pos, "this string does not end")
    }
}

fn is_name_start(letter: char) -> bool {
    letter == '_' || letter.is_ascii_alphabetic()
}
