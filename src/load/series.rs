//! Loads series: the totals of each metric, year by year, and what changed from one year to the next.

use std::{collections::HashMap, ops::Range};

use super::{
    aggregates::{LoadedAggregates, load_all},
    budget::located,
    change::Change,
    collection::parent_keys,
    rows::Rows,
    snapshot::Session,
    total::Total,
};
use crate::{error::Internal, plan::Series};

/// The series under each of its parents.
pub struct LoadedSeries {
    /// For each parent, where its points begin and end.
    pub ranges: Vec<Range<usize>>,
    /// The points of all parents; those of one by year, then scope.
    pub points: Vec<LoadedPoint>,
    /// The totals of all points.
    pub totals: LoadedAggregates,
}

/// One point of a series.
pub struct LoadedPoint {
    /// The fiscal year.
    pub year: i64,
    /// The place of its total among all.
    pub total: usize,
    /// The change from the year before.
    pub change: Option<Change>,
}

/// Loads the series of each of these rows.
pub(super) fn load_series(
    session: &mut Session<'_>,
    series: &Series,
    parents: &Rows,
) -> Result<LoadedSeries, Internal> {
    let Series {
        results,
        year,
        asked,
    } = series;
    let parent = results.parent.as_ref();
    let parent = parent.ok_or_else(|| Internal::Broken("a series hangs on no row".into()))?;
    let keys = parent_keys(parent, parents)?;
    let year = std::slice::from_ref(year);
    let all = load_all(
        session,
        results,
        &results.aggregated,
        year,
        Some(asked),
        Some(&keys),
    )
    .map_err(|cause| located(cause, &results.asked))?;
    session.hold_each::<LoadedPoint>(all.all_totals.len())?;
    session.hold_each::<Range<usize>>(keys.len())?;
    let mut years: Vec<(i64, i64, usize)> = all
        .places
        .iter()
        .filter_map(|(key, place)| match key.as_slice() {
            [Some(parent), Some(year)] => Some((*parent, *year, *place)),
            _ => None,
        })
        .collect();
    years.sort_unstable();
    let mut points = Vec::with_capacity(all.all_totals.len());
    let mut of_parent = HashMap::new();
    for years in years.chunk_by(|(left, ..), (right, ..)| left == right) {
        let start = points.len();
        for (_, year, place) in years {
            for total in all.aggregates[*place].totals.clone() {
                let change = change(&points[start..], *year, &all.all_totals, total);
                points.push(LoadedPoint {
                    year: *year,
                    total,
                    change,
                });
            }
        }
        of_parent.insert(years[0].0, start..points.len());
    }
    let range = |parent| of_parent.get(&keys.tag(parent)).cloned();
    Ok(LoadedSeries {
        ranges: (0..keys.len())
            .map(|parent| range(parent).unwrap_or_default())
            .collect(),
        points,
        totals: LoadedAggregates::new(Vec::new(), all),
    })
}

/// The change to a total from that of the year before with the same scope, which is one of the earlier points.
fn change(earlier: &[LoadedPoint], year: i64, totals: &[Total], total: usize) -> Option<Change> {
    let total = &totals[total];
    let before = earlier
        .iter()
        .rev()
        .take_while(|point| point.year >= year - 1)
        .find(|point| point.year == year - 1 && totals[point.total].scope == total.scope)?;
    Change::new(totals[before.total].sum?, total.sum?)
}
