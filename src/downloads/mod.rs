//! What is served as files beside the API: each report as a package or a table, and the catalog that lists them.
//!
//! A file is made from the database as it is at one moment. Nothing here knows HTTP, and nothing writes.

use std::io;

use sea_orm::{DatabaseConnection, DbErr, TransactionTrait};
use tokio::task::{JoinError, spawn_blocking};

use crate::{
    package::{self, FileError},
    store::{StoreError, open_read_only},
};

mod catalog;

pub use crate::package::{FileFormat, file_name};
pub use catalog::{Links, PAGE_SIZE};

/// Makes files from the database at a URL.
#[derive(Clone, Debug)]
pub struct Downloads {
    database_url: String,
}

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum DownloadError {
    /// No report is like that, or the catalog has no such page.
    #[error("there is no such file")]
    NotFound,
    /// The report has too many rows to be held in memory for it.
    #[error("the report has {rows} rows")]
    TooLarge {
        /// Its initiatives and results.
        rows: u64,
    },
    /// The database file is missing.
    #[error("the database file is unavailable")]
    Unavailable,
    /// The database cannot be opened.
    #[error(transparent)]
    Store(StoreError),
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] DbErr),
    /// The file could not be written.
    #[error("the file could not be written: {0}")]
    Write(#[from] io::Error),
    /// The thread that wrote the file ended early.
    #[error("writing the file ended early: {0}")]
    Ended(#[from] JoinError),
}

impl Downloads {
    /// Files from the database at this URL, which need not be there yet.
    pub fn new(database_url: String) -> Downloads {
        Downloads { database_url }
    }

    /// A report as a file, if it has no more than so many initiatives and results. It is in memory once as rows and once as
    /// the file. The agency is compared without regard to case.
    ///
    /// # Errors
    ///
    /// [`DownloadError::NotFound`], [`DownloadError::TooLarge`], or whatever failed.
    pub async fn report(
        &self,
        agency: &str,
        fiscal_year: i32,
        format: FileFormat,
        most_rows: u64,
    ) -> Result<Vec<u8>, DownloadError> {
        // One connection for each file: it is opened in a millisecond, and the file at the path may have been replaced.
        let database = self.open().await?;
        let moment = database.begin().await?;
        let package = package::report_package(&moment, agency, fiscal_year, most_rows).await;
        drop(moment);
        database.close().await?;
        let package = package.map_err(|cause| match cause {
            FileError::NoReport => DownloadError::NotFound,
            FileError::TooLarge { rows } => DownloadError::TooLarge { rows },
            FileError::Database(cause) => DownloadError::Database(cause),
        })?;
        Ok(spawn_blocking(move || package::report_file(&package, format)).await??)
    }

    /// A page of the catalog, counted from 1. The first one is there even if there are no reports.
    ///
    /// # Errors
    ///
    /// [`DownloadError::NotFound`] if there are not so many pages, or whatever failed.
    pub async fn catalog(&self, links: &Links, page: u64) -> Result<Vec<u8>, DownloadError> {
        let offset = page.saturating_sub(1).saturating_mul(PAGE_SIZE);
        let database = self.open().await?;
        let moment = database.begin().await?;
        let total = package::count_reports(&moment).await?;
        if page == 0 || (page > 1 && offset >= total) {
            return Err(DownloadError::NotFound);
        }
        let reports = package::list_reports(&moment, offset, PAGE_SIZE).await?;
        drop(moment);
        database.close().await?;
        Ok(catalog::write(links, &reports, page, total))
    }

    async fn open(&self) -> Result<DatabaseConnection, DownloadError> {
        open_read_only(&self.database_url)
            .await
            .map_err(|cause| match cause {
                StoreError::NoFile { .. } => DownloadError::Unavailable,
                cause => DownloadError::Store(cause),
            })
    }
}
