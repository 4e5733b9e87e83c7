//! Loads what is said of a whole collection: its counts and its totals.

use std::{collections::HashMap, ops::Range};

use super::{gather::Gatherer, rows::Rows, snapshot::Session, total::Total};
use crate::{error::Internal, plan::Collection, sql};

/// What is said of a whole collection under each parent.
pub struct LoadedAggregates {
    /// For each parent, which of the aggregates is its; `None` for a parent without rows.
    of_parent: Vec<Option<usize>>,
    aggregates: Vec<Aggregate>,
    /// The totals of all parents.
    pub all_totals: Vec<Total>,
    /// The fiscal year of each total, where years are told apart.
    pub years: Vec<i64>,
    /// The unit of each total.
    pub units: Rows,
}

/// What is said of the rows under one parent.
pub(super) struct Aggregate {
    /// The counts, in the order of the plan.
    pub(super) counts: Vec<i64>,
    /// The places of its totals among all.
    pub(super) totals: Range<usize>,
}

/// The aggregates of all parents that have rows, before they are tied to the parents.
pub(super) struct Aggregates {
    /// The place of each parent's aggregate, by the parent's key; 0 is the key of the root.
    pub(super) places: HashMap<i64, usize>,
    pub(super) aggregates: Vec<Aggregate>,
    pub(super) all_totals: Vec<Total>,
    pub(super) years: Vec<i64>,
    pub(super) units: Rows,
}

impl LoadedAggregates {
    /// A count under a parent; a parent without rows has none of anything.
    pub fn count(&self, parent: usize, place: usize) -> i64 {
        self.of_parent[parent].map_or(0, |aggregate| self.aggregates[aggregate].counts[place])
    }

    /// The places of the totals of each parent that has rows, in any order.
    pub(super) fn ranges(&self) -> impl Iterator<Item = Range<usize>> {
        self.aggregates
            .iter()
            .map(|aggregate| aggregate.totals.clone())
    }

    /// The places of a parent's totals among all.
    pub fn totals(&self, parent: usize) -> Range<usize> {
        self.of_parent[parent].map_or(0..0, |aggregate| self.aggregates[aggregate].totals.clone())
    }
}

/// Loads what is said of a collection under each of the parents with these keys, or at the root.
pub(super) fn load_aggregates(
    session: &mut Session<'_>,
    collection: &Collection,
    keys: Option<&[i64]>,
) -> Result<LoadedAggregates, Internal> {
    let distinct = keys.map(|keys| {
        let mut distinct = keys.to_vec();
        distinct.sort_unstable();
        distinct.dedup();
        distinct
    });
    let loaded = if distinct.as_ref().is_some_and(Vec::is_empty) {
        Aggregates {
            places: HashMap::new(),
            aggregates: Vec::new(),
            all_totals: Vec::new(),
            years: Vec::new(),
            units: Rows::new(1),
        }
    } else if let Some(wanted) = &collection.totals {
        let (statement, columns) = sql::totals(collection, wanted, distinct.as_deref());
        let mut gatherer = Gatherer::new(collection, wanted, columns);
        session.each(&statement, &mut |record| gatherer.take(record))?;
        gatherer.finish()
    } else {
        load_counts(session, collection, distinct.as_deref())?
    };
    let place = |key: &i64| loaded.places.get(key).copied();
    Ok(LoadedAggregates {
        of_parent: match keys {
            Some(keys) => keys.iter().map(place).collect(),
            None => vec![place(&0)],
        },
        aggregates: loaded.aggregates,
        all_totals: loaded.all_totals,
        years: loaded.years,
        units: loaded.units,
    })
}

fn load_counts(
    session: &mut Session<'_>,
    collection: &Collection,
    distinct: Option<&[i64]>,
) -> Result<Aggregates, Internal> {
    let first = usize::from(distinct.is_some());
    let counts = first..first + collection.counts.len();
    let rows = Rows::with_room(counts.end, distinct.map_or(1, <[i64]>::len));
    let rows = session.rows(&sql::counts(collection, distinct), rows)?;
    let int = |row: usize, column: usize| rows.int(row, column).unwrap_or_default();
    let key = |row: usize| distinct.map_or(0, |_| int(row, 0));
    Ok(Aggregates {
        places: (0..rows.len()).map(|row| (key(row), row)).collect(),
        aggregates: (0..rows.len())
            .map(|row| Aggregate {
                counts: counts.clone().map(|column| int(row, column)).collect(),
                totals: 0..0,
            })
            .collect(),
        all_totals: Vec::new(),
        years: Vec::new(),
        units: Rows::new(1),
    })
}
