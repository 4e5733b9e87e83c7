//! A package in an Excel workbook: one sheet for each CSV file, named like it without `.csv`.
//!
//! Cells are read one after the other and never as a whole sheet, which could claim to have
//! billions. A number becomes the shortest text that means it, a day `YYYY-MM-DD`. Of a formula
//! the value counts that the spreadsheet saved with it.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use calamine::{Cell, DataRef, Reader, Xlsx, XlsxCellReader};
use csv::StringRecord;

use super::{Fault, Files, Records, whole};
use crate::package::PackageError;
use crate::package::problem::{Place, Problems, Rule};

/// The columns that are looked at; ours are far fewer.
const MAX_COLUMNS: u32 = 256;

type Book = Xlsx<BufReader<File>>;

/// A package in a workbook.
pub(in crate::package) struct Workbook(Book);

impl Workbook {
    /// Opens a workbook that has been measured. `None` where it cannot be used; that is noted.
    pub(super) fn open(
        file: BufReader<File>,
        path: &Path,
        problems: &mut Problems,
    ) -> Result<Option<Files>, PackageError> {
        match Xlsx::new(file) {
            Ok(book) => Ok(Some(Files::Workbook(Box::new(Self(book))))),
            Err(error) => {
                let message = format!("is not a workbook that can be read: {error}");
                let help = "save it anew as .xlsx, without a password";
                problems.note(Rule::BadArchive, whole(path), message, help);
                Ok(None)
            }
        }
    }

    /// The rows of the sheet of a CSV file; `None` if there is none.
    pub(super) fn records(
        &mut self,
        file: &'static str,
        problems: &mut Problems,
    ) -> Result<Option<Records<'_>>, PackageError> {
        let sheet = file.trim_end_matches(".csv");
        let names = self.0.sheet_names();
        let Some(name) = names
            .into_iter()
            .find(|name| name.trim().eq_ignore_ascii_case(sheet))
        else {
            return Ok(None);
        };
        match self.0.worksheet_cells_reader(&name) {
            Ok(cells) => Ok(Some(Records::Sheet(Box::new(Sheet {
                cells,
                next: None,
                at_end: false,
                columns: None,
            })))),
            Err(error) => {
                let message = format!("cannot be read: {error}");
                problems.note(Rule::BadArchive, Place::file(file), message, "save it anew");
                Ok(None)
            }
        }
    }
}

/// The rows of a sheet that hold anything.
pub(in crate::package) struct Sheet<'a> {
    cells: XlsxCellReader<'a, BufReader<File>>,
    /// The first cell of the next row, once it has been met.
    next: Option<(u32, u32, Result<String, Fault>)>,
    /// Whether the last cell has been read. The reader must not be asked again.
    at_end: bool,
    /// How many cells the header has; its cells are filled in from the left.
    columns: Option<usize>,
}

impl Sheet<'_> {
    /// Reads the next row that is not empty; its number, from 1, `None` at the end.
    pub(super) fn read(&mut self, record: &mut StringRecord) -> Result<Option<u64>, Fault> {
        record.clear();
        let mut row = None;
        let mut fault = None;
        loop {
            let cell = match self.next.take() {
                Some(cell) => cell,
                None if self.at_end => break,
                None => match self.cells.next_cell() {
                    Ok(Some(cell)) => match text_of(&cell) {
                        Some(text) => (cell.get_position().0, cell.get_position().1, text),
                        None => continue,
                    },
                    Ok(None) => {
                        self.at_end = true;
                        break;
                    }
                    Err(error) => return Err(Fault::Damaged(format!("is damaged: {error}"))),
                },
            };
            let (cell_row, column, text) = cell;
            if *row.get_or_insert(cell_row) != cell_row {
                self.next = Some((cell_row, column, text));
                break;
            }
            match text {
                Ok(text) if column < MAX_COLUMNS => put(record, column, &text),
                Ok(_) => {}
                Err(first) => fault = fault.or(Some(first)),
            }
        }
        let Some(row) = row else { return Ok(None) };
        if let Some(fault) = fault {
            return Err(fault);
        }
        // Cells to the right of the last that is filled in are not in the file.
        let columns = *self.columns.get_or_insert(record.len());
        while record.len() < columns {
            record.push_field("");
        }
        Ok(Some(u64::from(row) + 1))
    }
}

/// Puts a cell in its column, after empty ones where some are missing.
fn put(record: &mut StringRecord, column: u32, text: &str) {
    while record.len() < column as usize {
        record.push_field("");
    }
    record.push_field(text);
}

/// The text of a cell; `None` if there is none.
fn text_of(cell: &Cell<DataRef<'_>>) -> Option<Result<String, Fault>> {
    let (row, column) = cell.get_position();
    let fault = |message: String, help| {
        Some(Err(Fault::Sheet {
            line: u64::from(row) + 1,
            message: format!("cell {} {message}", column + 1),
            help,
        }))
    };
    let text = match cell.get_value() {
        DataRef::Empty => return None,
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        // The shortest text that is read as the same number, without an exponent.
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(flag) => flag.to_string(),
        DataRef::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
            let date = format!("{year:04}-{month:02}-{day:02}");
            if (hour, minute, second, milli) == (0, 0, 0, 0) {
                date
            } else {
                format!("{date}T{hour:02}:{minute:02}:{second:02}")
            }
        }
        DataRef::DateTimeIso(text) => text.trim_end_matches("T00:00:00").to_owned(),
        DataRef::DateTime(_) | DataRef::DurationIso(_) => {
            return fault(
                "holds a duration".into(),
                "give the cell the format of a text",
            );
        }
        DataRef::Error(error) => {
            return fault(
                format!("holds the error of a formula, {error}"),
                "write the value itself",
            );
        }
    };
    (!text.is_empty()).then_some(Ok(text))
}
