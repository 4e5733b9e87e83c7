//! What follows from shared rows, put right after some of them were changed: sort keys hold the code of the agency,
//! metrics their root and their ancestors, results the unit of their metric. And which reports are touched by it.

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, Statement, Value};

use super::ImportError;

/// Ids of shared rows that were changed.
#[derive(Debug, Default)]
pub(super) struct Changed {
    pub(super) agencies: Vec<i64>,
    pub(super) divisions: Vec<i64>,
    pub(super) units: Vec<i64>,
    pub(super) metrics: Vec<i64>,
}

/// A report that uses changed rows.
#[derive(Debug)]
pub(super) struct Touched {
    pub(super) report_id: i64,
    /// How many of the changed rows it uses.
    pub(super) rows: u64,
}

/// Gives all sort keys of an agency its code as it is written now. Only its case can have changed.
pub(super) async fn sort_keys(
    transaction: &DatabaseTransaction,
    agency_id: i64,
    code: &str,
) -> Result<(), DbErr> {
    let of_report = "report_id IN (SELECT id FROM report WHERE agency_id = ?)";
    for (table, belongs) in [
        ("division", "agency_id = ?"),
        ("report", "agency_id = ?"),
        ("goal", of_report),
        ("initiative", "agency_id = ?"),
        ("reported_result", "agency_id = ?"),
    ] {
        let sql = format!(
            "UPDATE {table} SET sort_key = ? || substr(sort_key, length(?) + 1) WHERE {belongs}"
        );
        let values = vec![code.into(), code.into(), agency_id.into()];
        run(transaction, &sql, values).await?;
    }
    Ok(())
}

/// Puts the closure of the metrics' trees right, with their roots, and the units of the results of these metrics.
pub(super) async fn metrics(
    transaction: &DatabaseTransaction,
    changed: &[i64],
) -> Result<(), DbErr> {
    run(transaction, "DELETE FROM metric_ancestor", vec![]).await?;
    run(
        transaction,
        "WITH RECURSIVE above (metric_id, ancestor_id, depth) AS (
             SELECT id, parent_id, 1 FROM metric WHERE parent_id IS NOT NULL
             UNION ALL
             SELECT above.metric_id, metric.parent_id, above.depth + 1
             FROM above JOIN metric ON metric.id = above.ancestor_id WHERE metric.parent_id IS NOT NULL
         )
         INSERT INTO metric_ancestor (metric_id, ancestor_id, depth) SELECT * FROM above",
        vec![],
    )
    .await?;
    run(
        transaction,
        "UPDATE metric SET root_id = coalesce(
             (SELECT ancestor_id FROM metric_ancestor a WHERE a.metric_id = metric.id ORDER BY depth DESC LIMIT 1), id)",
        vec![],
    )
    .await?;
    run(
        transaction,
        "UPDATE reported_result SET unit_id = metric.unit_id
         FROM json_each(?) AS changed CROSS JOIN metric
         WHERE metric.id = changed.value AND reported_result.metric_id = metric.id
             AND reported_result.unit_id <> metric.unit_id",
        vec![list(changed)],
    )
    .await
}

/// Refuses a change of a metric's unit that leaves a part in another unit than its whole.
pub(super) async fn refuse_parts_of_other_units(
    transaction: &DatabaseTransaction,
    changed: &[i64],
) -> Result<(), ImportError> {
    let statement = statement(
        transaction,
        "SELECT part.natural_key, whole.natural_key
         FROM json_each(?) AS changed CROSS JOIN reported_result part CROSS JOIN reported_result whole
         WHERE part.metric_id = changed.value AND whole.id = part.part_of_id AND whole.unit_id <> part.unit_id
         UNION ALL
         SELECT part.natural_key, whole.natural_key
         FROM json_each(?) AS changed CROSS JOIN reported_result whole CROSS JOIN reported_result part
         WHERE whole.metric_id = changed.value AND part.part_of_id = whole.id AND whole.unit_id <> part.unit_id
         LIMIT 1",
        vec![list(changed), list(changed)],
    );
    match transaction.query_one_raw(statement).await? {
        None => Ok(()),
        Some(row) => Err(ImportError::PartOfAnotherUnit {
            part: row.try_get_by_index(0)?,
            whole: row.try_get_by_index(1)?,
        }),
    }
}

/// The reports that use changed rows.
pub(super) async fn touched(
    transaction: &DatabaseTransaction,
    changed: &Changed,
) -> Result<Vec<Touched>, DbErr> {
    // UNION takes out what is there twice.
    let statement = statement(
        transaction,
        "SELECT report_id, count(*) FROM (
             SELECT r.id AS report_id, 'agency' AS kind, c.value AS id
             FROM json_each(?) c CROSS JOIN report r WHERE r.agency_id = c.value
             UNION
             SELECT i.report_id, 'division', c.value
             FROM json_each(?) c CROSS JOIN initiative i WHERE i.division_id = c.value
             UNION
             SELECT t.report_id, 'unit', c.value
             FROM json_each(?) c CROSS JOIN reported_result t WHERE t.unit_id = c.value
             UNION
             SELECT t.report_id, 'metric', c.value
             FROM json_each(?) c CROSS JOIN reported_result t WHERE t.metric_id = c.value
             UNION
             SELECT t.report_id, 'metric', c.value
             FROM json_each(?) c CROSS JOIN metric_ancestor a CROSS JOIN reported_result t
             WHERE a.ancestor_id = c.value AND t.metric_id = a.metric_id
         ) GROUP BY report_id ORDER BY report_id",
        vec![
            list(&changed.agencies),
            list(&changed.divisions),
            list(&changed.units),
            list(&changed.metrics),
            list(&changed.metrics),
        ],
    );
    let rows = transaction.query_all_raw(statement).await?;
    rows.iter()
        .map(|row| {
            let rows: i64 = row.try_get_by_index(1)?;
            Ok(Touched {
                report_id: row.try_get_by_index(0)?,
                rows: rows.unsigned_abs(),
            })
        })
        .collect()
}

/// Numbers as one bound value.
fn list(ids: &[i64]) -> Value {
    serde_json::json!(ids).to_string().into()
}

async fn run(
    transaction: &DatabaseTransaction,
    sql: &str,
    values: Vec<Value>,
) -> Result<(), DbErr> {
    transaction
        .execute_raw(statement(transaction, sql, values))
        .await
        .map(|_| ())
}

fn statement(transaction: &DatabaseTransaction, sql: &str, values: Vec<Value>) -> Statement {
    Statement::from_sql_and_values(transaction.get_database_backend(), sql, values)
}
