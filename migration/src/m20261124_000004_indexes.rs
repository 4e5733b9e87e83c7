//! Indexes for what collections are chosen, ordered, grouped and added up by.
//!
//! What each is for, what it costs, and which were tried and left out: docs/decisions/indexes.md.

use sea_orm_migration::prelude::*;

/// Makes the indexes.
pub(crate) struct Migration;

/// The name of each index, its table, and what is in it. The expressions are the same in every database.
const INDEXES: [(&str, &str, &str); 8] = [
    (
        "ix_metric_ancestor_ancestor_id_metric_id",
        "metric_ancestor",
        "ancestor_id, metric_id",
    ),
    ("ix_initiative_lower_slug", "initiative", "LOWER(slug)"),
    // All that totals read of a result, so that those of a metric or a year are read from here alone.
    (
        "ix_reported_result_totals",
        "reported_result",
        "metric_id, fiscal_year, value, scope, precision, unit_id, initiative_id, report_id, part_of_id, is_record, \
         agency_id, division_id, goal_id",
    ),
    (
        "ix_reported_result_fiscal_year_sort_key",
        "reported_result",
        "fiscal_year, sort_key",
    ),
    (
        "ix_reported_result_fiscal_year_value",
        "reported_result",
        "fiscal_year, value",
    ),
    ("ix_reported_result_value", "reported_result", "value"),
    (
        "ix_reported_result_unit_id_sort_key",
        "reported_result",
        "unit_id, sort_key",
    ),
    // Whether an initiative has a result of a metric and size, from here alone.
    (
        "ix_reported_result_initiative_id_metric_id_value",
        "reported_result",
        "initiative_id, metric_id, value",
    ),
];

/// The name by which a database remembers the migration; it must never change.
impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261124_000004_indexes"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// Without this, SeaORM migrates SQLite outside of any transaction.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, table, content) in INDEXES {
            let statement = format!("CREATE INDEX {name} ON {table} ({content})");
            manager
                .get_connection()
                .execute_unprepared(&statement)
                .await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, _, _) in INDEXES {
            let statement = format!("DROP INDEX {name}");
            manager
                .get_connection()
                .execute_unprepared(&statement)
                .await?;
        }
        Ok(())
    }
}
