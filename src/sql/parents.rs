//! The parents of a collection: all bound as one value, and how rows are tied to one of them.

use std::borrow::Cow;

use sea_orm::sea_query::{Alias, Expr, ExprTrait, JoinType, Query, SelectStatement};

use super::{Dialect, PARENT, ROW, column, dialect::BoundList, filter, order};
use crate::plan::{Collection, GroupLink, ParentLink};

/// The keys of the parents of a collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParentKeys {
    /// What rows refer to.
    Ids(Vec<i64>),
    /// What the rows of a group have in common, in the order of its links.
    Groups(Vec<Vec<Option<i64>>>),
}

impl ParentKeys {
    /// How many parents there are.
    pub fn len(&self) -> usize {
        match self {
            ParentKeys::Ids(ids) => ids.len(),
            ParentKeys::Groups(groups) => groups.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What tells a parent in the rows of a statement for all of them: what rows refer to, or the group's place.
    pub fn tag(&self, parent: usize) -> i64 {
        match self {
            ParentKeys::Ids(ids) => ids[parent],
            ParentKeys::Groups(_) => parent as i64,
        }
    }

    /// The value at a place in the key of a parent.
    pub fn value(&self, parent: usize, place: usize) -> Option<i64> {
        match self {
            ParentKeys::Ids(ids) => ids.get(parent).copied(),
            ParentKeys::Groups(groups) => groups.get(parent).and_then(|group| *group.get(place)?),
        }
    }

    /// The same parents, each once.
    #[must_use]
    pub fn distinct(&self) -> Cow<'_, ParentKeys> {
        match self {
            ParentKeys::Ids(ids) => {
                let mut distinct = ids.clone();
                distinct.sort_unstable();
                distinct.dedup();
                Cow::Owned(ParentKeys::Ids(distinct))
            }
            // Groups are different by what they are.
            ParentKeys::Groups(_) => Cow::Borrowed(self),
        }
    }

    /// All of them as one bound value.
    fn list(&self) -> BoundList<'_> {
        match self {
            ParentKeys::Ids(ids) => BoundList::Numbers(ids),
            ParentKeys::Groups(groups) => BoundList::Groups(groups),
        }
    }

    /// Adds the list of parents to `FROM`.
    pub(super) fn add_to_from(&self, dialect: Dialect, select: &mut SelectStatement) {
        dialect.add_list(select, self.list(), PARENT);
    }
}

/// The rows of a collection under all its parents, of which nothing is selected yet.
pub(super) struct Under {
    /// `FROM` the rows, `WHERE` they match.
    pub(super) select: SelectStatement,
    /// What tells the parent of a row; `None` at the root. It is the parent's key, or the place of a group in the list.
    pub(super) parent: Option<Expr>,
}

/// `FROM` the rows of a collection, `WHERE` they are under one of the parents and match its filter.
pub(super) fn under_parents(
    dialect: Dialect,
    collection: &Collection,
    parents: Option<&ParentKeys>,
) -> Under {
    let mut select = Query::select();
    let table = || Alias::new(collection.connection.node.table.name);
    let mut parent = None;
    match (&collection.parent, parents) {
        (Some(ParentLink::Reference { foreign_key, .. }), Some(parents)) => {
            select
                .from_as(table(), Alias::new(ROW))
                .and_where(dialect.is_one_of(column(ROW, *foreign_key), parents.list()));
            parent = Some(column(ROW, *foreign_key));
        }
        (Some(link), Some(parents)) => {
            parents.add_to_from(dialect, &mut select);
            select.join_as(
                JoinType::InnerJoin,
                table(),
                Alias::new(ROW),
                tied(dialect, link, ROW),
            );
            parent = Some(dialect.item_index(PARENT));
        }
        _ => {
            select.from_as(table(), Alias::new(ROW));
        }
    }
    if let Some(condition) = filter::matching(dialect, collection.filter.as_ref(), ROW) {
        select.and_where(condition);
    }
    Under { select, parent }
}

/// The row with this alias is under the parent of the list.
pub(super) fn tied(dialect: Dialect, link: &ParentLink, alias: &str) -> Expr {
    match link {
        ParentLink::Reference { foreign_key, .. } => {
            column(alias, *foreign_key).eq(dialect.item(PARENT))
        }
        ParentLink::Group(links) => all(links
            .iter()
            .enumerate()
            .map(|(part, link)| equal(dialect, link, alias, dialect.item_part(PARENT, part)))),
    }
}

/// The rows with these aliases are under the same parent.
pub(super) fn together(dialect: Dialect, link: &ParentLink, left: &str, right: &str) -> Expr {
    match link {
        ParentLink::Reference { foreign_key, .. } => {
            column(left, *foreign_key).eq(column(right, *foreign_key))
        }
        ParentLink::Group(links) => all(links
            .iter()
            .map(|link| equal(dialect, link, left, order::value(&link.by, right)))),
    }
}

/// The value of a row is the given one, or both are missing.
pub(super) fn equal(dialect: Dialect, link: &GroupLink, alias: &str, other: Expr) -> Expr {
    let value = order::value(&link.by, alias);
    match link.nullable {
        true => dialect.null_safe_equal(value, other),
        false => value.eq(other),
    }
}

fn all(conditions: impl Iterator<Item = Expr>) -> Expr {
    conditions
        .reduce(|left, right| left.and(right))
        .unwrap_or_else(|| Expr::val(true))
}
