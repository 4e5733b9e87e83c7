//! What an operation may cost, told from its plan and from the sizes of the tables before any row is read: the most rows that
//! it can be answered with, and the most that must be looked at for them.
//!
//! The pages of collections are multiplied down the tree and added up. It is counted along what is written and not along
//! what is read: a row that is at hand is read once, but what hangs on it is written wherever it is asked for. A row of a
//! collection has one parent, so however many parents there are, a collection has no more rows than its table has, times
//! how often one parent may be written. docs/decisions/cost.md works this out.

mod work;

use std::collections::HashMap;

use entity::sizes::Sizes;

use super::{
    fetch::{Fetch, Link},
    output::{ConnectionOutput, EdgeOutput, Object, Output, ResponseKey},
    search::{Search, SearchEdgeOutput, SearchOutput},
    selection::Operation,
    tree::{Collection, ParentLink, Plan, Root, RootOutput, RowOutput},
};
use crate::{
    error::{Code, RequestError},
    limits::Limits,
};

/// What one request may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CostLimits {
    /// The most rows that it may be answered with.
    pub rows: u64,
    /// The most rows that may have to be looked at for it.
    pub work: u64,
}

impl From<&Limits> for CostLimits {
    fn from(limits: &Limits) -> CostLimits {
        CostLimits {
            rows: limits.cost,
            work: limits.work,
        }
    }
}

/// What an operation costs at the most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// The rows that it is answered with.
    pub rows: u64,
    /// The rows that are looked at for it.
    pub work: u64,
}

/// The cost of a plan over tables of these sizes.
///
/// # Errors
/// `QUERY_TOO_COMPLEX` where it is more than one of the limits, with the field that costs most.
pub fn cost(
    plan: &Plan,
    operation: &Operation<'_>,
    sizes: &Sizes,
    limits: CostLimits,
) -> Result<Cost, RequestError> {
    let mut tally = Tally {
        sizes,
        path: Vec::new(),
        rows: Sum::default(),
        work: Sum::default(),
    };
    for (key, output) in &plan.roots {
        tally.under(key, |tally| tally.root(plan, output));
    }
    if tally.rows.sum > limits.rows {
        return Err(tally.rows.too_many(operation, limits.rows));
    }
    if tally.work.sum > limits.work {
        return Err(tally.work.too_much(operation, limits.work));
    }
    Ok(Cost {
        rows: tally.rows.sum,
        work: tally.work.sum,
    })
}

/// Costs, being added up.
struct Tally<'p> {
    sizes: &'p Sizes,
    /// The response keys that lead to the field being looked at.
    path: Vec<&'p str>,
    rows: Sum<'p>,
    work: Sum<'p>,
}

/// What fields cost of one kind, and which of them costs most.
#[derive(Default)]
struct Sum<'p> {
    sum: u64,
    /// The most that one field costs, without what is below it.
    most: u64,
    /// The first field that costs so much.
    dearest: Vec<&'p str>,
}

/// The rows of one occurrence of a type, and those that they hang on.
struct Frame<'f> {
    fetch: &'f Fetch,
    parent: Option<&'f Frame<'f>>,
    /// How many of them hang on one row of the parent.
    under_one: u64,
    /// As they are written.
    written: Reach,
    /// As they are read: what is referred to again and again is read once.
    read: Reach,
}

/// How many rows there may be.
#[derive(Clone, Copy)]
struct Reach {
    /// All of them.
    rows: u64,
    /// How often the same row may be among them.
    times: u64,
}

/// What hangs on nothing is there once.
const ROOT: Reach = Reach { rows: 1, times: 1 };

/// How many rows a collection may have under its parents.
struct Spread {
    /// Under one parent.
    under_one: u64,
    /// In the whole table.
    all: u64,
    /// Under how many different parents the same row may be.
    parents_of_one: u64,
}

impl Spread {
    fn new(sizes: &Sizes, collection: &Collection, parent: Option<&Frame<'_>>) -> Spread {
        Spread {
            under_one: work::under_one(sizes, collection),
            all: sizes.rows(collection.connection.node.table.name),
            parents_of_one: match (&collection.parent, parent) {
                (Some(ParentLink::Reference { parent_key, .. }), Some(parent)) => {
                    parent.sharing(sizes, *parent_key)
                }
                _ => 1,
            },
        }
    }

