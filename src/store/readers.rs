//! The readers: read-only connections for blocking threads, as many as there are cores.
//!
//! A reader reads through rusqlite on the thread that asks, which costs a quarter of the CPU that
//! the writer's driver takes for the same rows. Readers never write, and SQLite holds them to it.

use std::ops::Deref;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use percent_encoding::{NON_ALPHANUMERIC, percent_encode};
use rusqlite::{Connection, OpenFlags};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{
    BUSY_TIMEOUT, ReadError, StoreError, file,
    place::{Look, Place},
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
    /// As many permits as there are connections, in `pool` or in readers.
    permits: Arc<Semaphore>,
    count: usize,
    pool: Arc<Mutex<Pool>>,
    watched: Arc<Mutex<Watched>>,
}

/// The connections that nobody has.
#[derive(Debug)]
struct Pool {
    idle: Vec<Connection>,
    /// Counts the files that were opened one after the other. A connection to an earlier one does not come back.
    generation: u64,
}

/// What says which data there is.
#[derive(Debug)]
struct Watched {
    place: Place,
    watch: Watch,
}

impl Readers {
    /// Opens readers of a migrated database file.
    pub(super) fn open(path: &Path, count: usize) -> Result<Self, StoreError> {
        let (idle, watched) = open_all(path, count)?;
        Ok(Self {
            permits: Arc::new(Semaphore::new(count)),
            count,
            pool: Arc::new(Mutex::new(Pool {
                idle,
                generation: 0,
            })),
            watched: Arc::new(Mutex::new(watched)),
        })
    }

    /// Names the state of the data, as of now: another one after each import, by whatever process, and after the file was
    /// replaced by another. Whoever acquires a reader afterwards reads this data or later data.
    ///
    /// It takes some microseconds and waits for no reader. Where the file was replaced it takes some milliseconds.
    ///
    /// # Errors
    ///
    /// If the file is not there, or if SQLite reports something.
    pub fn data_version(&self) -> Result<Arc<str>, ReadError> {
        let mut watched = lock(&self.watched);
        match watched.place.look() {
            Look::Same => {}
            Look::Away => return Err(ReadError::Away),
            Look::Other => {
                if let Err(cause) = self.reopen(&mut watched) {
                    watched.place.is_away(cause);
                    return Err(ReadError::Away);
                }
            }
        }
        Ok(watched.watch.version()?)
    }

    /// Opens the file that lies at the path now, in place of the one that was opened before.
    fn reopen(&self, watched: &mut Watched) -> Result<(), StoreError> {
        let path = watched.place.path().to_owned();
        // What lies beside a file that is not taken stays with the one that may come back.
        let alone = open_alone(&path).map_err(|source| file::explain(&path, source))?;
        start::refuse_other(&alone, &path)?;
        drop(alone);
        watched
            .place
            .set_aside()
            .map_err(|source| StoreError::File {
                path: path.clone(),
                source,
            })?;
        let (idle, opened) = open_all(&path, self.count)?;
        let mut pool = lock(&self.pool);
        pool.idle = idle;
        pool.generation += 1;
        watched.place.is_replaced(opened.place);
        watched.watch = opened.watch;
        Ok(())
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
        // The pool of another file is full without it.
        if pool.generation == self.generation {
            pool.idle.push(connection);
        }
    }
}

/// Opens so many readers, and one more connection that watches.
fn open_all(path: &Path, count: usize) -> Result<(Vec<Connection>, Watched), StoreError> {
    let explain = |source| file::explain(path, source);
    let place = || {
        Place::new(path).map_err(|source| StoreError::File {
            path: path.to_owned(),
            source,
        })
    };
    let before = place()?;
    let watch = open(path).and_then(Watch::new).map_err(explain)?;
    let idle = (0..count)
        .map(|_| open(path).map_err(explain))
        .collect::<Result<Vec<_>, _>>()?;
    // By now SQLite has made the files beside it.
    let place = place()?;
    match place.is_same_file(&before) {
        true => Ok((idle, Watched { place, watch })),
        false => Err(StoreError::Replaced {
            path: path.to_owned(),
        }),
    }
}

/// Opens a file without a look at what SQLite keeps beside it, which may be that of another file.
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
