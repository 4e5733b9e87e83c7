//! What a cell can be, and how its text is read and written.

use std::borrow::Cow;
use std::marker::PhantomData;

use entity::enums::{Additivity, AttributionBasis, Precision, Scope, UnitKind};
use entity::{decimal, keys};

use crate::package::dates;
use crate::package::problem::{Rule, shortened};

/// What a cell of a column must be, as other tools are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Any text.
    Text,
    /// Text without white space and control characters.
    Code,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A decimal number, exact to ten-thousandths.
    Figure,
    /// A whole number in a range.
    Integer(i32, i32),
    /// `true` or `false`.
    Flag,
    /// `YYYY-MM-DD`.
    Day,
    /// `YYYY-MM-DD` or `YYYY-MM`.
    DayOrMonth,
    /// An address on the web.
    Url,
    /// 64 lower-case hexadecimal digits.
    Sha256,
}

/// Why a text is not of a kind.
pub(in crate::package) struct Fault {
    pub(in crate::package) rule: Rule,
    pub(in crate::package) message: String,
    pub(in crate::package) help: Cow<'static, str>,
}

impl Fault {
    fn new(rule: Rule, message: String, help: impl Into<Cow<'static, str>>) -> Self {
        Self {
            rule,
            message,
            help: help.into(),
        }
    }
}

/// A kind of cell.
pub(in crate::package) trait Kind {
    /// What a cell means. Its default stands in for a cell that means nothing.
    type Value: Default;
    /// As other tools are told.
    const SHAPE: Shape;

    /// The meaning of a text, which is not empty.
    fn read(text: &str) -> Result<Self::Value, Fault>;

    /// The text of a value.
    fn write(value: &Self::Value) -> Cow<'_, str>;
}

/// Any text.
pub(in crate::package) struct Text;

impl Kind for Text {
    type Value = String;
    const SHAPE: Shape = Shape::Text;

    fn read(text: &str) -> Result<String, Fault> {
        Ok(text.to_owned())
    }

    fn write(value: &String) -> Cow<'_, str> {
        value.into()
    }
}

/// A code, slug or key.
pub(in crate::package) struct Code;

impl Kind for Code {
    type Value = String;
    const SHAPE: Shape = Shape::Code;

    fn read(text: &str) -> Result<String, Fault> {
        if text.contains(|char: char| char.is_whitespace() || char.is_control()) {
            return Err(Fault::new(
                Rule::BadText,
                format!("{} holds white space", quoted(text)),
                "write it without, such as with hyphens",
            ));
        }
        Ok(text.to_owned())
    }

    fn write(value: &String) -> Cow<'_, str> {
        value.into()
    }
}

/// One of the words of an enum.
pub(in crate::package) struct Word<E>(PhantomData<E>);

/// An enum whose values are words in a package.
pub(in crate::package) trait Words: Copy + Default + 'static {
    const ALL: &'static [Self];
    const WORDS: &'static [&'static str];
    fn word(self) -> &'static str;
}

macro_rules! words {
    ($($name:ident),+) => {$(
        impl Words for $name {
            const ALL: &'static [Self] = $name::ALL;
            const WORDS: &'static [&'static str] = &{
                let mut words = [""; $name::ALL.len()];
                let mut place = 0;
                while place < words.len() {
                    words[place] = $name::ALL[place].graphql_name();
                    place += 1;
                }
                words
            };

            fn word(self) -> &'static str {
                self.graphql_name()
            }
        }
    )+};
}

words!(Additivity, AttributionBasis, Precision, Scope, UnitKind);

impl<E: Words> Kind for Word<E> {
    type Value = E;
    const SHAPE: Shape = Shape::Word(E::WORDS);

    fn read(text: &str) -> Result<E, Fault> {
        let found = E::ALL.iter().copied().find(|value| value.word() == text);
        found.ok_or_else(|| not_one_of(text, E::WORDS))
    }

    fn write(value: &E) -> Cow<'_, str> {
        value.word().into()
    }
}

/// `true` or `false`.
pub(in crate::package) struct Flag;

impl Kind for Flag {
    type Value = bool;
    const SHAPE: Shape = Shape::Flag;

    fn read(text: &str) -> Result<bool, Fault> {
        match text {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(not_one_of(text, &["false", "true"])),
        }
    }

    fn write(value: &bool) -> Cow<'_, str> {
        if *value { "true" } else { "false" }.into()
    }
}

/// A figure, in ten-thousandths.
pub(in crate::package) struct Figure;

impl Kind for Figure {
    type Value = i64;
    const SHAPE: Shape = Shape::Figure;