    /// The rows under such parents where there are at most so many under each.
    fn under(&self, parents: Reach, size: u64) -> Reach {
        let times = parents.times.saturating_mul(self.parents_of_one);
        let under_each = parents.rows.saturating_mul(size.min(self.under_one));
        Reach {
            rows: under_each.min(times.saturating_mul(self.all)),
            times,
        }
    }
}

impl Frame<'_> {
    /// How many rows of the table have the same value in the column at this place.
    fn sharing(&self, sizes: &Sizes, place: usize) -> u64 {
        let table = &self.fetch.object.table;
        let column = self.fetch.columns[place].column;
        match column.name() == table.id.name() {
            true => 1,
            false => sizes.shared(table.name, column.name()),
        }
    }
}

impl<'p> Sum<'p> {
    fn add(&mut self, amount: u64, path: &[&'p str]) {
        self.sum = self.sum.saturating_add(amount);
        if amount > self.most {
            self.most = amount;
            path.clone_into(&mut self.dearest);
        }
    }

    fn too_many(&self, operation: &Operation<'_>, limit: u64) -> RequestError {
        let message = format!(
            "The query may be answered with {} rows, more than the {limit} that one request may have. {} of them are those of {}; ask for fewer there with `first`, or in several requests.",
            self.sum,
            self.most,
            self.dearest.join("."),
        );
        self.fault(operation, limit, "cost", message)
    }

    fn too_much(&self, operation: &Operation<'_>, limit: u64) -> RequestError {
        let message = format!(
            "For the query {} rows may have to be looked at, more than the {limit} that one request may take. {} of them are looked at for {}; narrow it there with a filter by code or id, ask for fewer totals, groups and orders at once, or ask in several requests.",
            self.sum,
            self.most,
            self.dearest.join("."),
        );
        self.fault(operation, limit, "work", message)
    }

    fn fault(
        &self,
        operation: &Operation<'_>,
        limit: u64,
        name: &'static str,
        message: String,
    ) -> RequestError {
        let mut fault = RequestError::new(Code::TooComplex, message)
            .in_field(self.dearest.iter().copied())
            .with("estimate", self.sum)
            .with("limit", limit)
            .with("limitName", name);
        fault.locations = operation.locations(&self.dearest);
        fault
    }
}

impl<'p> Tally<'p> {
    fn under(&mut self, key: &'p ResponseKey, count: impl FnOnce(&mut Self)) {
        self.path.push(key.name());
        count(self);
        self.path.pop();
    }

    /// Adds the rows of a field by itself; it costs one under each parent at the least.
    fn rows(&mut self, rows: u64, parents: u64) {
        self.rows.add(rows.max(parents), &self.path);
    }

    /// Adds what has to be looked at for a field by itself.
    fn work(&mut self, rows: u64) {
        self.work.add(rows, &self.path);
    }

    fn root(&mut self, plan: &'p Plan, output: &'p RootOutput) {
        match output {
            RootOutput::Typename | RootOutput::Introspection => {}
            RootOutput::Null => self.rows(1, 1),
            RootOutput::Row(row) => {
                self.rows(1, 1);
                self.looked_up(plan, row, ROOT);
            }
            RootOutput::Rows(rows) => {
                self.rows(rows.len() as u64, 1);
                for (row, reach) in lookups(rows) {
                    self.looked_up(plan, row, reach);
                }
            }
            RootOutput::Collection(place, fields) => {
                if let Root::Collection(collection) = &plan.loads[*place] {
                    self.collection(collection, fields, None);
                }
            }
            RootOutput::Search(place, fields) => {
                if let Root::Search(search) = &plan.loads[*place] {
                    self.search(search, fields);
                }
            }
        }
    }

