//! Loads a collection: its page under each parent, and what is said of all of it.

use std::collections::HashMap;

use super::{
    levels::{LoadedFetch, load_below},
    rows::Rows,
    snapshot::Session,
    total::{Total, TotalNumbers},
};
use crate::{
    error::Internal,
    plan::{Collection, PageDirection, Totals},
    schema::declaration::Measure,
    sql::{self, AggregateColumns, TotalColumns},
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

/// What is said of a whole collection under each parent.
pub struct LoadedAggregates {
    /// For each parent, which of the aggregates is its; `None` for a parent without rows.
    of_parent: Vec<Option<usize>>,
    counts: Vec<Vec<i64>>,
    totals: Vec<std::ops::Range<usize>>,
    /// The totals of all parents.
    pub all_totals: Vec<Total>,
    /// The unit of each total.
    pub units: Rows,
}

impl LoadedAggregates {
    /// A count under a parent; a parent without rows has none of anything.
    pub fn count(&self, parent: usize, place: usize) -> i64 {
        self.of_parent[parent].map_or(0, |aggregate| self.counts[aggregate][place])
    }

    /// The places of a parent's totals among all.
    pub fn totals(&self, parent: usize) -> std::ops::Range<usize> {
        self.of_parent[parent].map_or(0..0, |aggregate| self.totals[aggregate].clone())
    }
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
    let rows = match keys {
        Some([]) => Rows::new(width),
        Some(keys) => session.rows_under_parents(&sql::page(collection, Some(keys)), width)?,
        None => session.rows(&sql::page(collection, None), width)?,
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

fn load_aggregates(
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
    if distinct.as_ref().is_some_and(Vec::is_empty) {
        return Ok(Gathered::new(collection).finish(collection, keys, &Rows::new(1), None));
    }
    let (statement, columns) = sql::aggregate(collection, distinct.as_deref());
    let rows = session.rows(&statement, columns.width)?;
    let mut gathered = Gathered::new(collection);
    for row in 0..rows.len() {
        gathered.add(collection, keys.is_some(), &rows, row, columns);
    }
    Ok(gathered.finish(collection, keys, &rows, columns.totals))
}

/// The rows of an aggregate statement, gathered by parent.
struct Gathered {
    places: HashMap<i64, usize>,
    counts: Vec<Vec<i64>>,
    /// For each parent, the rows that are totals.
    totals: Vec<Vec<usize>>,
    width: usize,
}

impl Gathered {
    fn new(collection: &Collection) -> Gathered {
        Gathered {
            places: HashMap::new(),
            counts: Vec::new(),
            totals: Vec::new(),
            width: collection.counts.len(),
        }
    }

    fn add(
        &mut self,
        collection: &Collection,
        has_parent: bool,
        rows: &Rows,
        row: usize,
        columns: AggregateColumns,
    ) {
        let key = if has_parent {
            rows.int(row, 0).unwrap_or_default()
        } else {
            0
        };
        let place = *self.places.entry(key).or_insert_with(|| {
            self.counts.push(vec![0; self.width]);
            self.totals.push(Vec::new());
            self.counts.len() - 1
        });
        let is_total = columns
            .totals
            .is_some_and(|totals| rows.int(row, totals.unit).is_some());
        for (offset, measure) in collection.counts.iter().enumerate() {
            // A row of totals has nothing for counts of different values, and the other way round.
            let belongs = columns.totals.is_none()
                || is_total != matches!(measure, Measure::CountDistinct(_));
            if belongs {
                self.counts[place][offset] +=
                    rows.int(row, columns.counts + offset).unwrap_or_default();
            }
        }
        if is_total {
            self.totals[place].push(row);
        }
    }

    fn finish(
        mut self,
        collection: &Collection,
        keys: Option<&[i64]>,
        rows: &Rows,
        columns: Option<TotalColumns>,
    ) -> LoadedAggregates {
        let of_parent = match keys {
            Some(keys) => keys
                .iter()
                .map(|key| self.places.get(key).copied())
                .collect(),
            None => vec![self.places.get(&0).copied()],
        };
        let mut all_totals = Vec::new();
        let mut units = Rows::new(1);
        let mut ranges = vec![0..0; self.totals.len()];
        if let (Some(columns), Some(wanted)) = (columns, &collection.totals) {
            units = Rows::new(wanted.unit.columns.len());
            for (range, totals) in ranges.iter_mut().zip(&mut self.totals) {
                let code = columns.unit_columns + wanted.unit_code;
                totals.sort_by_key(|row| (rows.text(*row, code), rows.int(*row, columns.scope)));
                let start = all_totals.len();
                for row in totals.iter().copied() {
                    all_totals.push(total(rows, row, columns));
                    push_unit(&mut units, rows, row, columns, wanted);
                }
                *range = start..all_totals.len();
            }
        }
        LoadedAggregates {
            of_parent,
            counts: self.counts,
            totals: ranges,
            all_totals,
            units,
        }
    }
}

fn push_unit(units: &mut Rows, rows: &Rows, row: usize, columns: TotalColumns, wanted: &Totals) {
    for offset in 0..wanted.unit.columns.len() {
        units.push(rows.cell(row, columns.unit_columns + offset));
    }
}

fn total(rows: &Rows, row: usize, columns: TotalColumns) -> Total {
    use sql::sum_number as number;
    let int = |column: usize| rows.int(row, column).unwrap_or_default();
    let numbers = columns.sum.map(|first| {
        let at = |place: usize| int(first + place);
        TotalNumbers {
            summed: at(number::SUMMED),
            sum: i128::from(at(number::HIGH)) * i128::from(sql::SUM_BASE)
                + i128::from(at(number::LOW)),
            has_lower_bound: at(number::LOWER_BOUNDS) > 0,
            has_upper_bound: at(number::UPPER_BOUNDS) > 0,
            has_approximate: at(number::APPROXIMATE) > 0,
            has_several_roots: at(number::FIRST_ROOT) != at(number::LAST_ROOT),
            has_several_years: at(number::FIRST_YEAR) != at(number::LAST_YEAR),
            has_semi_additive: at(number::SEMI_ADDITIVE) > 0,
            has_non_additive: at(number::NON_ADDITIVE) > 0,
            has_overlap: columns.overlap.is_some_and(|overlap| int(overlap) > 0),
        }
    });
    Total::new(
        int(columns.scope),
        int(columns.results),
        columns.extremes.map(|first| (int(first), int(first + 1))),
        columns.median.map(int),
        numbers,
    )
}
