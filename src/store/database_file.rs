//! Notices when the database file is removed or replaced while it is open. Nothing here may open the file: closing it
//! again would release SQLite's locks on it.

use std::{
    ffi::OsString,
    fmt::Display,
    fs, io,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// How long the result of a check is reused.
const CHECK_INTERVAL: Duration = Duration::from_secs(1);

/// What a check found at the path.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// The file that is open.
    Same,
    /// Another file, which may be a database or not.
    Other,
    /// No file, or one that cannot be used.
    Unavailable,
}

/// The database file that is open.
#[derive(Debug)]
pub(super) struct DatabaseFile {
    path: PathBuf,
    opened: Files,
    /// The file that was opened at the start. The writer keeps it open.
    first: FileId,
    checked: Instant,
    /// Why the file is unavailable, as it was logged.
    fault: Option<String>,
}

impl DatabaseFile {
    /// The file at the path, which connections have open.
    ///
    /// # Errors
    /// If it does not exist.
    pub(super) fn new(path: &Path) -> io::Result<DatabaseFile> {
        let opened = Files::at(path)?;
        Ok(DatabaseFile {
            path: path.to_owned(),
            first: opened.database,
            opened,
            checked: Instant::now(),
            fault: None,
        })
    }

    /// Its path.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// True if both are the same file.
    pub(super) fn is_same_file(&self, other: &DatabaseFile) -> bool {
        self.opened.database == other.opened.database
    }

    /// Checks what is at the path, at most once a second.
    pub(super) fn check(&mut self) -> Found {
        if self.checked.elapsed() < CHECK_INTERVAL {
            return match self.fault {
                None => Found::Same,
                Some(_) => Found::Unavailable,
            };
        }
        self.checked = Instant::now();
        match file_id(&self.path) {
            Ok(found) if found == self.opened.database => {
                if self.fault.take().is_some() {
                    tracing::info!(path = %self.path.display(), "the database file is back");
                }
                Found::Same
            }
            Ok(found) if found == self.first => {
                self.set_unavailable("the original file is back after another one; restart annals");
                Found::Unavailable
            }
            Ok(_) => Found::Other,
            Err(cause) => {
                self.set_unavailable(cause);
                Found::Unavailable
            }
        }
    }

    /// Moves the write-ahead log of the replaced file out of the way and removes its shared memory. SQLite would apply them
    /// to the new file. Those of the new file are left alone.
    ///
    /// # Errors
    /// If the folder is not writable.
    pub(super) fn move_leftovers(&self) -> io::Result<()> {
        let found = Files::at(&self.path)?;
        if found.log.is_some() && found.log == self.opened.log {
            fs::rename(
                beside(&self.path, "-wal"),
                beside(&self.path, "-wal.replaced"),
            )?;
        }
        if found.memory.is_some() && found.memory == self.opened.memory {
            fs::remove_file(beside(&self.path, "-shm"))?;
        }
        Ok(())
    }

    /// Records that `opened`, at the same path, is open instead.
    pub(super) fn replace_with(&mut self, opened: DatabaseFile) {
        *self = DatabaseFile {
            first: self.first,
            ..opened
        };
        tracing::info!(
            path = %self.path.display(),
            "the database file was replaced; now serving the new one"
        );
    }

    /// Records that the file cannot be used, and logs it once per cause.
    pub(super) fn set_unavailable(&mut self, cause: impl Display) {
        let cause = cause.to_string();
        if self.fault.as_ref() != Some(&cause) {
            tracing::error!(
                path = %self.path.display(),
                cause,
                "the database file is unavailable; answering 503 until it can be read"
            );
        }
        self.fault = Some(cause);
    }
}

/// A database file and those that SQLite keeps beside it.
#[derive(Debug)]
struct Files {
    database: FileId,
    /// The write-ahead log.
    log: Option<FileId>,
    /// The shared memory.
    memory: Option<FileId>,
}

impl Files {
    fn at(path: &Path) -> io::Result<Files> {
        Ok(Files {
            database: file_id(path)?,
            log: file_id(&beside(path, "-wal")).ok(),
            memory: file_id(&beside(path, "-shm")).ok(),
        })
    }
}

/// Identifies a file on this machine, whatever its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct FileId {
    device: u64,
    inode: u64,
}

#[cfg(unix)]
fn file_id(path: &Path) -> io::Result<FileId> {
    use std::os::unix::fs::MetadataExt;
    let found = fs::metadata(path)?;
    Ok(FileId {
        device: found.dev(),
        inode: found.ino(),
    })
}

/// Other systems do not allow an open file to be replaced, so every file is the same one.
#[cfg(not(unix))]
fn file_id(path: &Path) -> io::Result<FileId> {
    fs::metadata(path).map(|_| FileId {
        device: 0,
        inode: 0,
    })
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    name.into()
}
