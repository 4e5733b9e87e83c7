//! The page of a collection in an order by more than own columns.

use sea_orm::sea_query::{
    Alias, CommonTableExpression, Expr, ExprTrait, Func, JoinType, OverStatement, Query,
    SelectStatement, WindowStatement, WithClause,
};

use super::{
    Dialect, PARENT, ParentKeys, ROW, column,
    computed_order::{self, ComputedOrder},
    filter, named, order,
    order_total::OrderNumbers,
    parents::tied,
    rows::select_columns,
    slice::{Slice, slices, together},
};
use crate::plan::{Collection, Order, OrderPlace};

/// The alias of the table that rows are chosen from.
pub(super) const CHOSEN: &str = "p";
/// The rows with the values of their keys.
const VALUES: &str = "o";
/// The rows of the page.
const CUT: &str = "c";
const PLACE: &str = "place";
const ID: &str = "id";

/// The rows in an order by more than own columns: the values of its keys are found for all rows of the collection, and
/// the page is cut from those.
pub(super) fn computed_order_page(
    dialect: Dialect,
    collection: &Collection,
    computed: &ComputedOrder<'_>,
    parents: Option<&ParentKeys>,
    totals: &[OrderNumbers],
) -> SelectStatement {
    let fetch = &collection.fetch;
    let table = &fetch.object.table;
    let candidates = candidates(dialect, collection, parents);
    let mut rows = candidates.clone();
    let mut columns = Vec::new();
    if parents.is_some() {
        rows.expr_as(dialect.item_index(PARENT), Alias::new(PLACE));
        columns.push(PLACE.to_owned());
    }
    rows.expr_as(column(CHOSEN, table.id), Alias::new(ID));
    columns.push(ID.to_owned());
    computed.select(&mut rows, CHOSEN);
    columns.extend((0..collection.order.keys.len()).map(computed_order::name));
    dialect.compute_once(&mut rows);
    let is_all = parents.is_none() && collection.filter.is_none();
    let mut with = WithClause::new();
    computed.with(dialect, &mut with, (!is_all).then_some(&candidates), totals);
    let mut rows_with_values = CommonTableExpression::new();
    rows_with_values.table_name(Alias::new(VALUES)).query(rows);
    with.cte(rows_with_values);
    let slices = slices(&collection.page, collection.wanted, &collection.order);
    let parts = slices.iter().map(|slice| match parents {
        None => cut(slice, &collection.order, &columns),
        Some(_) => cut_under_each(slice, &collection.order, &columns),
    });
    let mut select = Query::select();
    if parents.is_some() {
        select.expr(named(CUT, PLACE));
    }
    select
        .with_cte(with)
        .from_subquery(together(parts.collect(), &columns), Alias::new(CUT));
    // From the few rows of the page, and not from all that there are.
    dialect.join_in_order(&mut select, table.name, ROW);
    select.and_where(column(ROW, table.id).eq(named(CUT, ID)));
    select_columns(&mut select, fetch);
    for (key, place) in collection.order_places.iter().enumerate() {
        if let OrderPlace::Computed(_) = place {
            select.expr(named(CUT, &computed_order::name(key)));
        }
    }
    select
}

/// `FROM` the rows of a collection, `WHERE` they match.
pub(super) fn candidates(
    dialect: Dialect,
    collection: &Collection,
    parents: Option<&ParentKeys>,
) -> SelectStatement {
    let table = || Alias::new(collection.connection.node.table.name);
    let mut rows = Query::select();
    match (&collection.parent, parents) {
        (Some(link), Some(parents)) => {
            parents.add_to_from(dialect, &mut rows);
            rows.join_as(
                JoinType::InnerJoin,
                table(),
                Alias::new(CHOSEN),
                tied(dialect, link, CHOSEN),
            );
        }
        _ => {
            rows.from_as(table(), Alias::new(CHOSEN));
        }
    }
    if let Some(matching) = filter::matching(dialect, collection.filter.as_ref(), CHOSEN) {
        rows.and_where(matching);
    }
    rows
}

/// The part of the rows that a slice is.
fn cut(slice: &Slice, order: &Order, columns: &[String]) -> SelectStatement {
    let mut cut = between(slice, order, columns);
    order::apply(order, &value, slice.from_start, |value, direction| {
        cut.order_by_expr(value, direction);
    });
    cut.limit(slice.rows).take()
}

/// The part of the rows that a slice is under each parent.
fn cut_under_each(slice: &Slice, order: &Order, columns: &[String]) -> SelectStatement {
    const NUMBERED: &str = "n";
    const NUMBER: &str = "number";
    let mut window = WindowStatement::new();
    window.add_partition_by(named(VALUES, PLACE));
    order::apply(order, &value, slice.from_start, |value, direction| {
        window.order_by_expr(value, direction);
    });
    let number = Func::cust(Alias::new("ROW_NUMBER"));
    let mut numbered = between(slice, order, columns);
    numbered.expr_window_as(number, window, Alias::new(NUMBER));
    let mut select = Query::select();
    for column in columns {
        select.expr(named(NUMBERED, column));
    }
    select
        .from_subquery(numbered, Alias::new(NUMBERED))
        .and_where(named(NUMBERED, NUMBER).lte(Expr::val(slice.rows)))
        .take()
}

/// These columns of the rows between the bounds of a slice.
fn between(slice: &Slice, order: &Order, columns: &[String]) -> SelectStatement {
    let mut select = Query::select();
    for column in columns {
        select.expr(named(VALUES, column));
    }
    select.from(Alias::new(VALUES));
    for bound in slice.bounds(order, &value) {
        select.cond_where(bound);
    }
    select
}

/// The value of a key.
fn value(key: usize) -> Expr {
    named(VALUES, &computed_order::name(key))
}
