//! The database file at its path: whether it is still the one that was opened. Nothing here opens it: to close it again
//! would give up SQLite's locks.

use std::{
    ffi::OsString,
    fmt::Display,
    fs, io,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// How long the outcome of a look is taken to be true.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// What lies at the path.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// The file that was opened.
    Same,
    /// Another file.
    Other,
    /// No file, or one that cannot be read.
    Away,
}

/// The path of a database whose file is open.
#[derive(Debug)]
pub(super) struct Place {
    path: PathBuf,
    opened: Files,
    /// The first file that was opened. The writer has it open for good.
    first: FileId,
    looked: Instant,
    /// Why the file at the path cannot be read, as the log was told.
    fault: Option<String>,
}

impl Place {
    /// The path of a file that is open by now.
    pub(super) fn new(path: &Path) -> io::Result<Place> {
        let opened = Files::at(path)?;
        Ok(Place {
            path: path.to_owned(),
            first: opened.database,
            opened,
            looked: Instant::now(),
            fault: None,
        })
    }

    /// The path itself.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the same file was found at the path.
    pub(super) fn is_same_file(&self, other: &Place) -> bool {
        self.opened.database == other.opened.database
    }

    /// Looks what lies at the path, at most once a second.
    pub(super) fn look(&mut self) -> Look {
        if self.looked.elapsed() < LOOK_AGAIN {
            return match self.fault {
                None => Look::Same,
                Some(_) => Look::Away,
            };
        }
        self.looked = Instant::now();
        match file_id(&self.path) {
            Ok(found) if found == self.opened.database => {
                if self.fault.take().is_some() {
                    tracing::info!(path = %self.path.display(), "the database file is back");
                }
                Look::Same
            }
            Ok(found) if found == self.first => {
                self.is_away("it was replaced and has come back, which takes a restart of annals");
                Look::Away
            }
            Ok(_) => Look::Other,
            Err(cause) => {
                self.is_away(cause);
                Look::Away
            }
        }
    }

    /// Puts the files that SQLite keeps beside a database out of the way, where they are those of the file that was
    /// replaced: SQLite would take what they hold for part of the new one.
    ///
    /// # Errors
    /// If the folder cannot be written.
    pub(super) fn set_aside(&self) -> io::Result<()> {
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

    /// From now on `opened`, at the same path, is the file that is open.
    pub(super) fn is_replaced(&mut self, opened: Place) {
        *self = Place {
            first: self.first,
            ..opened
        };
        tracing::info!(
            path = %self.path.display(),
            "the database file was replaced; the new one is read from now on"
        );
    }

    /// The file cannot be read. The log is told once of each cause.
    pub(super) fn is_away(&mut self, cause: impl Display) {
        let cause = cause.to_string();
        if self.fault.as_ref() != Some(&cause) {
            tracing::error!(
                path = %self.path.display(),
                cause,
                "the database file cannot be read; requests are answered 503 until it can"
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
    /// The memory that processes share.
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

/// Identifies a file on this machine, under whatever name.
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

/// Elsewhere an open file cannot be replaced, so that any file is the one that was opened.
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
