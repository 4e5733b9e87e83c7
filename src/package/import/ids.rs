//! Ids for the rows of one file: those of the rows that are stored, and new ones for the others.

use std::collections::HashMap;

use sea_orm::{DatabaseTransaction, DbErr, EntityTrait};

use super::{ImportError, write};

/// A table whose rows have an id and a natural key.
pub(super) trait Keyed: EntityTrait {
    /// Its column `id`.
    const ID: Self::Column;
    /// Its column `natural_key`.
    const NATURAL_KEY: Self::Column;
    /// The file of a package that its rows come from.
    const FILE: &'static str;
    /// Columns that say nothing of the package: a stored row keeps what is in them, until its statements are linked.
    const KEPT: &'static [Self::Column];
    /// Columns that follow from other rows: a row that differs in these alone is written anew and not counted as changed.
    const DERIVED: &'static [Self::Column];

    /// The id and the natural key of a row.
    fn keys_of(row: &Self::Model) -> (i64, &str);
}

/// A table whose rows belong to a report.
pub(super) trait OfReport: Keyed {
    /// Its column that says which.
    const REPORT_ID: Self::Column;

    /// The id of the report that a row belongs to.
    fn report_of(row: &Self::Model) -> i64;
}

macro_rules! keyed {
    ($($table:ident in $file:literal, kept [$($kept:ident),*], derived [$($derived:ident),*];)+) => {$(
        impl Keyed for entity::$table::Entity {
            const ID: Self::Column = entity::$table::Column::Id;
            const NATURAL_KEY: Self::Column = entity::$table::Column::NaturalKey;
            const FILE: &'static str = $file;
            const KEPT: &'static [Self::Column] = &[$(entity::$table::Column::$kept),*];
            const DERIVED: &'static [Self::Column] = &[$(entity::$table::Column::$derived),*];

            fn keys_of(row: &Self::Model) -> (i64, &str) {
                (row.id, &row.natural_key)
            }
        }
    )+};
}

keyed! {
    agency in "agencies.csv", kept [], derived [];
    division in "divisions.csv", kept [], derived [SortKey];
    unit_of_measure in "units.csv", kept [], derived [];
    metric in "metrics.csv", kept [], derived [RootId];
    report in "reports.csv", kept [Revision, PublishedAt], derived [SortKey];
    goal in "goals.csv", kept [], derived [SortKey];
    initiative in "initiatives.csv", kept [], derived [SortKey];
    reported_result in "results.csv", kept [FigureId, StatementNumber, IsSuperseded, SupersededById], derived [DivisionId, GoalId, UnitId, SortKey];
}

macro_rules! of_report {
    ($($table:ident by $column:ident $field:ident;)+) => {$(
        impl OfReport for entity::$table::Entity {
            const REPORT_ID: Self::Column = entity::$table::Column::$column;

            fn report_of(row: &Self::Model) -> i64 {
                row.$field
            }
        }
    )+};
}

of_report! {
    report by Id id;
    goal by ReportId report_id;
    initiative by ReportId report_id;
    reported_result by ReportId report_id;
}

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
        let stored = write::stored::<E>(transaction, E::NATURAL_KEY, &natural_keys).await?;
        let first = write::first_free_id::<E>(transaction).await?;
        Ok(Self::new(stored, natural_keys, first))
    }

    /// The ids of rows some of which may be stored; the others get ids from `first` on.
    fn new(stored: Vec<E::Model>, natural_keys: Vec<String>, first: i64) -> Self {
        let stored: HashMap<String, E::Model> = stored
            .into_iter()
            .map(|row| (E::keys_of(&row).1.to_owned(), row))
            .collect();
        let mut free = first..;
        let mut by_key = HashMap::with_capacity(natural_keys.len());
        for key in natural_keys {
            let known = stored.get(&key).map(|row| E::keys_of(row).0);
            let Some(id) = known.or_else(|| free.next()) else {
                break;
            };
            by_key.insert(key, id);
        }
        Self { by_key, stored }
    }

    /// The id of a row, by natural key.
    pub(super) fn get(&self, key: &str) -> Result<i64, ImportError> {
        super::find(&self.by_key, key).copied()
    }

    /// A row as it is stored, if it is.
    pub(super) fn stored(&self, key: &str) -> Option<&E::Model> {
        self.stored.get(key)
    }

    /// Takes out all that is stored, by natural key. The ids stay.
    pub(super) fn take_stored(&mut self) -> HashMap<String, E::Model> {
        std::mem::take(&mut self.stored)
    }
}

impl<E: OfReport> Ids<E> {
    /// The same for all rows of reports: what is stored of these reports is among it, whether the package has it or not.
    pub(super) async fn of_reports(
        transaction: &DatabaseTransaction,
        reports: &[i64],
        natural_keys: Vec<String>,
    ) -> Result<Self, DbErr> {
        let stored = write::stored::<E>(transaction, E::REPORT_ID, reports).await?;
        let first = write::first_free_id::<E>(transaction).await?;
        Ok(Self::new(stored, natural_keys, first))
    }
}
