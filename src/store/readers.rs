//! The readers: read-only connections for blocking threads, as many as requests may read at once.
//!
//! A reader reads through rusqlite on the thread that asks, which costs a quarter of the CPU that
//! the writer's driver takes for the same rows. Readers never write, and SQLite holds them to it.

use std::ops::Deref;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use entity::sizes::Sizes;
use percent_encoding::{NON_ALPHANUMERIC, percent_encode};
use rusqlite::{Connection, OpenFlags};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    task::{JoinError, spawn_blocking},
};

use super::{
    BUSY_TIMEOUT, Codes, ReadError, StoreError,
    database_file::{DatabaseFile, Found},
    file,
    sizes::{self, Counted},
    start,
    version::Watch,
};

/// Bytes of the file that a reader sees through a memory map instead of copying.
const MMAP_BYTES: i64 = 1 << 30;

/// Size of a reader's page cache, for pages beyond the map, in KiB.
const CACHE_KIB: i64 = 16 * 1024;

/// Prepared statements that a reader keeps.
const STATEMENTS: usize = 256;

/// The pool of readers. Clones share it.
#[derive(Clone, Debug)]
pub struct Readers {
    /// One permit per connection, whether it is in `pool` or in use.
    permits: Arc<Semaphore>,
    count: usize,
    pool: Arc<Mutex<Pool>>,
    current: Arc<Mutex<Current>>,
}

/// The connections that are not in use.
#[derive(Debug)]
struct Pool {
    idle: Vec<Connection>,
    /// Incremented when the file is replaced. Connections to an earlier file do not return to the pool.
    generation: u64,
}

/// Knows which file is open, the version of its data and how large its tables are.
#[derive(Debug)]
struct Current {
    file: DatabaseFile,
    watch: Watch,
    counted: Arc<Mutex<Counted>>,
    /// What counts, one at a time.
    counting: Arc<tokio::sync::Mutex<Connection>>,
}

impl Readers {
    /// Opens readers of a migrated database file.
    pub(super) fn open(path: &Path, count: usize) -> Result<Self, StoreError> {
        let (idle, current) = open_all(path, count)?;
        Ok(Self {
            permits: Arc::new(Semaphore::new(count)),
            count,
            pool: Arc::new(Mutex::new(Pool {
                idle,
                generation: 0,
            })),
            current: Arc::new(Mutex::new(current)),
        })
    }

    /// How many there are: as many requests read at once.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The current version of the data. It changes with every import, by any process, and when the file is replaced. A
    /// reader acquired afterwards sees this version or a later one.
    ///
    /// It takes microseconds and waits for no reader; some milliseconds when the file has been replaced.
    ///
    /// # Errors
    ///
    /// If the file is missing or cannot be read, and whatever SQLite reports.
    pub fn data_version(&self) -> Result<Arc<str>, ReadError> {
        Ok(self.current()?.watch.version()?)
    }

