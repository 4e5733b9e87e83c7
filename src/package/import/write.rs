//! The statements that an import is made of: rows in, in batches, and rows by their keys out.

use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, Iterable, QueryFilter,
    QuerySelect,
};

use super::ids::Keyed;

/// Values bound in one statement. SQLite takes 32,766 and PostgreSQL 65,535.
const BINDS: usize = 8_000;

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

/// The stored rows whose column holds one of the texts.
pub(super) async fn stored<E: EntityTrait>(
    transaction: &DatabaseTransaction,
    column: E::Column,
    texts: &[String],
) -> Result<Vec<E::Model>, DbErr> {
    let mut rows = Vec::new();
    for texts in texts.chunks(BINDS) {
        rows.extend(
            E::find()
                .filter(column.is_in(texts))
                .all(transaction)
                .await?,
        );
    }
    Ok(rows)
}
