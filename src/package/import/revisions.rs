//! Revisions: a report that an import has changed gets the next one, with what was added, changed and removed.

use std::time::SystemTime;

use entity::revision::{self, Origin};
use entity::{agency, report};
use sea_orm::{
    ActiveModelTrait, ActiveValue::NotSet, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, Set,
};

use super::changes::Counts;
use crate::package::dates;

/// A report that an import has looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedReport {
    /// Code of the agency.
    pub agency: String,
    /// The fiscal year.
    pub fiscal_year: i32,
    /// The revision that the database had; `None` for a new report.
    pub previous: Option<i32>,
    /// The revision that it has now: the previous one if nothing changed.
    pub revision: i32,
    /// What is different.
    pub counts: Counts,
}

/// Records the revision of a report, if there is any change.
pub(super) async fn record(
    transaction: &DatabaseTransaction,
    report_id: i64,
    counts: Counts,
    origin: Origin,
    package_sha256: Option<&str>,
) -> Result<Option<ImportedReport>, DbErr> {
    let found = report::Entity::find_by_id(report_id)
        .find_also_related(agency::Entity)
        .one(transaction)
        .await?;
    let Some((report, Some(agency))) = found else {
        return Ok(None);
    };
    let last = revision::Entity::find()
        .filter(revision::Column::ReportId.eq(report_id))
        .order_by_desc(revision::Column::Revision)
        .one(transaction)
        .await?;
    let previous = last.map(|last| last.revision);
    let mut number = previous.unwrap_or_default();
    if !counts.is_none() {
        number += 1;
        let published_at = dates::to_text(SystemTime::now());
        let row = revision::ActiveModel {
            id: NotSet,
            report_id: Set(report_id),
            revision: Set(number),
            published_at: Set(published_at.clone()),
            origin: Set(origin),
            added: Set(to_column(counts.added)),
            changed: Set(to_column(counts.changed)),
            removed: Set(to_column(counts.removed)),
            package_sha256: Set(package_sha256.map(str::to_owned)),
        };
        row.insert(transaction).await?;
        let mut row = report.clone().into_active_model();
        row.revision = Set(number);
        row.published_at = Set(published_at);
        row.update(transaction).await?;
    }
    Ok(Some(ImportedReport {
        agency: agency.code,
        fiscal_year: report.fiscal_year,
        previous,
        revision: number,
        counts,
    }))
}

/// A number of rows, of which no database holds more than the column does.
fn to_column(rows: u64) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}
