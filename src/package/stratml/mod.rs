//! StratML Part 2 (ISO 17469, `PerformancePlanOrReport`), read into a package and written from one.
//!
//! ```text
//! bytes → xml (elements) → read (rows as cells) → rows (judged like CSV) → Package → write → bytes
//! ```
//!
//! One document is one report of one agency. What StratML has no element for travels in lines of
//! `OtherInformation` (`carried`), so that a package that was written comes back as it was. A
//! document of somebody else is read liberally; what has no place in a package, what had to be
//! assumed and what was overlooked is listed in [`Notices`]. Nothing here touches a database, and
//! nothing is fetched. `docs/stratml.md` has the whole mapping.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

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

use super::problem::{Place, Rule};
use super::{Package, PackageError, Problems};

/// The namespace of the standard.
const NAMESPACE: &str = "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport";

/// Bytes at the head of a file that tell whether it is XML.
const HEAD_BYTES: u64 = 4096;

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

/// Whether a file that begins with these bytes is likely to be XML.
fn is_xml(bytes: &[u8]) -> bool {
    // UTF-16 is refused with a better message than that it is no package.
    if bytes.starts_with(&[0xFE, 0xFF, 0, b'<']) || bytes.starts_with(&[0xFF, 0xFE, b'<', 0]) {
        return true;
    }
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
            note(&mut problems, Rule::NotStratml, line, &message);
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

/// The content of a file that holds XML; `None` if it holds something else.
///
/// # Errors
///
/// [`PackageError::Unreadable`] if the file is there and cannot be read.
pub(super) fn content(path: &Path) -> Result<Option<Vec<u8>>, PackageError> {
    let unreadable = |source| PackageError::Unreadable {
        path: path.to_owned(),
        source,
    };
    if !fs::metadata(path).map_err(unreadable)?.is_file() {
        return Ok(None);
    }
    let file = File::open(path).map_err(unreadable)?;
    // One byte more than is allowed, so that it is refused.
    let mut file = file.take(xml::MOST_BYTES as u64 + 1);
    let mut bytes = Vec::new();
    (&mut file)
        .take(HEAD_BYTES)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if !is_xml(&bytes) {
        return Ok(None);
    }
    file.read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(Some(bytes))
}

/// Notes what is wrong with a document. What to do stands in the message behind a semicolon.
fn note(problems: &mut Problems, rule: Rule, line: u64, message: &str) {
    let (message, help) = message
        .split_once("; ")
        .unwrap_or((message, "correct it with the program that wrote it"));
    problems.note(rule, Place::row(rows::FILE, line), message, help.to_owned());
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
