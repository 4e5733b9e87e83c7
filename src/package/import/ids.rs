//! Ids for the rows of one file: those of the rows that are stored, and new ones for the others.

use std::collections::HashMap;

use sea_orm::{
    DatabaseTransaction, DbErr, EntityTrait, IdenStatic, IntoActiveModel, Iterable, ModelTrait,
};

use super::{ImportError, write};

/// A table whose rows have an id and a natural key.
pub(super) trait Keyed: EntityTrait {
    /// Its column `id`.
    const ID: Self::Column;
    /// Its column `natural_key`.
    const NATURAL_KEY: Self::Column;

    /// The id and the natural key of a row.
    fn keys_of(row: &Self::Model) -> (i64, &str);
}

macro_rules! keyed {
    ($($table:ident),+ $(,)?) => {$(
        impl Keyed for entity::$table::Entity {
            const ID: Self::Column = entity::$table::Column::Id;
            const NATURAL_KEY: Self::Column = entity::$table::Column::NaturalKey;

            fn keys_of(row: &Self::Model) -> (i64, &str) {
                (row.id, &row.natural_key)
            }
        }
    )+};
}

keyed!(
    agency,
    division,
    goal,
    initiative,
    metric,
    report,
    reported_result,
    unit_of_measure
);

/// The ids of the rows of one file by natural key, with what is stored of them.
pub(super) struct Ids<E: EntityTrait> {
    by_key: HashMap<String, i64>,
    stored: HashMap<String, E::Model>,
}

impl<E: Keyed> Ids<E> {
    /// Finds the ids of the stored rows among these and gives ids to the others.
    pub(super) async fn give_out(
        transaction: &DatabaseTransaction,
        natural_keys: Vec<String>,
    ) -> Result<Self, DbErr> {
        let mut stored = HashMap::new();
        for row in write::stored::<E>(transaction, E::NATURAL_KEY, &natural_keys).await? {
            let (_, key) = E::keys_of(&row);
            stored.insert(key.to_owned(), row);
        }
        let mut free = write::first_free_id::<E>(transaction).await?..;
        let mut by_key = HashMap::with_capacity(natural_keys.len());
        for key in natural_keys {
            let known = stored.get(&key).map(|row| E::keys_of(row).0);
            let Some(id) = known.or_else(|| free.next()) else {
                break;
            };
            by_key.insert(key, id);
        }
        Ok(Self { by_key, stored })
    }

    /// The id of a row, by natural key.
    pub(super) fn get(&self, key: &str) -> Result<i64, ImportError> {
        super::find(&self.by_key, key).copied()
    }

    /// Whether a row is stored already.
    pub(super) fn is_stored(&self, key: &str) -> bool {
        self.stored.contains_key(key)
    }

    /// Inserts the rows that are not stored, in this order.
    ///
    /// # Errors
    ///
    /// [`ImportError::Contradiction`] if a row is stored with other content.
    pub(super) async fn write(
        &self,
        transaction: &DatabaseTransaction,
        rows: Vec<E::Model>,
    ) -> Result<(), ImportError>
    where
        E::Model: IntoActiveModel<E::ActiveModel>,
        E::ActiveModel: Send,
    {
        let mut new = Vec::with_capacity(rows.len());
        for row in rows {
            let (_, key) = E::keys_of(&row);
            match self.stored.get(key) {
                Some(stored) => refuse_other_content::<E>(&row, stored)?,
                None => new.push(row),
            }
        }
        write::insert_all::<E>(transaction, new).await?;
        Ok(())
    }
}

fn refuse_other_content<E: Keyed>(row: &E::Model, stored: &E::Model) -> Result<(), ImportError> {
    let differing: Vec<_> = E::Column::iter()
        .filter(|column| row.get(*column) != stored.get(*column))
        .map(|column| column.as_str())
        .collect();
    if differing.is_empty() {
        return Ok(());
    }
    Err(ImportError::Contradiction {
        table: E::default().table_name(),
        key: E::keys_of(row).1.to_owned(),
        columns: differing.join(", "),
    })
}
