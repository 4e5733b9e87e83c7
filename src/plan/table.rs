//! The rows of a plan: where the one list of objects in its answer is, and the columns that flat rows of it have.
//!
//! This is for answers in CSV and as JSON lines. A table is whole or refused: a collection whose page the request leaves to
//! the defaults is read up to the largest page, and it is found out whether there is more. It reads nothing.

use std::{collections::HashSet, sync::Arc};

mod columns;

use super::{
    fetch::Fetch,
    output::{AggregateOutput, ConnectionOutput, Object, Output, PageInfoField, ResponseKey},
    page::Page,
    search::SearchOutput,
    tree::{Collection, Plan, Root, RootOutput, Wanted},
};
use crate::error::{Code, RequestError};
use columns::Found;

/// The response key under which it is written whether a page has all rows. No field of a request has such a key.
pub const PAGE_KEY: &str = " page";

/// Where the rows of an answer are, and what is in them.
#[derive(Debug)]
pub struct Table {
    /// The response keys that lead to the list.
    pub path: Vec<String>,
    /// The columns of a flat row.
    pub columns: Vec<TableColumn>,
    /// The key of the node in each item, where the list is of edges that have nothing else: then the nodes are the rows.
    pub node: Option<String>,
    /// How many rows it may have where it must have all; `None` where the request says which page it wants.
    pub most: Option<u32>,
}

/// A column of a flat row.
#[derive(Clone, Debug)]
pub struct TableColumn {
    /// The response keys that lead from the row to the value.
    pub path: Vec<String>,
    /// The same with dots between them; without that of the node where an edge has nothing else.
    pub name: String,
}

/// What becomes of lists of objects inside a row that are no collections, such as a series or totals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableLists {
    /// A row is flat.
    Refused,
    /// A row is an object, and may have lists.
    Allowed,
}

/// The rows of a plan, which is changed so that its answer tells whether they are all.
///
/// # Errors
/// `NOT_ACCEPTABLE` where the plan has no list of objects or several, or where an object has a list inside.
pub fn table(plan: &mut Plan, largest_page: u32, lists: TableLists) -> Result<Table, RequestError> {
    let mut search = Walk {
        largest_page,
        found: Vec::new(),
    };
    for (key, output) in &mut plan.roots {
        let path = vec![key.name().to_owned()];
        search.root(output, &mut plan.loads, path);
    }
    let mut found = search.found.into_iter();
    let Some(mut first) = found.next() else {
        return Err(not_acceptable(
            "The query has no collection, so it has no rows; select the nodes of one, such as { results { nodes { label value } } }, or accept JSON. The totals of an aggregate are rows too: `totals` and not `total`.",
        ));
    };
    if let Some(second) = found.next() {
        return Err(not_acceptable(format!(
            "The query has more than one list of rows: {} and {}. Keep one of them, or accept JSON.",
            first.path.join("."),
            second.path.join("."),
        )));
    }
    if lists == TableLists::Refused {
        first.collections.append(&mut first.lists);
    }
    if let Some(inside) = first.collections.first() {
        return Err(not_acceptable(format!(
            "{} is a list inside each row of {}, and a row has one value in each column. Leave it out, make it the collection of the query, or accept JSON.",
            inside.join("."),
            first.path.join("."),
        )));
    }
    let skipped = usize::from(first.node.is_some());
    let columns = first.columns.into_iter().map(|path| TableColumn {
        name: path[skipped..].join("."),
        path,
    });
    Ok(Table {
        path: first.path,
        columns: columns.collect(),
        node: first.node,
        most: first.most,
    })
}

fn not_acceptable(message: impl Into<String>) -> RequestError {
    RequestError::new(Code::NotAcceptable, message)
}

/// A walk along the outputs of a plan and what is loaded for them.
struct Walk {
    largest_page: u32,
    found: Vec<Found>,
}

