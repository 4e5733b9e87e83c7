//! The rows of one table as text cells, one after the other.

use std::io::Read;
use std::path::{Path, PathBuf};

use csv::{Position, ReaderBuilder, StringRecord};

use super::workbook::Sheet;
use crate::package::PackageError;

/// The rows of one table, its header first.
pub(in crate::package) enum Records<'a> {
    /// Of a CSV file.
    Csv {
        /// The file, for what cannot be read.
        path: PathBuf,
        reader: Box<csv::Reader<Box<dyn Read + 'a>>>,
    },
    /// Of a sheet.
    Sheet(Box<Sheet<'a>>),
}

/// Why a row cannot be read.
pub(in crate::package) enum Fault {
    /// The file cannot be read any further, by no fault of its content.
    Unreadable(PackageError),
    /// A cell, counted from 1, is not UTF-8.
    NotUtf8 { line: u64, cell: usize },
    /// A cell of a sheet is nothing that could be a text.
    Sheet {
        line: u64,
        message: String,
        help: &'static str,
    },
    /// The sheet is damaged.
    Damaged(String),
}

/// What comes after a row that cannot be read.
#[derive(PartialEq, Eq)]
pub(in crate::package) enum Next {
    /// The next row, if there is one.
    Row,
    /// Nothing.
    End,
}

impl Next {
    pub(in crate::package) fn is_the_end(&self) -> bool {
        *self == Self::End
    }
}

impl<'a> Records<'a> {
    /// The rows of a CSV file. A byte order mark at its head is skipped, and lines may end as they
    /// do on Windows.
    pub(super) fn csv(path: impl Into<PathBuf>, content: impl Read + 'a) -> Self {
        let content: Box<dyn Read + 'a> = Box::new(content);
        let mut builder = ReaderBuilder::new();
        builder.flexible(true).has_headers(false);
        Self::Csv {
            path: path.into(),
            reader: Box::new(builder.from_reader(content)),
        }
    }

    /// Reads the next row; the line that it begins on, `None` at the end.
    pub(in crate::package) fn read(
        &mut self,
        record: &mut StringRecord,
    ) -> Result<Option<u64>, Fault> {
        match self {
            Self::Csv { path, reader } => match reader.read_record(record) {
                Ok(true) => Ok(Some(record.position().map_or(1, Position::line))),
                Ok(false) => Ok(None),
                Err(error) => Err(csv_fault(path, error)),
            },
            Self::Sheet(sheet) => sheet.read(record),
        }
    }
}

fn csv_fault(path: &Path, error: csv::Error) -> Fault {
    let line = error.position().map_or(1, Position::line);
    match error.into_kind() {
        csv::ErrorKind::Utf8 { err, .. } => Fault::NotUtf8 {
            line,
            cell: err.field() + 1,
        },
        csv::ErrorKind::Io(source) => Fault::Unreadable(PackageError::Unreadable {
            path: path.to_owned(),
            source,
        }),
        // The reader is flexible and deserializes nothing, so there are no other errors.
        other => Fault::Damaged(format!("cannot be read as CSV: {other:?}")),
    }
}
