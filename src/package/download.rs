//! Stored reports for whoever downloads them: one report as one file, and what is known of each. It only reads.

use std::io::{self, Cursor};

use entity::{initiative, keys, report, reported_result, revision};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::{Agency, Package, Report, archive, flat, stored, stratml};

/// What file a report is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFormat {
    /// The package as a zip.
    Zip,
    /// One row for each result, with all names beside it.
    Csv,
    /// The same, one JSON object a line.
    Ndjson,
    /// A StratML performance report.
    Stratml,
}

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// No report is like that.
    #[error("there is no such report")]
    NoReport,
    /// The report has more rows than may be held in memory for it.
    #[error("the report has {rows} rows")]
    TooLarge {
        /// Its initiatives and results.
        rows: u64,
    },
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] DbErr),
}

/// A report with no more than so many initiatives and results, as a package; nothing is read of one that has more.
///
/// # Errors
///
/// [`FileError::NoReport`], [`FileError::TooLarge`], and whatever the database reports.
pub async fn report_package(
    database: &impl ConnectionTrait,
    agency: &str,
    fiscal_year: i32,
    most_rows: u64,
) -> Result<Package, FileError> {
    let mut found = stored::reports(database, Some(agency), Some(fiscal_year)).await?;
    let found = found.pop().ok_or(FileError::NoReport)?;
    let initiatives = initiative::Entity::find()
        .filter(initiative::Column::ReportId.eq(found.report.id))
        .count(database)
        .await?;
    let results = reported_result::Entity::find()
        .filter(reported_result::Column::ReportId.eq(found.report.id))
        .count(database)
        .await?;
    let rows = initiatives + results;
    if rows > most_rows {
        return Err(FileError::TooLarge { rows });
    }
    Ok(stored::package(database, &found).await?)
}

/// Writes a package with one report as a file into memory. Equal packages give equal bytes.
///
/// # Errors
///
/// None that a test would not show: nothing is written outside memory.
pub fn report_file(package: &Package, format: FileFormat) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    match format {
        FileFormat::Zip => archive::write(package, Cursor::new(&mut bytes))?,
        FileFormat::Csv => flat::csv(package, true, &mut bytes)?,
        FileFormat::Ndjson => flat::ndjson(package, &mut bytes)?,
        FileFormat::Stratml => stratml::write(package, &mut bytes).map_err(io::Error::other)?,
    }
    Ok(bytes)
}

/// A report and what a database adds to it.
#[derive(Clone, Debug)]
pub struct ListedReport {
    /// Who reports.
    pub agency: Agency,
    /// The report.
    pub report: Report,
    /// 1 for the first import, one more for each that changed something.
    pub revision: i32,
    /// When its first revision entered this database: RFC 3339, UTC.
    pub issued: String,
    /// When its latest revision did.
    pub modified: String,
}

/// How many reports there are.
///
/// # Errors
///
/// Whatever the database reports.
pub async fn count_reports(database: &impl ConnectionTrait) -> Result<u64, DbErr> {
    report::Entity::find().count(database).await
}

/// Some of the reports, by agency, oldest first.
///
/// # Errors
///
/// Whatever the database reports.
pub async fn list_reports(
    database: &impl ConnectionTrait,
    offset: u64,
    limit: u64,
) -> Result<Vec<ListedReport>, DbErr> {
    let found = stored::some_reports(database, offset, limit).await?;
    let first = revision::Entity::find()
        .filter(revision::Column::Revision.eq(1))
        .filter(revision::Column::ReportId.is_in(found.iter().map(|found| found.report.id)))
        .select_only()
        .column(revision::Column::ReportId)
        .column(revision::Column::PublishedAt)
        .order_by_asc(revision::Column::ReportId)
        .into_tuple()
        .all(database)
        .await?;
    let first: stored::Codes = first.into_iter().collect();
    let listed = found.into_iter().map(|found| {
        let modified = found.report.published_at.clone();
        ListedReport {
            revision: found.report.revision,
            issued: first.get(&found.report.id).unwrap_or(&modified).clone(),
            report: stored::report(found.report, &found.agency.code),
            agency: stored::agency(found.agency),
            modified,
        }
    });
    Ok(listed.collect())
}

/// What the files of a report are called, without their ending: `ice-2007`.
pub fn file_name(agency: &str, fiscal_year: i32) -> String {
    format!("{}-{fiscal_year}", keys::agency(agency))
}
