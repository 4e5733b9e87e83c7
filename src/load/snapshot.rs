//! The one way to the database: a statement in, rows out, all in one read transaction.
//!
//! A request is loaded on a blocking thread of its own, since most of what loading does besides waiting is computing. So
//! a [`Snapshot`] is called synchronously: SQLite's reads on that thread, and one whose driver is asynchronous waits there
//! for its runtime (`Handle::block_on`). docs/decisions/dialects.md has what either way costs.

use std::time::Instant;

use super::{
    budget::Budget,
    rows::{Cell, Rows},
};
use crate::{
    error::{Code, Internal, RequestError},
    limits::{Bound, Limits},
    plan::FieldPlace,
    sql::{Dialect, Statement},
};

/// A state of the database that does not change while it is read.
pub trait Snapshot {
    /// How its statements are written.
    fn dialect(&self) -> Dialect;

    /// Runs a statement and reads all its rows into `rows`, up to what these may take. With `has_parent`, the first column is the place of the
    /// row's parent and is kept apart from the row's own columns.
    ///
    /// # Errors
    /// Whatever the database reports, and [`Internal::Refused`] where there are more rows than may be loaded.
    fn query(
        &mut self,
        statement: &Statement,
        has_parent: bool,
        rows: &mut Rows,
    ) -> Result<(), Internal>;

    /// Runs a statement and gives its rows to `take`, one after the other, without keeping any.
    ///
    /// # Errors
    /// Whatever the database reports, and the first error of `take`.
    fn each(&mut self, statement: &Statement, take: &mut Take<'_>) -> Result<(), Internal>;
}

/// What is done with each row of a statement.
pub type Take<'t> = dyn FnMut(&dyn Record) -> Result<(), Internal> + 't;

/// A row as it stands in the database, before it is left for the next one.
pub trait Record {
    /// The whole number in a column; `None` where there is none.
    fn int(&self, column: usize) -> Option<i64>;

    /// The value in a column.
    ///
    /// # Errors
    /// If it is of a kind that no column has.
    fn cell(&self, column: usize) -> Result<Cell<'_>, Internal>;
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
    budget: Budget,
    max_groups: usize,
}

impl<'s> Session<'s> {
    /// A session that forgets its statements.
    pub fn new(snapshot: &'s mut dyn Snapshot) -> Session<'s> {
        Session {
            snapshot,
            executed: None,
            budget: Budget::new(Limits::default().loaded()),
            max_groups: Limits::default().groups().bytes(),
        }
    }

    /// A session that keeps an account of its statements.
    pub fn explained(snapshot: &'s mut dyn Snapshot) -> Session<'s> {
        Session {
            snapshot,
            executed: Some(Vec::new()),
            budget: Budget::new(Limits::default().loaded()),
            max_groups: Limits::default().groups().bytes(),
        }
    }

    /// The same session, in which no more than this is loaded.
    #[must_use]
    pub fn within(mut self, loaded: Bound) -> Session<'s> {
        self.budget = Budget::new(loaded);
        self
    }

    /// How statements are written for the snapshot.
    pub(super) fn dialect(&self) -> Dialect {
        self.snapshot.dialect()
    }

    /// What may be loaded, and how much of it is.
    pub(super) fn budget(&self) -> Budget {
        self.budget
    }

    /// Counts so many bytes as loaded.
    ///
    /// # Errors
    /// [`Internal::Refused`] where it is too much.
    pub(super) fn hold(&mut self, bytes: usize) -> Result<(), Internal> {
        self.budget.hold(bytes)
    }

    /// Counts what is kept for each of so many things as loaded.
    ///
    /// # Errors
    /// [`Internal::Refused`] where it is too much.
    pub(super) fn hold_each<T>(&mut self, things: usize) -> Result<(), Internal> {
        self.hold(things.saturating_mul(size_of::<T>()))
    }

    /// The same session, in which no more groups than these are held for one field.
    #[must_use]
    pub fn with_max_groups(mut self, max_groups: usize) -> Session<'s> {
        self.max_groups = max_groups;
        self
    }

    /// Makes sure that a field is put into no more groups than may be held, before more are made.
    ///
    /// # Errors
    /// `QUERY_TOO_COMPLEX`, in the field.
    pub(super) fn hold_groups(
        max_groups: usize,
        groups: usize,
        asked: &FieldPlace,
    ) -> Result<(), Internal> {
        if groups <= max_groups {
            return Ok(());
        }
        let message = format!(
            "There are more than {max_groups} groups here, the most that one request may have put together, before a page is cut from them; choose fewer rows with `where`, or group by less."
        );
        Err(Internal::Refused(Box::new(
            RequestError::new(Code::TooComplex, message)
                .in_field(asked.path.clone())
                .at(asked.position)
                .with("limit", max_groups)
                .with("limitName", "groups"),
        )))
    }

    /// How many groups may be held for one field.
    pub(super) fn max_groups(&self) -> usize {
        self.max_groups
    }

    /// The account of the statements run; `None` unless it was asked for.
    pub fn into_executed(self) -> Option<Vec<Executed>> {
        self.executed
    }

    /// The rows of a statement whose first column is the place of the row's parent; `rows` are none yet.
    pub(super) fn rows_under_parents(
        &mut self,
        statement: &Statement,
        rows: Rows,
    ) -> Result<Rows, Internal> {
        self.run(statement, true, rows)
    }

    /// The rows of a statement; `rows` are none yet.
    pub(super) fn rows(&mut self, statement: &Statement, rows: Rows) -> Result<Rows, Internal> {
        self.run(statement, false, rows)
    }

    /// Gives each row of a statement to `take`.
    pub(super) fn each(
        &mut self,
        statement: &Statement,
        take: &mut Take<'_>,
    ) -> Result<(), Internal> {
        let started = Instant::now();
        let mut rows = 0;
        self.budget.check(statement.bound_bytes())?;
        self.snapshot.each(statement, &mut |record| {
            rows += 1;
            take(record)
        })?;
        self.note(statement, rows, started)
    }

    fn run(
        &mut self,
        statement: &Statement,
        has_parent: bool,
        rows: Rows,
    ) -> Result<Rows, Internal> {
        let started = Instant::now();
        self.budget.check(statement.bound_bytes())?;
        let mut rows = rows.within(self.budget);
        self.snapshot.query(statement, has_parent, &mut rows)?;
        self.hold(rows.bytes())?;
        self.note(statement, rows.len(), started)?;
        Ok(rows)
    }

    fn note(
        &mut self,
        statement: &Statement,
        rows: usize,
        started: Instant,
    ) -> Result<(), Internal> {
        let elapsed = started.elapsed();
        tracing::debug!(rows, ?elapsed, sql = statement.text, "statement");
        if let Some(executed) = &mut self.executed {
            self.budget.hold(statement.text.len())?;
            executed.push(Executed {
                sql: statement.text.clone(),
                rows,
                ms: elapsed.as_micros() as f64 / 1000.0,
            });
        }
        Ok(())
    }
}
