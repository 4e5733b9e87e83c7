//! Loads the results of the fiscal year before, and says what changed from them.

use entity::enums::Precision;

use super::{
    change::Change,
    rows::Rows,
    snapshot::Session,
    total::Amount,
    tree::{LoadedToOne, load_below},
};
use crate::{
    error::Internal,
    plan::{ChangeColumns, Fetch, FigureColumns},
    sql,
};

/// The previous result of each of these, where there is one.
pub(super) fn load_previous(
    session: &mut Session<'_>,
    fetch: &Fetch,
    results: &Rows,
) -> Result<LoadedToOne, Internal> {
    let id = |rows: &Rows, row| rows.int(row, 0).unwrap_or_default();
    let mut ids: Vec<i64> = (0..results.len()).map(|row| id(results, row)).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut rows = Rows::with_room(fetch.columns.len(), ids.len());
    if !ids.is_empty() {
        rows = session.rows_under_parents(&sql::previous(session.dialect(), fetch, &ids), rows)?;
    }
    // One result may come before several; what hangs on it is loaded once.
    let mut found: Vec<(i64, usize)> = (0..rows.len()).map(|row| (id(&rows, row), row)).collect();
    found.sort_unstable();
    let mut of_id = vec![None; ids.len()];
    let mut kept: Vec<u32> = Vec::with_capacity(found.len());
    let mut last = None;
    for (previous, row) in found {
        if last != Some(previous) {
            kept.push(row as u32);
            last = Some(previous);
        }
        of_id[rows.parent(row)] = Some(kept.len() as u32 - 1);
    }
    session.hold_each::<Option<u32>>(results.len())?;
    let place = |row| of_id[ids.binary_search(&id(results, row)).ok()?];
    Ok(LoadedToOne {
        links: (0..results.len()).map(place).collect(),
        fetch: load_below(session, fetch, rows.arranged(&kept))?,
    })
}

/// What changed from the previous result to each of these.
pub(super) fn changes(
    results: &Rows,
    previous: &LoadedToOne,
    columns: &ChangeColumns,
) -> Vec<Option<Change>> {
    let change = |(row, before): (usize, &Option<u32>)| {
        let from = figure(&previous.fetch.rows, (*before)? as usize, columns.from)?;
        Change::new(from, figure(results, row, columns.to)?)
    };
    previous.links.iter().enumerate().map(change).collect()
}

fn figure(rows: &Rows, row: usize, columns: FigureColumns) -> Option<Amount> {
    let code = rows.int(row, columns.precision)?;
    Some(Amount {
        value: rows.int(row, columns.value)?.into(),
        precision: Some(*Precision::ALL.get(usize::try_from(code).ok()?)?),
    })
}
