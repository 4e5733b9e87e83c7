//! Who wrote the summaries of a report, and where in the source each figure is.

use sea_orm_migration::prelude::*;

use crate::statements::run;

/// Adds the columns.
pub(crate) struct Migration;

/// The name by which a database remembers the migration; it must never change.
impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261124_000014_provenance"
    }
}

const UP: [&str; 2] = [
    "ALTER TABLE report ADD COLUMN summary_by TEXT NOT NULL DEFAULT 'the author of the data package'",
    "ALTER TABLE reported_result ADD COLUMN source_place TEXT NULL",
];

const DOWN: [&str; 2] = [
    "ALTER TABLE reported_result DROP COLUMN source_place",
    "ALTER TABLE report DROP COLUMN summary_by",
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
