//! Statements: what a plan needs from the database, as SeaQuery over the entities' columns.
//!
//! The text of a statement depends on the plan alone and never on the data: every value is bound, and all parents are
//! bound as one. Nothing here may know GraphQL's documents or run a statement.

mod counts;
mod filter;
mod order;
mod order_total;
mod page;
mod rows;
mod sqlite;
mod totals;

pub use counts::counts;
pub use order_total::SUM_BASE;
pub use page::page;
pub use rows::{ancestors, rows_by_id, rows_by_natural_key};
pub use totals::{SumColumns, TotalColumns, totals};

use sea_orm::sea_query::{
    Alias, Expr, ExprTrait, IntoColumnRef, Query, SelectStatement, SqliteQueryBuilder, Value,
};

use crate::{plan::Collection, schema::declaration::ColumnRef};
use sqlite::Keys;

/// A statement, ready to be run.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// Its text.
    pub text: String,
    /// The values bound to its placeholders, in order.
    pub values: Vec<Value>,
}

impl Statement {
    fn new(select: &SelectStatement) -> Statement {
        let (text, values) = select.build(SqliteQueryBuilder);
        Statement {
            text,
            values: values.0,
        }
    }
}

/// The alias of the table that a statement is about.
const ROW: &str = "t";
/// The alias of the list of parents.
const PARENT: &str = "k";

/// `FROM` the rows of a collection, `WHERE` they are under one of the parents and match its filter.
fn under_parents(collection: &Collection, parents: Option<&[i64]>) -> SelectStatement {
    let mut select = Query::select();
    select.from_as(
        Alias::new(collection.connection.node.table.name),
        Alias::new(ROW),
    );
    if let (Some(parent), Some(parents)) = (&collection.parent, parents) {
        let keys = Keys::of_ids(parents).select();
        select.and_where(column(ROW, parent.foreign_key).in_subquery(keys));
    }
    if let Some(condition) = filter::matching(collection.filter.as_ref(), ROW) {
        select.and_where(condition);
    }
    select
}

/// A column of a table by the table's alias.
fn column(alias: &str, column: ColumnRef) -> Expr {
    named(alias, column.name())
}

/// A column by alias and name.
fn named(alias: &str, name: &str) -> Expr {
    Expr::col((Alias::new(alias), Alias::new(name)).into_column_ref())
}

/// `column = value`, both by alias.
fn same(left: (&str, ColumnRef), right: (&str, ColumnRef)) -> Expr {
    column(left.0, left.1).eq(column(right.0, right.1))
}

/// A whole number that is part of the statement's text: it is the same in every request.
fn number(number: i64) -> Expr {
    Expr::Constant(Value::BigInt(Some(number)))
}
