//! From the bytes of one CSV file to typed rows. Cells are judged one by one here; what rows say
//! about each other is judged in `check`.

use std::collections::BTreeMap;

use csv::{Position, ReaderBuilder, StringRecord};

use super::rows::Row;
use super::source::Files;
use super::{PackageError, Problems};

mod cells;

pub(super) use cells::Cells;

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
    fn unreadable() -> Self {
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
    files: &Files<'_>,
    problems: &mut Problems,
) -> Result<Table<R>, PackageError> {
    let Some(content) = files.read(R::FILE)? else {
        problems.file(R::FILE, "is missing; add it, with at least its header row");
        return Ok(Table::unreadable());
    };
    Ok(parse(&content, problems))
}

/// Judges the rows of another format, each with its line and its cells by column.
pub(super) fn judge<R: Row>(
    rows: impl IntoIterator<Item = (u64, BTreeMap<String, String>)>,
    problems: &mut Problems,
) -> Table<R> {
    let places: Vec<_> = (0..R::COLUMNS.len()).map(Some).collect();
    let mut judged = Vec::new();
    for (line, cells) in rows {
        let in_order = R::COLUMNS.iter().map(|column| cells.get(*column));
        let record: StringRecord = in_order
            .map(|cell| cell.map_or("", String::as_str))
            .collect();
        let before = problems.count();
        let row = R::read(&mut Cells::new::<R>(&record, &places, line, problems));
        judged.push(Placed {
            line,
            sound: problems.count() == before,
            row,
        });
    }
    Table {
        rows: judged,
        complete: true,
    }
}

fn parse<R: Row>(content: &[u8], problems: &mut Problems) -> Table<R> {
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(content);
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(error) => {
            problems.row(R::FILE, 1, not_text(&error));
            return Table::unreadable();
        }
    };
    let Some(places) = places_of_columns::<R>(&header, problems) else {
        return Table::unreadable();
    };

    let mut rows = Vec::new();
    let mut complete = true;
    let mut record = StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return Table { rows, complete },
            Err(error) => {
                let line = error.position().map_or(1, Position::line);
                problems.row(R::FILE, line, not_text(&error));
                complete = false;
                continue;
            }
        }
        let line = record.position().map_or(1, Position::line);
        if record.len() != header.len() {
            problems.row(
                R::FILE,
                line,
                format!(
                    "has {} cells where the header has {}; put cells that hold commas in quotes",
                    record.len(),
                    header.len()
                ),
            );
            complete = false;
            continue;
        }
        let before = problems.count();
        let row = R::read(&mut Cells::new::<R>(&record, &places, line, problems));
        rows.push(Placed {
            line,
            sound: problems.count() == before,
            row,
        });
    }
}

/// Where each of the row's columns is in the file, if it is there; `None` if the header is not as it must be.
fn places_of_columns<R: Row>(
    header: &StringRecord,
    problems: &mut Problems,
) -> Option<Vec<Option<usize>>> {
    let before = problems.count();
    for (place, name) in header.iter().enumerate() {
        if !R::COLUMNS.contains(&name) {
            problems.row(
                R::FILE,
                1,
                format!("column {name:?} is not known; take it out"),
            );
        } else if header.iter().take(place).any(|earlier| earlier == name) {
            problems.row(
                R::FILE,
                1,
                format!("column {name:?} is there twice; take one out"),
            );
        }
    }
    let mut places = Vec::with_capacity(R::COLUMNS.len());
    for column in R::COLUMNS {
        let place = header.iter().position(|name| name == *column);
        if place.is_none() && !R::OPTIONAL.contains(column) {
            problems.row(R::FILE, 1, format!("column {column:?} is missing; add it"));
        }
        places.push(place);
    }
    (problems.count() == before).then_some(places)
}

fn not_text(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Utf8 { err, .. } => {
            format!(
                "cell {} is not UTF-8; save the file as UTF-8",
                err.field() + 1
            )
        }
        _ => error.to_string(),
    }
}
