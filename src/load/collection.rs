//! Loads a collection: its page under each parent, and what is said of all of it.

use super::{
    aggregates::{LoadedAggregates, load_aggregates},
    budget::located,
    groups::load_groups,
    order_totals::load_order_totals,
    rows::{Cell, Rows},
    snapshot::Session,
    tree::{LoadedFetch, load_below},
};
use crate::{
    error::Internal,
    plan::{Collection, KeyValue, Order, Page, PageDirection, ParentLink, Position, cursor},
    sql::{self, ParentKeys},
};

/// A collection under each of its parents; at the root there is one.
pub struct LoadedCollection {
    /// The page; `None` where nothing of it is asked for.
    pub page: Option<LoadedPage>,
    /// What is said of the whole; `None` where nothing is asked for.
    pub aggregates: Option<LoadedAggregates>,
    /// Its groups, as collections.
    pub groups: Vec<LoadedCollection>,
}

/// The rows of a page under each parent.
pub struct LoadedPage {
    /// For each parent, its page.
    pub slices: Vec<PageSlice>,
    /// The name of the rows' type, for cursors.
    pub(super) type_name: &'static str,
    /// The name of the order, for cursors.
    pub(super) order_name: String,
    /// Where the value of each key of the order is in a row.
    pub(super) order_columns: Vec<usize>,
    /// The rows of all pages.
    pub fetch: LoadedFetch,
}

impl LoadedPage {
    /// The cursor of a row.
    pub fn cursor(&self, row: usize) -> String {
        let columns = self.order_columns.iter();
        let values = columns.map(|column| key_value(self.fetch.rows.cell(row, *column)));
        cursor::encode(self.type_name, &self.order_name, values)
    }
}

/// A page under one parent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PageSlice {
    /// The place of its first row.
    pub start: usize,
    /// The place after its last row.
    pub end: usize,
    /// Whether something follows.
    pub has_next: bool,
    /// Whether something precedes.
    pub has_previous: bool,
}

/// Loads a collection under each row of `parents`, or at the root.
pub(super) fn load_collection(
    session: &mut Session<'_>,
    collection: &Collection,
    parents: Option<&Rows>,
) -> Result<LoadedCollection, Internal> {
    load_parts(session, collection, parents).map_err(|cause| located(cause, &collection.asked))
}

fn load_parts(
    session: &mut Session<'_>,
    collection: &Collection,
    parents: Option<&Rows>,
) -> Result<LoadedCollection, Internal> {
    let keys = match (&collection.parent, parents) {
        (Some(parent), Some(rows)) => Some(parent_keys(parent, rows)?),
        _ => None,
    };
    let page = collection
        .wanted
        .anything()
        .then(|| load_page(session, collection, keys.as_ref()))
        .transpose()?;
    let aggregates = (!collection.aggregated.is_empty())
        .then(|| load_aggregates(session, collection, keys.as_ref()))
        .transpose()?;
    let groups = collection
        .groups
        .iter()
        .map(|groups| load_groups(session, collection, groups, keys.as_ref()))
        .collect::<Result<_, _>>()?;
    Ok(LoadedCollection {
        page,
        aggregates,
        groups,
    })
}

/// The key of each parent.
pub(super) fn parent_keys(parent: &ParentLink, rows: &Rows) -> Result<ParentKeys, Internal> {
    match parent {
        ParentLink::Reference { parent_key, .. } => (0..rows.len())
            .map(|row| rows.int(row, *parent_key))
            .collect::<Option<Vec<i64>>>()
            .map(ParentKeys::Ids)
            .ok_or_else(|| Internal::Broken("a parent's key is missing".into())),
        ParentLink::Group(links) => Ok(ParentKeys::Groups(
            (0..rows.len())
                .map(|row| links.iter().map(|link| rows.int(row, link.place)).collect())
                .collect(),
        )),
    }
}

/// The most rows that come with a page and are not of it.
pub(super) const NEIGHBOURS: usize = 2;

