//! The statements that an import is made of: rows in, in batches, rows by their keys out, and rows away.

use std::marker::PhantomData;

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, DbErr,
    EntityTrait, IntoActiveModel, Iterable, QueryFilter, QuerySelect, QueryTrait, Statement, Value,
};

use super::ids::Keyed;

/// Values bound in one statement. SQLite takes 32,766 and PostgreSQL 65,535.
const BINDS: usize = 8_000;

/// Values bound in one statement that inserts: so few that the next batch is made while this one is written.
const INSERTED: usize = 2_500;

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
    let mut rows = rows.into_iter();
    insert_each::<E, DbErr>(transaction, || Ok(rows.next())).await
}

/// Inserts rows as they come, in batches: while the database writes one, the next is made.
pub(super) async fn insert_each<E, Fault>(
    transaction: &DatabaseTransaction,
    mut next: impl FnMut() -> Result<Option<E::Model>, Fault>,
) -> Result<(), Fault>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: Send,
    Fault: From<DbErr>,
{
    let mut batches = Batches::<E>::new(transaction.get_database_backend());
    let mut batch = batches.of(&mut next)?;
    while let Some(statement) = batch {
        let written = transaction.execute_raw(statement);
        let (written, following) = tokio::join!(written, async { batches.of(&mut next) });
        written?;
        batch = following?;
    }
    Ok(())
}

/// The statements that insert rows. All full batches have one text, so that the database prepares it once.
struct Batches<E> {
    backend: DbBackend,
    /// Rows of a full batch.
    rows: usize,
    /// Text of a full batch.
    text: Option<String>,
    of: PhantomData<E>,
}

impl<E> Batches<E>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: Send,
{
    fn new(backend: DbBackend) -> Self {
        Self {
            backend,
            rows: (INSERTED / E::Column::iter().count()).max(1),
            text: None,
            of: PhantomData,
        }
    }

    /// The statement for the next rows; `None` if there are no more.
    fn of<Fault>(
        &mut self,
        next: &mut impl FnMut() -> Result<Option<E::Model>, Fault>,
    ) -> Result<Option<Statement>, Fault> {
        let mut rows: Vec<E::ActiveModel> = Vec::with_capacity(self.rows);
        while rows.len() < self.rows
            && let Some(row) = next()?
        {
            rows.push(row.into_active_model());
        }
        if rows.is_empty() {
            return Ok(None);
        }
        let is_full = rows.len() == self.rows;
        if let (true, Some(text)) = (is_full, &self.text) {
            let mut values = Vec::with_capacity(INSERTED);
            for row in &mut rows {
                values.extend(E::Column::iter().filter_map(|column| row.take(column).into_value()));
            }
            return Ok(Some(Statement::from_sql_and_values(
                self.backend,
                text,
                values,
            )));
        }
        let statement = E::insert_many(rows).build(self.backend);
        if is_full {
            self.text = Some(statement.sql.clone());
        }
        Ok(Some(statement))
    }
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
