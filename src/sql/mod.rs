//! Statements: what a plan needs from the database, as SeaQuery over the entities' columns.
//!
//! The text of a statement depends on the plan alone and never on the data: every value is bound, and all parents are
//! bound as one. Where databases differ, [`Dialect`] says it. Nothing here may know GraphQL's documents or run a statement.

mod computed_order;
mod computed_order_page;
mod counts;
mod dialect;
mod filter;
mod order;
mod order_total;
mod page;
mod parents;
mod previous;
mod rows;
mod search;
mod slice;
mod totals;
mod wholes;

pub use counts::counts;
pub use dialect::Dialect;
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

use sea_orm::sea_query::{Alias, Expr, ExprTrait, IntoColumnRef, Value};

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
    /// How many bytes the texts take that it is run with; the keys of all parents may be one of them.
    pub fn bound_bytes(&self) -> usize {
        let texts = self.values.iter().map(|value| match value {
            Value::String(Some(text)) => text.len(),
            _ => 0,
        });
        texts.sum()
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
