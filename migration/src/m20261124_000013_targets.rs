//! What was aimed for, and what share of it was attained.

use sea_orm_migration::prelude::*;

/// Adds the columns. Reports that were imported before have no targets.
pub(crate) struct Migration;

/// The name by which a database remembers the migration; it must never change.
impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261124_000013_targets"
    }
}

const COLUMNS: [&str; 2] = ["target", "attainment"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// Without this, SeaORM migrates SQLite outside of any transaction.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in COLUMNS {
            let mut table = Table::alter();
            table
                .table("reported_result")
                .add_column(ColumnDef::new(column).big_integer().null());
            manager.alter_table(table.take()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in COLUMNS.iter().rev() {
            let mut table = Table::alter();
            table.table("reported_result").drop_column(*column);
            manager.alter_table(table.take()).await?;
        }
        Ok(())
    }
}
