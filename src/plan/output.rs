//! What to write: response keys, in the order of the answer, and where the value of each comes from.

use std::fmt;

use async_graphql::Pos;

use super::{aggregated::UnitPlaces, group::TotalRef};
use crate::schema::{
    change::ChangePart,
    declaration::Scalar,
    total::{AmountPart, TotalPart},
};

/// A response key, ready to be written: `"key":`.
#[derive(Clone)]
pub struct ResponseKey(Box<str>);

impl ResponseKey {
    /// The key of a field; GraphQL names need no escaping in JSON.
    pub fn new(name: &str) -> ResponseKey {
        ResponseKey(format!("\"{name}\":").into())
    }

    /// The key with its quotes and colon.
    pub fn as_json(&self) -> &str {
        &self.0
    }

    /// The key itself.
    pub fn name(&self) -> &str {
        &self.0[1..self.0.len() - 2]
    }
}

impl fmt::Debug for ResponseKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Where in the document a field stands, for what can be found to be too much only while it is read.
#[derive(Clone, Debug)]
pub struct FieldPlace {
    /// The response keys that lead to it.
    pub path: Vec<String>,
    /// Its place in the text.
    pub position: Pos,
}

/// One selection of an object: response keys and where their values come from.
#[derive(Default)]
pub struct Object {
    /// In the order of the answer.
    pub fields: Vec<(ResponseKey, Output)>,
}

/// Where the value of a response key comes from.
pub enum Output {
    /// The type's name.
    Typename(&'static str),
    /// The global id, from the natural key in this column.
    Id(&'static str, usize),
    /// A column.
    Scalar(usize, Scalar),
    /// An object made of columns of the same row; null where the column `present` is null.
    SameRow {
        /// The deciding column; `None` where there always is an object.
        present: Option<usize>,
        /// The object.
        object: Object,
    },
    /// A row of [`Fetch::to_ones`](super::Fetch::to_ones).
    ToOne {
        /// Its place there.
        child: usize,
        /// The object, the same under every row that refers to it.
        object: Object,
    },
    /// A row that this row hangs on, which has been read already.
    AtHand {
        /// How many parents up it is.
        levels: usize,
        /// The object.
        object: Object,
    },
    /// A collection of [`Fetch::collections`](super::Fetch::collections).
    Collection {
        /// Its place there.
        child: usize,
        /// What to write of it.
        fields: Vec<(ResponseKey, ConnectionOutput)>,
    },
    /// A list of [`Fetch::lists`](super::Fetch::lists).
    List {
        /// Its place there.
        child: usize,
        /// What to write of each.
        object: Object,
    },
    /// The change from the previous result.
    Change(Vec<(ResponseKey, ChangeOutput)>),
    /// The figure as a sentence.
    InWords(ResultInWords),
    /// A series of [`Fetch::series`](super::Fetch::series).
    Series {
        /// Its place there.
        child: usize,
        /// What to write of each point.
        fields: Vec<(ResponseKey, SeriesOutput)>,
    },
    /// What can be said of the rows of a group.
    Aggregate(Vec<(ResponseKey, AggregateOutput)>),
}

/// The places in [`Fetch::columns`](super::Fetch::columns) of what the sentence of a figure is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResultInWords {
    /// Of the agency's code.
    pub agency: usize,
    /// Of the initiative's name.
    pub initiative: usize,
    /// Of what the figure is.
    pub label: usize,
    /// Of the figure.
    pub value: usize,
    /// Of the code of its precision.
    pub precision: usize,
    /// Of its fiscal year.
    pub fiscal_year: usize,
    /// Of the code of its scope.
    pub scope: usize,
    /// Of the date that the source gives.
    pub as_of: usize,
    /// Of whether a later report publishes it again.
    pub is_superseded: usize,
    /// Of its unit.
    pub unit: UnitPlaces,
}

/// A field of a change.
#[derive(Clone, Copy)]
pub enum ChangeOutput {
    /// The type's name.
    Typename,
    /// A number, or how to read it.
    Part(ChangePart),
}

/// A field of a point of a series.
pub enum SeriesOutput {
    /// The type's name.
    Typename,
    /// The fiscal year.
    FiscalYear,
    /// The total of the year.
    Total(Vec<(ResponseKey, TotalOutput)>),
    /// The change from the year before.
    Change(Vec<(ResponseKey, ChangeOutput)>),
}

/// A field of a connection.
pub enum ConnectionOutput {
    /// The type's name.
    Typename(&'static str),
    /// The rows of the page.
    Nodes(Object),
    /// The rows of the page with their cursors.
    Edges(Vec<(ResponseKey, EdgeOutput)>),
    /// Where the page lies.
    PageInfo(Vec<(ResponseKey, PageInfoField)>),
    /// The count at this place in [`Aggregated::counts`](super::Aggregated::counts).
    TotalCount(usize),
    /// What can be said of the whole collection.
    Aggregate(Vec<(ResponseKey, AggregateOutput)>),
    /// The groups at this place in [`Collection::groups`](super::Collection::groups).
    Groups(usize, Vec<(ResponseKey, ConnectionOutput)>),
}

/// A field of an edge.
pub enum EdgeOutput {
    /// The type's name.
    Typename(&'static str),
    /// The row's cursor.
    Cursor,
    /// The row.
    Node(Object),
}

/// A field of `PageInfo`.
#[derive(Clone, Copy)]
pub enum PageInfoField {
    /// The type's name.
    Typename,
    /// Whether something follows.
    HasNextPage,
    /// Whether something precedes.
    HasPreviousPage,
    /// Cursor of the first row.
    StartCursor,
    /// Cursor of the last row.
    EndCursor,
}

/// A field of an aggregate.
pub enum AggregateOutput {
    /// The type's name.
    Typename(&'static str),
    /// The count at this place in [`Aggregated::counts`](super::Aggregated::counts).
    Count(usize),
    /// The totals.
    Totals(Vec<(ResponseKey, TotalOutput)>),
    /// One of them, null where there is none.
    Total {
        /// Which.
        total: TotalRef,
        /// The place in the columns of units of the code by which it is known.
        unit_code: usize,
        /// What to write of it.
        fields: Vec<(ResponseKey, TotalOutput)>,
    },
}

/// A field of a total.
pub enum TotalOutput {
    /// The type's name.
    Typename,
    /// A number or a list of names.
    Part(TotalPart),
    /// A number with how to read it.
    Amount(TotalPart, Vec<(ResponseKey, AmountOutput)>),
    /// The percentile of the share at this place in [`Totals::shares`](super::Totals::shares).
    Percentile(usize, Vec<(ResponseKey, AmountOutput)>),
    /// The total as a sentence.
    InWords(UnitPlaces),
    /// The unit.
    Unit(Object),
}

/// A field of an amount.
#[derive(Clone, Copy)]
pub enum AmountOutput {
    /// The type's name.
    Typename,
    /// The number, or how to read it.
    Part(AmountPart),
}
