//! Walks a plan level by level.

use std::collections::HashMap;

use super::{
    aggregates::LoadedAggregates,
    change::Change,
    collection::{LoadedCollection, load_collection},
    previous::{changes, load_previous},
    rows::Rows,
    search::{LoadedSearch, load_search},
    series::{LoadedSeries, load_series},
    snapshot::Session,
};
use crate::{
    error::Internal,
    plan::{Fetch, Link, List, ListLink, Plan, Root},
    sql,
};

/// What was loaded for one thing at the root, as the plan lists them.
pub enum Loaded {
    /// Rows by natural key, with the place of each.
    Lookup(Box<LoadedFetch>, HashMap<String, usize>),
    /// A collection with one parent: the root.
    Collection(Box<LoadedCollection>),
    /// What was found by its words.
    Search(Box<LoadedSearch>),
}

/// The rows of a fetch and what hangs on them, each list in the order of the plan.
pub struct LoadedFetch {
    /// The rows.
    pub rows: Rows,
    /// Rows that they refer to.
    pub to_ones: Vec<LoadedToOne>,
    /// Collections under them.
    pub collections: Vec<LoadedCollection>,
    /// Plain lists under them.
    pub lists: Vec<LoadedList>,
    /// Series of them.
    pub series: Vec<LoadedSeries>,
    /// For each row, the change from the previous one; empty where changes are not asked for.
    pub changes: Vec<Option<Change>>,
    /// What is said of each, where they are groups.
    pub aggregates: Option<LoadedAggregates>,
}

/// Rows that other rows refer to.
pub struct LoadedToOne {
    /// For each referring row, the place of the row it refers to.
    pub links: Vec<Option<u32>>,
    /// The rows referred to.
    pub fetch: LoadedFetch,
}

/// The plain lists of rows.
pub struct LoadedList {
    /// For each row, where its list begins and ends.
    pub ranges: Vec<std::ops::Range<usize>>,
    /// The rows of all lists.
    pub fetch: LoadedFetch,
}

/// Loads all that a plan asks for.
///
/// # Errors
/// Whatever the database reports; nothing else can fail here.
pub fn load(session: &mut Session<'_>, plan: &Plan) -> Result<Vec<Loaded>, Internal> {
    plan.loads
        .iter()
        .map(|root| match root {
            Root::Lookup {
                fetch,
                natural_keys,
            } => load_lookup(session, fetch, natural_keys),
            Root::Collection(collection) => Ok(Loaded::Collection(Box::new(load_collection(
                session, collection, None,
            )?))),
            Root::Search(search) => Ok(Loaded::Search(Box::new(load_search(session, search)?))),
        })
        .collect()
}

fn load_lookup(
    session: &mut Session<'_>,
    fetch: &Fetch,
    natural_keys: &[String],
) -> Result<Loaded, Internal> {
    let statement = sql::rows_by_natural_key(fetch, natural_keys);
    let rows = Rows::with_room(fetch.columns.len(), natural_keys.len());
    let rows = session.rows(&statement, rows)?;
    let natural_key = fetch
        .place_of(fetch.object.table.natural_key)
        .ok_or_else(|| Internal::Broken("a look-up does not read the natural key".into()))?;
    session.hold_each::<(String, usize)>(2 * rows.len())?;
    let places = (0..rows.len())
        .map(|row| (rows.text(row, natural_key).to_owned(), row))
        .collect();
    let fetch = load_below(session, fetch, rows)?;
    Ok(Loaded::Lookup(Box::new(fetch), places))
}

