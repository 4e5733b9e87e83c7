//! Taking a report out of the database, in the transaction of the caller. What other reports use stays.

use entity::{agency, division, goal, initiative, keys, report, reported_result, revision};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, Statement,
    Value,
};

use super::{index_search, references, renew_version, statements};
use crate::package::stored;

/// What was taken out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Removed {
    /// The report's goals.
    pub goals: u64,
    /// Its initiatives.
    pub initiatives: u64,
    /// Their results.
    pub results: u64,
    /// Metrics that no other report uses.
    pub metrics: u64,
    /// Units of measure that no other metric has.
    pub units: u64,
    /// Divisions of the agency, if this was its last report.
    pub divisions: u64,
    /// Whether the agency went too, since this was its last report.
    pub agency: bool,
}

/// Removes a report with all that belongs to it. `None` if there is no such report.
///
/// # Errors
///
/// Whatever the database reports.
pub async fn remove(
    transaction: &DatabaseTransaction,
    agency_code: &str,
    fiscal_year: i32,
) -> Result<Option<Removed>, DbErr> {
    let key = keys::report(agency_code, fiscal_year);
    let found = report::Entity::find()
        .filter(report::Column::NaturalKey.eq(key))
        .one(transaction)
        .await?;
    let Some(report) = found else { return Ok(None) };
    references::defer(transaction).await?;
    let slugs = statements::of_reports(transaction, &[report.id]).await?;
    let (metrics, _) = stored::catalogue(transaction, report.id).await?;
    let metrics: Vec<i64> = metrics.into_iter().map(|(id, _)| id).collect();

    let wholes = "DELETE FROM reported_result_whole
                  WHERE part_id IN (SELECT id FROM reported_result WHERE report_id = ?)";
    run(transaction, wholes, vec![report.id.into()]).await?;
    let mut removed = Removed {
        results: delete::<reported_result::Entity>(
            transaction,
            reported_result::Column::ReportId,
            report.id,
        )
        .await?,
        initiatives: delete::<initiative::Entity>(
            transaction,
            initiative::Column::ReportId,
            report.id,
        )
        .await?,
        goals: delete::<goal::Entity>(transaction, goal::Column::ReportId, report.id).await?,
        ..Removed::default()
    };
    statements::link(transaction, &slugs).await?;
    delete::<revision::Entity>(transaction, revision::Column::ReportId, report.id).await?;
    delete::<report::Entity>(transaction, report::Column::Id, report.id).await?;
    catalogue(transaction, &metrics, &mut removed).await?;

    let others = report::Entity::find()
        .filter(report::Column::AgencyId.eq(report.agency_id))
        .one(transaction)
        .await?;
    if others.is_none() {
        let of_agency = division::Column::AgencyId;
        removed.divisions =
            delete::<division::Entity>(transaction, of_agency, report.agency_id).await?;
        delete::<agency::Entity>(transaction, agency::Column::Id, report.agency_id).await?;
        removed.agency = true;
    }
    index_search(transaction).await?;
    renew_version(transaction).await?;
    Ok(Some(removed))
}

/// Removes those of the metrics that nothing uses any more, kinds before what they are kinds of, and then the units that
/// no metric has.
async fn catalogue(
    transaction: &DatabaseTransaction,
    metrics: &[i64],
    removed: &mut Removed,
) -> Result<(), DbErr> {
    let list: Value = serde_json::json!(metrics).to_string().into();
    let units = "SELECT DISTINCT unit_id FROM metric WHERE id IN (SELECT value FROM json_each(?))";
    let units = statement(transaction, units, vec![list.clone()]);
    let units = transaction.query_all_raw(units).await?;
    let units: Vec<i64> = units
        .iter()
        .map(|row| row.try_get_by_index(0))
        .collect::<Result<_, _>>()?;
    loop {
        let gone = run(
            transaction,
            "DELETE FROM metric WHERE id IN (SELECT value FROM json_each(?))
                 AND NOT EXISTS (SELECT 1 FROM reported_result t WHERE t.metric_id = metric.id)
                 AND NOT EXISTS (SELECT 1 FROM metric child WHERE child.parent_id = metric.id)",
            vec![list.clone()],
        )
        .await?;
        if gone == 0 {
            break;
        }
        removed.metrics += gone;
    }
    let closure = "DELETE FROM metric_ancestor WHERE metric_id NOT IN (SELECT id FROM metric)";
    run(transaction, closure, vec![]).await?;
    removed.units = run(
        transaction,
        "DELETE FROM unit_of_measure WHERE id IN (SELECT value FROM json_each(?))
             AND NOT EXISTS (SELECT 1 FROM metric m WHERE m.unit_id = unit_of_measure.id)",
        vec![serde_json::json!(units).to_string().into()],
    )
    .await?;
    Ok(())
}

/// Deletes the rows whose column holds an id; returns how many there were.
async fn delete<E: EntityTrait>(
    transaction: &DatabaseTransaction,
    column: E::Column,
    id: i64,
) -> Result<u64, DbErr> {
    let done = E::delete_many()
        .filter(column.eq(id))
        .exec(transaction)
        .await?;
    Ok(done.rows_affected)
}

async fn run(
    transaction: &DatabaseTransaction,
    sql: &str,
    values: Vec<Value>,
) -> Result<u64, DbErr> {
    let done = transaction
        .execute_raw(statement(transaction, sql, values))
        .await?;
    Ok(done.rows_affected())
}

fn statement(transaction: &DatabaseTransaction, sql: &str, values: Vec<Value>) -> Statement {
    Statement::from_sql_and_values(transaction.get_database_backend(), sql, values)
}
