//! Where rows are in the files of a package, for messages about them after it was read.

use std::collections::HashMap;

use super::rows::Row;
use super::table::Placed;

/// The lines of the rows that reports share: agencies, divisions, units and metrics.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines(HashMap<(&'static str, String), u64>);

impl Lines {
    /// The line on which a row begins, from 1, by its file and natural key; in a workbook the row.
    pub fn of(&self, file: &'static str, natural_key: &str) -> Option<u64> {
        self.0.get(&(file, natural_key.to_owned())).copied()
    }

    /// Notes where the rows of a file are.
    pub(super) fn note<R: Row>(&mut self, rows: &[Placed<R>]) {
        let rows = rows
            .iter()
            .map(|placed| ((R::FILE, placed.row.natural_key()), placed.line));
        self.0.extend(rows);
    }
}
