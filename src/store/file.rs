//! The database file before anything is read from it: there, a database, writable, in WAL mode.
//!
//! This is done by rusqlite and not by the writer's pool, because SQLite's own error codes make
//! better messages, and because the switch to WAL cannot wait for a lock by itself.

use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::{BUSY_TIMEOUT, START_TIMEOUT, StoreError};

/// How long to wait before another try for a lock.
const PAUSE: Duration = Duration::from_millis(20);

/// Creates the file if it is absent and puts it into WAL mode, where it stays.
///
/// # Errors
///
/// One for each cause that an operator can do something about; see [`StoreError`].
pub(super) fn prepare(path: &Path) -> Result<(), StoreError> {
    if let Some(folder) = path.parent()
        && !folder.is_dir()
    {
        return Err(StoreError::NoFolder {
            path: path.to_owned(),
            folder: folder.to_owned(),
        });
    }
    create(path)?;
    switch_to_wal(path).map_err(|source| explain(path, source))
}

/// Creates the file if it is absent. Where it cannot be written, the operating system says why;
/// SQLite would open it for reading only, or not say.
fn create(path: &Path) -> Result<(), StoreError> {
    fs::OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
        .map(drop)
        .map_err(|source| StoreError::File {
            path: path.to_owned(),
            source,
        })
}

fn switch_to_wal(path: &Path) -> rusqlite::Result<()> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    let start = Instant::now();
    loop {
        match connection.pragma_update(None, "journal_mode", "WAL") {
            Err(error) if is_busy(&error) && start.elapsed() < START_TIMEOUT => sleep(PAUSE),
            done => return done,
        }
    }
}

fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)
    )
}

/// The error to show for one that SQLite gives on opening.
pub(super) fn explain(path: &Path, source: rusqlite::Error) -> StoreError {
    let path = path.to_owned();
    match source.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => StoreError::NotADatabase { path },
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => StoreError::NotWritable { path },
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Locked { path },
        _ => StoreError::Open { path, source },
    }
}
