//! The statements that an import is made of: rows in, in batches, rows by their keys out, and rows away.

use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel,
    Iterable, QueryFilter, QuerySelect, Value,
};

use super::ids::Keyed;

/// Values bound in one statement. SQLite takes 32,766 and PostgreSQL 65,535.
const BINDS: usize = 8_000;

/// Has references between rows judged when the transaction ends, and not with each statement: rows of every table are
/// taken out and put in again.
pub(super) async fn defer_references(transaction: &DatabaseTransaction) -> Result<(), DbErr> {
    transaction
        .execute_unprepared("PRAGMA defer_foreign_keys = ON")
        .await
        .map(|_| ())
}

/// Inserts rows in this order, in batches.
pub(super) async fn insert_all<E>(
    transaction: &DatabaseTransaction,
    rows: Vec<E::Model>,
) -> Result<(), DbErr>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: Send,
{
    let batch = BINDS / E::Column::iter().count();
    let mut rows = rows.into_iter();
    while rows.len() > 0 {
        let rows = rows
            .by_ref()
            .take(batch)
            .map(IntoActiveModel::into_active_model);
        let rows: Vec<E::ActiveModel> = rows.collect();
        E::insert_many(rows)
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(())
}

/// Deletes rows by id.
pub(super) async fn delete<E: Keyed>(
    transaction: &DatabaseTransaction,
    ids: &[i64],
) -> Result<(), DbErr> {
    delete_where::<E>(transaction, E::ID, ids).await
}

/// Deletes the rows whose column holds one of the numbers.
pub(super) async fn delete_where<E: EntityTrait>(
    transaction: &DatabaseTransaction,
    column: E::Column,
    ids: &[i64],
) -> Result<(), DbErr> {
    for ids in ids.chunks(BINDS) {
        E::delete_many()
            .filter(column.is_in(ids.iter().copied()))
            .exec(transaction)
            .await?;
    }
    Ok(())
}

/// The first of the ids that no row of a table has and that are the caller's to give out.
///
/// SQLite has one writer at a time, so all ids after the largest are free while it writes.
pub(super) async fn first_free_id<E: Keyed>(
    transaction: &DatabaseTransaction,
) -> Result<i64, DbErr> {
    let largest: Option<Option<i64>> = E::find()
        .select_only()
        .expr_as(E::ID.max(), "largest")
        .into_tuple()
        .one(transaction)
        .await?;
    Ok(largest.flatten().unwrap_or(0) + 1)
}

/// The stored rows whose column holds one of the values.
pub(super) async fn stored<E: EntityTrait>(
    connection: &impl ConnectionTrait,
    column: E::Column,
    values: &[impl Clone + Into<Value>],
) -> Result<Vec<E::Model>, DbErr> {
    let mut rows = Vec::new();
    for values in values.chunks(BINDS) {
        rows.extend(
            E::find()
                .filter(column.is_in(values.iter().cloned()))
                .all(connection)
                .await?,
        );
    }
    Ok(rows)
}