/// Loads what hangs on rows that have been read.
pub(super) fn load_below(
    session: &mut Session<'_>,
    fetch: &Fetch,
    rows: Rows,
) -> Result<LoadedFetch, Internal> {
    let to_ones = fetch
        .to_ones
        .iter()
        .map(|to_one| match to_one.link {
            Link::Key(key) => load_to_one(session, &to_one.fetch, key, &rows),
            Link::Previous => load_previous(session, &to_one.fetch, &rows),
        })
        .collect::<Result<Vec<_>, _>>()?;
    let collections = fetch
        .collections
        .iter()
        .map(|collection| load_collection(session, collection, Some(&rows)))
        .collect::<Result<_, _>>()?;
    let lists = fetch
        .lists
        .iter()
        .map(|list| load_list(session, list, &rows))
        .collect::<Result<_, _>>()?;
    let series = fetch
        .series
        .iter()
        .map(|series| load_series(session, series, &rows))
        .collect::<Result<_, _>>()?;
    if fetch.change.is_some() {
        session.hold_each::<Option<Change>>(rows.len())?;
    }
    let changes = match &fetch.change {
        Some(columns) => changes(&rows, &to_ones[columns.previous], columns),
        None => Vec::new(),
    };
    Ok(LoadedFetch {
        rows,
        to_ones,
        collections,
        lists,
        series,
        changes,
        aggregates: None,
    })
}

fn load_to_one(
    session: &mut Session<'_>,
    fetch: &Fetch,
    key: usize,
    referring: &Rows,
) -> Result<LoadedToOne, Internal> {
    let keys: Vec<Option<i64>> = (0..referring.len())
        .map(|row| referring.int(row, key))
        .collect();
    let (links, fetch) = load_referred(session, fetch, &keys)?;
    Ok(LoadedToOne { links, fetch })
}

/// Loads rows by their ids, and tells for each id the place of its row.
pub(super) fn load_referred(
    session: &mut Session<'_>,
    fetch: &Fetch,
    keys: &[Option<i64>],
) -> Result<(Vec<Option<u32>>, LoadedFetch), Internal> {
    session.hold_each::<Option<u32>>(keys.len())?;
    let mut ids: Vec<i64> = keys.iter().copied().flatten().collect();
    ids.sort_unstable();
    ids.dedup();
    let mut rows = Rows::with_room(fetch.width(), ids.len());
    if !ids.is_empty() {
        rows = session.rows(&sql::rows_by_id(fetch, &ids), rows)?;
    }
    let mut places: Vec<(i64, u32)> = (0..rows.len())
        .filter_map(|row| Some((rows.int(row, 0)?, row as u32)))
        .collect();
    places.sort_unstable();
    let place = |id: i64| {
        let found = places.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        Some(places[found].1)
    };
    let links = keys.iter().map(|key| place((*key)?)).collect();
    Ok((links, load_below(session, fetch, rows)?))
}

fn load_list(
    session: &mut Session<'_>,
    list: &List,
    holders: &Rows,
) -> Result<LoadedList, Internal> {
    let ordered_by = list.fetch.columns.len();
    let ids: Vec<i64> = (0..holders.len())
        .filter_map(|row| holders.int(row, 0))
        .collect();
    let mut rows = Rows::new(ordered_by + 1);
    if !ids.is_empty() {
        rows = session.rows_under_parents(&sql::list(list, &ids), rows)?;
    }
    // They are few, and the index gives them in another order.
    let mut in_order: Vec<u32> = (0..rows.len() as u32).collect();
    in_order.sort_by_key(|row| {
        let row = *row as usize;
        let number = rows.int(row, ordered_by);
        let number = match list.link {
            ListLink::Closure(_) => number,
            ListLink::Reference(_) => number.map(i64::wrapping_neg),
        };
        (rows.parent(row), number)
    });
    let rows = rows.arranged(&in_order);
    session.hold_each::<std::ops::Range<usize>>(ids.len())?;
    let mut ranges = Vec::with_capacity(ids.len());
    let mut start = 0;
    for holder in 0..ids.len() {
        let mut end = start;
        while end < rows.len() && rows.parent(end) == holder {
            end += 1;
        }
        ranges.push(start..end);
        start = end;
    }
    Ok(LoadedList {
        ranges,
        fetch: load_below(session, &list.fetch, rows)?,
    })
}
