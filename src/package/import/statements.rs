//! Statements: the results of several reports that publish one figure (docs/decisions/statements.md).
//!
//! Which statement is the latest is kept with each result, so that no query has to find it. It is computed from scratch
//! for every initiative that is given, so it is right in whatever order reports arrive, are revised or are removed.

use entity::initiative;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, Statement};

use super::write;

/// An initiative in all reports of its agency: the id of the agency, and the slug in lower case.
pub(super) type Slug = (i64, String);

/// Sets `figure_id`, `statement_number`, `is_superseded` and `superseded_by_id` of the results of these initiatives.
///
/// Only an initiative that several reports have, or had, is looked at: the results of another are written as the only
/// statements of their figures.
const LINK: &str = "
WITH asked AS (
    SELECT DISTINCT json_extract(value, '$[0]') AS agency_id, json_extract(value, '$[1]') AS slug FROM json_each(?)
),
initiatives AS (
    SELECT i.id, asked.slug, r.fiscal_year AS published, count(*) OVER (PARTITION BY asked.agency_id, asked.slug) AS reports
    FROM asked CROSS JOIN initiative i CROSS JOIN report r
    WHERE i.agency_id = asked.agency_id AND lower(i.slug) = asked.slug AND r.id = i.report_id
),
result AS (
    SELECT t.id, t.position, published, t.agency_id, slug, t.metric_id, t.scope, t.fiscal_year
    FROM initiatives CROSS JOIN reported_result t
    WHERE t.initiative_id = initiatives.id AND (reports > 1 OR t.statement_number > 0)
),
linked AS (
    SELECT id, published, min(id) OVER figure AS first_id, min(published) OVER figure AS oldest,
        max(published) OVER figure AS newest, dense_rank() OVER (figure ORDER BY published) AS number,
        first_value(id) OVER (figure ORDER BY published DESC, position) AS latest
    FROM result
    WINDOW figure AS (PARTITION BY agency_id, slug, metric_id, scope, fiscal_year)
),
renewed AS (
    SELECT id, published < newest AS is_superseded, CASE WHEN oldest < newest THEN first_id ELSE id END AS figure_id,
        CASE WHEN oldest < newest THEN number ELSE 0 END AS statement_number,
        CASE WHEN published < newest THEN latest END AS superseded_by_id
    FROM linked
)
UPDATE reported_result SET figure_id = renewed.figure_id, statement_number = renewed.statement_number,
    is_superseded = renewed.is_superseded, superseded_by_id = renewed.superseded_by_id
FROM renewed
WHERE renewed.id = reported_result.id
    AND (renewed.figure_id, renewed.statement_number, coalesce(renewed.superseded_by_id, 0))
        <> (reported_result.figure_id, reported_result.statement_number, coalesce(reported_result.superseded_by_id, 0))";

/// Links the statements of the figures of these initiatives. To be called, in the same transaction, after results of
/// them were written, changed or removed.
pub(super) async fn link(transaction: &DatabaseTransaction, slugs: &[Slug]) -> Result<(), DbErr> {
    let slugs = serde_json::json!(slugs).to_string();
    let backend = transaction.get_database_backend();
    let statement = Statement::from_sql_and_values(backend, LINK, [slugs.into()]);
    transaction.execute_raw(statement).await?;
    Ok(())
}

/// The initiatives that these reports have, each with the id of its report.
pub(super) async fn of_reports(
    transaction: &DatabaseTransaction,
    reports: &[i64],
) -> Result<Vec<(i64, Slug)>, DbErr> {
    let rows =
        write::stored::<initiative::Entity>(transaction, initiative::Column::ReportId, reports);
    let named = |row: initiative::Model| {
        let slug = row.slug.to_ascii_lowercase();
        (row.report_id, (row.agency_id, slug))
    };
    Ok(rows.await?.into_iter().map(named).collect())
}

#[cfg(test)]
mod tests {
    use migration::{Migrator, MigratorTrait};
    use sea_orm::{Database, DatabaseConnection, TransactionTrait};

