//! What an import does to stored rows: added, changed, removed. Rows that are as the package says are left alone.

use std::collections::{BTreeMap, HashMap, HashSet};

use sea_orm::{DatabaseTransaction, DbErr, IdenStatic, IntoActiveModel, Iterable, ModelTrait};

use super::ids::{Ids, Keyed, OfReport};
use super::repair::Changed;
use super::write;

/// Changes that are listed one by one; others are only counted.
pub(super) const LISTED: usize = 1_000;

/// How many rows of a report an import added, changed and removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows that were not stored.
    pub added: u64,
    /// Rows that were stored with another content.
    pub changed: u64,
    /// Rows that are stored and not in the package.
    pub removed: u64,
}

impl Counts {
    /// Whether nothing is different.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// What happens to a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It was not stored.
    Added,
    /// It was stored with another content.
    Changed,
    /// It is stored and not in the package.
    Removed,
}

/// A row that is different from what was stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowChange {
    /// What happens to it.
    pub change: Change,
    /// The file of a package that it belongs to.
    pub file: &'static str,
    /// Its natural key.
    pub key: String,
}

/// What is different, by report.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// Counts by the id of the report.
    pub(super) by_report: BTreeMap<i64, Counts>,
    /// Removed rows, [`LISTED`] at most.
    pub(super) removed: Vec<RowChange>,
    /// Added and changed rows of reports that were stored already, [`LISTED`] at most.
    pub(super) written: Vec<RowChange>,
    /// Reports that are new as a whole: their rows are counted and not listed.
    pub(super) new_reports: HashSet<i64>,
    /// Shared rows that were not stored.
    pub(super) shared_added: u64,
    /// Shared rows that were changed.
    pub(super) shared: Changed,
}

impl Changes {
    fn note<E: OfReport>(&mut self, change: Change, row: &E::Model) {
        let key = Some(E::keys_of(row).1);
        self.note_row::<E>(change, E::report_of(row), key);
    }

    /// Counts a change of a row of a report, and lists it by its natural key if that is known.
    pub(super) fn note_row<E: OfReport>(&mut self, change: Change, report: i64, key: Option<&str>) {
        let counts = self.by_report.entry(report).or_default();
        let list = match change {
            Change::Added => {
                counts.added += 1;
                &mut self.written
            }
            Change::Changed => {
                counts.changed += 1;
                &mut self.written
            }
            Change::Removed => {
                counts.removed += 1;
                &mut self.removed
            }
        };
        if let Some(key) = key
            && list.len() < LISTED
            && !self.new_reports.contains(&report)
        {
            list.push(RowChange {
                change,
                file: E::FILE,
                key: key.to_owned(),
            });
        }
    }
}

/// How a row differs from what is stored of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Difference {
    /// It does not.
    None,
    /// In what follows from other rows.
    Derived,
    /// In what the package says.
    Content,
}

impl Difference {
    /// Compares a row with what is stored of it, and gives it the columns that an import keeps.
    pub(super) fn of<E: Keyed>(old: &E::Model, row: &mut E::Model) -> Self
    where
        E::Model: PartialEq,
    {
        for column in E::KEPT {
            row.set(*column, old.get(*column));
        }
        if row == old {
            return Self::None;
        }
        let content = E::Column::iter()
            .filter(|column| !E::DERIVED.iter().any(|derived| same::<E>(derived, column)))
            .any(|column| row.get(column) != old.get(column));
        match content {
            true => Self::Content,
            false => Self::Derived,
        }
    }
}

/// What has to be done to a table.
pub(super) struct Rewrite<E: Keyed> {
    /// Ids of rows that are removed, or written anew.
    gone: Vec<i64>,
    /// Rows to insert.
    new: Vec<E::Model>,
}

impl<E: Keyed> Rewrite<E>
where
    E::Model: IntoActiveModel<E::ActiveModel> + PartialEq,
    E::ActiveModel: Send,
{
    /// Compares rows that reports share with what is stored of them. Rows that are not in the package stay.
    pub(super) fn of_shared(ids: &Ids<E>, rows: Vec<E::Model>) -> Self {
        let mut rewrite = Self::nothing();
        for row in rows {
            let old = ids.stored(E::keys_of(&row).1);
            rewrite.compare(old, row);
        }
        rewrite
    }

    fn nothing() -> Self {
        Self {
            gone: Vec::new(),
            new: Vec::new(),
        }
    }

    /// Writes a row if it is not stored like this. What happens to it, if it is to be counted.
    fn compare(&mut self, old: Option<&E::Model>, mut row: E::Model) -> Option<Change> {
        let Some(old) = old else {
            self.new.push(row);
            return Some(Change::Added);
        };
        let difference = Difference::of::<E>(old, &mut row);
        if difference != Difference::None {
            self.gone.push(E::keys_of(old).0);
            self.new.push(row);
        }
        (difference == Difference::Content).then_some(Change::Changed)
    }

    /// The ids of stored rows that are removed, or written anew.
    pub(super) fn gone(&self) -> &[i64] {
        &self.gone
    }

    /// How many rows are new.
    pub(super) fn added(&self) -> u64 {
        (self.new.len() - self.gone.len()) as u64
    }

    /// Writes it. A changed row is taken out and put in under the id that it had: that way rows may change places in
    /// unique columns. References to it are judged when the transaction ends.
    pub(super) async fn write(self, transaction: &DatabaseTransaction) -> Result<(), DbErr> {
        write::delete::<E>(transaction, &self.gone).await?;
        write::insert_all::<E>(transaction, self.new).await
    }
}

impl<E: OfReport> Rewrite<E>
where
    E::Model: IntoActiveModel<E::ActiveModel> + PartialEq,
    E::ActiveModel: Send,
{
    /// Compares all rows of reports with what is stored of them.
    pub(super) fn of_reports(
        mut stored: HashMap<String, E::Model>,
        rows: Vec<E::Model>,
        changes: &mut Changes,
    ) -> Self {
        let mut rewrite = Self::nothing();
        for row in rows {
            let old = stored.remove(E::keys_of(&row).1);
            if let Some(change) = rewrite.compare(old.as_ref(), row)
                && let Some(row) = rewrite.new.last()
            {
                changes.note::<E>(change, row);
            }
        }
        let mut removed: Vec<E::Model> = stored.into_values().collect();
        removed.sort_by_key(|row| E::keys_of(row).0);
        for row in removed {
            changes.note::<E>(Change::Removed, &row);
            rewrite.gone.push(E::keys_of(&row).0);
        }
        rewrite
    }
}

fn same<E: Keyed>(one: &E::Column, other: &E::Column) -> bool {
    one.as_str() == other.as_str()
}
