//! Data packages: reading one, checking it, and writing it into the database.
//!
//! ```text
//! source (folder, zip, workbook) → table (cells) → column → rows (typed) → check → Checked → import
//! ```
//!
//! A [`Checked`] package, and a [`Package`] that is all in memory, exist only once every check has passed, so the import
//! decides nothing about content any more: it can only find that the database holds something else already. Nothing here
//! knows GraphQL. Only `import` writes into a database; `stored` reads from one, for `export`, `download` and
//! `template`.

use std::path::Path;

use include_dir::{Dir, File, include_dir};
use sha2::{Digest, Sha256};

mod archive;
mod chain;
mod check;
mod column;
mod dates;
mod descriptor;
mod download;
mod export;
mod flat;
mod import;
mod lines;
mod problem;
mod results;
mod rows;
mod source;
mod stored;
pub mod stratml;
mod table;
pub mod template;
#[cfg(test)]
mod tests;
mod write;

pub use column::Shape;
pub use download::{
    FileError, FileFormat, ListedReport, count_reports, file_name, list_reports, report_file,
    report_package,
};
pub use export::{ExportError, Exported, Format, export};
pub use import::{
    Catalogue, CellDifference, Change, Counts, ImportError, ImportSettings, Imported,
    ImportedReport, Removals, Removed, RowChange, import, import_checked, import_with,
    index_search, remove,
};
pub use lines::Lines;
pub use problem::{PackageError, Place, Problem, Problems, Rule, Severity};
pub use results::Checked;
pub use rows::{Agency, Attribution, Division, Goal, Initiative, Metric, PartOf, Report, Source};
pub use rows::{ColumnLayout, Layout, ReportedResult, UnitOfMeasure, layouts};

pub use write::write_dir;

use results::ResultsFile;
use source::Files;
use table::Table;

/// The report that is inside the binary.
static BUILTIN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/data/ice-fy2007");

/// A data package that has passed all checks: plain rows, in the order of the files.
///
/// Rows refer to each other by natural keys as written there, which compare without regard to
/// case (ASCII). Every reference leads to a row of the same package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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

/// What opening a package gives.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Opened {
    /// The package.
    pub package: Package,
    /// What was left out of account. There are no errors among them.
    pub warnings: Problems,
    /// Where the rows are that reports share.
    pub lines: Lines,
}

/// Reads and checks the data package at a path: a folder, a `.zip`, an `.xlsx`, or a StratML document. All of it is in
/// memory then; [`check()`] leaves the results where they are.
///
/// # Errors
///
/// [`PackageError::Unreadable`] if a file is there and cannot be read;
/// [`PackageError::Invalid`] with everything that is wrong with the content.
pub fn open(path: impl AsRef<Path>) -> Result<Opened, PackageError> {
    check(path)?.into_opened()
}

/// Checks the data package at a path, for an import or to learn what is in it.
///
/// # Errors
///
/// Those of [`open`].
pub fn check(path: impl AsRef<Path>) -> Result<Checked, PackageError> {
    let mut problems = Problems::default();
    if let Some(document) = stratml::content(path.as_ref())? {
        let stratml::Document { package, notices } = stratml::read(&document)?;
        notices.into_warnings(&mut problems);
        return Ok(Checked {
            content: package,
            results: None,
            warnings: problems,
            lines: Lines::default(),
        });
    }
    let files = Files::open(path.as_ref(), &mut problems)?;
    match files {
        Some(files) => read(files, problems),
        None => Err(PackageError::Invalid(problems)),
    }
}

/// Reads and checks the data package inside the binary, the FY2007 report of ICE.
///
/// # Errors
///
/// None in a binary whose tests have passed; see [`open`].
pub fn builtin() -> Result<Package, PackageError> {
    let checked = read(Files::Embedded(&BUILTIN), Problems::default())?;
    Ok(checked.into_opened()?.package)
}

/// SHA-256 of the files of the package inside the binary, 64 lower-case hexadecimal digits: tells one from a newer one.
pub fn builtin_sha256() -> String {
    let mut hasher = Sha256::new();
    for name in [descriptor::FILE].iter().chain(&rows::FILES) {
        let content = BUILTIN.get_file(name).map_or(&[][..], File::contents);
        hasher.update(name.as_bytes());
        hasher.update(content.len().to_be_bytes());
        hasher.update(content);
    }
    let digits = hasher.finalize();
    digits.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn read(mut files: Files, problems: Problems) -> Result<Checked, PackageError> {
    let mut problems = match files.is_workbook() {
        true => problems.of_sheets(),
        false => problems,
    };
    descriptor::check(&mut files, &mut problems)?;
    let mut rows = check::Rows {
        agencies: table::read(&mut files, &mut problems)?,
        reports: table::read(&mut files, &mut problems)?,
        goals: table::read(&mut files, &mut problems)?,
        divisions: table::read(&mut files, &mut problems)?,
        units: table::read(&mut files, &mut problems)?,
        metrics: table::read(&mut files, &mut problems)?,
        initiatives: table::read(&mut files, &mut problems)?,
        results: Table::unreadable(),
    };
    let overview = check::overview(&mut files, &rows, &mut problems)?;
    rows.results = overview.suspects(&mut files)?;
    check::check(&rows, &mut problems);
    let warnings = problems.into_result()?;
    rows.results = Table::unreadable();
    Ok(Checked {
        warnings,
        lines: rows.lines(),
        content: rows.into_package(),
        results: Some(ResultsFile::new(files, overview)),
    })
}
