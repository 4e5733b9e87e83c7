//! References between rows, as SQLite holds them.
//!
//! SQLite looks up what a row refers to with each row that is written, for ids that the import has just given out: 3 of
//! the 5 seconds in which a million results are inserted, where checking them all at once takes half a second. So a connection may have that turned off
//! ([`CommandStore::begin_large`](crate::store::CommandStore::begin_large)); then all references are checked at once, before
//! anything is committed.

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr};

use super::ImportError;

/// Has references between rows judged when the transaction ends, and not with each statement: rows of every table are
/// taken out and put in again.
pub(super) async fn defer(transaction: &DatabaseTransaction) -> Result<(), DbErr> {
    transaction
        .execute_unprepared("PRAGMA defer_foreign_keys = ON")
        .await
        .map(|_| ())
}

/// Checks every reference, if SQLite has not done so with each row.
pub(super) async fn check(transaction: &DatabaseTransaction) -> Result<(), ImportError> {
    let broken = "SELECT f.\"table\", f.parent FROM pragma_foreign_keys p CROSS JOIN pragma_foreign_key_check f
                  WHERE p.foreign_keys = 0 LIMIT 1";
    let backend = transaction.get_database_backend();
    let statement = sea_orm::Statement::from_string(backend, broken);
    match transaction.query_one_raw(statement).await? {
        None => Ok(()),
        Some(row) => Err(ImportError::BrokenReference {
            table: row.try_get_by_index(0)?,
            parent: row.try_get_by_index(1)?,
        }),
    }
}
