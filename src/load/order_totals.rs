//! Gathers the totals that the rows of a collection are ordered by, so that a row is ordered by the number that is shown.

use super::{accumulate::Accumulator, snapshot::Session, total::key_parts};
use crate::{
    error::Internal,
    plan::{Aggregated, Collection},
    sql::{self, OrderNumbers, OrderedTotal, ParentKeys},
};

/// The numbers of the totals that a collection is ordered by, under these parents: one statement for each total.
pub(super) fn load_order_totals(
    session: &mut Session<'_>,
    collection: &Collection,
    keys: Option<&ParentKeys>,
) -> Result<Vec<OrderNumbers>, Internal> {
    sql::ordered_totals(session.dialect(), collection, keys)
        .into_iter()
        .map(|ordered| load(session, ordered))
        .collect()
}

fn load(session: &mut Session<'_>, ordered: OrderedTotal<'_>) -> Result<OrderNumbers, Internal> {
    let OrderedTotal {
        total,
        statement,
        columns,
    } = ordered;
    let mut accumulator = Accumulator::new(
        &Aggregated::default(),
        &total.totals,
        columns,
        session.budget(),
    );
    session.each(&statement, &mut |record| accumulator.take(record))?;
    session.hold(accumulator.bytes())?;
    let all = accumulator.finish()?;
    let mut numbers: OrderNumbers = all
        .places
        .iter()
        .filter_map(|(key, place)| {
            // All results are of one unit and scope, so there is one total.
            let of_key = all.aggregates[*place].totals.start;
            let (high, low) = key_parts(all.all_totals[of_key].number(total.number)?);
            Some([key.first().copied().flatten()?, high, low])
        })
        .collect();
    // In an order of its own, so that the same data makes the same statement.
    numbers.sort_unstable();
    Ok(numbers)
}
