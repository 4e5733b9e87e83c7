//! Orders: what rows are ordered by as expressions, and places in an order as conditions.
//!
//! Every condition here is true or false of any row and never null, whatever values are missing.

use sea_orm::sea_query::{
    Alias, Asterisk, Condition, Expr, ExprTrait, Func, Order as Direction, Query,
};

use super::column;
use crate::{
    plan::{KeyValue, Order, OrderBy, OrderKey, Position},
    schema::declaration::{ColumnRef, ObjectType},
};

/// What a key is ordered by, of the rows with this alias. A total is not found from one row: see [`computed_order`](super::computed_order).
pub(super) fn value(by: &OrderBy, alias: &str) -> Expr {
    match by {
        OrderBy::Column(of) => column(alias, *of),
        OrderBy::Related { key, target, by } => {
            let related = format!("{alias}o");
            related_value(alias, *key, target, value(by, &related))
        }
        OrderBy::ChildCount(relation) => {
            let child = format!("{alias}o");
            let select = Query::select()
                .expr(Func::count(Expr::col(Asterisk)))
                .from_as(
                    Alias::new(relation.connection.node.table.name),
                    Alias::new(&child),
                )
                .and_where(
                    column(&child, relation.foreign_key).eq(column(alias, relation.parent_key)),
                )
                .to_owned();
            Expr::from(select)
        }
        OrderBy::TotalHigh(_) | OrderBy::TotalLow(_) => super::null(),
    }
}

/// Something of the row that the rows with this alias refer to; that row has the alias followed by `o`.
pub(super) fn related_value(alias: &str, key: ColumnRef, target: &ObjectType, value: Expr) -> Expr {
    let related = format!("{alias}o");
    let select = Query::select()
        .expr(value)
        .from_as(Alias::new(target.table.name), Alias::new(&related))
        .and_where(column(&related, target.table.id).eq(column(alias, key)))
        .to_owned();
    Expr::from(select)
}

/// The value of each key of an order by its place.
pub(super) type Values<'v> = &'v dyn Fn(usize) -> Expr;

/// Orders rows, from the start of the order or from its end.
pub(super) fn apply(
    order: &Order,
    values: Values<'_>,
    from_start: bool,
    mut by: impl FnMut(Expr, Direction),
) {
    for (place, key) in order.keys.iter().enumerate() {
        if key.nullable {
            by(values(place).is_null(), direction(from_start));
        }
        by(values(place), direction(from_start != key.descending));
    }
}

fn direction(ascending: bool) -> Direction {
    if ascending {
        Direction::Asc
    } else {
        Direction::Desc
    }
}

/// On which side of a place rows are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// They come before it.
    Ahead,
    /// They come after it.
    Behind,
}

/// The rows on one side of a place, with or without those at it.
pub(super) fn beside(
    order: &Order,
    place: &Position,
    values: Values<'_>,
    side: Side,
    inclusive: bool,
) -> Condition {
    let last = order.keys.len() - 1;
    let mut alternatives = Condition::any();
    for (decider, key) in order.keys.iter().enumerate() {
        let mut alternative = Condition::all();
        for (earlier, key) in order.keys.iter().enumerate().take(decider) {
            alternative = alternative.add(same(key, place.value(earlier), values(earlier)));
        }
        let inclusive = inclusive && decider == last;
        let value = values(decider);
        let Some(strict) = beyond(key, place.value(decider), value, side, inclusive) else {
            continue;
        };
        alternatives = alternatives.add(alternative.add(strict));
    }
    let first = &order.keys[0];
    if last == 0 || first.nullable {
        return alternatives;
    }
    // The first key alone lets the database enter an index at the place.
    match beyond(first, place.value(0), values(0), side, true) {
        Some(bound) => Condition::all().add(bound).add(alternatives),
        None => alternatives,
    }
}

/// The value of a key is that of the place.
fn same(key: &OrderKey, place: KeyValue<'_>, value: Expr) -> Expr {
    match bound(place) {
        None => value.is_null(),
        Some(bound) if key.nullable => value.clone().is_not_null().and(value.eq(bound)),
        Some(bound) => value.eq(bound),
    }
}

/// The value of a key is on one side of that of the place; `None` where nothing can be. Missing values come last.
fn beyond(
    key: &OrderKey,
    place: KeyValue<'_>,
    value: Expr,
    side: Side,
    inclusive: bool,
) -> Option<Expr> {
    let Some(bound) = bound(place) else {
        return (side == Side::Ahead).then(|| value.is_not_null());
    };
    let larger = (side == Side::Behind) != key.descending;
    let compared = match (larger, inclusive) {
        (true, false) => value.clone().gt(bound),
        (true, true) => value.clone().gte(bound),
        (false, false) => value.clone().lt(bound),
        (false, true) => value.clone().lte(bound),
    };
    Some(match (key.nullable, side) {
        (false, _) => compared,
        (true, Side::Behind) => value.is_null().or(compared),
        (true, Side::Ahead) => value.is_not_null().and(compared),
    })
}

fn bound(place: KeyValue<'_>) -> Option<Expr> {
    match place {
        KeyValue::Missing => None,
        KeyValue::Number(number) => Some(Expr::val(number)),
        KeyValue::Text(text) => Some(Expr::val(text)),
    }
}
