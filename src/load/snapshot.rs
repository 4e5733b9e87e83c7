//! The one way to the database: a statement in, rows out, all in one read transaction.

use std::time::Instant;

use super::rows::Rows;
use crate::{error::Internal, sql::Statement};

/// A state of the database that does not change while it is read.
pub trait Snapshot {
    /// Runs a statement and reads all its rows into `rows`. With `has_parent`, the first column is the place of the
    /// row's parent and is kept apart from the row's own columns.
    ///
    /// # Errors
    /// Whatever the database reports.
    fn query(
        &mut self,
        statement: &Statement,
        has_parent: bool,
        rows: &mut Rows,
    ) -> Result<(), Internal>;
}

/// A statement that was run, for `extensions.explain`.
#[derive(Debug, Clone)]
pub struct Executed {
    /// Its text.
    pub sql: String,
    /// How many rows it gave.
    pub rows: usize,
    /// How long it took, in milliseconds, to a thousandth.
    pub ms: f64,
}

/// The statements of one request, one after the other on one snapshot.
pub struct Session<'s> {
    snapshot: &'s mut dyn Snapshot,
    executed: Option<Vec<Executed>>,
}

impl<'s> Session<'s> {
    /// A session that forgets its statements.
    pub fn new(snapshot: &'s mut dyn Snapshot) -> Session<'s> {
        Session {
            snapshot,
            executed: None,
        }
    }

    /// A session that keeps an account of its statements.
    pub fn explained(snapshot: &'s mut dyn Snapshot) -> Session<'s> {
        Session {
            snapshot,
            executed: Some(Vec::new()),
        }
    }

    /// The account of the statements run; `None` unless it was asked for.
    pub fn into_executed(self) -> Option<Vec<Executed>> {
        self.executed
    }

    /// The rows of a statement whose first column is the place of the row's parent.
    pub(super) fn rows_under_parents(
        &mut self,
        statement: &Statement,
        width: usize,
    ) -> Result<Rows, Internal> {
        self.run(statement, true, width)
    }

    /// The rows of a statement.
    pub(super) fn rows(&mut self, statement: &Statement, width: usize) -> Result<Rows, Internal> {
        self.run(statement, false, width)
    }

    fn run(
        &mut self,
        statement: &Statement,
        has_parent: bool,
        width: usize,
    ) -> Result<Rows, Internal> {
        let started = Instant::now();
        let mut rows = Rows::new(width);
        self.snapshot.query(statement, has_parent, &mut rows)?;
        let elapsed = started.elapsed();
        tracing::debug!(
            rows = rows.len(),
            ?elapsed,
            sql = statement.text,
            "statement"
        );
        if let Some(executed) = &mut self.executed {
            executed.push(Executed {
                sql: statement.text.clone(),
                rows: rows.len(),
                ms: elapsed.as_micros() as f64 / 1000.0,
            });
        }
        Ok(rows)
    }
}
