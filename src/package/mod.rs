//! Data packages: reading one, checking it, and writing it into the database.
//!
//! ```text
//! source → table (CSV cells) → rows (typed) → check → Package → import
//! ```
//!
//! A [`Package`] exists only once every check has passed, so the import decides nothing about
//! content any more: it can only find that the database holds something else already. Nothing
//! here knows GraphQL, and nothing but `import` touches a database.

use std::path::Path;

use include_dir::{Dir, include_dir};

mod chain;
mod check;
mod dates;
mod descriptor;
mod import;
mod problem;
mod rows;
mod source;
pub mod stratml;
mod table;
#[cfg(test)]
mod tests;

pub use import::{ImportError, Imported, import};
pub use problem::{PackageError, Problem, Problems};
pub use rows::{Agency, Attribution, Division, Goal, Initiative, Metric, PartOf, Report, Source};
pub use rows::{ReportedResult, UnitOfMeasure};

use source::Files;

/// The report that is inside the binary.
static BUILTIN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/data/ice-fy2007");

/// A data package that has passed all checks: plain rows, in the order of the files.
///
/// Rows refer to each other by natural keys as written there, which compare without regard to
/// case (ASCII). Every reference leads to a row of the same package.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Package {
    /// `agencies.csv`
    pub agencies: Vec<Agency>,
    /// `reports.csv`
    pub reports: Vec<Report>,
    /// `goals.csv`
    pub goals: Vec<Goal>,
    /// `divisions.csv`
    pub divisions: Vec<Division>,
    /// `units.csv`
    pub units: Vec<UnitOfMeasure>,
    /// `metrics.csv`
    pub metrics: Vec<Metric>,
    /// `initiatives.csv`
    pub initiatives: Vec<Initiative>,
    /// `results.csv`
    pub results: Vec<ReportedResult>,
}

/// Reads and checks the data package in a folder.
///
/// # Errors
///
/// [`PackageError::Unreadable`] if a file is there and cannot be read;
/// [`PackageError::Invalid`] with everything that is wrong with the content.
pub fn read_dir(path: impl AsRef<Path>) -> Result<Package, PackageError> {
    read(&Files::Folder(path.as_ref()))
}

/// Reads and checks the data package inside the binary, the FY2007 report of ICE.
///
/// # Errors
///
/// None in a binary whose tests have passed; see [`read_dir`].
pub fn builtin() -> Result<Package, PackageError> {
    read(&Files::Embedded(&BUILTIN))
}

fn read(files: &Files<'_>) -> Result<Package, PackageError> {
    let mut problems = Problems::default();
    descriptor::check(files, &mut problems)?;
    let rows = check::Rows {
        agencies: table::read(files, &mut problems)?,
        reports: table::read(files, &mut problems)?,
        goals: table::read(files, &mut problems)?,
        divisions: table::read(files, &mut problems)?,
        units: table::read(files, &mut problems)?,
        metrics: table::read(files, &mut problems)?,
        initiatives: table::read(files, &mut problems)?,
        results: table::read(files, &mut problems)?,
    };
    check::check(&rows, &mut problems);
    problems.into_result()?;
    Ok(rows.into_package())
}
