//! The state of the data, by which answers are known to be of now: docs/decisions/data-version.md.

use sea_orm_migration::prelude::*;

/// Makes the table and its one row.
pub(crate) struct Migration;

/// The name by which a database remembers the migration; it must never change.
impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261124_000005_data_version"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// Without this, SeaORM migrates SQLite outside of any transaction.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("data_version")
            .col(
                ColumnDef::new("id")
                    .integer()
                    .not_null()
                    .primary_key()
                    .check(Expr::col("id").eq(1)),
            )
            .col(ColumnDef::new("version").text().not_null())
            .to_owned();
        manager.create_table(table).await?;
        let row = Query::insert()
            .into_table("data_version")
            .columns(["id", "version"])
            .values_panic([1.into(), "initial".into()])
            .to_owned();
        manager.execute(row).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("data_version").to_owned())
            .await
    }
}
