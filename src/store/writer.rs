//! The writer: SeaORM over one connection.

use std::path::Path;

use sea_orm::{ConnectOptions, Database, DatabaseConnection};

use super::{BUSY_TIMEOUT, StoreError};

/// Size of the writer's page cache in KiB: a large import touches every index all the time.
pub(super) const CACHE_KIB: u32 = 64 * 1024;

/// What is kept of the write-ahead log after a large import, in bytes.
const LOG_BYTES: u32 = 64 * 1024 * 1024;

/// Connects to a database file that [`file::prepare`](super::file::prepare) has put in order.
pub(super) async fn connect(path: &Path) -> Result<DatabaseConnection, StoreError> {
    let file = path.to_owned();
    // The URL only chooses the driver. The path would have to be escaped in it.
    let mut options = ConnectOptions::new("sqlite:");
    options
        .max_connections(1)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |options| {
            options
                .filename(&file)
                .foreign_keys(true)
                .busy_timeout(BUSY_TIMEOUT)
                // In WAL mode this is safe against a killed process. A power cut can undo the last
                // import, and never half of it.
                .pragma("synchronous", "NORMAL")
                .pragma("cache_size", format!("-{CACHE_KIB}"))
                .pragma("journal_size_limit", LOG_BYTES.to_string())
                .pragma("temp_store", "MEMORY")
        });
    Database::connect(options)
        .await
        .map_err(|source| StoreError::Write {
            path: path.to_owned(),
            source,
        })
}
