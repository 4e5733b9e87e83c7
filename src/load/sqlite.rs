//! A snapshot of a SQLite database, read through rusqlite on the thread that asks.

use rusqlite::{Connection, Transaction, TransactionBehavior, types::ValueRef};
use sea_orm::sea_query::Value;

use super::{
    rows::{Cell, Rows},
    snapshot::Snapshot,
};
use crate::{error::Internal, sql::Statement};

/// A read transaction; it ends when this is dropped.
pub struct SqliteSnapshot<'c> {
    transaction: Transaction<'c>,
}

impl<'c> SqliteSnapshot<'c> {
    /// Begins a read transaction. What it sees is fixed by its first statement.
    ///
    /// # Errors
    /// Whatever SQLite reports.
    pub fn begin(connection: &'c Connection) -> Result<SqliteSnapshot<'c>, Internal> {
        Ok(SqliteSnapshot {
            transaction: Transaction::new_unchecked(connection, TransactionBehavior::Deferred)?,
        })
    }
}

impl Snapshot for SqliteSnapshot<'_> {
    fn query(
        &mut self,
        statement: &Statement,
        has_parent: bool,
        rows: &mut Rows,
    ) -> Result<(), Internal> {
        read(&self.transaction, statement, has_parent, rows).map_err(|cause| Internal::Statement {
            sql: statement.text.clone(),
            cause,
        })
    }
}

fn read(
    connection: &Connection,
    statement: &Statement,
    has_parent: bool,
    rows: &mut Rows,
) -> rusqlite::Result<()> {
    let mut prepared = connection.prepare_cached(&statement.text)?;
    for (place, value) in statement.values.iter().enumerate() {
        bind(&mut prepared, place + 1, value)?;
    }
    let first = usize::from(has_parent);
    let columns = first + rows.width();
    let mut cursor = prepared.raw_query();
    while let Some(row) = cursor.next()? {
        if has_parent {
            rows.push_parent(row.get(0)?);
        }
        for column in first..columns {
            rows.push(match row.get_ref(column)? {
                ValueRef::Null => Cell::Null,
                ValueRef::Integer(number) => Cell::Int(number),
                text @ ValueRef::Text(_) => Cell::Text(text.as_str()?),
                other => {
                    return Err(rusqlite::Error::InvalidColumnType(
                        column,
                        row.as_ref().column_name(column)?.to_owned(),
                        other.data_type(),
                    ));
                }
            });
        }
    }
    Ok(())
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
