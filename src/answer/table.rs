//! Writes the rows of an answer as CSV or as JSON lines. The answer is read as the JSON that it was written as, row by row,
//! so that a value cannot be another one here than there.

use std::{
    borrow::Cow,
    collections::HashMap,
    io::{self, Write},
};

use serde::Deserialize;
use serde_json::{Value, value::RawValue};

use super::{Limit, halt::Halted};
use crate::{
    error::{Code, Internal, RequestError},
    plan::{PAGE_KEY, Table, TableColumn},
    spreadsheet::harmless,
};

/// What an answer is written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// The JSON of GraphQL.
    #[default]
    Json,
    /// Its rows as CSV (RFC 4180), under a header.
    Csv,
    /// Its rows as JSON objects, one a line.
    JsonLines,
}

/// The fields of an object, not yet read further.
type Fields<'a> = HashMap<Cow<'a, str>, &'a RawValue>;

#[derive(Deserialize)]
struct Page {
    #[serde(rename = "hasNextPage")]
    has_next: bool,
}

/// The rows of an answer, which is the body of a response without errors.
///
/// # Errors
/// [`Internal::Refused`] where it has more rows than fit into the page that was read, or would have more bytes than an
/// answer may; [`Internal::Stopped`] where its time was over.
pub fn write_table(
    body: String,
    table: &Table,
    format: Format,
    limit: &Limit,
) -> Result<String, Internal> {
    let rows = rows(&body, table)?;
    match format {
        Format::JsonLines => {
            // No longer than the body: each row has a line break in the place of its comma.
            let mut lines = String::with_capacity(body.len());
            for row in rows {
                match &table.node {
                    None => lines.push_str(row.get()),
                    Some(node) => {
                        let edge: Fields<'_> = read(row.get())?;
                        lines.push_str(edge.get(node.as_str()).map_or("null", |node| node.get()));
                    }
                }
                lines.push('\n');
            }
            Ok(lines)
        }
        Format::Csv => csv(&rows, &table.columns, limit),
        Format::Json => Ok(body),
    }
}

/// The rows.
fn rows<'a>(body: &'a str, table: &Table) -> Result<Vec<&'a RawValue>, Internal> {
    let mut here: Fields<'a> = read(body)?;
    let Some((list, above)) = table.path.split_last() else {
        return Ok(Vec::new());
    };
    let keys = ["data"].into_iter().chain(above.iter().map(String::as_str));
    for (place, key) in keys.enumerate() {
        match here.get(key).map_or("null", |value| value.get()) {
            "null" => return Err(Internal::Refused(Box::new(nothing(&table.path[..place])))),
            object => here = read(object)?,
        }
    }
    if let (Some(page), Some(most)) = (here.get(PAGE_KEY), table.most)
        && read::<Page>(page.get())?.has_next
    {
        return Err(Internal::Refused(Box::new(more(table, most))));
    }
    match here.get(list.as_str()).map(|value| value.get()) {
        None | Some("null") => Ok(Vec::new()),
        Some(list) => Ok(read(list)?),
    }
}

/// An empty table would look as if there were such a thing, without rows.
fn nothing(path: &[String]) -> RequestError {
    RequestError::new(
        Code::NotAcceptable,
        format!(
            "{} is null, so there are no rows: nothing has that key or id. Correct it, or accept JSON.",
            path.join(".")
        ),
    )
}

fn more(table: &Table, most: u32) -> RequestError {
    RequestError::new(
        Code::BadUserInput,
        format!(
            "{} has more than the {most} rows that one page may have, and rows are not left out silently. Choose fewer with `where`, or page: `first: {most}` with `edges {{ cursor node {{ … }} }}`, then `after` the last cursor.",
            table.path.join(".")
        ),
    )
}

/// How many rows are written between two looks at the time.
const STRIDE: usize = 256;

fn csv(rows: &[&RawValue], columns: &[TableColumn], limit: &Limit) -> Result<String, Internal> {
    if columns.is_empty() {
        return Ok(String::new());
    }
    let most = limit.answer.bytes();
    let mut writer = csv::Writer::from_writer(Bounded {
        out: Vec::new(),
        most,
    });
    // Memory is all that it can run out of.
    let full = |_| Halted::full().into_internal(limit.answer);
    let names = columns.iter().map(|column| column.name.as_str());
    writer.write_record(names).map_err(full)?;
    for (place, row) in rows.iter().enumerate() {
        if place.is_multiple_of(STRIDE) && limit.stop.is_due() {
            return Err(Internal::Stopped);
        }
        let row: Value = read(row.get())?;
        for column in columns {
            let value = column
                .path
                .iter()
                .try_fold(&row, |value, key| value.get(key));
            writer.write_field(cell(value).as_bytes()).map_err(full)?;
        }
        writer.write_record(None::<&[u8]>).map_err(full)?;
    }
    let written = writer
        .into_inner()
        .map_err(|_| Halted::full().into_internal(limit.answer))?;
    String::from_utf8(written.out).map_err(broken)
}

/// Bytes that become no more than they may.
struct Bounded {
    out: Vec<u8>,
    most: usize,
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.out.len() + bytes.len() > self.most {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.out.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn read<'a, T: Deserialize<'a>>(json: &'a str) -> Result<T, Internal> {
    serde_json::from_str(json).map_err(broken)
}

/// A value as a cell. Null is an empty cell, and the items of a list stand behind each other.
fn cell(value: Option<&Value>) -> Cow<'_, str> {
    match value {
        None | Some(Value::Null) => "".into(),
        Some(Value::String(text)) => harmless(text),
        Some(Value::Array(items)) => {
            let items: Vec<_> = items.iter().map(|item| cell(Some(item))).collect();
            items.join("; ").into()
        }
        Some(other) => other.to_string().into(),
    }
}

/// What was written as JSON is read as JSON, and writing into memory does not fail.
fn broken(fault: impl std::fmt::Display) -> Internal {
    Internal::Broken(format!("the rows of an answer cannot be written: {fault}"))
}
