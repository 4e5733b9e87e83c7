//! Loads series: the totals of each metric, year by year, and what changed from one year to the next.

use super::{
    aggregates::{LoadedAggregates, load_aggregates},
    change::{Change, Figure},
    rows::Rows,
    snapshot::Session,
    total::{Sum, Total},
};
use crate::{error::Internal, plan::Collection};

/// The series under each of its parents.
pub struct LoadedSeries {
    /// The totals of each parent, by year, then scope.
    pub totals: LoadedAggregates,
    /// For each of all totals, the change from the year before.
    pub changes: Vec<Option<Change>>,
}

/// Loads the series of each of these rows.
pub(super) fn load_series(
    session: &mut Session<'_>,
    series: &Collection,
    parents: &Rows,
) -> Result<LoadedSeries, Internal> {
    let keys = series
        .parent
        .as_ref()
        .and_then(|parent| {
            (0..parents.len())
                .map(|row| parents.int(row, parent.parent_key))
                .collect::<Option<Vec<i64>>>()
        })
        .ok_or_else(|| Internal::Broken("a parent's key is missing".into()))?;
    let totals = load_aggregates(session, series, Some(&keys))?;
    let mut changes = vec![None; totals.all_totals.len()];
    for range in totals.ranges() {
        let points = || {
            let years = totals.years[range.clone()].iter().copied();
            years.zip(&totals.all_totals[range.clone()])
        };
        for (change, (year, total)) in changes[range.clone()].iter_mut().zip(points()) {
            let before = points().find(|(earlier, other)| {
                earlier.checked_add(1) == Some(year) && other.scope == total.scope
            });
            *change = before.and_then(|(_, before)| Change::new(figure(before)?, figure(total)?));
        }
    }
    Ok(LoadedSeries { totals, changes })
}

fn figure(total: &Total) -> Option<Figure> {
    total.sum.map(
        |Sum {
             value, precision, ..
         }| Figure { value, precision },
    )
}
