//! The readers: read-only connections for blocking threads, as many as there are cores.
//!
//! A reader reads through rusqlite on the thread that asks, which costs a quarter of the CPU that
//! the writer's driver takes for the same rows. Readers never write, and SQLite holds them to it.

use std::ops::Deref;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OpenFlags};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{BUSY_TIMEOUT, Codes, StoreError, file, version::Watch};

/// Bytes of the file that a reader sees through a memory map instead of copying.
const MMAP_BYTES: i64 = 1 << 30;

/// Size of a reader's page cache, for pages beyond the map, in KiB.
const CACHE_KIB: i64 = 16 * 1024;

/// Prepared statements that a reader keeps.
const STATEMENTS: usize = 256;

/// The pool of readers. Clones share it.
#[derive(Clone, Debug)]
pub struct Readers {
    /// As many permits as there are connections in `idle`.
    permits: Arc<Semaphore>,
    idle: Arc<Mutex<Vec<Connection>>>,
    watch: Arc<Mutex<Watch>>,
}

impl Readers {
    /// Opens readers of a migrated database file.
    pub(super) fn open(path: &Path, count: usize) -> Result<Self, StoreError> {
        let explain = |source| file::explain(path, source);
        let connections = (0..count)
            .map(|_| open(path).map_err(explain))
            .collect::<Result<Vec<_>, _>>()?;
        let watch = open(path).and_then(Watch::new).map_err(explain)?;
        Ok(Self {
            permits: Arc::new(Semaphore::new(connections.len())),
            idle: Arc::new(Mutex::new(connections)),
            watch: Arc::new(Mutex::new(watch)),
        })
    }

    /// Names the state of the data, as of now: another one after each import, by whatever process.
    ///
    /// It takes some microseconds and waits for no reader.
    ///
    /// # Errors
    ///
    /// Whatever SQLite reports.
    pub fn data_version(&self) -> rusqlite::Result<Arc<str>> {
        lock(&self.watch).version()
    }

    /// The codes of metrics and units, as of now. Where that cannot be known, as they were last.
    ///
    /// It takes some microseconds, but for the first time after an import, and waits for no reader.
    pub fn codes(&self) -> Arc<Codes> {
        let mut watch = lock(&self.watch);
        if let Err(error) = watch.version() {
            // Whatever needs them reads the database next, and fails there.
            tracing::warn!(%error, "the codes of metrics and units may have changed");
        }
        watch.codes()
    }

    /// Waits for a reader; whoever asked first gets one first.
    ///
    /// Move it to a blocking thread before reading, as in
    /// `spawn_blocking(move || answer(&reader))`.
    pub async fn acquire(&self) -> Reader {
        let permit = Arc::clone(&self.permits)
            .acquire_owned()
            .await
            .expect("the semaphore is never closed");
        let connection = lock(&self.idle).pop();
        Reader {
            connection,
            idle: Arc::clone(&self.idle),
            _permit: permit,
        }
    }
}

/// A read-only connection that goes back to its pool when dropped, out of any transaction.
#[derive(Debug)]
pub struct Reader {
    /// There until it is dropped.
    connection: Option<Connection>,
    idle: Arc<Mutex<Vec<Connection>>>,
    /// Given back after the connection has been: fields are dropped after `drop` has run.
    _permit: OwnedSemaphorePermit,
}

impl Deref for Reader {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.connection
            .as_ref()
            .expect("a permit stands for a connection in the pool")
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else {
            return;
        };
        // A reader left in a transaction would go on showing the data of that moment.
        if !connection.is_autocommit()
            && let Err(error) = connection.execute_batch("ROLLBACK")
        {
            tracing::error!(%error, "a reader cannot leave its transaction");
        }
        lock(&self.idle).push(connection);
    }
}

fn open(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.pragma_update(None, "query_only", true)?;
    connection.pragma_update(None, "mmap_size", MMAP_BYTES)?;
    connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

/// Nothing can panic while one of these is held, so a poisoned lock is still in order.
fn lock<T>(held: &Mutex<T>) -> MutexGuard<'_, T> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}
