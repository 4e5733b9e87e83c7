//! The cells of one row, read by column name and kind.
//!
//! Each reader returns what the cell means. Where it means nothing, that is noted as a problem and
//! a stand-in is returned, so that the other cells of the row are judged as well: the empty text,
//! 0, or the first word of an enum.

use csv::StringRecord;
use entity::{decimal, keys};

use crate::package::rows::Row;
use crate::package::{Problems, dates};

/// The cells of one row.
pub(in crate::package) struct Cells<'a> {
    record: &'a StringRecord,
    file: &'static str,
    columns: &'static [&'static str],
    /// Where each of `columns` is in the record; nowhere if it is optional and the file leaves it out.
    places: &'a [Option<usize>],
    line: u64,
    problems: &'a mut Problems,
}

impl<'a> Cells<'a> {
    /// The cells of a record whose columns are at `places`.
    pub(super) fn new<R: Row>(
        record: &'a StringRecord,
        places: &'a [Option<usize>],
        line: u64,
        problems: &'a mut Problems,
    ) -> Self {
        Self {
            record,
            file: R::FILE,
            columns: R::COLUMNS,
            places,
            line,
            problems,
        }
    }

    /// Text that must be there.
    pub(in crate::package) fn text(&mut self, column: &'static str) -> String {
        self.required(column).to_owned()
    }

    /// Text that may be missing.
    pub(in crate::package) fn optional_text(&mut self, column: &'static str) -> Option<String> {
        self.optional(column).map(str::to_owned)
    }

    /// A code, slug or key that must be there: no white space, no control characters.
    pub(in crate::package) fn code(&mut self, column: &'static str) -> String {
        self.optional_code(column)
            .unwrap_or_else(|| self.missing(column).to_owned())
    }

    /// A code, slug or key that may be missing.
    pub(in crate::package) fn optional_code(&mut self, column: &'static str) -> Option<String> {
        let code = self.optional(column)?;
        if code.contains(|char: char| char.is_whitespace() || char.is_control()) {
            self.problem(
                column,
                format!("{code:?} holds white space; write it without, such as with hyphens"),
            );
            return Some(String::new());
        }
        Some(code.to_owned())
    }

    /// One of the words of an enum, given by its values and the word of each.
    pub(in crate::package) fn word<T: Copy>(
        &mut self,
        column: &'static str,
        all: &[T],
        word: fn(T) -> &'static str,
    ) -> T {
        match self.optional_word(column, all, word) {
            Some(value) => value,
            None => {
                if self.cell(column).is_empty() {
                    self.missing(column);
                }
                all[0]
            }
        }
    }

    /// One of the words of an enum, or nothing.
    pub(in crate::package) fn optional_word<T: Copy>(
        &mut self,
        column: &'static str,
        all: &[T],
        word: fn(T) -> &'static str,
    ) -> Option<T> {
        let cell = self.optional(column)?;
        let found = all.iter().copied().find(|value| word(*value) == cell);
        if found.is_none() {
            let words: Vec<_> = all.iter().map(|value| word(*value)).collect();
            self.problem(
                column,
                format!("{cell:?} is not one of {}", words.join(", ")),
            );
        }
        found
    }

    /// `true` or `false`.
    pub(in crate::package) fn boolean(&mut self, column: &'static str) -> bool {
        self.word(
            column,
            &[false, true],
            |value| if value { "true" } else { "false" },
        )
    }

    /// A figure, in ten-thousandths.
    pub(in crate::package) fn figure(&mut self, column: &'static str) -> i64 {
        self.optional_figure(column).unwrap_or_else(|| {
            self.missing(column);
            0
        })
    }

    /// A figure that may be missing, in ten-thousandths.
    pub(in crate::package) fn optional_figure(&mut self, column: &'static str) -> Option<i64> {
        let cell = self.optional(column)?;
        Some(decimal::parse(cell).unwrap_or_else(|error| {
            self.problem(column, format!("{cell:?} {error}"));
            0
        }))
    }

    /// A fiscal year.
    pub(in crate::package) fn fiscal_year(&mut self, column: &'static str) -> i32 {
        self.integer(column, 1789, 9998)
    }

    /// A place in an order, from 1.
    pub(in crate::package) fn position(&mut self, column: &'static str) -> i32 {
        self.integer(column, 1, keys::sort::MAX_POSITION)
    }

    /// A day that must be there.
    pub(in crate::package) fn day(&mut self, column: &'static str) -> String {
        self.optional_day(column)
            .unwrap_or_else(|| self.missing(column).to_owned())
    }

    /// A day that may be missing.
    pub(in crate::package) fn optional_day(&mut self, column: &'static str) -> Option<String> {
        let cell = self.optional(column)?;
        if !dates::is_day(cell) {
            self.problem(
                column,
                format!("{cell:?} is not a day; write it like 2007-09-30"),
            );
            return Some(String::new());
        }
        Some(cell.to_owned())
    }

    /// A day or a month that may be missing.
    pub(in crate::package) fn optional_day_or_month(
        &mut self,
        column: &'static str,
    ) -> Option<String> {
        let cell = self.optional(column)?;
        if !dates::is_day(cell) && !dates::is_month(cell) {
            self.problem(
                column,
                format!(
                    "{cell:?} is neither a day nor a month; write it like 2007-09-30 or 2007-06"
                ),
            );
        }
        Some(cell.to_owned())
    }

    /// Notes what is wrong with a cell and what to do.
    pub(in crate::package) fn problem(&mut self, column: &'static str, message: impl Into<String>) {
        self.problems.cell(self.file, self.line, column, message);
    }

    fn integer(&mut self, column: &'static str, least: i32, most: i32) -> i32 {
        let cell = self.required(column);
        if cell.is_empty() {
            return 0;
        }
        let digits = cell.bytes().all(|byte| byte.is_ascii_digit());
        match cell.parse::<i32>() {
            Ok(number) if digits && (least..=most).contains(&number) => number,
            _ => {
                self.problem(
                    column,
                    format!("{cell:?} is not a whole number from {least} to {most}"),
                );
                0
            }
        }
    }

    /// The text of a cell that must not be empty.
    fn required(&mut self, column: &'static str) -> &'a str {
        self.optional(column)
            .unwrap_or_else(|| self.missing(column))
    }

    /// The text of a cell, if it is not empty.
    fn optional(&mut self, column: &'static str) -> Option<&'a str> {
        let cell = self.cell(column);
        if cell.is_empty() {
            return None;
        }
        if cell.trim() != cell {
            self.problem(column, "begins or ends with white space; take it away");
        } else if cell.contains('\0') {
            self.problem(column, "holds a NUL character; take it out");
        }
        Some(cell)
    }

    fn missing(&mut self, column: &'static str) -> &'a str {
        self.problem(column, "is missing; fill it in");
        ""
    }

    /// The text of a cell. A column that the row did not declare has none.
    fn cell(&self, column: &'static str) -> &'a str {
        debug_assert!(self.columns.contains(&column), "{column} is not declared");
        let place = self.columns.iter().position(|name| *name == column);
        place
            .and_then(|place| self.record.get(self.places[place]?))
            .unwrap_or_default()
    }
}
