//! Why a package is not imported.

use std::fmt::{self, Display, Write};

use sea_orm::DbErr;

use super::catalogue::CellDifference;
use super::changes::RowChange;
use crate::package::{Lines, PackageError};

/// Why a package is not imported, for the operator. What is listed follows on lines of its own.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The database has other content in rows that reports share.
    #[error(
        "{}, which other reports share; make the package agree, or change them for all with --update-catalogue{}",
        in_the_database(differences.len()),
        listed(differences)
    )]
    Contradictions {
        /// Every cell that differs.
        differences: Vec<CellDifference>,
    },
    /// The database has rows of a report that the package does not have.
    #[error(
        "{} not in the package; to remove what is stored, add --allow-removals{}",
        rows_are(*count),
        listed(rows)
    )]
    Removals {
        /// The rows, in the order of the files, a thousand at most.
        rows: Vec<RowChange>,
        /// How many there are.
        count: u64,
    },
    /// A metric cannot get another unit, since a part would not have that of its whole.
    #[error(
        "result {part:?} is part of {whole:?} and would have another unit, since the unit of a metric changes; \
         change both metrics"
    )]
    PartOfAnotherUnit {
        /// Natural key of the part.
        part: String,
        /// Natural key of the whole.
        whole: String,
    },
    /// The database has another division in the place of a new one.
    #[error(
        "division {key:?} has the position that {other:?} has in the database; give it another"
    )]
    PositionTaken {
        /// Natural key of the new division.
        key: String,
        /// Natural key of the division that is stored.
        other: String,
    },
    /// A reference leads nowhere. The checks rule it out: this is a fault of annals.
    #[error("{key:?} is referred to and not in the package")]
    Unchecked {
        /// The natural key that was looked for.
        key: String,
    },
    /// A row refers to one that is not there. The import writes none such: this is a fault of annals.
    #[error("a row of {table} would refer to a row of {parent} that is not there")]
    BrokenReference {
        /// The table of the row.
        table: String,
        /// The table that it refers to.
        parent: String,
    },
    /// The results cannot be read again, or are others than those that were checked.
    #[error("{0}")]
    Package(#[from] PackageError),
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] DbErr),
}

impl ImportError {
    /// The same, with the lines of rows that the package has.
    #[must_use]
    pub fn with_lines(mut self, lines: &Lines) -> Self {
        if let Self::Contradictions { differences } = &mut self {
            for difference in differences {
                difference.line = lines.of(difference.file, &difference.key);
            }
        }
        self
    }
}

fn in_the_database(cells: usize) -> String {
    match cells {
        1 => "1 shared value differs from the database".into(),
        many => format!("{many} shared values differ from the database"),
    }
}

fn rows_are(count: u64) -> String {
    match count {
        1 => "1 row of the stored report is".into(),
        many => format!("{many} rows of the stored report are"),
    }
}

/// A list under a message.
fn listed(items: &[impl Display]) -> String {
    items.iter().fold(String::new(), |mut text, item| {
        // Writing into a text does not fail.
        let _ = write!(text, "\n  {item}");
        text
    })
}

impl Display for CellDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            key,
            column,
            stored,
            new,
            line,
        } = self;
        match line {
            Some(line) => write!(f, "{file}:{line}: ")?,
            None => write!(f, "{file}: {key:?}: ")?,
        }
        write!(f, "{column}: is {new:?} and in the database {stored:?}")
    }
}

impl Display for RowChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {:?}", self.file, self.key)
    }
}
