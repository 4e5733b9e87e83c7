//! Results, and the closure of what is part of what: always new.

use std::collections::HashSet;

use entity::{keys, reported_result, reported_result_whole};
use sea_orm::DatabaseTransaction;

use super::reports::StoredInitiative;
use super::shared::StoredMetric;
use super::{ByKey, ImportError, find, write};
use crate::package::chain;
use crate::package::rows::{ReportedResult, Row};

/// Results that are in memory as rows at one time.
const ROWS: usize = 10_000;

/// Writes the results.
pub(super) async fn results(
    transaction: &DatabaseTransaction,
    results: &[ReportedResult],
    initiatives: &ByKey<StoredInitiative>,
    metrics: &ByKey<StoredMetric>,
) -> Result<(), ImportError> {
    let wholes = wholes(results)?;
    let first = write::first_free_id::<reported_result::Entity>(transaction).await?;
    // Ids follow the order of the file.
    let ids: Vec<i64> = (first..).take(results.len()).collect();

    // Wholes before their parts, as the foreign key asks.
    let mut order: Vec<usize> = (0..results.len()).collect();
    order.sort_by_key(|place| chain::above(&wholes, *place).count());
    for places in order.chunks(ROWS) {
        let mut rows = Vec::with_capacity(places.len());
        for place in places {
            let result = &results[*place];
            let initiative = find(initiatives, &result.initiative_key())?;
            let metric = find(metrics, &keys::metric(&result.metric))?;
            let part_of_id = wholes[*place].map(|whole| ids[whole]);
            rows.push(row(ids[*place], result, initiative, metric, part_of_id));
        }
        write::insert_all::<reported_result::Entity>(transaction, rows).await?;
    }

    let closure = (0..results.len()).flat_map(|part| {
        let ids = &ids;
        chain::above(&wholes, part).map(move |whole| reported_result_whole::Model {
            part_id: ids[part],
            whole_id: ids[whole],
        })
    });
    write::insert_all::<reported_result_whole::Entity>(transaction, closure.collect()).await?;
    Ok(())
}

fn row(
    id: i64,
    result: &ReportedResult,
    initiative: &StoredInitiative,
    metric: &StoredMetric,
    part_of_id: Option<i64>,
) -> reported_result::Model {
    reported_result::Model {
        id,
        initiative_id: initiative.id,
        report_id: initiative.report_id,
        agency_id: initiative.agency_id,
        division_id: initiative.division_id,
        goal_id: initiative.goal_id,
        metric_id: metric.id,
        unit_id: metric.unit_id,
        key: result.key.clone(),
        position: result.position,
        label: result.label.clone(),
        value: result.value,
        target: result.target,
        attainment: result.attainment(),
        precision: result.precision,
        fiscal_year: result.fiscal_year,
        scope: result.scope,
        as_of: result.as_of.clone(),
        is_record: result.is_record,
        note: result.note.clone(),
        part_of_id,
        natural_key: result.natural_key(),
        sort_key: keys::sort::in_report(
            &initiative.agency_code,
            result.report_fiscal_year,
            result.position,
        ),
    }
}

/// The place of the whole of each result, if it has one.
fn wholes(results: &[ReportedResult]) -> Result<Vec<Option<usize>>, ImportError> {
    let keys: Vec<_> = results.iter().map(ReportedResult::whole_key).collect();
    let wanted: HashSet<&String> = keys.iter().flatten().collect();
    let mut places = ByKey::new();
    for (place, result) in results.iter().enumerate() {
        let key = result.natural_key();
        if wanted.contains(&key) {
            places.insert(key, place);
        }
    }
    keys.iter()
        .map(|key| match key {
            Some(key) => find(&places, key).map(|place| Some(*place)),
            None => Ok(None),
        })
        .collect()
}