    /// A search. Its hits may be of any kind, so what hangs on them is counted for as many of each kind as there may be.
    fn search(&mut self, search: &'p Search, fields: &'p [(ResponseKey, SearchOutput)]) {
        let size = match search.wanted.anything() {
            true => u64::from(search.page.size),
            false => 0,
        };
        let documents = search
            .kinds
            .iter()
            .map(|kind| work::documents(self.sizes, *kind))
            .fold(0, u64::saturating_add);
        self.rows(size.min(documents), 1);
        self.work(work::of_search(self.sizes, search));
        for kind in &search.kinds {
            let hits = Reach {
                rows: size.min(work::documents(self.sizes, *kind)),
                times: 1,
            };
            let kind = *kind as usize;
            let fetch = &search.fetches[kind];
            if !fetch.is_bare() {
                self.work(hits.rows);
            }
            let frame = Frame {
                fetch,
                parent: None,
                under_one: hits.rows,
                written: hits,
                read: hits,
            };
            for (key, output) in fields {
                self.under(key, |tally| match output {
                    SearchOutput::Nodes(objects) => tally.object(&objects[kind], &frame),
                    SearchOutput::Edges(fields) => {
                        for (key, output) in fields {
                            if let SearchEdgeOutput::Node(objects) = output {
                                tally.under(key, |tally| tally.object(&objects[kind], &frame));
                            }
                        }
                    }
                    SearchOutput::Typename
                    | SearchOutput::PageInfo(_)
                    | SearchOutput::TotalCount => {}
                });
            }
        }
    }

    /// What hangs on rows that are found by their keys.
    fn looked_up(&mut self, plan: &'p Plan, row: &'p RowOutput, written: Reach) {
        if let Root::Lookup {
            fetch,
            natural_keys,
        } = &plan.loads[row.load]
        {
            let read = Reach {
                rows: natural_keys.len() as u64,
                times: 1,
            };
            self.work(read.rows);
            let frame = Frame {
                fetch,
                parent: None,
                under_one: read.rows,
                written,
                read,
            };
            self.object(&row.object, &frame);
        }
    }

    fn object(&mut self, object: &'p Object, frame: &Frame<'_>) {
        for (key, output) in &object.fields {
            self.under(key, |tally| tally.output(output, frame));
        }
    }

    fn output(&mut self, output: &'p Output, frame: &Frame<'_>) {
        match output {
            Output::Typename(_)
            | Output::Id(..)
            | Output::Scalar(..)
            | Output::Change(_)
            | Output::InWords(_)
            | Output::Aggregate(_) => {}
            Output::Series { child, .. } => {
                // Its points are totals, which a collection has without any rows of their own.
                self.rows(0, frame.written.rows);
                let results = &frame.fetch.series[*child].results;
                let scope =
                    Spread::new(self.sizes, results, Some(frame)).under(frame.read, u64::MAX);
                self.work(work::of_whole(
                    self.sizes,
                    results,
                    &results.aggregated,
                    true,
                    scope,
                ));
            }
            Output::SameRow { object, .. } => self.object(object, frame),
            Output::ToOne { child, object } => self.referred(*child, object, frame),
            Output::AtHand { levels, object } => self.at_hand(*levels, object, frame),
            Output::Collection { child, fields } => {
                self.collection(&frame.fetch.collections[*child], fields, Some(frame));
            }
            Output::List { child, object } => {
                let list = &frame.fetch.lists[*child];
                let (table, column) = list.link.shared();
                let of_one = self.sizes.shared(table, column);
                let of_all = |holders: Reach| Reach {
                    rows: holders.rows.saturating_mul(of_one),
                    times: holders.rows,
                };
                let (written, read) = (of_all(frame.written), of_all(frame.read));
                self.rows(written.rows, frame.written.rows);
                self.work(read.rows);
                let frame = Frame {
                    fetch: &list.fetch,
                    parent: Some(frame),
                    under_one: of_one,
                    written,
                    read,
                };
                self.object(object, &frame);
            }
        }
    }

    /// What hangs on rows that other rows refer to. They cost nothing themselves.
    fn referred(&mut self, child: usize, object: &'p Object, frame: &Frame<'_>) {
        let to_one = &frame.fetch.to_ones[child];
        let table = to_one.fetch.object.table.name;
        let Reach { rows, times } = frame.written;
        let times = match to_one.link {
            Link::Key(place) => times.saturating_mul(frame.sharing(self.sizes, place)),
            Link::Previous => rows,
        };
        let read = Reach {
            rows: frame.read.rows.min(self.sizes.rows(table)),
            times: 1,
        };
        self.work(read.rows);
        let frame = Frame {
            fetch: &to_one.fetch,
            parent: Some(frame),
            under_one: 1,
            written: Reach {
                rows,
                times: times.min(rows),
            },
            read,
        };
        self.object(object, &frame);
    }

