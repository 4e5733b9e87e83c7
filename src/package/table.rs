//! From the rows of cells of one file to typed rows, and from typed rows to CSV. Cells are judged
//! one by one here; what rows say about each other is judged in `check`.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hasher};
use std::io;
use std::marker::PhantomData;

use csv::StringRecord;

use super::column::Cell;
use super::problem::{Place, Problems, Rule, shortened};
use super::rows::Row;
use super::source::{Fault, Files, Records};
use super::{PackageError, source};

/// The rows of one file.
#[derive(Debug)]
pub(super) struct Table<R> {
    /// The rows that could be read, in order.
    pub(super) rows: Vec<Placed<R>>,
    /// Whether these are all rows. If not, nothing can be said about what is not among them.
    pub(super) complete: bool,
}

impl<R> Table<R> {
    /// What is known of a file that cannot be read.
    pub(super) fn unreadable() -> Self {
        Self {
            rows: Vec::new(),
            complete: false,
        }
    }
}

/// A row with its place in the file.
#[derive(Debug)]
pub(super) struct Placed<R> {
    /// Line that the row begins on, from 1.
    pub(super) line: u64,
    /// Whether every cell was good. If not, the bad ones hold stand-ins.
    pub(super) sound: bool,
    /// The row.
    pub(super) row: R,
}

/// Reads the file of one kind of row, noting what is wrong with it.
pub(super) fn read<R: Row>(
    files: &mut Files,
    problems: &mut Problems,
) -> Result<Table<R>, PackageError> {
    let Some(mut reading) = Reading::begin(files, problems)? else {
        return Ok(Table::unreadable());
    };
    let mut rows = Vec::new();
    while let Some(row) = reading.next(problems)? {
        rows.push(row);
    }
    Ok(Table {
        rows,
        complete: reading.is_complete(),
    })
}

/// Judges the rows of another format, each with its line and its cells by column.
pub(super) fn judge<R: Row>(
    rows: impl IntoIterator<Item = (u64, BTreeMap<String, String>)>,
    problems: &mut Problems,
) -> Table<R> {
    let rows = rows.into_iter().map(|(line, cells)| {
        row_of(line, problems, |column| {
            cells.get(column).map_or("", String::as_str)
        })
    });
    Table {
        rows: rows.collect(),
        complete: true,
    }
}

/// A row of cells, given by column.
fn row_of<'a, R: Row>(
    line: u64,
    problems: &mut Problems,
    mut cell: impl FnMut(&'static str) -> &'a str,
) -> Placed<R> {
    let before = problems.errors();
    let mut row = R::default();
    for column in R::COLUMNS {
        let mut cell = Cell {
            text: cell(column.name),
            file: R::FILE,
            line,
            column: column.name,
            problems,
        };
        (column.read)(&mut cell, &mut row);
    }
    Placed {
        line,
        sound: problems.errors() == before,
        row,
    }
}

/// Writes rows as CSV (RFC 4180, lines ending in a line feed), with all columns.
pub(super) fn write<'a, R: Row>(
    rows: impl IntoIterator<Item = &'a R>,
    out: impl io::Write,
) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(R::COLUMNS.iter().map(|column| column.name))?;
    for row in rows {
        for column in R::COLUMNS {
            writer.write_field((column.write)(row).as_bytes())?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()
}

/// The rows of a file, read one after the other.
pub(super) struct Reading<'a, R> {
    records: Records<'a>,
    record: StringRecord,
    /// How many cells the header has.
    width: usize,
    /// Where each of the row's columns is in the file.
    places: Vec<Option<usize>>,
    complete: bool,
    at_end: bool,
    content: DefaultHasher,
    of: PhantomData<R>,
}

impl<'a, R: Row> Reading<'a, R> {
    /// Reads the header. `None` if no row can be read; that is noted.
    pub(super) fn begin(
        files: &'a mut Files,
        problems: &mut Problems,
    ) -> Result<Option<Self>, PackageError> {
        let Some(mut records) = files.records(R::FILE, problems)? else {
            return Ok(None);
        };
        let mut header = StringRecord::new();
        let line = match records.read(&mut header) {
            Ok(Some(line)) => line,
            Ok(None) => 1,
            Err(fault) => {
                note(R::FILE, fault, problems)?;
                return Ok(None);
            }
        };
        let places = places_of_columns::<R>(&header, line, problems);
        let mut content = DefaultHasher::new();
        add(&mut content, &header);
        Ok(places.map(|places| Self {
            records,
            record: StringRecord::new(),
            width: header.len(),
            places,
            complete: true,
            at_end: false,
            content,
            of: PhantomData,
        }))
    }

