//! Stored reports as files: as packages, one for each report, or all results in one table.
//!
//! A package has what its report says and nothing of this database: no ids, no revision, no moment of publication. Equal
//! content gives equal bytes.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use entity::keys;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sea_orm::{ConnectionTrait, DbErr};

use super::{Package, flat, stored, stratml, write_dir};
use stored::StoredReport;

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A folder for each report, which can be imported.
    Package,
    /// A StratML document for each report, which can be imported: `ice-fy2007.xml`.
    Stratml,
    /// `results.csv`: one row for each result, with all names beside it, for spreadsheets.
    CsvFlat,
    /// `results.ndjson`: the same, one JSON object a line.
    Ndjson,
}

/// Why nothing, or not all, was written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// No report is like that.
    #[error(
        "the database has no such report; annals export without --agency and --fiscal-year writes all"
    )]
    NoReport,
    /// A file cannot be written.
    #[error("cannot write {}: {cause}", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the operating system says.
        cause: io::Error,
    },
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] DbErr),
}

/// A file or folder that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// Where it is.
    pub path: PathBuf,
    /// The results in it.
    pub results: usize,
}

/// What stays as it is in the name of a folder.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_');

/// Writes the reports of an agency and a fiscal year, or of all, into a folder, which is made if it is absent. Files of
/// an earlier export are written over.
///
/// # Errors
///
/// [`ExportError::NoReport`] if there is none, and whatever the database or the operating system reports.
pub async fn export(
    database: &impl ConnectionTrait,
    agency: Option<&str>,
    fiscal_year: Option<i32>,
    format: Format,
    folder: &Path,
) -> Result<Vec<Exported>, ExportError> {
    let reports = stored::reports(database, agency, fiscal_year).await?;
    if reports.is_empty() {
        return Err(ExportError::NoReport);
    }
    make(folder)?;
    let mut exported = Vec::new();
    let path = match format {
        Format::Package | Format::Stratml => {
            for report in &reports {
                let package = stored::package(database, report).await?;
                let name = name(report);
                let path = match format {
                    Format::Stratml => write_document(&package, folder.join(format!("{name}.xml"))),
                    _ => write_folder(&package, folder.join(name)),
                }?;
                exported.push(Exported {
                    path,
                    results: package.results.len(),
                });
            }
            return Ok(exported);
        }
        Format::CsvFlat => folder.join("results.csv"),
        Format::Ndjson => folder.join("results.ndjson"),
    };
    let file = File::create(&path).map_err(|cause| failed(&path, cause))?;
    let mut out = BufWriter::new(file);
    let mut results = 0;
    for (place, report) in reports.iter().enumerate() {
        let package = stored::package(database, report).await?;
        results += package.results.len();
        let written = match format {
            Format::Ndjson => flat::ndjson(&package, &mut out),
            _ => flat::csv(&package, place == 0, &mut out),
        };
        written.map_err(|cause| failed(&path, cause))?;
    }
    out.flush().map_err(|cause| failed(&path, cause))?;
    exported.push(Exported { path, results });
    Ok(exported)
}

/// What the folder or file of a report is called: `ice-fy2007`.
fn name(report: &StoredReport) -> String {
    let agency = keys::agency(&report.agency.code);
    let agency = utf8_percent_encode(&agency, PLAIN);
    format!("{agency}-fy{}", report.report.fiscal_year)
}

fn write_folder(package: &Package, path: PathBuf) -> Result<PathBuf, ExportError> {
    make(&path)?;
    match write_dir(package, &path) {
        Ok(()) => Ok(path),
        Err(cause) => Err(failed(&path, cause)),
    }
}

fn write_document(package: &Package, path: PathBuf) -> Result<PathBuf, ExportError> {
    let written = File::create(&path)
        .map_err(stratml::WriteError::Io)
        .and_then(|file| {
            let mut out = BufWriter::new(file);
            stratml::write(package, &mut out)?;
            Ok(out.flush()?)
        });
    match written {
        Ok(()) => Ok(path),
        Err(cause) => Err(failed(&path, io::Error::other(cause))),
    }
}

fn make(folder: &Path) -> Result<(), ExportError> {
    fs::create_dir_all(folder).map_err(|cause| failed(folder, cause))
}

fn failed(path: &Path, cause: io::Error) -> ExportError {
    ExportError::Write {
        path: path.to_owned(),
        cause,
    }
}