    use super::*;
    use crate::package::{self, Package};

    /// The built-in report as that of another year, about the same year.
    fn report_of(year: i32) -> Package {
        let mut package = package::builtin().unwrap();
        package.reports[0].fiscal_year = year;
        package
            .goals
            .iter_mut()
            .for_each(|goal| goal.fiscal_year = year);
        for initiative in &mut package.initiatives {
            initiative.fiscal_year = year;
        }
        for result in &mut package.results {
            result.report_fiscal_year = year;
        }
        package
    }

    async fn database(years: &[i32]) -> DatabaseConnection {
        let mut options = sea_orm::ConnectOptions::new("sqlite::memory:");
        options.max_connections(1);
        let db = Database::connect(options).await.unwrap();
        Migrator::up(&db, None).await.unwrap();
        for year in years {
            let transaction = db.begin().await.unwrap();
            package::import(&transaction, &report_of(*year))
                .await
                .unwrap();
            transaction.commit().await.unwrap();
        }
        db
    }

    /// How many results meet a condition; `l` is the latest statement of the result `t`.
    async fn count(db: &DatabaseConnection, condition: &str) -> i64 {
        let sql = format!(
            "SELECT count(*) AS n FROM reported_result t LEFT JOIN reported_result l ON l.id = t.superseded_by_id \
             WHERE {condition}"
        );
        let statement = Statement::from_string(db.get_database_backend(), sql);
        let row = db.query_one_raw(statement).await.unwrap().unwrap();
        row.try_get("", "n").unwrap()
    }

    #[tokio::test]
    async fn statements_are_linked_in_whatever_order_reports_arrive() {
        for years in [[2007, 2008, 2009], [2009, 2007, 2008], [2008, 2009, 2007]] {
            let db = database(&years).await;
            for (year, number) in (2007..).zip(1..=3) {
                let of_report =
                    format!("t.natural_key LIKE 'ice {year} %' AND t.statement_number = {number}");
                assert_eq!(count(&db, &of_report).await, 55, "{years:?}");
            }
            let superseded =
                "t.is_superseded AND l.natural_key = 'ice 2009' || substr(t.natural_key, 9)";
            assert_eq!(count(&db, superseded).await, 110, "{years:?}");
            let latest = "NOT t.is_superseded AND t.superseded_by_id IS NULL";
            assert_eq!(count(&db, latest).await, 55, "{years:?}");
            let first = "t.figure_id = (SELECT min(o.id) FROM reported_result o WHERE \
                 substr(o.natural_key, 9) = substr(t.natural_key, 9))";
            assert_eq!(count(&db, first).await, 165, "{years:?}");
        }
    }

    #[tokio::test]
    async fn what_is_left_alone_by_a_removal_is_a_figure_of_its_own() {
        let db = database(&[2007, 2008]).await;
        let transaction = db.begin().await.unwrap();
        let slugs: Vec<Slug> = report_of(2008)
            .initiatives
            .iter()
            .map(|initiative| (1, initiative.slug.clone()))
            .collect();
        transaction
            .execute_unprepared(
                "DELETE FROM reported_result_whole WHERE part_id IN \
                     (SELECT id FROM reported_result WHERE natural_key LIKE 'ice 2008 %');
                 UPDATE reported_result SET part_of_id = NULL WHERE natural_key LIKE 'ice 2008 %';
                 DELETE FROM reported_result WHERE natural_key LIKE 'ice 2008 %';
                 DELETE FROM initiative WHERE natural_key LIKE 'ice 2008 %'",
            )
            .await
            .unwrap();
        link(&transaction, &slugs).await.unwrap();
        transaction.commit().await.unwrap();
        let alone = "t.figure_id = t.id AND t.statement_number = 0 AND NOT t.is_superseded AND t.superseded_by_id IS NULL";
        assert_eq!(count(&db, alone).await, 55);
        assert_eq!(count(&db, "TRUE").await, 55);
    }
}
