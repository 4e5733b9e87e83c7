//! Runs statements that every database takes as they are.

use sea_orm_migration::prelude::*;

/// Runs the statements of a migration, in their order.
pub(crate) async fn run(manager: &SchemaManager<'_>, statements: &[&str]) -> Result<(), DbErr> {
    for statement in statements {
        manager
            .get_connection()
            .execute_unprepared(statement)
            .await?;
    }
    Ok(())
}
