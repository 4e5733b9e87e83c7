//! Results, and the closure of what is part of what, a report at a time: that many rows are in memory beside the package.

use std::collections::{BTreeMap, HashSet};

use entity::{keys, reported_result, reported_result_whole};
use sea_orm::DatabaseTransaction;

use super::changes::{Changes, Rewrite};
use super::ids::{Keyed, OfReport};
use super::reports::{StoredInitiative, StoredReport};
use super::shared::StoredMetric;
use super::{ByKey, ImportError, find, write};
use crate::package::chain;
use crate::package::rows::{ReportedResult, Row};

/// What results refer to.
pub(super) struct Parents<'a> {
    pub(super) reports: &'a ByKey<StoredReport>,
    pub(super) initiatives: &'a ByKey<StoredInitiative>,
    pub(super) metrics: &'a ByKey<StoredMetric>,
}

/// Writes the results. Those of the package's reports that it does not have are removed.
pub(super) async fn results(
    transaction: &DatabaseTransaction,
    results: &[ReportedResult],
    parents: &Parents<'_>,
    progress: &(dyn Fn(u64) + Sync),
    changes: &mut Changes,
) -> Result<(), ImportError> {
    let wholes = wholes(results)?;
    let mut by_report: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for report in parents.reports.values() {
        by_report.insert(report.id, Vec::new());
    }
    for (place, result) in results.iter().enumerate() {
        let initiative = find(parents.initiatives, &result.initiative_key())?;
        by_report
            .entry(initiative.report_id)
            .or_default()
            .push(place);
    }
    let mut free = write::first_free_id::<reported_result::Entity>(transaction).await?..;
    // By place; 0 until it is known. Ids of new rows follow the order of the file, report by report.
    let mut ids = vec![0; results.len()];
    for (report, places) in by_report {
        let mut stored = ByKey::new();
        if !changes.new_reports.contains(&report) {
            let column = reported_result::Entity::REPORT_ID;
            for row in
                write::stored::<reported_result::Entity>(transaction, column, &[report]).await?
            {
                stored.insert(row.natural_key.clone(), row);
            }
        }
        for place in &places {
            let known = stored.get(&results[*place].natural_key());
            let id = known.map(|row| reported_result::Entity::keys_of(row).0);
            ids[*place] = id.or_else(|| free.next()).unwrap_or_default();
        }
        let mut rows = Vec::with_capacity(places.len());
        for place in &places {
            let result = &results[*place];
            let initiative = find(parents.initiatives, &result.initiative_key())?;
            let metric = find(parents.metrics, &keys::metric(&result.metric))?;
            let part_of_id = wholes[*place].map(|whole| ids[whole]);
            rows.push(row(ids[*place], result, initiative, metric, part_of_id));
        }
        let before: Vec<i64> = stored.values().map(|row| row.id).collect();
        let rewrite = Rewrite::<reported_result::Entity>::of_reports(stored, rows, changes);
        if !rewrite.is_nothing() {
            let column = reported_result_whole::Column::PartId;
            write::delete_where::<reported_result_whole::Entity>(transaction, column, &before)
                .await?;
            rewrite.write(transaction).await?;
            let closure = places.iter().flat_map(|part| {
                let ids = &ids;
                chain::above(&wholes, *part).map(move |whole| reported_result_whole::Model {
                    part_id: ids[*part],
                    whole_id: ids[whole],
                })
            });
            write::insert_all::<reported_result_whole::Entity>(transaction, closure.collect())
                .await?;
        }
        progress(places.len() as u64);
    }
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
        // Alone, until the statements are linked.
        figure_id: id,
        statement_number: 0,
        is_superseded: false,
        superseded_by_id: None,
        natural_key: result.natural_key(),
        sort_key: keys::sort::in_report(
            &initiative.agency_code,
            result.report_fiscal_year,
            result.position,
        ),
        source_place: result.source_place.clone(),
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
