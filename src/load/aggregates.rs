//! Loads what is said of a whole collection, or of each of its groups: counts and totals.

use std::{collections::HashMap, ops::Range};

use super::{
    gather::Gatherer,
    rows::{Cell, Rows},
    snapshot::Session,
    total::Total,
};
use crate::{
    error::Internal,
    plan::{Aggregated, Collection, GroupDimension, TotalRef},
    sql::{self, ParentKeys},
};

/// What is said of a whole collection under each parent, or of each group.
pub struct LoadedAggregates {
    /// For each parent, which of the aggregates is its; `None` for a parent without rows.
    of_parent: Vec<Option<usize>>,
    aggregates: Vec<Aggregate>,
    /// The totals of all parents.
    pub all_totals: Vec<Total>,
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

/// What tells aggregates from each other: the parent, if there are parents, and the dimensions.
pub(super) type Key = Vec<Option<i64>>;

/// The aggregates of all parents that have rows, and of all their groups, before they are tied to the parents.
#[derive(Default)]
pub(super) struct Aggregates {
    /// The place of each aggregate.
    pub(super) places: HashMap<Key, usize>,
    pub(super) aggregates: Vec<Aggregate>,
    pub(super) all_totals: Vec<Total>,
    pub(super) units: Rows,
    /// The texts by which objects are ordered, by the place of the dimension and the id.
    pub(super) objects: HashMap<(usize, i64), String>,
}

impl LoadedAggregates {
    /// These aggregates, told for each parent which is its.
    pub(super) fn new(of_parent: Vec<Option<usize>>, all: Aggregates) -> LoadedAggregates {
        LoadedAggregates {
            of_parent,
            aggregates: all.aggregates,
            all_totals: all.all_totals,
            units: all.units,
        }
    }

    /// One count for each parent and nothing else.
    pub(super) fn of_counts(counts: Vec<i64>) -> LoadedAggregates {
        let aggregates: Vec<Aggregate> = counts
            .into_iter()
            .map(|count| Aggregate {
                counts: vec![count],
                totals: 0..0,
            })
            .collect();
        LoadedAggregates {
            of_parent: (0..aggregates.len()).map(Some).collect(),
            aggregates,
            all_totals: Vec::new(),
            units: Rows::default(),
        }
    }

    /// A count under a parent; a parent without rows has none of anything.
    pub fn count(&self, parent: usize, place: usize) -> i64 {
        self.of_parent[parent].map_or(0, |aggregate| self.aggregates[aggregate].counts[place])
    }

    /// The place of one of a parent's totals among all, where there is such a one. `unit_code` is the place of the code
    /// among the columns of units.
    pub fn total(&self, parent: usize, wanted: &TotalRef, unit_code: usize) -> Option<usize> {
        let totals = self.totals(parent);
        find(&self.all_totals, &self.units, totals, wanted, unit_code)
    }

    /// The places of a parent's totals among all.
    pub fn totals(&self, parent: usize) -> Range<usize> {
        self.of_parent[parent].map_or(0..0, |aggregate| self.aggregates[aggregate].totals.clone())
    }
}

impl Aggregates {
    /// The place of a total among these; units are compared without regard to the case of the letters A to Z.
    pub(super) fn find(
        &self,
        totals: Range<usize>,
        wanted: &TotalRef,
        unit_code: usize,
    ) -> Option<usize> {
        find(&self.all_totals, &self.units, totals, wanted, unit_code)
    }
}

fn find(
    all_totals: &[Total],
    units: &Rows,
    mut totals: Range<usize>,
    wanted: &TotalRef,
    unit_code: usize,
) -> Option<usize> {
    totals.find(|place| {
        let unit = units.text(*place, unit_code);
        all_totals[*place].scope == wanted.scope && unit.eq_ignore_ascii_case(&wanted.unit)
    })
}

/// Loads what is said of a collection under each of the parents with these keys, or at the root.
pub(super) fn load_aggregates(
    session: &mut Session<'_>,
    collection: &Collection,
    keys: Option<&ParentKeys>,
) -> Result<LoadedAggregates, Internal> {
    let all = load_all(session, collection, &collection.aggregated, &[], keys)?;
    let place = |key: &[Option<i64>]| all.places.get(key).copied();
    let of_parent = match keys {
        None => vec![place(&[])],
        Some(keys) => (0..keys.len())
            .map(|parent| place(&[Some(keys.tag(parent))]))
            .collect(),
    };
    Ok(LoadedAggregates::new(of_parent, all))
}

/// Loads the aggregates of all parents and of all their groups.
pub(super) fn load_all(
    session: &mut Session<'_>,
    collection: &Collection,
    aggregated: &Aggregated,
    dimensions: &[GroupDimension],
    keys: Option<&ParentKeys>,
) -> Result<Aggregates, Internal> {
    let distinct = keys.map(ParentKeys::distinct);
    let distinct = distinct.as_deref();
    if distinct.is_some_and(ParentKeys::is_empty) {
        return Ok(Aggregates::default());
    }
    let Some(wanted) = &aggregated.totals else {
        return load_counts(session, collection, aggregated, dimensions, distinct);
    };
    let (statement, columns) = sql::totals(collection, aggregated, wanted, dimensions, distinct);
    let mut gatherer = Gatherer::new(aggregated, wanted, columns);
    session.each(&statement, &mut |record| gatherer.take(record))?;
    Ok(gatherer.finish())
}

fn load_counts(
    session: &mut Session<'_>,
    collection: &Collection,
    aggregated: &Aggregated,
    dimensions: &[GroupDimension],
    distinct: Option<&ParentKeys>,
) -> Result<Aggregates, Internal> {
    let parents = usize::from(distinct.is_some());
    let texts = parents + dimensions.len();
    let counts = texts + dimensions.len();
    let end = counts + aggregated.counts.len();
    let rows = Rows::with_room(end, distinct.map_or(1, ParentKeys::len));
    let statement = sql::counts(collection, aggregated, dimensions, distinct);
    let rows = session.rows(&statement, rows)?;
    let mut all = Aggregates::default();
    for row in 0..rows.len() {
        let key: Key = (0..texts).map(|column| rows.int(row, column)).collect();
        for place in 0..dimensions.len() {
            if let (Some(id), Cell::Text(text)) =
                (key[parents + place], rows.cell(row, texts + place))
            {
                let known = all.objects.entry((place, id));
                known.or_insert_with(|| text.to_owned());
            }
        }
        all.places.insert(key, row);
        all.aggregates.push(Aggregate {
            counts: (counts..end)
                .map(|column| rows.int(row, column).unwrap_or_default())
                .collect(),
            totals: 0..0,
        });
    }
    Ok(all)
}
