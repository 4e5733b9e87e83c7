//! An index that finds what was reported of a metric by one agency: all of it for a series, and by one initiative in the
//! year before.
//!
//! It begins with the metric: by the agency it would be taken for all that is totalled under an agency, whose results it
//! would then give in another order than they lie in.

use sea_orm_migration::prelude::*;

/// Makes the index.
pub(crate) struct Migration;

const INDEX: &str = "ix_reported_result_metric_agency_scope_year_initiative";
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
            .col("metric_id")
            .col("agency_id")
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
