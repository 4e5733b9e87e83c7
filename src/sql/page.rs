//! The statement for the rows of a page: of the whole table, or under each of many parents.
//!
//! A page is cut in the database: for each parent an index is entered at the page's start and left after its last row.
//! What tells whether there is more is fetched in the same statement: one row beyond the page, and the nearest row on
//! the far side of each cursor.

use sea_orm::sea_query::{
    Alias, Condition, Expr, ExprTrait, JoinType, Query, SelectStatement, UnionType,
};

use super::{
    PARENT, ParentKeys, ROW, Statement, column, filter,
    order::{self, Side},
    parents,
    rows::{rows, select_columns},
    sqlite,
};
use crate::plan::{Collection, Order, Page, PageDirection, Position, Wanted};

/// The alias of the table where the rows of a page are chosen.
const CHOSEN: &str = "p";

/// The rows of a page and their neighbours, in any order. With `parents`, the page under each of them; the first
/// column is then the place of the parent in the list.
pub fn page(collection: &Collection, parents: Option<&ParentKeys>) -> Statement {
    let fetch = &collection.fetch;
    let table = &fetch.object.table;
    let slices = slices(&collection.page, collection.wanted, &collection.order);
    let select = match (parents, slices.as_slice()) {
        (Some(parents), _) => {
            let mut select = Query::select();
            select.expr(sqlite::place(PARENT));
            parents.from(&mut select);
            select.join_as(
                JoinType::InnerJoin,
                Alias::new(table.name),
                Alias::new(ROW),
                column(ROW, table.id).in_subquery(chosen(collection, &slices)),
            );
            select_columns(&mut select, fetch);
            select
        }
        (None, [slice]) => {
            let mut select = rows(fetch);
            slice.apply(&mut select, collection, ROW);
            select
        }
        (None, _) => {
            let mut select = rows(fetch);
            select.and_where(column(ROW, table.id).in_subquery(chosen(collection, &slices)));
            select
        }
    };
    Statement::new(&select)
}

/// A stretch of the order: from a place in one direction, so many rows.
pub(super) struct Slice {
    pub(super) bounds: Vec<Bound>,
    pub(super) from_start: bool,
    pub(super) rows: u64,
}

/// A limit of a slice.
pub(super) enum Bound {
    Behind(Position),
    Ahead(Position),
    AtOrBehind(Position),
    AtOrAhead(Position),
}

/// The page itself, and what has to be known of its surroundings.
pub(super) fn slices<B>(page: &Page, wanted: Wanted, order: &Order<B>) -> Vec<Slice> {
    let Page {
        direction,
        size,
        after,
        before,
    } = page;
    let (from_start, beyond) = match direction {
        PageDirection::Forwards => (true, wanted.next),
        PageDirection::Backwards => (false, wanted.previous),
    };
    let bounds = after
        .iter()
        .cloned()
        .map(Bound::Behind)
        .chain(before.iter().cloned().map(Bound::Ahead))
        .collect();
    let mut slices = vec![Slice {
        bounds,
        from_start,
        rows: u64::from(*size) + u64::from(beyond),
    }];
    // Where the cursors cross, the page is empty and lies at the cursor of its own end; the other one is beyond it.
    let crossed = match (after, before) {
        (Some(after), Some(before)) => order.compare_positions(after, before).is_ge(),
        _ => false,
    };
    if let Some(after) = after
        && wanted.previous
    {
        let ahead = match (direction, before) {
            (PageDirection::Backwards, Some(before)) if crossed => Bound::Ahead(before.clone()),
            _ => Bound::AtOrAhead(after.clone()),
        };
        slices.push(Slice {
            bounds: vec![ahead],
            from_start: false,
            rows: 1,
        });
    }
    if let Some(before) = before
        && wanted.next
    {
        let behind = match (direction, after) {
            (PageDirection::Forwards, Some(after)) if crossed => Bound::Behind(after.clone()),
            _ => Bound::AtOrBehind(before.clone()),
        };
        slices.push(Slice {
            bounds: vec![behind],
            from_start: true,
            rows: 1,
        });
    }
    slices
}

impl Slice {
    fn apply(&self, select: &mut SelectStatement, collection: &Collection, alias: &str) {
        let mut condition = Condition::all();
        if let Some(parent) = &collection.parent {
            condition = condition.add(parents::tied(parent, alias));
        }
        if let Some(matching) = filter::matching(collection.filter.as_ref(), alias) {
            condition = condition.add(matching);
        }
        for bound in &self.bounds {
            let (place, side, inclusive) = match bound {
                Bound::Behind(place) => (place, Side::Behind, false),
                Bound::Ahead(place) => (place, Side::Ahead, false),
                Bound::AtOrBehind(place) => (place, Side::Behind, true),
                Bound::AtOrAhead(place) => (place, Side::Ahead, true),
            };
            let beside = order::beside(&collection.order, place, alias, side, inclusive);
            condition = condition.add(beside);
        }
        if !condition.is_empty() {
            select.cond_where(condition);
        }
        order::apply(select, &collection.order, alias, self.from_start);
        select.limit(self.rows);
    }
}

/// The ids of the rows of all slices.
fn chosen(collection: &Collection, slices: &[Slice]) -> SelectStatement {
    let table = &collection.connection.node.table;
    let mut parts = slices.iter().map(|slice| {
        let mut part = Query::select();
        part.expr(column(CHOSEN, table.id))
            .from_as(Alias::new(table.name), Alias::new(CHOSEN));
        slice.apply(&mut part, collection, CHOSEN);
        part
    });
    if slices.len() == 1 {
        return parts.next().unwrap_or_default();
    }
    // A part with an order and a limit of its own must be a subquery to stand in a union.
    let mut whole = parts.enumerate().map(|(place, part)| {
        Query::select()
            .expr(Expr::col(Alias::new(table.id.name())))
            .from_subquery(part, Alias::new(format!("s{place}")))
            .to_owned()
    });
    let mut first = whole.next().unwrap_or_default();
    for part in whole {
        first.union(UnionType::All, part);
    }
    first
}
