//! A snapshot of a SQLite database, read through rusqlite on the thread that asks.

use rusqlite::{Connection, ErrorCode, Row, Transaction, TransactionBehavior, types::ValueRef};
use sea_orm::sea_query::Value;

use super::{
    cancellation::Cancellation,
    rows::{Cell, Rows},
    snapshot::{Record, Snapshot, Take},
};
use crate::{
    error::{DatabaseError, Internal},
    sql::{Dialect, Statement},
};

/// How many steps of its virtual machine SQLite takes before it asks whether to stop: well under a millisecond.
const STEPS: i32 = 10_000;

/// A read transaction; it ends when this is dropped.
pub struct SqliteSnapshot<'c> {
    transaction: Transaction<'c>,
    cancellation: Cancellation,
}

impl<'c> SqliteSnapshot<'c> {
    /// Begins a read transaction, whose statements stop when the request is canceled. What it sees is fixed by its first
    /// statement.
    ///
    /// # Errors
    /// Whatever SQLite reports.
    pub fn begin(
        connection: &'c Connection,
        cancellation: Cancellation,
    ) -> Result<SqliteSnapshot<'c>, Internal> {
        let asked = cancellation.clone();
        connection
            .progress_handler(STEPS, Some(move || asked.is_cancelled()))
            .map_err(unreadable)?;
        Ok(SqliteSnapshot {
            transaction: Transaction::new_unchecked(connection, TransactionBehavior::Deferred)
                .map_err(unreadable)?,
            cancellation,
        })
    }
}

impl Drop for SqliteSnapshot<'_> {
    fn drop(&mut self) {
        // The connection goes to another request, and even the end of this transaction must not be stopped. It cannot
        // fail for a connection that was opened here.
        let _ = self.transaction.progress_handler(0, None::<fn() -> bool>);
    }
}

impl Snapshot for SqliteSnapshot<'_> {
    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    fn query(
        &mut self,
        statement: &Statement,
        has_parent: bool,
        rows: &mut Rows,
    ) -> Result<(), Internal> {
        let first = usize::from(has_parent);
        let columns = first + rows.width();
        self.run(statement, |row| {
            if has_parent {
                rows.push_parent(row.get(0).map_err(unreadable)?);
            }
            for column in first..columns {
                rows.push(cell(row, column).map_err(unreadable)?)?;
            }
            rows.check()
        })
    }

    fn each(&mut self, statement: &Statement, take: &mut Take<'_>) -> Result<(), Internal> {
        self.run(statement, |row| take(&SqliteRecord(row)))
    }
}

impl SqliteSnapshot<'_> {
    /// Runs a statement and gives each row to `take`.
    fn run(
        &self,
        statement: &Statement,
        mut take: impl FnMut(&Row<'_>) -> Result<(), Internal>,
    ) -> Result<(), Internal> {
        if self.cancellation.is_cancelled() {
            return Err(Internal::Stopped);
        }
        let failed = |cause: rusqlite::Error| match cause.sqlite_error_code() {
            Some(ErrorCode::OperationInterrupted) => Internal::Stopped,
            _ => Internal::Statement {
                sql: statement.text.clone(),
                cause: DatabaseError::new(cause),
            },
        };
        let mut prepared = self
            .transaction
            .prepare_cached(&statement.text)
            .map_err(failed)?;
        for (place, value) in statement.values.iter().enumerate() {
            bind(&mut prepared, place + 1, value).map_err(failed)?;
        }
        let mut rows = prepared.raw_query();
        while let Some(row) = rows.next().map_err(failed)? {
            take(row)?;
        }
        Ok(())
    }
}

/// A row of a SQLite database.
struct SqliteRecord<'r>(&'r Row<'r>);

impl Record for SqliteRecord<'_> {
    fn int(&self, column: usize) -> Option<i64> {
        match self.0.get_ref(column) {
            Ok(ValueRef::Integer(number)) => Some(number),
            _ => None,
        }
    }

    fn cell(&self, column: usize) -> Result<Cell<'_>, Internal> {
        cell(self.0, column).map_err(unreadable)
    }
}

/// Why a connection or a row cannot be read.
#[cold]
fn unreadable(cause: rusqlite::Error) -> Internal {
    DatabaseError::new(cause).into()
}

fn cell<'r>(row: &'r Row<'_>, column: usize) -> rusqlite::Result<Cell<'r>> {
    match row.get_ref(column)? {
        ValueRef::Null => Ok(Cell::Null),
        ValueRef::Integer(number) => Ok(Cell::Int(number)),
        text @ ValueRef::Text(_) => Ok(Cell::Text(text.as_str()?)),
        other => Err(rusqlite::Error::InvalidColumnType(
            column,
            row.as_ref().column_name(column)?.to_owned(),
            other.data_type(),
        )),
    }
}

/// Binds one of the values that statements are made with: whole numbers, texts and truths.
fn bind(
    prepared: &mut rusqlite::Statement<'_>,
    place: usize,
    value: &Value,
) -> rusqlite::Result<()> {
    match value {
        Value::Bool(truth) => prepared.raw_bind_parameter(place, truth),
        Value::SmallInt(number) => prepared.raw_bind_parameter(place, number),
        Value::Int(number) => prepared.raw_bind_parameter(place, number),
        Value::BigInt(number) => prepared.raw_bind_parameter(place, number),
        Value::BigUnsigned(number) => {
            let number = number.map(|number| i64::try_from(number).unwrap_or(i64::MAX));
            prepared.raw_bind_parameter(place, number)
        }
        Value::String(text) => prepared.raw_bind_parameter(place, text.as_deref()),
        other => Err(rusqlite::Error::ToSqlConversionFailure(
            format!("no statement binds a value such as {other:?}").into(),
        )),
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    /// Counts for ever.
    const ENDLESS: &str =
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n";

    fn run(
        connection: &Connection,
        cancellation: Cancellation,
        sql: &str,
    ) -> Result<usize, Internal> {
        let statement = Statement {
            text: sql.into(),
            values: Vec::new(),
        };
        let mut rows = 0;
        SqliteSnapshot::begin(connection, cancellation)?.each(&statement, &mut |_| {
            rows += 1;
            Ok(())
        })?;
        Ok(rows)
    }

    #[test]
    fn a_statement_stops_when_its_time_is_over_and_the_connection_goes_on() {
        let connection = Connection::open_in_memory().unwrap();
        let soon = Cancellation::at(Some(Instant::now() + Duration::from_millis(20)));
        let stopped = run(&connection, soon.clone(), ENDLESS);
        assert!(matches!(stopped, Err(Internal::Stopped)), "{stopped:?}");
        // No other statement of the request is begun, and the next request is not concerned.
        let late = run(&connection, soon, "SELECT 1");
        assert!(matches!(late, Err(Internal::Stopped)), "{late:?}");
        assert_eq!(
            run(&connection, Cancellation::default(), "SELECT 1").unwrap(),
            1
        );
    }

    #[test]
    fn a_statement_stops_when_nobody_waits_for_it() {
        let connection = Connection::open_in_memory().unwrap();
        let cancellation = Cancellation::default();
        let waiting = cancellation.drop_guard();
        let gone = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(20));
            drop(waiting);
        });
        let stopped = run(&connection, cancellation, ENDLESS);
        assert!(matches!(stopped, Err(Internal::Stopped)), "{stopped:?}");
        gone.join().unwrap();
    }
}
