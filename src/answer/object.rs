//! Writes the objects of an answer, no further than it may become.

use std::{collections::HashMap, ops::Range};

use super::{
    halt::{Halted, Written},
    in_words, json,
};
use crate::{
    load::{Cell, LoadedFetch, LoadedToOne, Rows, Stop},
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
    /// The most bytes that it may become.
    most: usize,
    /// As soon as it has so many, it is looked whether it is too long and whether anybody still waits for it.
    next_look: usize,
    stop: Stop,
    /// Where rows that many rows refer to have been written already, so that their text can be copied.
    written: HashMap<(*const LoadedToOne, *const Object), Vec<Option<Place>>>,
    /// How many rows more may be remembered as written.
    rememberable: usize,
}

/// Where a text begins and ends in the answer, which is no longer than a `u32` tells.
type Place = (u32, u32);

/// How many bytes are written between two looks at the time.
const STRIDE: usize = 64 * 1024;

impl Writer {
    /// Nothing is written yet; it will be about so many bytes, and `most` at the most.
    pub(super) fn new(size: usize, most: usize, stop: Stop) -> Writer {
        Writer {
            out: String::with_capacity((size + size / 4 + 256).min(most)),
            most,
            next_look: 0,
            stop,
            written: HashMap::new(),
            rememberable: most / size_of::<Option<Place>>(),
        }
    }

    /// The answer, which is whole.
    ///
    /// What was reserved too much is not given back: no memory lies behind it yet, and to clear new memory for the next
    /// answer would take longer than to write it.
    pub(super) fn finish(self) -> Result<String, Box<Halted>> {
        self.room(0)?;
        Ok(self.out)
    }

    /// Whether to go on. It is asked before each field and each item, and looks up only now and then.
    #[inline]
    fn go_on(&mut self) -> Written {
        match self.out.len() < self.next_look {
            true => Ok(()),
            false => self.look(),
        }
    }

    #[cold]
    fn look(&mut self) -> Written {
        if self.stop.is_due() {
            return Err(Halted::stopped());
        }
        if self.out.len() > self.most {
            return Err(Halted::full());
        }
        // One byte too many is enough to be looked at.
        self.next_look = (self.out.len() + STRIDE).min(self.most + 1);
        Ok(())
    }

    /// Makes sure that so many bytes more can be written.
    #[inline]
    fn room(&self, bytes: usize) -> Written {
        match self.out.len() + bytes <= self.most {
            true => Ok(()),
            false => Err(Halted::full()),
        }
    }

    pub(super) fn null(&mut self) -> Written {
        self.out.push_str("null");
        Ok(())
    }

    pub(super) fn string(&mut self, text: &str) -> Written {
        // With its quotes.
        self.room(text.len() + 2)?;
        match json::is_plain(text) {
            true => json::plain(&mut self.out, text),
            false => return self.value(&text),
        }
        Ok(())
    }

    pub(super) fn boolean(&mut self, truth: bool) -> Written {
        self.out.push_str(if truth { "true" } else { "false" });
        Ok(())
    }

    pub(super) fn int(&mut self, number: i64) -> Written {
        json::int(&mut self.out, number);
        Ok(())
    }

    pub(super) fn float(&mut self, number: f64) -> Written {
        json::float(&mut self.out, number);
        Ok(())
    }

    /// A number of ten-thousandths, null where there is none.
    pub(super) fn decimal(&mut self, ten_thousandths: Option<i128>) -> Written {
        match ten_thousandths {
            Some(number) => {
                json::decimal(&mut self.out, number);
                Ok(())
            }
            None => self.null(),
        }
    }

    /// A value that async-graphql made, or any other that can be told as JSON.
    pub(super) fn value(&mut self, value: &impl serde::Serialize) -> Written {
        // It has string keys and finite numbers only, which JSON can always express: there is only no room for it.
        json::value(&mut self.out, value, self.most).map_err(|_| Halted::full())
    }

