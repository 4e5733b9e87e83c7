//! The database: opening it, one writer, and readers beside it.
//!
//! Opening migrates the file and loads the built-in report if it holds none, in one transaction:
//! a start that is killed leaves the file as it was, and of two starts at once the second waits
//! for the first. Nothing here knows GraphQL or builds a query for one.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::thread::available_parallelism;
use std::time::Duration;

use sea_orm::{
    DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use tokio::task::spawn_blocking;

mod codes;
mod command;
mod database_file;
mod error;
mod file;
mod read_only;
mod readers;
mod sizes;
mod start;
mod url;
mod version;
mod writer;

pub use codes::Codes;
pub use command::CommandStore;
pub use error::{ReadError, StoreError};
pub use read_only::open_read_only;
pub use readers::{Reader, Readers};

/// How long a statement waits for a lock that another connection holds.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// How long a start waits for another process that migrates or loads the same file.
const START_TIMEOUT: Duration = Duration::from_secs(60);

/// How many readers there are unless another number is set: one for each core, since more of them only share the cores.
pub fn cores() -> NonZeroUsize {
    available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

/// An open database: migrated, with at least one report in it.
#[derive(Debug)]
pub struct Store {
    writer: DatabaseConnection,
    readers: Readers,
}

impl Store {
    /// Opens the database of a URL, `sqlite://PATH`, with so many readers. A file that is absent is created.
    ///
    /// # Errors
    ///
    /// A [`StoreError`] for the operator, one line. A file that could not be migrated or loaded
    /// is as it was before.
    pub async fn open(url: &str, readers: NonZeroUsize) -> Result<Self, StoreError> {
        let path = url::database_path(url)?;
        let path = prepared(path).await?;
        let writer = writer::connect(&path).await?;
        start::run(&writer, &path).await?;
        let readers = spawn_blocking(move || Readers::open(&path, readers.get())).await??;
        Ok(Self { writer, readers })
    }

    /// The readers, for every query of the API.
    pub fn readers(&self) -> &Readers {
        &self.readers
    }

    /// The one connection that writes. Others that ask for it wait.
    pub fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// Begins a transaction that holds the write lock of the file from now on, so that what it
    /// reads stays true until it writes.
    ///
    /// # Errors
    ///
    /// If another process has held the lock for five seconds.
    pub async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        begin(&self.writer).await
    }
}

async fn prepared(path: PathBuf) -> Result<PathBuf, StoreError> {
    spawn_blocking(move || file::prepare(&path).map(|()| path)).await?
}

async fn begin(writer: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    writer.begin_with_options(options).await
}
