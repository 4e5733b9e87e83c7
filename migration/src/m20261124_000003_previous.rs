//! An index that finds what an initiative reported of a metric in a year.

use sea_orm_migration::prelude::*;

/// Makes the index.
pub(crate) struct Migration;

const INDEX: &str = "ix_reported_result_initiative_id_metric_id_scope_fiscal_year";
const TABLE: &str = "reported_result";

/// The name by which a database remembers the migration; it must never change.
impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261124_000003_previous"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// Without this, SeaORM migrates SQLite outside of any transaction.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut index = Index::create();
        index
            .name(INDEX)
            .table(TABLE)
            .col("initiative_id")
            .col("metric_id")
            .col("scope")
            .col("fiscal_year");
        manager.create_index(index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let index = Index::drop().name(INDEX).table(TABLE).take();
        manager.drop_index(index).await
    }
}
