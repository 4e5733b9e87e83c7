//! The rows of a package, one file a kind: its columns, and what each cell must be.

use super::column::{Column, Shape};

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

/// One kind of row: a file, its columns, and how a row is found and what it refers to.
pub(super) trait Row: Default + 'static {
    /// Name of the file.
    const FILE: &'static str;
    /// Title of the file, for other tools.
    const TITLE: &'static str;
    /// What the rows are, for other tools and for people.
    const DESCRIPTION: &'static str;
    /// The columns, in the order in which they are read and written. A file may have them in any.
    const COLUMNS: &'static [Column<Self>];
    /// The columns that tell rows apart.
    const KEY: &'static [&'static str];
    /// The rows of other files that must be there, for other tools. References that may be empty
    /// and take two columns are left out: common validators take a composite key with one empty
    /// part for a broken one.
    const REFERENCES: &'static [Reference];

    /// The natural key, unique within the file.
    fn natural_key(&self) -> String;
}

/// Columns that hold the key of a row of another file.
#[derive(Debug)]
pub(super) struct Reference {
    /// The columns.
    pub(super) columns: &'static [&'static str],
    /// The other file.
    pub(super) file: &'static str,
    /// The columns there.
    pub(super) key: &'static [&'static str],
}

impl Reference {
    /// Of whatever belongs to an agency.
    const AGENCY: Self = Self {
        columns: &["agency"],
        file: "agencies.csv",
        key: &["code"],
    };
    /// Of whatever belongs to a report.
    const REPORT: Self = Self {
        columns: &["agency", "fiscal_year"],
        file: "reports.csv",
        key: &["agency", "fiscal_year"],
    };
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

/// What is known of a file without its rows: for `datapackage.json`, for the documentation, and
/// for whoever writes a package.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Layout {
    /// Name of the file.
    pub file: &'static str,
    /// Title.
    pub title: &'static str,
    /// What its rows are.
    pub description: &'static str,
    /// The columns that tell rows apart.
    pub key: &'static [&'static str],
    /// The columns, in the order in which they are written.
    pub columns: Vec<ColumnLayout>,
    pub(super) references: &'static [Reference],
}

/// What is known of a column.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ColumnLayout {
    /// Name in the header.
    pub name: &'static str,
    /// Whether a cell of it must be filled in. If not, the whole column may be missing.
    pub required: bool,
    /// What a cell of it must be.
    pub shape: Shape,
    /// What is in it.
    pub description: &'static str,
    /// The cell of a worked row.
    pub example: &'static str,
}

/// The layout of every file of a package, in the order in which they are read.
pub fn layouts() -> [Layout; 8] {
    [
        layout::<Agency>(),
        layout::<Report>(),
        layout::<Goal>(),
        layout::<Division>(),
        layout::<UnitOfMeasure>(),
        layout::<Metric>(),
        layout::<Initiative>(),
        layout::<ReportedResult>(),
    ]
}

fn layout<R: Row>() -> Layout {
    let columns = R::COLUMNS.iter().map(|column| ColumnLayout {
        name: column.name,
        required: column.required,
        shape: column.shape,
        description: column.description,
        example: column.example,
    });
    Layout {
        file: R::FILE,
        title: R::TITLE,
        description: R::DESCRIPTION,
        key: R::KEY,
        columns: columns.collect(),
        references: R::REFERENCES,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_references_name_columns_that_are_there() {
        let layouts = layouts();
        assert_eq!(layouts.clone().map(|layout| layout.file), FILES);
        let has =
            |layout: &Layout, name: &str| layout.columns.iter().any(|column| column.name == name);
        for layout in &layouts {
            assert!(layout.key.iter().all(|name| has(layout, name)));
            for reference in layout.references {
                let other = layouts.iter().find(|other| other.file == reference.file);
                let other = other.expect("a reference leads to a file");
                assert!(reference.columns.iter().all(|name| has(layout, name)));
                assert!(reference.key.iter().all(|name| has(other, name)));
            }
        }
    }
}
