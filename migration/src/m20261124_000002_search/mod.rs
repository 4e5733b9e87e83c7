//! The search index over divisions, initiatives, results and metrics, filled with what is there.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

pub(crate) mod sqlite;

/// Makes the index and fills it.
pub(crate) struct Migration;

/// The name by which a database remembers the migration; it must never change.
impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261124_000002_search"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// Without this, SeaORM migrates SQLite outside of any transaction.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, sqlite::up()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, sqlite::down()).await
    }
}

/// Runs the statements of a search index. Each database has one of its own kind, so the statements are its own too.
pub(super) async fn run(manager: &SchemaManager<'_>, sqlite: Vec<String>) -> Result<(), DbErr> {
    let statements = match manager.get_database_backend() {
        DbBackend::Sqlite => sqlite,
        other => {
            return Err(DbErr::Migration(format!(
                "there is no search index for {other:?} yet"
            )));
        }
    };
    for statement in statements {
        manager
            .get_connection()
            .execute_unprepared(&statement)
            .await?;
    }
    Ok(())
}
