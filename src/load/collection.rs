//! Loads a collection: its page under each parent, and what is said of all of it.

use super::{
    aggregates::{LoadedAggregates, load_aggregates},
    levels::{LoadedFetch, load_below},
    rows::Rows,
    snapshot::Session,
};
use crate::{
    error::Internal,
    plan::{Collection, PageDirection},
    sql,
};

/// A collection under each of its parents; at the root there is one.
pub struct LoadedCollection {
    /// The page; `None` where nothing of it is asked for.
    pub page: Option<LoadedPage>,
    /// What is said of the whole; `None` where nothing is asked for.
    pub aggregates: Option<LoadedAggregates>,
}

/// The rows of a page under each parent.
pub struct LoadedPage {
    /// For each parent, its page.
    pub slices: Vec<PageSlice>,
    /// The name of the rows' type, which cursors are made of together with the sort key.
    pub type_name: &'static str,
    /// The place among the columns of the sort key.
    pub sort_key: usize,
    /// The rows of all pages.
    pub fetch: LoadedFetch,
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
    let keys = match (&collection.parent, parents) {
        (Some(parent), Some(rows)) => Some(
            (0..rows.len())
                .map(|row| rows.int(row, parent.parent_key))
                .collect::<Option<Vec<i64>>>()
                .ok_or_else(|| Internal::Broken("a parent's key is missing".into()))?,
        ),
        _ => None,
    };
    let page = collection
        .wanted
        .anything()
        .then(|| load_page(session, collection, keys.as_deref()))
        .transpose()?;
    let is_aggregated = !collection.counts.is_empty() || collection.totals.is_some();
    let aggregates = is_aggregated
        .then(|| load_aggregates(session, collection, keys.as_deref()))
        .transpose()?;
    Ok(LoadedCollection { page, aggregates })
}

/// The most rows that come with a page and are not of it.
const NEIGHBOURS: usize = 2;

fn load_page(
    session: &mut Session<'_>,
    collection: &Collection,
    keys: Option<&[i64]>,
) -> Result<LoadedPage, Internal> {
    let fetch = &collection.fetch;
    let width = fetch.columns.len();
    let sort_key = fetch
        .place_of(fetch.object.table.sort_key)
        .ok_or_else(|| Internal::Broken("a page does not read the sort key".into()))?;
    let parents = keys.map_or(1, <[i64]>::len);
    let rows = Rows::with_room(
        width,
        parents * (collection.page.size as usize + NEIGHBOURS),
    );
    let rows = match keys {
        Some([]) => rows,
        Some(keys) => session.rows_under_parents(&sql::page(collection, Some(keys)), rows)?,
        None => session.rows(&sql::page(collection, None), rows)?,
    };
    let (places, slices) = arrange(collection, &rows, sort_key, parents);
    let rows = rows.arranged(&places);
    Ok(LoadedPage {
        slices,
        type_name: fetch.object.name,
        sort_key,
        fetch: load_below(session, fetch, rows)?,
    })
}

/// Puts the rows in order and tells the page's own rows from their neighbours.
fn arrange(
    collection: &Collection,
    rows: &Rows,
    sort_key: usize,
    parents: usize,
) -> (Vec<u32>, Vec<PageSlice>) {
    let page = &collection.page;
    let place = |row: u32| (rows.parent(row as usize), rows.text(row as usize, sort_key));
    let mut order: Vec<u32> = (0..rows.len() as u32).collect();
    if !order.is_sorted_by_key(|row| place(*row)) {
        order.sort_unstable_by(|a, b| place(*a).cmp(&place(*b)));
    }
    let size = page.size as usize;
    let mut kept = Vec::with_capacity(order.len());
    let mut slices = vec![PageSlice::default(); parents];
    let mut rest = order.as_slice();
    for (parent, slice) in slices.iter_mut().enumerate() {
        let own = rest.partition_point(|row| place(*row).0 == parent);
        let (mut own, others) = rest.split_at(own);
        rest = others;
        let passed = page
            .after
            .as_deref()
            .map_or(0, |after| own.partition_point(|row| place(*row).1 <= after));
        let until = page.before.as_deref().map_or(own.len(), |before| {
            own.partition_point(|row| place(*row).1 < before)
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
