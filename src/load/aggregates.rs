//! Loads what is said of a whole collection, or of each of its groups: counts and totals.

use std::{collections::HashMap, ops::Range};

use super::{
    accumulate::Accumulator,
    rows::{Cell, Rows},
    snapshot::Session,
    total::Total,
};
use crate::{
    error::Internal,
    plan::{Aggregated, Collection, FieldPlace, GroupDimension, TotalRef},
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

/// What an aggregate takes beside its key, its counts and its totals, in bytes: two lists that grow, and a map.
pub(super) const GROUP: usize = 256;

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

    /// Those of these aggregates that are some parent's. The rest are dropped with their totals and units.
    ///
    /// # Errors
    /// [`Internal::Refused`] where there is too much of them.
    pub(super) fn of_some(
        of_parent: Vec<Option<usize>>,
        all: Aggregates,
    ) -> Result<LoadedAggregates, Internal> {
        let mut some = LoadedAggregates {
            of_parent: Vec::with_capacity(of_parent.len()),
            aggregates: Vec::new(),
            all_totals: Vec::new(),
            units: Rows::new(all.units.width()),
        };
        let mut kept: HashMap<usize, usize> = HashMap::new();
        for number in of_parent {
            let place = match number {
                None => None,
                Some(number) => match kept.get(&number) {
                    Some(place) => Some(*place),
                    None => {
                        let place = some.add(&all, number)?;
                        kept.insert(number, place);
                        Some(place)
                    }
                },
            };
            some.of_parent.push(place);
        }
        Ok(some)
    }

    /// Adds the aggregate at this place among all, and tells its place here.
    fn add(&mut self, all: &Aggregates, number: usize) -> Result<usize, Internal> {
        let aggregate = &all.aggregates[number];
        let start = self.all_totals.len();
        for total in aggregate.totals.clone() {
            self.all_totals.push(all.all_totals[total].clone());
            for column in 0..all.units.width() {
                self.units.push(all.units.cell(total, column))?;
            }
        }
        self.aggregates.push(Aggregate {
            counts: aggregate.counts.clone(),
            totals: start..self.all_totals.len(),
        });
        Ok(self.aggregates.len() - 1)
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
    let all = load_all(session, collection, &collection.aggregated, &[], None, keys)?;
    session.hold_each::<Option<usize>>(keys.map_or(1, ParentKeys::len))?;
    let place = |key: &[Option<i64>]| all.places.get(key).copied();
    let of_parent = match keys {
        None => vec![place(&[])],
        Some(keys) => (0..keys.len())
            .map(|parent| place(&[Some(keys.tag(parent))]))
            .collect(),
    };
    Ok(LoadedAggregates::new(of_parent, all))
}

/// Loads the aggregates of all parents and of all their groups, which the field at the place `grouped` asks for.
pub(super) fn load_all(
    session: &mut Session<'_>,
    collection: &Collection,
    aggregated: &Aggregated,
    dimensions: &[GroupDimension],
    grouped: Option<&FieldPlace>,
    keys: Option<&ParentKeys>,
) -> Result<Aggregates, Internal> {
    let distinct = keys.map(ParentKeys::distinct);
    let distinct = distinct.as_deref();
    if distinct.is_some_and(ParentKeys::is_empty) {
        return Ok(Aggregates::default());
    }
    let Some(wanted) = &aggregated.totals else {
        return load_counts(
            session, collection, aggregated, dimensions, grouped, distinct,
        );
    };
    let (statement, columns) = sql::totals(
        session.dialect(),
        collection,
        aggregated,
        wanted,
        dimensions,
        distinct,
    );
    let mut accumulator = Accumulator::new(aggregated, wanted, columns, session.budget());
    let most = session.max_groups();
    session.each(&statement, &mut |record| {
        accumulator.take(record)?;
        grouped.map_or(Ok(()), |asked| {
            Session::hold_groups(most, accumulator.groups(), asked)
        })
    })?;
    session.hold(accumulator.bytes())?;
    let all = accumulator.finish()?;
    session.hold(all.units.bytes())?;
    Ok(all)
}

fn load_counts(
    session: &mut Session<'_>,
    collection: &Collection,
    aggregated: &Aggregated,
    dimensions: &[GroupDimension],
    grouped: Option<&FieldPlace>,
    distinct: Option<&ParentKeys>,
) -> Result<Aggregates, Internal> {
    let parents = usize::from(distinct.is_some());
    let texts = parents + dimensions.len();
    let counts = texts + dimensions.len();
    let end = counts + aggregated.counts.len();
    let mut rows =
        Rows::with_room(end, distinct.map_or(1, ParentKeys::len)).within(session.budget());
    let statement = sql::counts(
        session.dialect(),
        collection,
        aggregated,
        dimensions,
        distinct,
    );
    let most = session.max_groups();
    session.each(&statement, &mut |record| {
        for column in 0..end {
            rows.push(record.cell(column)?)?;
        }
        grouped.map_or(Ok(()), |asked| {
            Session::hold_groups(most, rows.len(), asked)
        })
    })?;
    session.hold(rows.bytes() + rows.len() * (GROUP + 16 * texts + 8 * (end - counts)))?;
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
