//! One cell on its way into a row.
//!
//! Where a cell means nothing, that is noted as a problem and a stand-in is returned, so that the
//! other cells of the row are judged as well: the empty text, 0, or the first word of an enum.

use super::Kind;
use crate::package::problem::{Place, Problem, Problems, Rule};

/// A cell, and where to note what is wrong with it.
pub(in crate::package) struct Cell<'a> {
    /// Its text; empty where the column is missing.
    pub(in crate::package) text: &'a str,
    pub(in crate::package) file: &'static str,
    pub(in crate::package) line: u64,
    pub(in crate::package) column: &'static str,
    pub(in crate::package) problems: &'a mut Problems,
}

impl Cell<'_> {
    /// The meaning of a cell that must be filled in.
    pub(in crate::package) fn required<K: Kind>(&mut self) -> K::Value {
        self.optional::<K>().unwrap_or_else(|| {
            self.problem(Rule::MissingValue, "is missing", "fill it in");
            K::Value::default()
        })
    }

    /// The meaning of a cell that may be empty.
    pub(in crate::package) fn optional<K: Kind>(&mut self) -> Option<K::Value> {
        if self.text.is_empty() {
            return None;
        }
        if self.text.trim() != self.text {
            let message = "begins or ends with white space";
            self.problem(Rule::BadText, message, "take it away");
        } else if self.text.contains('\0') {
            self.problem(Rule::BadText, "holds a NUL character", "take it out");
        } else {
            match K::read(self.text) {
                Ok(value) => return Some(value),
                Err(fault) => self.problem(fault.rule, fault.message, fault.help),
            }
        }
        Some(K::Value::default())
    }

    /// Notes what is wrong with the cell.
    pub(in crate::package) fn problem(
        &mut self,
        rule: Rule,
        message: impl Into<String>,
        help: impl Into<std::borrow::Cow<'static, str>>,
    ) {
        let text = self.text;
        self.problem_of(self.column, rule, message, help)
            .value(text);
    }

    /// Notes what is wrong with another cell of the row.
    pub(in crate::package) fn problem_of(
        &mut self,
        column: &'static str,
        rule: Rule,
        message: impl Into<String>,
        help: impl Into<std::borrow::Cow<'static, str>>,
    ) -> &mut Problem {
        let place = Place::cell(self.file, self.line, column);
        self.problems.note(rule, place, message, help)
    }
}