impl Walk {
    fn root(&mut self, output: &mut RootOutput, loads: &mut [Root], path: Vec<String>) {
        match output {
            RootOutput::Typename | RootOutput::Introspection | RootOutput::Null => {}
            RootOutput::Row(row) => {
                // It is shared between rows of one look-up, and this one has one row.
                if let (Root::Lookup { fetch, .. }, Some(object)) =
                    (&mut loads[row.load], Arc::get_mut(&mut row.object))
                {
                    self.object(object, fetch, path);
                }
            }
            RootOutput::Rows(rows) => {
                let mut found = Found::at(path);
                let mut seen = HashSet::new();
                for row in rows.iter().flatten() {
                    // The rows of one type share their object.
                    if seen.insert(Arc::as_ptr(&row.object)) {
                        found.object(&row.object, &[]);
                    }
                }
                self.found.push(found);
            }
            RootOutput::Collection(place, fields) => {
                if let Root::Collection(collection) = &mut loads[*place] {
                    self.collection(fields, collection, path);
                }
            }
            RootOutput::Search(place, fields) => {
                if let Root::Search(search) = &mut loads[*place] {
                    let before = self.found.len();
                    for (key, field) in &*fields {
                        let path = beside(&path, key);
                        match field {
                            SearchOutput::Nodes(objects) => self.list(path, |found| {
                                objects.iter().for_each(|object| found.object(object, &[]));
                            }),
                            SearchOutput::Edges(fields) => {
                                self.list(path, |found| found.hits(fields));
                            }
                            _ => {}
                        }
                    }
                    if let Some(most) = self.whole(before, &mut search.page, &mut search.wanted) {
                        fields.push(page_info(SearchOutput::PageInfo));
                        self.found[before].most = Some(most);
                    }
                }
            }
        }
    }

    /// The lists below a single object.
    fn object(&mut self, object: &mut Object, fetch: &mut Fetch, path: Vec<String>) {
        for (key, output) in &mut object.fields {
            let path = beside(&path, key);
            match output {
                Output::SameRow { object, .. } => self.object(object, fetch, path),
                Output::ToOne { child, object } => {
                    self.object(object, &mut fetch.to_ones[*child].fetch, path);
                }
                Output::Collection { child, fields } => {
                    self.collection(fields, &mut fetch.collections[*child], path);
                }
                Output::List { object, .. } => self.list(path, |found| {
                    found.object(object, &[]);
                }),
                Output::Series { fields, .. } => self.list(path, |found| found.points(fields)),
                _ => {}
            }
        }
    }

    fn collection(
        &mut self,
        fields: &mut Vec<(ResponseKey, ConnectionOutput)>,
        collection: &mut Collection,
        path: Vec<String>,
    ) {
        let before = self.pages(fields, &path);
        if let Some(most) = self.whole(before, &mut collection.page, &mut collection.wanted) {
            fields.push(page_info(ConnectionOutput::PageInfo));
            self.found[before].most = Some(most);
        }
        for (key, field) in fields {
            let ConnectionOutput::Groups(place, fields) = field else {
                continue;
            };
            let path = beside(&path, key);
            let groups = &mut collection.groups[*place];
            let before = self.pages(fields, &path);
            if let Some(most) = self.whole(before, &mut groups.page, &mut groups.wanted) {
                fields.push(page_info(ConnectionOutput::PageInfo));
                self.found[before].most = Some(most);
            }
        }
    }

    /// The lists that a connection has itself; how many there were before.
    fn pages(&mut self, fields: &[(ResponseKey, ConnectionOutput)], path: &[String]) -> usize {
        for (key, field) in fields {
            if let ConnectionOutput::Aggregate(fields) = field {
                let path = beside(path, key);
                for (key, field) in fields {
                    if let AggregateOutput::Totals(fields) = field {
                        self.list(beside(&path, key), |found| found.total(fields, &[]));
                    }
                }
            }
        }
        let before = self.found.len();
        for (key, field) in fields {
            let path = beside(path, key);
            match field {
                ConnectionOutput::Nodes(object) => {
                    self.list(path, |found| found.object(object, &[]));
                }
                ConnectionOutput::Edges(fields) => self.list(path, |found| found.edges(fields)),
                _ => {}
            }
        }
        before
    }

    fn list(&mut self, path: Vec<String>, describe: impl FnOnce(&mut Found)) {
        let mut found = Found::at(path);
        describe(&mut found);
        self.found.push(found);
    }

    /// Where the request does not say which page it wants of a list that was found, it is all that a page may have, and it
    /// has to be known whether something follows. How many that is.
    fn whole(&self, before: usize, page: &mut Page, wanted: &mut Wanted) -> Option<u32> {
        if page.is_chosen || self.found.len() == before {
            return None;
        }
        page.size = self.largest_page;
        wanted.next = true;
        Some(self.largest_page)
    }
}

fn page_info<T>(output: impl FnOnce(Vec<(ResponseKey, PageInfoField)>) -> T) -> (ResponseKey, T) {
    let field = (ResponseKey::new("hasNextPage"), PageInfoField::HasNextPage);
    (ResponseKey::new(PAGE_KEY), output(vec![field]))
}

/// A path that goes one key further.
fn beside(path: &[String], key: &ResponseKey) -> Vec<String> {
    let mut path = path.to_vec();
    path.push(key.name().to_owned());
    path
}
