//! StratML Part 2 (ISO 17469, `PerformancePlanOrReport`), read into a package and written from one.
//!
//! ```text
//! bytes → xml (elements) → read (rows as cells) → rows (judged like CSV) → Package → write → bytes
//! ```
//!
//! One document is one report of one agency. What StratML has no element for travels in lines of
//! `OtherInformation` ([`carried`]), so that a package that was written comes back as it was. A
//! document of somebody else is read liberally; what has no place in a package, what had to be
//! assumed and what was overlooked is listed in [`Notices`]. Nothing here touches a database, and
//! nothing is fetched. `docs/stratml.md` has the whole mapping.

use std::io;

use entity::keys;

mod carried;
mod dates;
mod layout;
mod notices;
mod read;
mod rows;
mod structure;
#[cfg(test)]
mod tests;
mod text;
mod units;
mod write;
mod xml;

pub use notices::{Notice, NoticeKind, Notices};

use super::{Package, PackageError, Problems};

/// The namespace of the standard.
const NAMESPACE: &str = "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport";

/// A package that was read from a document.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Document {
    /// The package; it has one report. Rows are in the order of their keys or places.
    pub package: Package,
    /// How it was read.
    pub notices: Notices,
}

/// Why a package cannot be written as StratML.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A document holds one report.
    #[error(
        "a StratML document holds one report, and this package has {0}; choose one by agency and fiscal year"
    )]
    NotOneReport(usize),
    /// The document cannot be written.
    #[error("cannot write the document: {0}")]
    Io(#[from] io::Error),
}

/// Whether a file is likely to be XML: for whoever opens packages of several kinds.
pub fn is_xml(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    text.trim_ascii_start().starts_with(b"<")
}

/// Reads and checks a document.
///
/// # Errors
///
/// [`PackageError::Invalid`] if it is not StratML, or with everything that keeps it from being a
/// package, such as figures that are not exact.
pub fn read(bytes: &[u8]) -> Result<Document, PackageError> {
    let mut problems = Problems::default();
    let document = match xml::parse(bytes) {
        Ok(document) => document,
        Err(xml::Fault { line, message }) => {
            problems.row(rows::FILE, line, message);
            return Err(PackageError::Invalid(problems));
        }
    };
    let mut notices = Notices::default();
    let tables = read::read(&document, &mut notices, &mut problems);
    Ok(Document {
        package: tables.into_package(problems)?,
        notices,
    })
}

/// Writes a package with one report as a document, valid against the schema of the standard.
/// Equal packages give equal bytes, whatever the order of their rows.
///
/// # Errors
///
/// [`WriteError::NotOneReport`], or what the operating system says.
pub fn write(package: &Package, out: impl io::Write) -> Result<(), WriteError> {
    let [_] = package.reports[..] else {
        return Err(WriteError::NotOneReport(package.reports.len()));
    };
    let mut package = package.clone();
    sort(&mut package);
    Ok(write::write(&package, out)?)
}

/// Puts the rows of a package with one report in order: by code what has a code, else by place.
fn sort(package: &mut Package) {
    package
        .agencies
        .sort_by_cached_key(|row| keys::agency(&row.code));
    package
        .units
        .sort_by_cached_key(|row| keys::unit(&row.code));
    package
        .metrics
        .sort_by_cached_key(|row| keys::metric(&row.code));
    let division = |row: &super::Division| (keys::agency(&row.agency), row.position);
    package.divisions.sort_by_cached_key(division);
    package.goals.sort_by_key(|row| row.position);
    package.initiatives.sort_by_key(|row| row.position);
    package.results.sort_by_key(|row| row.position);
}
