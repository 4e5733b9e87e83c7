//! The rows of a package, one file a kind: its columns, and what each cell must be.

use super::table::Cells;

mod agency;
mod division;
mod goal;
mod initiative;
mod metric;
mod report;
mod result;
mod unit;

pub use agency::Agency;
pub use division::Division;
pub use goal::Goal;
pub use initiative::{Attribution, Initiative};
pub use metric::Metric;
pub use report::{Report, Source};
pub use result::{PartOf, ReportedResult};
pub use unit::UnitOfMeasure;

/// One kind of row: a file, its columns, and how a row is read and found.
pub(super) trait Row: Sized {
    /// Name of the file.
    const FILE: &'static str;
    /// Names of the columns. A file has all of them but the optional ones, and no others, in any order.
    const COLUMNS: &'static [&'static str];

    /// Those of the columns that a file may leave out; every cell of such a column is then empty.
    const OPTIONAL: &'static [&'static str] = &[];

    /// Reads one row. Whatever is wrong with a cell is noted by `cells`.
    fn read(cells: &mut Cells<'_>) -> Self;

    /// The natural key, unique within the file.
    fn natural_key(&self) -> String;
}

/// The CSV files that make up a package.
pub(super) const FILES: [&str; 8] = [
    Agency::FILE,
    Report::FILE,
    Goal::FILE,
    Division::FILE,
    UnitOfMeasure::FILE,
    Metric::FILE,
    Initiative::FILE,
    ReportedResult::FILE,
];