    /// An object of response keys; `write` writes the value of each.
    pub(super) fn fields<T>(
        &mut self,
        fields: &[(ResponseKey, T)],
        mut write: impl FnMut(&mut Self, &(ResponseKey, T)) -> Written,
    ) -> Written {
        self.out.push('{');
        for (place, field) in fields.iter().enumerate() {
            if place > 0 {
                self.out.push(',');
            }
            self.out.push_str(field.0.as_json());
            self.go_on()
                .and_then(|()| write(self, field))
                .map_err(|halted| halted.in_key(&field.0))?;
        }
        self.out.push('}');
        Ok(())
    }

    /// A list; `write` writes each item.
    pub(super) fn list<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        mut write: impl FnMut(&mut Self, T) -> Written,
    ) -> Written {
        self.out.push('[');
        for (place, item) in items.into_iter().enumerate() {
            if place > 0 {
                self.out.push(',');
            }
            self.go_on()
                .and_then(|()| write(self, item))
                .map_err(|halted| halted.in_item(place))?;
        }
        self.out.push(']');
        Ok(())
    }

    /// The object of a row.
    pub(super) fn object(&mut self, object: &Object, frame: &Frame<'_>) -> Written {
        self.fields(&object.fields, |writer, (_, output)| {
            writer.output(output, frame)
        })
    }

    fn output(&mut self, output: &Output, frame: &Frame<'_>) -> Written {
        let rows = &frame.fetch.rows;
        match output {
            Output::Typename(name) => self.string(name),
            Output::Id(type_name, column) => {
                let natural_key = rows.text(frame.row, *column);
                // Base64 makes four of three.
                self.room(natural_key.len() / 3 * 4)?;
                self.out.push('"');
                node_id::encode(type_name, natural_key, &mut self.out);
                self.out.push('"');
                Ok(())
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
                self.object(object, at_hand)
            }
            Output::Collection { child, fields } => {
                let collection = &frame.fetch.collections[*child];
                self.connection(fields, collection, frame.row, Some(frame))
            }
            Output::Aggregate(fields) => {
                self.aggregate(fields, frame.fetch.aggregates.as_ref(), frame.row)
            }
            Output::List { child, object } => {
                let list = &frame.fetch.lists[*child];
                self.list(list.ranges[frame.row].clone(), |writer, row| {
                    let frame = Frame {
                        fetch: &list.fetch,
                        row,
                        parent: Some(frame),
                    };
                    writer.object(object, &frame)
                })
            }
            Output::Change(fields) => {
                let change = frame.fetch.changes.get(frame.row).copied().flatten();
                self.change(fields, change)
            }
            Output::InWords(places) => {
                let figure = in_words::Figure::new(rows, frame.row, places);
                self.string(&figure.sentence())
            }
            Output::Series { child, fields } => {
                self.series(fields, &frame.fetch.series[*child], frame.row)
            }
        }
    }

    /// A row that many rows may refer to: it is written once, and its text is copied for the others.
    fn referred(
        &mut self,
        to_one: &LoadedToOne,
        object: &Object,
        row: usize,
        frame: &Frame<'_>,
    ) -> Written {
        let this = (std::ptr::from_ref(to_one), std::ptr::from_ref(object));
        if let Some(known) = self.written.get(&this)
            && let Some((start, end)) = known[row]
        {
            let range = start as usize..end as usize;
            self.room(range.len())?;
            self.out.extend_from_within(range);
            return Ok(());
        }
        let start = self.out.len();
        let frame = Frame {
            fetch: &to_one.fetch,
            row,
            parent: Some(frame),
        };
        self.object(object, &frame)?;
        self.remember(this, to_one.fetch.rows.len(), row, start..self.out.len());
        Ok(())
    }

    /// Remembers where a row was written, unless that would take more memory than the answer may.
    fn remember(
        &mut self,
        this: (*const LoadedToOne, *const Object),
        rows: usize,
        row: usize,
        range: Range<usize>,
    ) {
        let (Ok(start), Ok(end)) = (u32::try_from(range.start), u32::try_from(range.end)) else {
            return;
        };
        if !self.written.contains_key(&this) {
            if rows > self.rememberable {
                return;
            }
            self.rememberable -= rows;
            self.written.insert(this, vec![None; rows]);
        }
        if let Some(written) = self.written.get_mut(&this) {
            written[row] = Some((start, end));
        }
    }

    /// The object of a unit, which has columns only.
    pub(super) fn unit(&mut self, object: &Object, units: &Rows, row: usize) -> Written {
        self.fields(&object.fields, |writer, (_, output)| match output {
            Output::Typename(name) => writer.string(name),
            Output::Scalar(column, scalar) => writer.scalar(units.cell(row, *column), *scalar),
            _ => writer.null(),
        })
    }

    pub(super) fn scalar(&mut self, cell: Cell<'_>, scalar: Scalar) -> Written {
        match (cell, scalar) {
            (Cell::Null, _) => self.null(),
            (Cell::Text(text), _) => self.string(text),
            (Cell::Int(number), Scalar::Decimal) => self.decimal(Some(number.into())),
            (Cell::Int(number), Scalar::Boolean) => self.boolean(number != 0),
            (Cell::Int(number), Scalar::Enum(enumeration)) => {
                let place = usize::try_from(number).unwrap_or(usize::MAX);
                match enumeration.values.get(place) {
                    Some((name, _)) => self.string(name),
                    None => self.null(),
                }
            }
            (Cell::Int(number), _) => self.int(number),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;
    use crate::{error::Internal, limits::Limits};

    /// What comes of fields that each write a list of texts.
    fn written(most: usize, stop: Stop, texts: usize) -> Result<String, Internal> {
        let fields = [(ResponseKey::new("a"), ()), (ResponseKey::new("b"), ())];
        let mut writer = Writer::new(0, most, stop);
        let answer = Limits {
            answer: most as u64,
            ..Limits::default()
        };
        writer
            .fields(&fields, |writer, _| {
                writer.list(0..texts, |writer, _| writer.string("text"))
            })
            .and_then(|()| writer.finish())
            .map_err(|halted| halted.into_internal(answer.answer()))
    }

    #[test]
    fn an_answer_is_refused_at_the_byte_that_is_too_many_and_where_it_was() {
        let whole = r#"{"a":["text","text"],"b":["text","text"]}"#;
        assert_eq!(written(whole.len(), Stop::default(), 2).unwrap(), whole);
        let refused = written(whole.len() - 4, Stop::default(), 2);
        let Err(Internal::Refused(fault)) = refused else {
            panic!("it is refused: {refused:?}");
        };
        assert_eq!(fault.path, ["b".into(), 1.into()]);
        let refused = written(whole.len() - 1, Stop::default(), 2);
        assert!(matches!(refused, Err(Internal::Refused(_))), "{refused:?}");
    }

    #[test]
    fn writing_ends_when_its_time_is_over_or_nobody_waits() {
        let late = written(1 << 20, Stop::at(Some(Instant::now())), 1);
        assert!(matches!(late, Err(Internal::Stopped)), "{late:?}");
        let stop = Stop::default();
        drop(stop.when_dropped());
        let abandoned = written(1 << 20, stop, 1);
        assert!(matches!(abandoned, Err(Internal::Stopped)), "{abandoned:?}");
        // It is looked at on the way too.
        let stop = Stop::default();
        let mut waiting = Some(stop.when_dropped());
        let mut writer = Writer::new(0, 1 << 30, stop);
        let halted = writer.list(0..1_000_000, |writer, item| {
            if item == 1_000 {
                waiting = None;
            }
            writer.string("text")
        });
        assert!(halted.is_err());
        assert!(writer.out.len() < 3 * STRIDE, "{}", writer.out.len());
    }
}
