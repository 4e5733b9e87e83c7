//! Rows with the values of their order's keys, for orders by more than own columns.
//!
//! Each value is found once for a row. What takes other rows to be counted or added up is found once for each row that
//! it is of, however many rows lead there, in a table of its own ahead of the statement.

use std::sync::Arc;

use sea_orm::sea_query::{
    Alias, CommonTableExpression, Expr, ExprTrait, JoinType, Query, SelectStatement, WithClause,
};

use super::{
    Dialect, column,
    computed_order_page::CHOSEN,
    named,
    order::{self, related_value},
    order_total::{self, HIGH, KEY, LOW, OrderNumbers},
};
use crate::{
    plan::{Order, OrderBy, OrderTotal},
    schema::declaration::{ColumnRef, ObjectType},
};

/// An order's keys as the database finds them.
pub(super) struct ComputedOrder<'o> {
    order: &'o Order,
    /// The column of the rows that identifies them.
    id: ColumnRef,
    found: Vec<Found<'o>>,
}

/// What is found ahead of the statement.
struct Found<'o> {
    what: What<'o>,
    /// The keys of the order whose values it has.
    keys: Vec<usize>,
    by: &'o OrderBy,
}

enum What<'o> {
    /// The totals of the results of rows, which have been accumulated.
    Totals(&'o Arc<OrderTotal>),
    /// How many rows refer to rows of the type.
    Counts(&'o ObjectType, &'o OrderBy),
}

impl<'o> ComputedOrder<'o> {
    /// The keys of an order of the rows that this column identifies; `None` where all of them are own columns.
    pub(super) fn new(order: &'o Order, id: ColumnRef) -> Option<ComputedOrder<'o>> {
        let is_own = |by: &OrderBy| matches!(by, OrderBy::Column(_));
        if order.keys.iter().all(|key| is_own(&key.by)) {
            return None;
        }
        let mut found: Vec<Found<'o>> = Vec::new();
        for (place, key) in order.keys.iter().enumerate() {
            let Some(what) = what(&key.by, None) else {
                continue;
            };
            match found.last_mut() {
                // The two keys of a total come one after the other.
                Some(last) if last.what.is(&what) => {
                    last.keys.push(place);
                }
                _ => found.push(Found {
                    what,
                    keys: vec![place],
                    by: &key.by,
                }),
            }
        }
        Some(ComputedOrder { order, id, found })
    }

    /// Adds the values of all keys to a statement `FROM` the rows with this alias.
    pub(super) fn select(&self, rows: &mut SelectStatement, alias: &str) {
        for (place, found) in self.found.iter().enumerate() {
            let table = table(place);
            let target = target(found.by, alias, self.id);
            rows.join_as(
                JoinType::LeftJoin,
                Alias::new(&table),
                Alias::new(&table),
                named(&table, KEY).eq(target),
            );
        }
        for (place, key) in self.order.keys.iter().enumerate() {
            let value = match self.found_at(place) {
                Some(table) => named(&table, part(&key.by)),
                None => order::value(&key.by, alias),
            };
            rows.expr_as(value, Alias::new(name(place)));
        }
    }

    /// The totals that the rows are ordered by, each with the keys that it is wanted of: those in the column [`KEY`], or
    /// all there are. `some` are the rows with the alias [`CHOSEN`], if they are not all rows there are.
    pub(super) fn totals(
        &self,
        some: Option<&SelectStatement>,
    ) -> impl Iterator<Item = (&'o Arc<OrderTotal>, Option<SelectStatement>)> {
        self.found.iter().filter_map(move |found| match found.what {
            What::Totals(total) => Some((total, self.targets(found, some))),
            What::Counts(..) => None,
        })
    }

    /// Adds what is found ahead of a statement. `totals` are the numbers of the totals, in the order of
    /// [`ComputedOrder::totals`].
    pub(super) fn with(
        &self,
        dialect: Dialect,
        statement: &mut WithClause,
        some: Option<&SelectStatement>,
        totals: &[OrderNumbers],
    ) {
        let mut totals = totals.iter();
        let none = OrderNumbers::new();
        for (place, found) in self.found.iter().enumerate() {
            let select = match &found.what {
                What::Totals(_) => order_total::numbers(dialect, totals.next().unwrap_or(&none)),
                What::Counts(object, by) => counts(object, by, self.targets(found, some)),
            };
            let mut table_of_values = CommonTableExpression::new();
            table_of_values
                .table_name(Alias::new(table(place)))
                .query(select)
                .materialized(true);
            statement.cte(table_of_values);
        }
    }

    /// What identifies the rows that something is found of.
    fn targets(
        &self,
        found: &Found<'o>,
        some: Option<&SelectStatement>,
    ) -> Option<SelectStatement> {
        some.map(|rows| {
            let target = target(found.by, CHOSEN, self.id);
            rows.clone()
                .distinct()
                .expr_as(target, Alias::new(KEY))
                .take()
        })
    }

    fn found_at(&self, key: usize) -> Option<String> {
        let place = self
            .found
            .iter()
            .position(|found| found.keys.contains(&key));
        place.map(table)
    }
}

/// The column of the value of a key.
pub(super) fn name(key: usize) -> String {
    format!("k{key}")
}

fn table(place: usize) -> String {
    format!("q{place}")
}

impl What<'_> {
    fn is(&self, other: &What<'_>) -> bool {
        match (self, other) {
            (What::Totals(left), What::Totals(right)) => Arc::ptr_eq(left, right),
            _ => false,
        }
    }
}

/// What must be found ahead, if anything; `of` is the type that was led to.
fn what<'o>(by: &'o OrderBy, of: Option<&'o ObjectType>) -> Option<What<'o>> {
    match (by, of) {
        (OrderBy::Related { target, by, .. }, _) => what(by, Some(target)),
        (OrderBy::TotalHigh(total) | OrderBy::TotalLow(total), _) => Some(What::Totals(total)),
        // Of the rows themselves it is counted as they come: each of them once.
        (OrderBy::ChildCount(_), Some(object)) => Some(What::Counts(object, by)),
        (OrderBy::ChildCount(_) | OrderBy::Column(_), _) => None,
    }
}

/// What identifies the row that a key is of, for the rows with this alias: the row itself, or what it leads to.
fn target(by: &OrderBy, alias: &str, id: ColumnRef) -> Expr {
    match by {
        OrderBy::Related {
            key,
            target: through,
            by,
        } => match by.as_ref() {
            OrderBy::Related { .. } => {
                let inner = target(by, &format!("{alias}o"), through.table.id);
                related_value(alias, *key, through, inner)
            }
            _ => column(alias, *key),
        },
        _ => column(alias, id),
    }
}

/// The column of the value in the table where it was found.
fn part(by: &OrderBy) -> &'static str {
    match by {
        OrderBy::Related { by, .. } => part(by),
        OrderBy::TotalLow(_) => LOW,
        _ => HIGH,
    }
}

/// The counts of the rows of a type, or of those in the column [`KEY`] of `targets`.
fn counts(object: &ObjectType, by: &OrderBy, targets: Option<SelectStatement>) -> SelectStatement {
    const COUNTED: &str = "x";
    let mut select = Query::select();
    select
        .expr_as(column(COUNTED, object.table.id), Alias::new(KEY))
        .expr_as(order::value(by, COUNTED), Alias::new(HIGH))
        .from_as(Alias::new(object.table.name), Alias::new(COUNTED));
    if let Some(targets) = targets {
        select.and_where(column(COUNTED, object.table.id).in_subquery(targets));
    }
    select
}
