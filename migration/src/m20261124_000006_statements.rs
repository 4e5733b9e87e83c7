//! What totals need to know of figures that several reports publish, and of metrics whose children keep apart.
//!
//! How the columns are kept up to date: docs/decisions/statements.md.

use sea_orm_migration::prelude::*;

use crate::statements::run;

/// Adds the columns, fills them in, and makes the indexes.
pub(crate) struct Migration;

/// The name by which a database remembers the migration; it must never change.
impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261124_000006_statements"
    }
}

const UP: [&str; 11] = [
    "ALTER TABLE metric ADD COLUMN children_are_exclusive BOOLEAN NOT NULL DEFAULT FALSE \
     CHECK (children_are_exclusive IN (FALSE, TRUE))",
    "ALTER TABLE reported_result ADD COLUMN figure_id BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE reported_result ADD COLUMN statement_number INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE reported_result ADD COLUMN is_superseded BOOLEAN NOT NULL DEFAULT FALSE \
     CHECK (is_superseded IN (FALSE, TRUE))",
    "ALTER TABLE reported_result ADD COLUMN superseded_by_id BIGINT NULL",
    "UPDATE reported_result SET figure_id = id",
    // The results of one agency, slug, metric, scope and fiscal year in several reports.
    "WITH result AS (
         SELECT t.id, t.position, r.fiscal_year AS published, t.agency_id, lower(i.slug) AS slug, t.metric_id, t.scope,
             t.fiscal_year
         FROM reported_result t JOIN initiative i ON i.id = t.initiative_id JOIN report r ON r.id = t.report_id
     ),
     statement AS (
         SELECT id, published, min(id) OVER figure AS figure_id, min(published) OVER figure AS oldest,
             max(published) OVER figure AS newest, dense_rank() OVER (figure ORDER BY published) AS number,
             first_value(id) OVER (figure ORDER BY published DESC, position) AS latest
         FROM result
         WINDOW figure AS (PARTITION BY agency_id, slug, metric_id, scope, fiscal_year)
     )
     UPDATE reported_result SET figure_id = statement.figure_id, statement_number = number,
         is_superseded = published < newest, superseded_by_id = CASE WHEN published < newest THEN latest END
     FROM statement WHERE statement.id = reported_result.id AND oldest < newest",
    // All that totals read of a result, as before, and which statement it is.
    "DROP INDEX ix_reported_result_totals",
    "CREATE INDEX ix_reported_result_totals ON reported_result (metric_id, fiscal_year, value, scope, precision, \
     unit_id, initiative_id, report_id, part_of_id, is_record, agency_id, division_id, goal_id, figure_id, \
     statement_number)",
    "CREATE INDEX ix_reported_result_figure_id ON reported_result (figure_id)",
    "CREATE INDEX ix_initiative_agency_id_lower_slug ON initiative (agency_id, LOWER(slug))",
];

const DOWN: [&str; 9] = [
    "DROP INDEX ix_initiative_agency_id_lower_slug",
    "DROP INDEX ix_reported_result_figure_id",
    "DROP INDEX ix_reported_result_totals",
    "CREATE INDEX ix_reported_result_totals ON reported_result (metric_id, fiscal_year, value, scope, precision, \
     unit_id, initiative_id, report_id, part_of_id, is_record, agency_id, division_id, goal_id)",
    "ALTER TABLE reported_result DROP COLUMN superseded_by_id",
    "ALTER TABLE reported_result DROP COLUMN is_superseded",
    "ALTER TABLE reported_result DROP COLUMN statement_number",
    "ALTER TABLE reported_result DROP COLUMN figure_id",
    "ALTER TABLE metric DROP COLUMN children_are_exclusive",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// Without this, SeaORM migrates SQLite outside of any transaction.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &DOWN).await
    }
}
