//! The database for a command that writes and answers no requests: one connection, which waits for other writers and
//! says so.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr};

use super::writer::{self, CACHE_KIB};
use super::{StoreError, begin, prepared, start, url};

/// How long a command waits before it says that it waits.
const FIRST_WAIT: Duration = Duration::from_millis(300);

/// How long it waits after that: an import of a million results takes its time.
const LONG_WAIT: Duration = Duration::from_secs(3600);

/// Size of the page cache in a large import, in KiB. SQLite sorts that much at once, beside it: with 64 MiB an import of a
/// million results took 286 MB of memory, with 32 MiB 202.
const LARGE_CACHE_KIB: u32 = 24 * 1024;

/// An open database that is only written.
#[derive(Debug)]
pub struct CommandStore {
    connection: DatabaseConnection,
    path: PathBuf,
}

impl CommandStore {
    /// Opens the database of a URL, migrates it and loads the built-in report if it has none, as a server does. `waiting`
    /// is called if another process is writing.
    ///
    /// # Errors
    ///
    /// A [`StoreError`] for the operator, one line.
    pub async fn open(url: &str, waiting: impl Fn()) -> Result<Self, StoreError> {
        let path = prepared(url::database_path(url)?).await?;
        let connection = writer::connect(&path).await?;
        let store = Self { connection, path };
        store
            .begin(waiting)
            .await?
            .rollback()
            .await
            .map_err(|source| failed(&store.path, source))?;
        start::run(&store.connection, &store.path).await?;
        Ok(store)
    }

    /// Begins a transaction that holds the write lock of the file from now on. `waiting` is called if another process
    /// holds it.
    ///
    /// # Errors
    ///
    /// If it is held for an hour, and whatever the database reports.
    pub async fn begin(&self, waiting: impl Fn()) -> Result<DatabaseTransaction, StoreError> {
        self.set_up("foreign_keys = ON", "temp_store = MEMORY", CACHE_KIB)
            .await?;
        self.begin_as_set_up(waiting).await
    }

    /// The same, for an import of many rows: references are not looked up with each row but checked by the import, all at
    /// once, and what is sorted for an index goes to temporary files where it does not fit into the page cache.
    ///
    /// # Errors
    ///
    /// Those of [`begin`](Self::begin).
    pub async fn begin_large(&self, waiting: impl Fn()) -> Result<DatabaseTransaction, StoreError> {
        self.set_up("foreign_keys = OFF", "temp_store = FILE", LARGE_CACHE_KIB)
            .await?;
        self.begin_as_set_up(waiting).await
    }

    /// Sets what cannot be set within a transaction.
    async fn set_up(
        &self,
        references: &str,
        temporary: &str,
        cache_kib: u32,
    ) -> Result<(), StoreError> {
        // SQLite sorts as much at once as the page cache is large, beside it.
        let pragmas =
            format!("PRAGMA {references}; PRAGMA {temporary}; PRAGMA cache_size = -{cache_kib}");
        self.connection
            .execute_unprepared(&pragmas)
            .await
            .map(|_| ())
            .map_err(|source| failed(&self.path, source))
    }

    async fn begin_as_set_up(&self, waiting: impl Fn()) -> Result<DatabaseTransaction, StoreError> {
        let failed = |source| failed(&self.path, source);
        start::set_busy_timeout(&self.connection, FIRST_WAIT)
            .await
            .map_err(failed)?;
        if let Ok(transaction) = begin(&self.connection).await {
            return Ok(transaction);
        }
        waiting();
        start::set_busy_timeout(&self.connection, LONG_WAIT)
            .await
            .map_err(failed)?;
        // Whatever else was wrong is wrong again.
        begin(&self.connection).await.map_err(failed)
    }

    /// Commits, and brings the file up to date with its write-ahead log as far as nobody has to be waited for.
    ///
    /// # Errors
    ///
    /// Whatever the database reports.
    pub async fn commit(&self, transaction: DatabaseTransaction) -> Result<(), StoreError> {
        let failed = |source| failed(&self.path, source);
        transaction.commit().await.map_err(failed)?;
        let checkpoint = "PRAGMA wal_checkpoint(PASSIVE)";
        self.connection
            .execute_unprepared(checkpoint)
            .await
            .map(|_| ())
            .map_err(failed)
    }
}

fn failed(path: &Path, source: DbErr) -> StoreError {
    StoreError::Write {
        path: path.to_owned(),
        source,
    }
}