    /// What is known of the file that is at the path now.
    fn current(&self) -> Result<MutexGuard<'_, Current>, ReadError> {
        let mut current = lock(&self.current);
        match current.file.check() {
            Found::Same => {}
            Found::Unavailable => return Err(ReadError::Unavailable),
            Found::Other => {
                if let Err(cause) = self.reopen(&mut current) {
                    current.file.set_unavailable(cause);
                    return Err(ReadError::Unavailable);
                }
            }
        }
        Ok(current)
    }

    /// Switches to the file that is at the path now.
    fn reopen(&self, current: &mut Current) -> Result<(), StoreError> {
        let path = current.file.path().to_owned();
        // Checked before the old file's write-ahead log is moved: if the new file is not usable, the old one may come back.
        let alone = open_alone(&path).map_err(|source| file::explain(&path, source))?;
        start::refuse_other_schema(&alone, &path)?;
        drop(alone);
        current
            .file
            .move_leftovers()
            .map_err(|source| StoreError::File {
                path: path.clone(),
                source,
            })?;
        let (idle, opened) = open_all(&path, self.count)?;
        let mut pool = lock(&self.pool);
        pool.idle = idle;
        pool.generation += 1;
        current.file.replace_with(opened.file);
        current.watch = opened.watch;
        current.counted = opened.counted;
        current.counting = opened.counting;
        Ok(())
    }

    /// How large the tables are, as of now.
    ///
    /// They are counted once for each version of the data, which takes some tenths of a second for a million results.
    /// Who asks meanwhile waits.
    ///
    /// # Errors
    ///
    /// If the file is missing or cannot be read, whatever SQLite reports, or that counting ended early.
    pub async fn sizes(&self) -> Result<Result<Arc<Sizes>, ReadError>, JoinError> {
        let (version, counted, counting) = match self.counted() {
            Ok(known) => known,
            Err(cause) => return Ok(Err(cause)),
        };
        if let Some(sizes) = lock(&counted).of(&version) {
            return Ok(Ok(sizes));
        }
        let counting = counting.lock_owned().await;
        // Somebody else may have counted meanwhile.
        if let Some(sizes) = lock(&counted).of(&version) {
            return Ok(Ok(sizes));
        }
        spawn_blocking(move || {
            let now = sizes::count(&counting)?;
            let sizes = now.sizes();
            *lock(&counted) = now;
            Ok(sizes)
        })
        .await
    }

    /// The version of the data, the sizes that were counted last, and what counts them anew.
    #[expect(clippy::type_complexity, reason = "it is taken apart at once")]
    fn counted(
        &self,
    ) -> Result<
        (
            Arc<str>,
            Arc<Mutex<Counted>>,
            Arc<tokio::sync::Mutex<Connection>>,
        ),
        ReadError,
    > {
        let mut current = self.current()?;
        let version = current.watch.version()?;
        Ok((
            version,
            Arc::clone(&current.counted),
            Arc::clone(&current.counting),
        ))
    }

    /// The codes of metrics and units, as of now. Where that cannot be known, as they were last.
    ///
    /// It takes some microseconds, but for the first time after an import, and waits for no reader.
    pub fn codes(&self) -> Arc<Codes> {
        let read = self
            .current()
            .and_then(|mut current| Ok(current.watch.version()?));
        if let Err(error) = read {
            // Whatever needs them reads the database next, and fails there.
            tracing::warn!(%error, "the codes of metrics and units may have changed");
        }
        lock(&self.current).watch.codes()
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
        let mut pool = lock(&self.pool);
        Reader {
            connection: pool.idle.pop(),
            generation: pool.generation,
            pool: Arc::clone(&self.pool),
            _permit: permit,
        }
    }
}

/// A read-only connection that goes back to its pool when dropped, out of any transaction.
#[derive(Debug)]
pub struct Reader {
    /// There until it is dropped.
    connection: Option<Connection>,
    generation: u64,
    pool: Arc<Mutex<Pool>>,
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
        let mut pool = lock(&self.pool);
        // After the file was replaced, the pool is complete without this connection.
        if pool.generation == self.generation {
            pool.idle.push(connection);
        }
    }
}

/// Opens `count` readers and the connection that watches for changes.
fn open_all(path: &Path, count: usize) -> Result<(Vec<Connection>, Current), StoreError> {
    let explain = |source| file::explain(path, source);
    let at_path = || {
        DatabaseFile::new(path).map_err(|source| StoreError::File {
            path: path.to_owned(),
            source,
        })
    };
    let before = at_path()?;
    let watch = open(path).and_then(Watch::new).map_err(explain)?;
    let counting = open(path).map_err(explain)?;
    let counted = sizes::count(&counting).map_err(explain)?;
    let idle = (0..count)
        .map(|_| open(path).map_err(explain))
        .collect::<Result<Vec<_>, _>>()?;
    // By now SQLite has created the files beside it.
    let file = at_path()?;
    match file.is_same_file(&before) {
        true => {
            let current = Current {
                file,
                watch,
                counted: Arc::new(Mutex::new(counted)),
                counting: Arc::new(tokio::sync::Mutex::new(counting)),
            };
            Ok((idle, current))
        }
        false => Err(StoreError::Replaced {
            path: path.to_owned(),
        }),
    }
}

/// Opens a file without its write-ahead log, which may belong to another file.
fn open_alone(path: &Path) -> rusqlite::Result<Connection> {
    let name = percent_encode(path.as_os_str().as_encoded_bytes(), NON_ALPHANUMERIC);
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    Connection::open_with_flags(format!("file:{name}?immutable=1"), flags)
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
