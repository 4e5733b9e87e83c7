//! Statements: the results of several reports that publish one figure (docs/decisions/statements.md).
//!
//! Which statement is the latest is kept with each result, so that no query has to find it. It is computed from scratch
//! for every initiative that is given, so it is right in whatever order reports arrive, are revised or are removed.

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, Statement};

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
