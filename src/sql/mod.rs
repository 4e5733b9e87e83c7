//! Statements: what a plan needs from the database, as SeaQuery over the entities' columns.
//!
//! The text of a statement depends on the plan alone and never on the data: every value is bound, and all parents are
//! bound as one. Nothing here may know GraphQL's documents or run a statement.

mod counts;
mod filter;
mod keyed;
mod keyed_page;
mod order;
mod order_total;
mod page;
mod parents;
mod previous;
mod rows;
mod search;
mod slice;
mod sqlite;
mod totals;
mod wholes;

pub use counts::counts;
pub use order_total::{OrderNumbers, OrderedTotal, ordered_totals};
pub use page::page;
pub use parents::ParentKeys;
pub use previous::previous;
pub use rows::{list, rows_by_id, rows_by_natural_key};
pub use search::{
    DOCUMENT, KEYS, RANKS, TEXTS_WIDTH, WIDTH, search_count, search_page, search_texts,
};
pub use totals::{JudgedColumns, ObjectColumns, TotalColumns, totals};
pub use wholes::Standing;

use sea_orm::sea_query::{
    Alias, Expr, ExprTrait, IntoColumnRef, SelectStatement, SqliteQueryBuilder, Value,
};

use crate::schema::declaration::ColumnRef;

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

/// No value.
fn null() -> Expr {
    Expr::Constant(Value::BigInt(None))
}
