//! Writes the rows of an answer as CSV or as JSON lines. The answer is read as the JSON that it was written as, row by row,
//! so that a value cannot be another one here than there.

use std::{borrow::Cow, collections::HashMap};

use serde::Deserialize;
use serde_json::{Value, value::RawValue};

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
/// [`Internal::Refused`] where it has more rows than fit into the page that was read.
pub fn write_table(body: &str, table: &Table, format: Format) -> Result<String, Internal> {
    let rows = rows(body, table)?;
    match format {
        Format::Json => Ok(body.to_owned()),
        Format::JsonLines => {
            let mut lines = String::with_capacity(body.len());
            for row in rows {
                lines.push_str(row.get());
                lines.push('\n');
            }
            Ok(lines)
        }
        Format::Csv => csv(&rows, &table.columns, body.len()),
    }
}

/// The rows; none where what they belong to is null.
fn rows<'a>(body: &'a str, table: &Table) -> Result<Vec<&'a RawValue>, Internal> {
    let mut here: Fields<'a> = read(body)?;
    let Some((list, above)) = table.path.split_last() else {
        return Ok(Vec::new());
    };
    for key in ["data"].into_iter().chain(above.iter().map(String::as_str)) {
        let next = here.get(key).map(|value| value.get());
        match next {
            None | Some("null") => return Ok(Vec::new()),
            Some(object) => here = read(object)?,
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

fn more(table: &Table, most: u32) -> RequestError {
    RequestError::new(
        Code::BadUserInput,
        format!(
            "{} has more than the {most} rows that one page may have, and rows are not left out silently. Choose fewer with `where`, or page: `first: {most}` with `edges {{ cursor node {{ … }} }}`, then `after` the last cursor.",
            table.path.join(".")
        ),
    )
}

fn csv(rows: &[&RawValue], columns: &[TableColumn], size: usize) -> Result<String, Internal> {
    let mut writer = csv::Writer::from_writer(Vec::with_capacity(size));
    let names = columns.iter().map(TableColumn::name);
    writer.write_record(names).map_err(broken)?;
    for row in rows {
        let row: Value = read(row.get())?;
        for column in columns {
            let value = column
                .path
                .iter()
                .try_fold(&row, |value, key| value.get(key));
            writer.write_field(cell(value).as_bytes()).map_err(broken)?;
        }
        writer.write_record(None::<&[u8]>).map_err(broken)?;
    }
    let written = writer.into_inner().map_err(broken)?;
    String::from_utf8(written).map_err(broken)
}

fn read<'a, T: Deserialize<'a>>(json: &'a str) -> Result<T, Internal> {
    serde_json::from_str(json).map_err(broken)
}

/// A value as a cell. Null is an empty cell, and the items of a list stand behind each other.
fn cell(value: Option<&Value>) -> Cow<'_, str> {
    match value {
        None | Some(Value::Null) => "".into(),
        Some(Value::String(text)) => harmless(text.into()),
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
