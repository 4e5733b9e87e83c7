//! The data a plan is made of: what is loaded, and what is written of it.
//!
//! A [`Fetch`] is one occurrence of an object type: the columns to read for its rows, and what hangs on each row. An
//! [`Object`] is one selection written from the rows of a fetch; several objects may share a fetch (`nodes` and
//! `edges { node }`, or a child that asks for its parent again).

use super::{
    aggregated::Aggregated,
    fetch::{Fetch, OrderPlace},
    filter::Filter,
    group::Groups,
    order::{Order, OrderBy},
    output::{ConnectionOutput, FieldPlace, Object, ResponseKey},
    page::Page,
    search::{Search, SearchOutput},
};
use crate::schema::declaration::{ColumnRef, Connection};

/// What one operation asks for.
pub struct Plan {
    /// The root fields, in the order of the answer.
    pub roots: Vec<(ResponseKey, RootOutput)>,
    /// What has to be loaded for them.
    pub loads: Vec<Root>,
}

impl Plan {
    /// Whether async-graphql has to answer a part of it.
    pub fn introspects(&self) -> bool {
        self.roots
            .iter()
            .any(|(_, output)| matches!(output, RootOutput::Introspection))
    }
}

/// One thing to load at the root.
pub enum Root {
    /// Rows of one type by their natural keys.
    Lookup {
        /// What to fetch of them.
        fetch: Box<Fetch>,
        /// The natural keys, without repetition.
        natural_keys: Vec<String>,
    },
    /// A collection of all rows of a type.
    Collection(Box<Collection>),
    /// What is found by its words.
    Search(Box<Search>),
}

/// How a root field is written.
pub enum RootOutput {
    /// `__typename`.
    Typename,
    /// `__schema` or `__type`, which async-graphql answers.
    Introspection,
    /// Null: an id or a key that cannot exist.
    Null,
    /// A row of a look-up, null where there is none.
    Row(RowOutput),
    /// Several rows of look-ups, in the order asked for, null where there is none.
    Rows(Vec<Option<RowOutput>>),
    /// The collection at this place in [`Plan::loads`].
    Collection(usize, Vec<(ResponseKey, ConnectionOutput)>),
    /// The search at this place in [`Plan::loads`].
    Search(usize, Vec<(ResponseKey, SearchOutput)>),
}

/// One row of a look-up, as an object.
pub struct RowOutput {
    /// The look-up's place in [`Plan::loads`].
    pub load: usize,
    /// The row's natural key.
    pub natural_key: String,
    /// What to write of it.
    pub object: std::sync::Arc<Object>,
}

/// One occurrence of a collection.
pub struct Collection {
    /// Which collection.
    pub connection: &'static Connection,
    /// The columns that tie it to its parent; `None` at the root.
    pub parent: Option<ParentLink>,
    /// Which rows it has: those that match; `None` for all.
    pub filter: Option<Filter>,
    /// In what order its rows come.
    pub order: Order,
    /// Where the value of each key of the order is in a row.
    pub order_places: Vec<OrderPlace>,
    /// Which page.
    pub page: Page,
    /// What of the page has to be known.
    pub wanted: Wanted,
    /// What to fetch of the rows of the page.
    pub fetch: Fetch,
    /// What to say of the whole collection.
    pub aggregated: Aggregated,
    /// In which ways to put all its rows into groups.
    pub groups: Vec<Groups>,
    /// The field that asks for it.
    pub asked: FieldPlace,
}

/// How a collection is tied to its parent.
pub enum ParentLink {
    /// Its rows refer to the parent.
    Reference {
        /// The place in the parent's [`Fetch::columns`] of the column that the rows refer to.
        parent_key: usize,
        /// The column of the rows that refers to it.
        foreign_key: ColumnRef,
    },
    /// Its rows are those of a group: they have all these values.
    Group(Vec<GroupLink>),
}

/// A value that the rows of a group have in common.
#[derive(Clone)]
pub struct GroupLink {
    /// The place of the value in the group's [`Fetch::columns`].
    pub place: usize,
    /// The column that it is shown as there.
    pub column: ColumnRef,
    /// Where the rows have it.
    pub by: OrderBy,
    /// Whether it may be missing.
    pub nullable: bool,
}

/// What of a page has to be known.
#[derive(Clone, Copy, Default)]
pub struct Wanted {
    /// The rows themselves, or cursors.
    pub rows: bool,
    /// Whether something follows.
    pub next: bool,
    /// Whether something precedes.
    pub previous: bool,
}

impl Wanted {
    /// Whether anything has to be read for the page at all.
    pub fn anything(self) -> bool {
        self.rows || self.next || self.previous
    }
}
