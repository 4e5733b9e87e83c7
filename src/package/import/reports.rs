//! Reports, their goals and their initiatives, as the package says: rows of these reports that it does not have are
//! removed.

use std::time::SystemTime;

use entity::{division, goal, initiative, keys, report};
use sea_orm::DatabaseTransaction;

use super::changes::{Changes, Rewrite};
use super::ids::Ids;
use super::shared::StoredAgency;
use super::{ByKey, ImportError, find};
use crate::package::dates;
use crate::package::rows::{Goal, Initiative, Report, Row};

/// What is known of a report.
pub(super) struct StoredReport {
    pub(super) id: i64,
    /// Whether the database had no such report.
    pub(super) is_new: bool,
    agency_id: i64,
    /// As written in `agencies.csv`.
    agency_code: String,
}

/// What is known of an initiative.
pub(super) struct StoredInitiative {
    pub(super) id: i64,
    pub(super) report_id: i64,
    pub(super) agency_id: i64,
    pub(super) division_id: Option<i64>,
    pub(super) goal_id: Option<i64>,
    /// As written in `agencies.csv`.
    pub(super) agency_code: String,
}

/// What initiatives refer to.
pub(super) struct Parents<'a> {
    pub(super) reports: &'a ByKey<StoredReport>,
    pub(super) divisions: &'a Ids<division::Entity>,
    pub(super) goals: &'a Ids<goal::Entity>,
}

/// Writes the reports. A new one is published now, as its first revision.
pub(super) async fn reports(
    transaction: &DatabaseTransaction,
    reports: &[Report],
    agencies: &ByKey<StoredAgency>,
    changes: &mut Changes,
) -> Result<ByKey<StoredReport>, ImportError> {
    let natural_keys = reports.iter().map(Row::natural_key).collect();
    let mut ids = Ids::<report::Entity>::give_out(transaction, natural_keys).await?;
    let published_at = dates::to_text(SystemTime::now());
    let mut rows = Vec::with_capacity(reports.len());
    let mut stored = ByKey::new();
    for report in reports {
        let natural_key = report.natural_key();
        let id = ids.get(&natural_key)?;
        let is_new = ids.stored(&natural_key).is_none();
        if is_new {
            changes.new_reports.insert(id);
        }
        let agency = find(agencies, &keys::agency(&report.agency))?;
        stored.insert(
            natural_key.clone(),
            StoredReport {
                id,
                is_new,
                agency_id: agency.id,
                agency_code: agency.code.clone(),
            },
        );
        rows.push(report::Model {
            id,
            agency_id: agency.id,
            fiscal_year: report.fiscal_year,
            period_start: report.period_start.clone(),
            period_end: report.period_end.clone(),
            title: report.title.clone(),
            summary: report.summary.clone(),
            source_title: report.source.title.clone(),
            source_publisher: report.source.publisher.clone(),
            source_url: report.source.url.clone(),
            source_retrieved: report.source.retrieved.clone(),
            source_sha256: report.source.sha256.clone(),
            source_licence: report.source.licence.clone(),
            revision: 1,
            published_at: published_at.clone(),
            natural_key,
            sort_key: keys::sort::report(&agency.code, report.fiscal_year),
            summary_by: report.summary_by.clone(),
        });
    }
    Rewrite::<report::Entity>::of_reports(ids.take_stored(), rows, changes)
        .write(transaction)
        .await?;
    Ok(stored)
}

/// The ids of the reports that the database had before.
pub(super) fn stored_before(reports: &ByKey<StoredReport>) -> Vec<i64> {
    let before = reports.values().filter(|report| !report.is_new);
    before.map(|report| report.id).collect()
}

/// Writes the goals; returns their ids.
pub(super) async fn goals(
    transaction: &DatabaseTransaction,
    goals: &[Goal],
    reports: &ByKey<StoredReport>,
    changes: &mut Changes,
) -> Result<Ids<goal::Entity>, ImportError> {
    let natural_keys = goals.iter().map(Row::natural_key).collect();
    let before = stored_before(reports);
    let mut ids = Ids::<goal::Entity>::of_reports(transaction, &before, natural_keys).await?;
    let mut rows = Vec::with_capacity(goals.len());
    for goal in goals {
        let report = find(reports, &keys::report(&goal.agency, goal.fiscal_year))?;
        let natural_key = goal.natural_key();
        rows.push(goal::Model {
            id: ids.get(&natural_key)?,
            report_id: report.id,
            code: goal.code.clone(),
            name: goal.name.clone(),
            position: goal.position,
            natural_key,
            sort_key: keys::sort::in_report(&report.agency_code, goal.fiscal_year, goal.position),
        });
    }
    Rewrite::<goal::Entity>::of_reports(ids.take_stored(), rows, changes)
        .write(transaction)
        .await?;
    Ok(ids)
}

/// Writes the initiatives.
pub(super) async fn initiatives(
    transaction: &DatabaseTransaction,
    initiatives: &[Initiative],
    parents: &Parents<'_>,
    changes: &mut Changes,
) -> Result<ByKey<StoredInitiative>, ImportError> {
    let natural_keys = initiatives.iter().map(Row::natural_key).collect();
    let before = stored_before(parents.reports);
    let mut ids = Ids::<initiative::Entity>::of_reports(transaction, &before, natural_keys).await?;
    let mut rows = Vec::with_capacity(initiatives.len());
    let mut stored = ByKey::new();
    for initiative in initiatives {
        let report_key = keys::report(&initiative.agency, initiative.fiscal_year);
        let report = find(parents.reports, &report_key)?;
        let division_id = match initiative.division_key() {
            Some(key) => Some(parents.divisions.get(&key)?),
            None => None,
        };
        let goal_id = match initiative.goal_key() {
            Some(key) => Some(parents.goals.get(&key)?),
            None => None,
        };
        let natural_key = initiative.natural_key();
        let id = ids.get(&natural_key)?;
        stored.insert(
            natural_key.clone(),
            StoredInitiative {
                id,
                report_id: report.id,
                agency_id: report.agency_id,
                division_id,
                goal_id,
                agency_code: report.agency_code.clone(),
            },
        );
        let (division, goal) = (initiative.division.as_ref(), initiative.goal.as_ref());
        rows.push(initiative::Model {
            id,
            report_id: report.id,
            agency_id: report.agency_id,
            division_id,
            division_basis: division.map(|division| division.basis),
            division_note: division.and_then(|division| division.note.clone()),
            goal_id,
            goal_basis: goal.map(|goal| goal.basis),
            goal_note: goal.and_then(|goal| goal.note.clone()),
            position: initiative.position,
            slug: initiative.slug.clone(),
            name: initiative.name.clone(),
            action: initiative.action.clone(),
            outcome: initiative.outcome.clone(),
            source_place: initiative.source_place.clone(),
            natural_key,
            sort_key: keys::sort::in_report(
                &report.agency_code,
                initiative.fiscal_year,
                initiative.position,
            ),
        });
    }
    Rewrite::<initiative::Entity>::of_reports(ids.take_stored(), rows, changes)
        .write(transaction)
        .await?;
    Ok(stored)
}