    /// What hangs on a row so many parents up, wherever it is written.
    fn at_hand(&mut self, levels: usize, object: &'p Object, frame: &Frame<'_>) {
        let rows = frame.written.rows;
        let mut at_hand = frame;
        let mut below_one = 1_u64;
        for _ in 0..levels {
            below_one = below_one.saturating_mul(at_hand.under_one);
            match at_hand.parent {
                Some(parent) => at_hand = parent,
                None => return,
            }
        }
        let times = at_hand.written.times.saturating_mul(below_one).min(rows);
        let frame = Frame {
            written: Reach { rows, times },
            ..*at_hand
        };
        self.object(object, &frame);
    }

    /// A collection under the rows of a frame, or at the root. Where nothing of its page is asked for, it still costs one
    /// under each of them.
    fn collection(
        &mut self,
        collection: &Collection,
        fields: &'p [(ResponseKey, ConnectionOutput)],
        above: Option<&Frame<'_>>,
    ) {
        let sizes = self.sizes;
        let spread = Spread::new(sizes, collection, above);
        let (parents, reading) = above.map_or((ROOT, ROOT), |above| (above.written, above.read));
        let scope = spread.under(reading, u64::MAX);
        let size = match collection.wanted.anything() {
            true => u64::from(collection.page.size),
            false => 0,
        };
        let frame = Frame {
            fetch: &collection.fetch,
            parent: above,
            under_one: size.min(spread.under_one),
            written: spread.under(parents, size),
            read: spread.under(reading, size),
        };
        self.rows(frame.written.rows, parents.rows);
        if collection.wanted.anything() {
            let page = frame.under_one;
            self.work(work::of_page(sizes, collection, reading.rows, scope, page));
        }
        let aggregated = &collection.aggregated;
        if !aggregated.is_empty() {
            self.work(work::of_whole(sizes, collection, aggregated, false, scope));
        }
        self.fields(fields, &frame);
        for (key, output) in fields {
            if let ConnectionOutput::Groups(place, fields) = output {
                let groups = &collection.groups[*place];
                let size = match groups.wanted.anything() {
                    true => u64::from(groups.page.size),
                    false => 0,
                };
                // A group has a row at the least, and a row is in one group under each of its parents.
                let frame = Frame {
                    fetch: &groups.fetch,
                    parent: above,
                    under_one: size.min(spread.under_one),
                    written: spread.under(parents, size),
                    read: spread.under(reading, size),
                };
                self.under(key, |tally| {
                    tally.rows(frame.written.rows, parents.rows);
                    tally.work(work::of_whole(
                        sizes,
                        collection,
                        &groups.aggregated,
                        true,
                        scope,
                    ));
                    tally.fields(fields, &frame);
                });
            }
        }
    }

    /// What hangs on the rows of a page.
    fn fields(&mut self, fields: &'p [(ResponseKey, ConnectionOutput)], frame: &Frame<'_>) {
        for (key, output) in fields {
            self.under(key, |tally| match output {
                ConnectionOutput::Nodes(object) => tally.object(object, frame),
                ConnectionOutput::Edges(fields) => {
                    for (key, output) in fields {
                        if let EdgeOutput::Node(object) = output {
                            tally.under(key, |tally| tally.object(object, frame));
                        }
                    }
                }
                ConnectionOutput::Typename(_)
                | ConnectionOutput::PageInfo(_)
                | ConnectionOutput::TotalCount(_)
                | ConnectionOutput::Aggregate(_)
                | ConnectionOutput::Groups(..) => {}
            });
        }
    }
}

/// One row of each look-up among these, how many there are of it, and how often the same one.
fn lookups(rows: &[Option<RowOutput>]) -> Vec<(&RowOutput, Reach)> {
    let mut lookups: Vec<(&RowOutput, Reach)> = Vec::new();
    let mut times: HashMap<(usize, &str), u64> = HashMap::new();
    for row in rows.iter().flatten() {
        let times = times.entry((row.load, &row.natural_key)).or_default();
        *times += 1;
        match lookups.iter_mut().find(|(known, _)| known.load == row.load) {
            Some((_, reach)) => {
                reach.rows += 1;
                reach.times = reach.times.max(*times);
            }
            None => lookups.push((row, ROOT)),
        }
    }
    lookups
}

#[cfg(test)]
mod tests;
