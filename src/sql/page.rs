//! The statement for the rows of a page: of the whole table, or under each of many parents.
//!
//! A page is cut in the database: for each parent an index is entered at the page's start and left after its last row.
//! What tells whether there is more is fetched in the same statement: one row beyond the page, and the nearest row on
//! the far side of each cursor.

use sea_orm::sea_query::{Alias, Condition, ExprTrait, Query, SelectStatement};

use super::{
    Dialect, PARENT, ParentKeys, ROW, Statement, column,
    computed_order::ComputedOrder,
    computed_order_page::computed_order_page,
    filter, order,
    order_total::OrderNumbers,
    parents,
    rows::{rows, select_columns},
    slice::{Slice, slices, together},
};
use crate::plan::Collection;

/// The alias of the table where the rows of a page are chosen.
const CHOSEN: &str = "p";

/// The rows of a page and their neighbours, in any order. With `parents`, the page under each of them; the first
/// column is then the place of the parent in the list.
///
/// `totals` are the numbers of [`ordered_totals`](super::ordered_totals), in their order.
pub fn page(
    dialect: Dialect,
    collection: &Collection,
    parents: Option<&ParentKeys>,
    totals: &[OrderNumbers],
) -> Statement {
    let fetch = &collection.fetch;
    let table = &fetch.object.table;
    if let Some(computed) = ComputedOrder::new(&collection.order, table.id) {
        return dialect.statement(&computed_order_page(
            dialect, collection, &computed, parents, totals,
        ));
    }
    let slices = slices(&collection.page, collection.wanted, &collection.order);
    let select = match (parents, slices.as_slice()) {
        (Some(parents), _) => {
            let mut select = Query::select();
            select.expr(dialect.item_index(PARENT));
            parents.add_to_from(dialect, &mut select);
            let page = chosen(dialect, collection, &slices);
            dialect.join_page(&mut select, table, ROW, page);
            select_columns(&mut select, fetch);
            select
        }
        (None, [slice]) => {
            let mut select = rows(fetch);
            slice.apply(dialect, &mut select, collection, ROW);
            select
        }
        (None, _) => {
            let mut select = rows(fetch);
            select
                .and_where(column(ROW, table.id).in_subquery(chosen(dialect, collection, &slices)));
            select
        }
    };
    dialect.statement(&select)
}

impl Slice {
    /// The part of the rows with this alias that the slice is, in an order by own columns.
    fn apply(
        &self,
        dialect: Dialect,
        select: &mut SelectStatement,
        collection: &Collection,
        alias: &str,
    ) {
        let mut condition = Condition::all();
        if let Some(parent) = &collection.parent {
            condition = condition.add(parents::tied(dialect, parent, alias));
        }
        if let Some(matching) = filter::matching(dialect, collection.filter.as_ref(), alias) {
            condition = condition.add(matching);
        }
        let order = &collection.order;
        let values = |key: usize| order::value(&order.keys[key].by, alias);
        for bound in self.bounds(order, &values) {
            condition = condition.add(bound);
        }
        if !condition.is_empty() {
            select.cond_where(condition);
        }
        order::apply(order, &values, self.from_start, |value, direction| {
            select.order_by_expr(value, direction);
        });
        select.limit(self.rows);
    }
}

/// The ids of the rows of all slices, in an order by own columns.
fn chosen(dialect: Dialect, collection: &Collection, slices: &[Slice]) -> SelectStatement {
    let table = &collection.connection.node.table;
    let parts = slices.iter().map(|slice| {
        let mut part = Query::select();
        part.expr(column(CHOSEN, table.id))
            .from_as(Alias::new(table.name), Alias::new(CHOSEN));
        slice.apply(dialect, &mut part, collection, CHOSEN);
        part
    });
    together(parts.collect(), &[table.id.name().to_owned()])
}
