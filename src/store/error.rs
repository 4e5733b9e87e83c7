//! Why a database cannot be opened. Every message is one line for the operator, names the file
//! and the cause, and repeats no more of a database URL than its scheme.

use std::io;
use std::path::PathBuf;

use sea_orm::DbErr;

use crate::package::{ImportError, PackageError};

/// Why a database cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The URL does not begin with a scheme.
    #[error("the database URL has no scheme; write sqlite://PATH")]
    NoScheme,
    /// The URL is of a database that is not supported.
    #[error(
        "the database URL begins with {scheme}:, which this version cannot open; \
         write sqlite://PATH"
    )]
    Scheme {
        /// The scheme.
        scheme: String,
    },
    /// The URL is of a database in memory.
    #[error("a database in memory cannot be shared with the readers; write sqlite://PATH")]
    InMemory,
    /// The URL has options, which annals sets itself.
    #[error("the database URL has options after a question mark; leave them out")]
    UrlOptions,
    /// The URL has no path, or one that cannot be a file's.
    #[error("the database URL names no file; write sqlite://PATH")]
    NoPath,
    /// The folder of the database file is missing.
    #[error("cannot create {}: the folder {} does not exist", path.display(), folder.display())]
    NoFolder {
        /// The database file.
        path: PathBuf,
        /// Its folder.
        folder: PathBuf,
    },
    /// The file is there and is something else.
    #[error("{} is not a SQLite database", path.display())]
    NotADatabase {
        /// The file.
        path: PathBuf,
    },
    /// The operating system does not let the file be created or written.
    #[error("cannot open {} for writing: {source}", path.display())]
    File {
        /// The database file.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
    /// The file may be written and the folder may not.
    #[error("the folder of {} is not writable; SQLite keeps two more files in it", path.display())]
    NotWritable {
        /// The database file.
        path: PathBuf,
    },
    /// Another process has held the file all the time.
    #[error("{} has been locked by another process for too long", path.display())]
    Locked {
        /// The database file.
        path: PathBuf,
    },
    /// SQLite cannot open the file.
    #[error("cannot open {}: {source}", path.display())]
    Open {
        /// The database file.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// The schema is newer than this binary.
    #[error(
        "{} was made by a newer annals (it has the migration {migration}); use that one",
        path.display()
    )]
    Newer {
        /// The database file.
        path: PathBuf,
        /// Name of a migration that this binary does not know.
        migration: String,
    },
    /// The schema is older or newer than this binary, in a file that is only read.
    #[error("{} has the schema of another version; restart annals to migrate it", path.display())]
    OtherSchema {
        /// The database file.
        path: PathBuf,
    },
    /// The file was replaced while it was being opened.
    #[error("{} was replaced while it was being opened", path.display())]
    Replaced {
        /// The database file.
        path: PathBuf,
    },
    /// There is no such file, and this command does not create one.
    #[error("there is no database {}", path.display())]
    NoFile {
        /// The database file.
        path: PathBuf,
    },
    /// The file has no tables of ours, or is no database.
    #[error("{} is not a database of annals", path.display())]
    NotOurs {
        /// The file.
        path: PathBuf,
    },
    /// The schema is older than this binary, and this command does not migrate it.
    #[error(
        "{} was made by an older annals; start annals serve on it once to bring it up to date",
        path.display()
    )]
    Older {
        /// The database file.
        path: PathBuf,
    },
    /// The file cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The database file.
        path: PathBuf,
        /// What the database says.
        source: DbErr,
    },
    /// The file cannot be migrated or written.
    #[error("cannot write to {}: {source}", path.display())]
    Write {
        /// The database file.
        path: PathBuf,
        /// What the database says.
        source: DbErr,
    },
    /// The built-in package cannot be imported.
    #[error("cannot load the built-in report into {}: {source}", path.display())]
    Import {
        /// The database file.
        path: PathBuf,
        /// Why not.
        source: ImportError,
    },
    /// The built-in package is not valid.
    #[error("the built-in report is not valid: {0}")]
    Builtin(#[from] PackageError),
    /// The thread that opened the file ended early.
    #[error("the thread that opens the database has failed: {0}")]
    Thread(#[from] tokio::task::JoinError),
}

/// Why the data cannot be read at the moment.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The database file is missing or cannot be read. The store has logged why.
    #[error("the database file is unavailable")]
    Unavailable,
    /// The database failed.
    #[error(transparent)]
    Failed(#[from] rusqlite::Error),
}