fn load_page(
    session: &mut Session<'_>,
    collection: &Collection,
    keys: Option<&ParentKeys>,
) -> Result<LoadedPage, Internal> {
    let fetch = &collection.fetch;
    let width = fetch.width();
    let parents = keys.map_or(1, ParentKeys::len);
    session.hold_each::<PageSlice>(parents)?;
    let rows = Rows::with_room(
        width,
        parents * (collection.page.size as usize + NEIGHBOURS),
    );
    let rows = match keys {
        Some(keys) if keys.is_empty() => rows,
        Some(keys) => {
            let totals = load_order_totals(session, collection, Some(keys))?;
            let statement = sql::page(session.dialect(), collection, Some(keys), &totals);
            session.rows_under_parents(&statement, rows)?
        }
        None => {
            let totals = load_order_totals(session, collection, None)?;
            let statement = sql::page(session.dialect(), collection, None, &totals);
            session.rows(&statement, rows)?
        }
    };
    let order_columns = order_columns(collection);
    let (places, slices) = arrange(
        &collection.page,
        &collection.order,
        &order_columns,
        &rows,
        parents,
    );
    let rows = rows.arranged(&places);
    Ok(LoadedPage {
        slices,
        type_name: fetch.object.name,
        order_name: collection.order.name.clone(),
        order_columns,
        fetch: load_below(session, fetch, rows)?,
    })
}

/// Puts the rows in order and tells the page's own rows from their neighbours. The values of the order are in these
/// columns.
pub(super) fn arrange<B>(
    page: &Page,
    by: &Order<B>,
    columns: &[usize],
    rows: &Rows,
    parents: usize,
) -> (Vec<u32>, Vec<PageSlice>) {
    let value = |row: u32| move |key: usize| key_value(rows.cell(row as usize, columns[key]));
    let parent = |row: u32| rows.parent(row as usize);
    let compare = |left: &u32, right: &u32| {
        let same_parent = || by.compare(value(*left), value(*right));
        parent(*left).cmp(&parent(*right)).then_with(same_parent)
    };
    let against = |row: u32, place: &Position| by.compare(value(row), |key| place.value(key));
    let mut order: Vec<u32> = (0..rows.len() as u32).collect();
    if !order.is_sorted_by(|left, right| compare(left, right).is_le()) {
        order.sort_unstable_by(compare);
    }
    let size = page.size as usize;
    let mut kept = Vec::with_capacity(order.len());
    let mut slices = vec![PageSlice::default(); parents];
    let mut rest = order.as_slice();
    for (under, slice) in slices.iter_mut().enumerate() {
        let own = rest.partition_point(|row| parent(*row) == under);
        let (mut own, others) = rest.split_at(own);
        rest = others;
        let passed = page.after.as_ref().map_or(0, |after| {
            own.partition_point(|row| against(*row, after).is_le())
        });
        let until = page.before.as_ref().map_or(own.len(), |before| {
            own.partition_point(|row| against(*row, before).is_lt())
        });
        // Where the cursors cross, nothing lies between them, and the page lies at the cursor of its own end.
        let (start, end) = match page.direction {
            PageDirection::Forwards => (passed, until.max(passed)),
            PageDirection::Backwards => (passed.min(until), until),
        };
        slice.has_previous = start > 0;
        slice.has_next = end < own.len();
        own = &own[start..end];
        if own.len() > size {
            match page.direction {
                PageDirection::Forwards => {
                    slice.has_next = true;
                    own = &own[..size];
                }
                PageDirection::Backwards => {
                    slice.has_previous = true;
                    own = &own[own.len() - size..];
                }
            }
        }
        slice.start = kept.len();
        kept.extend_from_slice(own);
        slice.end = kept.len();
    }
    (kept, slices)
}

/// Where the value of each key of the order is in a row.
fn order_columns(collection: &Collection) -> Vec<usize> {
    collection
        .order_places
        .iter()
        .map(|place| collection.fetch.resolve(*place))
        .collect()
}

/// A cell as a value of a key.
pub(super) fn key_value(cell: Cell<'_>) -> KeyValue<'_> {
    match cell {
        Cell::Null => KeyValue::Missing,
        Cell::Int(number) => KeyValue::Number(number),
        Cell::Text(text) => KeyValue::Text(text),
    }
}
