//! Writes the objects of an answer.

use std::{collections::HashMap, ops::Range};

use async_graphql::Value;

use super::{in_words, json};
use crate::{
    load::{Cell, LoadedFetch, LoadedToOne, Rows},
    plan::{Object, Output, ResponseKey},
    schema::{declaration::Scalar, node_id},
};

/// One row being written, and the rows it hangs on.
pub(super) struct Frame<'f> {
    pub(super) fetch: &'f LoadedFetch,
    pub(super) row: usize,
    pub(super) parent: Option<&'f Frame<'f>>,
}

/// An answer in the making.
pub(super) struct Writer {
    pub(super) out: String,
    /// Where rows that many rows refer to have been written already, so that their text can be copied.
    written: HashMap<(*const LoadedToOne, *const Object), Vec<Option<Range<usize>>>>,
}

impl Writer {
    /// Goes on with `out`, which will take about so many bytes more.
    pub(super) fn new(mut out: String, size: usize) -> Writer {
        out.reserve(size + size / 4 + 256);
        Writer {
            out,
            written: HashMap::new(),
        }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    pub(super) fn null(&mut self) {
        self.out.push_str("null");
    }

    pub(super) fn string(&mut self, text: &str) {
        json::string(&mut self.out, text);
    }

    pub(super) fn boolean(&mut self, truth: bool) {
        self.out.push_str(if truth { "true" } else { "false" });
    }

    /// A value that async-graphql made.
    pub(super) fn value(&mut self, value: &Value) {
        // A value of introspection has string keys and finite numbers only, which JSON can always express.
        self.out
            .push_str(&serde_json::to_string(value).unwrap_or_else(|_| "null".into()));
    }

    /// An object of response keys; `write` writes the value of each.
    pub(super) fn fields<T>(
        &mut self,
        fields: &[(ResponseKey, T)],
        mut write: impl FnMut(&mut Self, &(ResponseKey, T)),
    ) {
        self.out.push('{');
        for (place, field) in fields.iter().enumerate() {
            if place > 0 {
                self.out.push(',');
            }
            self.out.push_str(field.0.as_json());
            write(self, field);
        }
        self.out.push('}');
    }

    /// A list; `write` writes each item.
    pub(super) fn list<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        mut write: impl FnMut(&mut Self, T),
    ) {
        self.out.push('[');
        for (place, item) in items.into_iter().enumerate() {
            if place > 0 {
                self.out.push(',');
            }
            write(self, item);
        }
        self.out.push(']');
    }

    /// The object of a row.
    pub(super) fn object(&mut self, object: &Object, frame: &Frame<'_>) {
        self.fields(&object.fields, |writer, (_, output)| {
            writer.output(output, frame);
        });
    }

    fn output(&mut self, output: &Output, frame: &Frame<'_>) {
        let rows = &frame.fetch.rows;
        match output {
            Output::Typename(name) => self.string(name),
            Output::Id(type_name, column) => {
                self.out.push('"');
                node_id::encode(type_name, rows.text(frame.row, *column), &mut self.out);
                self.out.push('"');
            }
            Output::Scalar(column, scalar) => self.scalar(rows.cell(frame.row, *column), *scalar),
            Output::SameRow { present, object } => match present {
                Some(column) if rows.cell(frame.row, *column) == Cell::Null => self.null(),
                _ => self.object(object, frame),
            },
            Output::ToOne { child, object } => {
                let to_one = &frame.fetch.to_ones[*child];
                match to_one.links[frame.row] {
                    None => self.null(),
                    Some(row) => self.referred(to_one, object, row as usize, frame),
                }
            }
            Output::AtHand { levels, object } => {
                let mut at_hand = frame;
                for _ in 0..*levels {
                    match at_hand.parent {
                        Some(parent) => at_hand = parent,
                        None => return self.null(),
                    }
                }
                self.object(object, at_hand);
            }
            Output::Collection { child, fields } => {
                let collection = &frame.fetch.collections[*child];
                self.connection(fields, collection, frame.row, Some(frame));
            }
            Output::Aggregate(fields) => {
                self.aggregate(fields, frame.fetch.aggregates.as_ref(), frame.row);
            }
            Output::Ancestors { child, object } => {
                let ancestors = &frame.fetch.ancestors[*child];
                self.list(ancestors.ranges[frame.row].clone(), |writer, row| {
                    let frame = Frame {
                        fetch: &ancestors.fetch,
                        row,
                        parent: Some(frame),
                    };
                    writer.object(object, &frame);
                });
            }
            Output::Change(fields) => {
                let change = frame.fetch.changes.get(frame.row).copied().flatten();
                self.change(fields, change);
            }
            Output::InWords(places) => {
                let figure = in_words::Figure::new(rows, frame.row, places);
                self.string(&figure.sentence());
            }
            Output::Series { child, fields } => {
                self.series(fields, &frame.fetch.series[*child], frame.row);
            }
        }
    }

    /// A row that many rows may refer to: it is written once, and its text is copied for the others.
    fn referred(&mut self, to_one: &LoadedToOne, object: &Object, row: usize, frame: &Frame<'_>) {
        let this = (std::ptr::from_ref(to_one), std::ptr::from_ref(object));
        let rows = to_one.fetch.rows.len();
        let written = self.written.entry(this).or_insert_with(|| vec![None; rows]);
        if let Some(range) = written[row].clone() {
            self.out.extend_from_within(range);
            return;
        }
        let start = self.out.len();
        let frame = Frame {
            fetch: &to_one.fetch,
            row,
            parent: Some(frame),
        };
        self.object(object, &frame);
        let range = start..self.out.len();
        if let Some(written) = self.written.get_mut(&this) {
            written[row] = Some(range);
        }
    }

    /// The object of a unit, which has columns only.
    pub(super) fn unit(&mut self, object: &Object, units: &Rows, row: usize) {
        self.fields(&object.fields, |writer, (_, output)| match output {
            Output::Typename(name) => writer.string(name),
            Output::Scalar(column, scalar) => writer.scalar(units.cell(row, *column), *scalar),
            _ => writer.null(),
        });
    }

    pub(super) fn scalar(&mut self, cell: Cell<'_>, scalar: Scalar) {
        match (cell, scalar) {
            (Cell::Null, _) => self.null(),
            (Cell::Text(text), _) => self.string(text),
            (Cell::Int(number), Scalar::Decimal) => json::decimal(&mut self.out, number.into()),
            (Cell::Int(number), Scalar::Boolean) => self.boolean(number != 0),
            (Cell::Int(number), Scalar::Enum(enumeration)) => {
                let place = usize::try_from(number).unwrap_or(usize::MAX);
                match enumeration.values.get(place) {
                    Some((name, _)) => self.string(name),
                    None => self.null(),
                }
            }
            (Cell::Int(number), _) => json::int(&mut self.out, number),
        }
    }
}