    fn read(text: &str) -> Result<i64, Fault> {
        decimal::parse(text).map_err(|error| {
            // The message of the error says what to do behind a semicolon.
            let error = error.to_string();
            let (wrong, help) = error.split_once("; ").unwrap_or((&error, "correct it"));
            Fault::new(
                Rule::BadFigure,
                format!("{} {wrong}", quoted(text)),
                help.to_owned(),
            )
        })
    }

    fn write(value: &i64) -> Cow<'_, str> {
        decimal::to_text(*value).into()
    }
}

/// A fiscal year.
pub(in crate::package) struct FiscalYear;

impl Kind for FiscalYear {
    type Value = i32;
    const SHAPE: Shape = Shape::Integer(1789, 9998);

    fn read(text: &str) -> Result<i32, Fault> {
        integer(text, 1789, 9998)
    }

    fn write(value: &i32) -> Cow<'_, str> {
        value.to_string().into()
    }
}

/// A place in an order, from 1.
pub(in crate::package) struct Position;

impl Kind for Position {
    type Value = i32;
    const SHAPE: Shape = Shape::Integer(1, keys::sort::MAX_POSITION);

    fn read(text: &str) -> Result<i32, Fault> {
        integer(text, 1, keys::sort::MAX_POSITION)
    }

    fn write(value: &i32) -> Cow<'_, str> {
        value.to_string().into()
    }
}

/// A day.
pub(in crate::package) struct Day;

impl Kind for Day {
    type Value = String;
    const SHAPE: Shape = Shape::Day;

    fn read(text: &str) -> Result<String, Fault> {
        if dates::is_day(text) {
            return Ok(text.to_owned());
        }
        Err(Fault::new(
            Rule::BadDate,
            format!("{} is not a day", quoted(text)),
            "write it like 2007-09-30",
        ))
    }

    fn write(value: &String) -> Cow<'_, str> {
        value.into()
    }
}

/// A day or a month.
pub(in crate::package) struct DayOrMonth;

impl Kind for DayOrMonth {
    type Value = String;
    const SHAPE: Shape = Shape::DayOrMonth;

    fn read(text: &str) -> Result<String, Fault> {
        if dates::is_day(text) || dates::is_month(text) {
            return Ok(text.to_owned());
        }
        Err(Fault::new(
            Rule::BadDate,
            format!("{} is neither a day nor a month", quoted(text)),
            "write it like 2007-09-30 or 2007-06",
        ))
    }

    fn write(value: &String) -> Cow<'_, str> {
        value.into()
    }
}

/// An address on the web.
pub(in crate::package) struct Url;

impl Kind for Url {
    type Value = String;
    const SHAPE: Shape = Shape::Url;

    fn read(text: &str) -> Result<String, Fault> {
        if text.starts_with("https://") || text.starts_with("http://") {
            return Ok(text.to_owned());
        }
        Err(Fault::new(
            Rule::BadUrl,
            format!("{} does not begin with https:// or http://", quoted(text)),
            "write the whole address",
        ))
    }

    fn write(value: &String) -> Cow<'_, str> {
        value.into()
    }
}

/// The SHA-256 of a file.
pub(in crate::package) struct Sha256;

impl Kind for Sha256 {
    type Value = String;
    const SHAPE: Shape = Shape::Sha256;

    fn read(text: &str) -> Result<String, Fault> {
        let hexadecimal = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if text.len() == 64 && text.bytes().all(hexadecimal) {
            return Ok(text.to_owned());
        }
        Err(Fault::new(
            Rule::BadSha256,
            format!("{} is not 64 lower-case hexadecimal digits", quoted(text)),
            "write what sha256sum prints",
        ))
    }

    fn write(value: &String) -> Cow<'_, str> {
        value.into()
    }
}

fn integer(text: &str, least: i32, most: i32) -> Result<i32, Fault> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    match text.parse::<i32>() {
        Ok(number) if digits && (least..=most).contains(&number) => Ok(number),
        _ => Err(Fault::new(
            Rule::BadInteger,
            format!(
                "{} is not a whole number from {least} to {most}",
                quoted(text)
            ),
            "write digits only",
        )),
    }
}

fn not_one_of(text: &str, words: &[&str]) -> Fault {
    Fault::new(
        Rule::UnknownWord,
        format!("{} is not one of {}", quoted(text), words.join(", ")),
        match words.iter().find(|word| word.eq_ignore_ascii_case(text)) {
            Some(word) => format!("write {word}"),
            None => "write one of them".to_owned(),
        },
    )
}

/// A cell's text in a message.
fn quoted(text: &str) -> String {
    format!("{:?}", shortened(text))
}