    /// Reads the next row, noting what is wrong with it and with those before it that cannot be read. `None` at the end.
    pub(super) fn next(
        &mut self,
        problems: &mut Problems,
    ) -> Result<Option<Placed<R>>, PackageError> {
        while !self.at_end {
            let line = match self.records.read(&mut self.record) {
                Ok(Some(line)) => line,
                Ok(None) => {
                    self.at_end = true;
                    break;
                }
                Err(fault) => {
                    self.complete = false;
                    self.at_end = note(R::FILE, fault, problems)?.is_the_end();
                    continue;
                }
            };
            add(&mut self.content, &self.record);
            // A spreadsheet saves them as CSV behind the last row that was ever filled in. In a sheet, something stands beside the
            // table in such a row.
            if !problems.are_of_sheets() && self.record.iter().all(str::is_empty) {
                continue;
            }
            if self.record.len() == self.width {
                let (record, mut places) = (&self.record, self.places.iter());
                return Ok(Some(row_of(line, problems, |_| {
                    let place = places.next().copied().flatten();
                    place.and_then(|place| record.get(place)).unwrap_or("")
                })));
            }
            let message = format!(
                "has {} cells where the header has {}",
                self.record.len(),
                self.width
            );
            let help = if problems.are_of_sheets() {
                "give each column a header, or empty the cells beside the table"
            } else {
                "put cells that hold commas in quotes"
            };
            problems.note(Rule::CellCount, Place::row(R::FILE, line), message, help);
            self.complete = false;
        }
        Ok(None)
    }

    /// Whether every row so far could be read. If not, nothing can be said about what is not among them.
    pub(super) fn is_complete(&self) -> bool {
        self.complete
    }

    /// A hash of all cells so far: equal if the file was read to the same place and has not changed.
    pub(super) fn fingerprint(&self) -> u64 {
        self.content.finish()
    }
}

/// Adds the cells of a record to a hash, and where each of them ends.
fn add(content: &mut DefaultHasher, record: &StringRecord) {
    let ends = record.iter().fold(record.len(), |ends, cell| {
        ends.wrapping_mul(0x0100_0000_01b3).wrapping_add(cell.len())
    });
    content.write_usize(ends);
    content.write(record.as_slice().as_bytes());
}

/// Where each of the row's columns is in the file, `None` for one that may be missing and is;
/// `None` altogether if the header is not as it must be.
fn places_of_columns<R: Row>(
    header: &StringRecord,
    line: u64,
    problems: &mut Problems,
) -> Option<Vec<Option<usize>>> {
    let before = problems.errors();
    let place_of = |name: &str| match name {
        "" => Place::column(R::FILE, Some(line), "(without a name)"),
        _ => Place::column(R::FILE, Some(line), &shortened(name)),
    };
    let known = |name: &str| R::COLUMNS.iter().any(|column| column.name == name);
    if let Some(only) = header.get(0).filter(|_| header.len() == 1)
        && !known(only)
        && let Some(separator) = [';', '\t', '|']
            .into_iter()
            .find(|separator| only.contains(*separator))
    {
        let message = format!("has cells that are separated by {separator:?}, not by commas");
        let help = "save the file as CSV with commas";
        problems.note(Rule::NotCsv, Place::row(R::FILE, line), message, help);
        return None;
    }
    for (place, name) in header.iter().enumerate() {
        let twice = header.iter().take(place).any(|earlier| earlier == name);
        if known(name) && twice {
            let message = "is there twice";
            problems.note(
                Rule::DuplicateColumn,
                place_of(name),
                message,
                "take one out",
            );
        } else if !known(name) && !twice {
            let message = "is not a column that annals knows, so it is left out of account";
            let help = match likely::<R>(name, header) {
                Some(likely) => format!("if it is meant to be {likely:?}, rename it"),
                None => "take it out, or leave it for other tools".to_owned(),
            };
            problems.note(Rule::UnknownColumn, place_of(name), message, help);
        }
    }
    let mut places = Vec::with_capacity(R::COLUMNS.len());
    for column in R::COLUMNS {
        let place = header.iter().position(|name| name == column.name);
        if place.is_none() && column.required {
            let message = "is a required column and missing";
            problems.note(
                Rule::MissingColumn,
                place_of(column.name),
                message,
                "add it",
            );
        }
        places.push(place);
    }
    (problems.errors() == before).then_some(places)
}

/// The column that is missing and that an unknown one is probably meant to be.
fn likely<R: Row>(name: &str, header: &StringRecord) -> Option<&'static str> {
    let missing = R::COLUMNS
        .iter()
        .map(|column| column.name)
        .filter(|column| header.iter().all(|name| name != *column));
    let distance = |column: &str| strsim::damerau_levenshtein(&name.to_lowercase(), column);
    let nearest = missing.min_by_key(|column| distance(column))?;
    (distance(nearest) <= 2).then_some(nearest)
}

/// Notes why a row cannot be read.
fn note(
    file: &'static str,
    fault: Fault,
    problems: &mut Problems,
) -> Result<source::Next, PackageError> {
    match fault {
        Fault::Unreadable(error) => Err(error),
        Fault::NotUtf8 { line, cell } => {
            let message = format!("cell {cell} is not UTF-8");
            let help = "save the file as UTF-8";
            problems.note(Rule::NotCsv, Place::row(file, line), message, help);
            Ok(source::Next::Row)
        }
        Fault::Sheet {
            line,
            message,
            help,
        } => {
            problems.note(Rule::BadCell, Place::row(file, line), message, help);
            Ok(source::Next::Row)
        }
        Fault::Damaged(message) => {
            let help = "save it anew";
            problems.note(Rule::BadArchive, Place::file(file), message, help);
            Ok(source::Next::End)
        }
    }
}
