//! An index that finds what an agency reported of a metric: in a series, and in the year before for one initiative.

use sea_orm_migration::prelude::*;

/// Makes the index.
pub(crate) struct Migration;

const INDEX: &str = "ix_reported_result_agency_id_metric_id_scope_fiscal_year_initiative_id";
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
            .col("agency_id")
            .col("metric_id")
            .col("scope")
            .col("fiscal_year")
            .col("initiative_id");
        manager.create_index(index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut index = Index::drop();
        index.name(INDEX).table(TABLE);
        manager.drop_index(index).await
    }
}
