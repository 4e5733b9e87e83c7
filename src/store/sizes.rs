//! Counts the rows of the tables, once for each version of the data. It never writes.

use std::{sync::Arc, time::Instant};

use entity::sizes::{NAMED, SHARED, Sizes, TABLES};
use rusqlite::Connection;

/// Sizes, and the version of the data that they are of.
#[derive(Debug, Clone)]
pub(super) struct Counted {
    version: Arc<str>,
    sizes: Arc<Sizes>,
}

impl Counted {
    /// The sizes, where they are those of this version.
    pub(super) fn of(&self, version: &str) -> Option<Arc<Sizes>> {
        (*self.version == *version).then(|| Arc::clone(&self.sizes))
    }

    /// The sizes, whatever the version.
    pub(super) fn sizes(&self) -> Arc<Sizes> {
        Arc::clone(&self.sizes)
    }
}

/// Counts through a connection, in one transaction: the sizes are those of the version.
pub(super) fn count(connection: &Connection) -> rusqlite::Result<Counted> {
    let started = Instant::now();
    let transaction = connection.unchecked_transaction()?;
    let one = |sql: String| -> rusqlite::Result<u64> {
        let number: i64 = transaction.query_row(&sql, [], |row| row.get(0))?;
        Ok(number.unsigned_abs())
    };
    let version =
        transaction.query_row("SELECT version FROM data_version", [], |row| row.get(0))?;
    let mut sizes = Sizes::default();
    for table in TABLES {
        sizes.set_rows(table, one(format!("SELECT COUNT(*) FROM {table}"))?);
    }
    let shared = SHARED.map(|(table, column)| (table, column, column.to_owned()));
    let named = NAMED.map(|(table, column)| (table, column, format!("LOWER({column})")));
    for (table, column, value) in shared.into_iter().chain(named) {
        let most = one(format!(
            "SELECT COALESCE(MAX(n), 0) FROM \
             (SELECT COUNT(*) AS n FROM {table} WHERE {column} IS NOT NULL GROUP BY {value})"
        ))?;
        sizes.set_shared(table, column, most);
    }
    tracing::debug!(elapsed = ?started.elapsed(), "counted the rows of the tables");
    Ok(Counted {
        version,
        sizes: Arc::new(sizes),
    })
}
