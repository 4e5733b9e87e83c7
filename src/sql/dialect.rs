//! How statements are written for one database: everything that SQLite and PostgreSQL say differently.
//!
//! The rest of `sql` is standard SQL and asks the dialect for these parts. A second database is a second variant of
//! [`Dialect`], and the compiler then names each part that it lacks; docs/decisions/dialects.md has PostgreSQL's. Nothing
//! here may know a plan or decide what is read.

mod sqlite;

use sea_orm::sea_query::{Expr, SelectStatement};

use super::{Statement, null};
use crate::schema::declaration::{ColumnRef, Table};

/// The database that a statement is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// SQLite 3.
    Sqlite,
}

/// Values that are bound to a statement as one, however many they are.
#[derive(Clone, Copy)]
pub(super) enum BoundList<'l> {
    /// Whole numbers: ids and codes.
    Numbers(&'l [i64]),
    /// Texts: natural keys and terms.
    Texts(&'l [String]),
    /// The keys of groups, each of equally many parts.
    Groups(&'l [Vec<Option<i64>>]),
    /// The numbers of a total: key, multiples, rest.
    Totals(&'l [[i64; 3]]),
}

impl Dialect {
    /// The text of a statement with its placeholders, and the values bound to them.
    pub(super) fn statement(self, select: &SelectStatement) -> Statement {
        match self {
            Dialect::Sqlite => sqlite::statement(select),
        }
    }

    /// True where a value is one of a list.
    pub(super) fn is_one_of(self, value: Expr, list: BoundList<'_>) -> Expr {
        match self {
            Dialect::Sqlite => sqlite::is_one_of(value, list),
        }
    }

    /// Adds a list to `FROM`, a row for each item, to be read through [`item`](Dialect::item),
    /// [`item_part`](Dialect::item_part) and [`item_index`](Dialect::item_index).
    pub(super) fn add_list(
        self,
        select: &mut SelectStatement,
        list: BoundList<'_>,
        alias: &'static str,
    ) {
        match self {
            Dialect::Sqlite => sqlite::add_list(select, list, alias),
        }
    }

    /// An item of a list in `FROM`.
    pub(super) fn item(self, alias: &str) -> Expr {
        match self {
            Dialect::Sqlite => sqlite::item(alias),
        }
    }

    /// One part of an item that has several.
    pub(super) fn item_part(self, alias: &str, part: usize) -> Expr {
        match self {
            Dialect::Sqlite => sqlite::item_part(alias, part),
        }
    }

    /// The index of an item in its list, from 0.
    pub(super) fn item_index(self, alias: &str) -> Expr {
        match self {
            Dialect::Sqlite => sqlite::item_index(alias),
        }
    }

    /// Joins, for each item of the list in `FROM`, the rows whose ids `page` selects. `page` has an order and a limit of
    /// its own and may refer to the item.
    pub(super) fn join_page(
        self,
        select: &mut SelectStatement,
        table: &Table,
        alias: &'static str,
        page: SelectStatement,
    ) {
        match self {
            Dialect::Sqlite => sqlite::join_page(select, table, alias, page),
        }
    }

    /// Joins a table that is best read after those before it, through an index; the condition belongs in `WHERE`.
    pub(super) fn join_in_order(
        self,
        select: &mut SelectStatement,
        table: &'static str,
        alias: &'static str,
    ) {
        match self {
            Dialect::Sqlite => sqlite::join_in_order(select, table, alias),
        }
    }

    /// The same condition, marked as true of most rows: an index that gives the rows in their order is better than one
    /// that finds them by this.
    pub(super) fn unselective(self, condition: Expr) -> Expr {
        match self {
            Dialect::Sqlite => sqlite::unselective(condition),
        }
    }

    /// Has the expressions of a subquery computed once for each row, however often they are named outside.
    pub(super) fn compute_once(self, subquery: &mut SelectStatement) {
        match self {
            Dialect::Sqlite => sqlite::compute_once(subquery),
        }
    }

    /// True where a subquery has a row.
    pub(super) fn exists(self, rows: SelectStatement) -> Expr {
        match self {
            Dialect::Sqlite => sqlite::exists(rows),
        }
    }

    /// Equality in which null equals null, and which is never null.
    pub(super) fn null_safe_equal(self, left: Expr, right: Expr) -> Expr {
        match self {
            Dialect::Sqlite => sqlite::null_safe_equal(left, right),
        }
    }

    /// A text with its letters A to Z in lower case, and no others.
    pub(super) fn lower_ascii(self, text: Expr) -> Expr {
        match self {
            Dialect::Sqlite => sqlite::lower_ascii(text),
        }
    }

    /// Where a text first contains another, from 1; 0 where it does not.
    pub(super) fn position(self, text: Expr, part: Expr) -> Expr {
        match self {
            Dialect::Sqlite => sqlite::position(text, part),
        }
    }

    /// The sum of whole numbers as a 64-bit integer; 0 where there are none.
    pub(super) fn sum(self, number: Expr) -> Expr {
        match self {
            Dialect::Sqlite => sqlite::sum(number),
        }
    }

    /// How many rows have true in a Boolean column.
    pub(super) fn count_true(self, column: Expr) -> Expr {
        match self {
            Dialect::Sqlite => sqlite::sum(column),
        }
    }

    /// Null in the place of this column, in the first of the statements that a union joins.
    pub(super) fn null_of(self, _column: ColumnRef) -> Expr {
        match self {
            Dialect::Sqlite => null(),
        }
    }

    /// The number of a document of the search index.
    pub(super) fn document(self, alias: &str) -> Expr {
        match self {
            Dialect::Sqlite => sqlite::document(alias),
        }
    }

    /// True of the documents that have all these terms; the last one may be the beginning of a word.
    pub(super) fn has_terms<'t>(self, alias: &str, terms: impl Iterator<Item = &'t str>) -> Expr {
        match self {
            Dialect::Sqlite => sqlite::has_terms(alias, terms),
        }
    }

    /// How well a document fits, as a whole number of [`RANKS`](super::RANKS) to one; the smaller, the better.
    pub(super) fn rank(self, alias: &str) -> Expr {
        match self {
            Dialect::Sqlite => sqlite::rank(alias),
        }
    }
}
