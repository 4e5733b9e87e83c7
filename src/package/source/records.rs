//! The rows of one table as text cells, one after the other.

use std::cell::Cell;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use csv::{Position, ReaderBuilder, StringRecord};

use super::workbook::Sheet;
use crate::package::PackageError;

/// The rows of one table, its header first.
pub(in crate::package) enum Records<'a> {
    /// Of a CSV file.
    Csv {
        /// The file, for what cannot be read.
        path: PathBuf,
        /// Whether its lines end as on Windows.
        is_windows: Rc<Cell<bool>>,
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
        let is_windows = Rc::new(Cell::new(false));
        let content: Box<dyn Read + 'a> = Box::new(LineEnds {
            content,
            last: 0,
            is_windows: Some(Rc::clone(&is_windows)),
        });
        let mut builder = ReaderBuilder::new();
        builder.flexible(true).has_headers(false);
        Self::Csv {
            path: path.into(),
            is_windows,
            reader: Box::new(builder.from_reader(content)),
        }
    }

    /// Reads the next row; the line that it begins on, `None` at the end.
    pub(in crate::package) fn read(
        &mut self,
        record: &mut StringRecord,
    ) -> Result<Option<u64>, Fault> {
        match self {
            Self::Csv {
                path,
                is_windows,
                reader,
            } => match reader.read_record(record) {
                Ok(true) => {
                    let begin = record.position();
                    Ok(Some(
                        begin.map_or(1, |begin| line_of(begin, is_windows.get())),
                    ))
                }
                Ok(false) => Ok(None),
                Err(error) => Err(csv_fault(path, error, is_windows.get())),
            },
            Self::Sheet(sheet) => sheet.read(record),
        }
    }
}

/// Passes bytes on, and tells how the first line ends.
struct LineEnds<R> {
    content: R,
    /// The byte before.
    last: u8,
    /// Where to tell; `None` once it is told.
    is_windows: Option<Rc<Cell<bool>>>,
}

impl<R: Read> Read for LineEnds<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.content.read(buffer)?;
        if let Some(is_windows) = &self.is_windows {
            let bytes = &buffer[..length];
            if let Some(place) = bytes.iter().position(|byte| *byte == b'\n') {
                let before = place
                    .checked_sub(1)
                    .map_or(self.last, |before| bytes[before]);
                is_windows.set(before == b'\r');
                self.is_windows = None;
            } else if let Some(last) = bytes.last() {
                self.last = *last;
            }
        }
        Ok(length)
    }
}

/// The line that a record begins on. Where lines end as on Windows, the reader ends a record at the carriage return and
/// counts the line feed with the next one.
fn line_of(begin: &Position, is_windows: bool) -> u64 {
    begin.line() + u64::from(is_windows && begin.byte() > 0)
}

fn csv_fault(path: &Path, error: csv::Error, is_windows: bool) -> Fault {
    let line = error
        .position()
        .map_or(1, |position| line_of(position, is_windows));
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
