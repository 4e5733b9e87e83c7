//! Which stretches of an order a page takes: itself, and what tells whether there is more.

use sea_orm::sea_query::{Alias, Condition, Expr, Query, SelectStatement, UnionType};

use super::order::{self, Side};
use crate::plan::{Order, Page, PageDirection, Position, Wanted};

/// A stretch of the order: from a place in one direction, so many rows.
pub(super) struct Slice {
    pub(super) bounds: Vec<Bound>,
    /// Whether it is counted from the start of the order, or from its end.
    pub(super) from_start: bool,
    /// The most rows that it has.
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
        is_chosen: _,
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
    /// The conditions that its rows meet, for the values of an order's keys.
    pub(super) fn bounds(
        &self,
        order: &Order,
        values: order::Values<'_>,
    ) -> impl Iterator<Item = Condition> {
        self.bounds.iter().map(move |bound| {
            let (place, side, inclusive) = match bound {
                Bound::Behind(place) => (place, Side::Behind, false),
                Bound::Ahead(place) => (place, Side::Ahead, false),
                Bound::AtOrBehind(place) => (place, Side::Behind, true),
                Bound::AtOrAhead(place) => (place, Side::Ahead, true),
            };
            order::beside(order, place, values, side, inclusive)
        })
    }
}

/// The rows of several parts, which have these columns.
pub(super) fn together(mut parts: Vec<SelectStatement>, columns: &[String]) -> SelectStatement {
    if parts.len() == 1 {
        return parts.remove(0);
    }
    // A part with an order and a limit of its own must be a subquery to stand in a union.
    let mut whole = parts.into_iter().enumerate().map(|(place, part)| {
        let mut select = Query::select();
        for column in columns {
            select.expr(Expr::col(Alias::new(column)));
        }
        select
            .from_subquery(part, Alias::new(format!("s{place}")))
            .to_owned()
    });
    let mut first = whole.next().unwrap_or_default();
    for part in whole {
        first.union(UnionType::All, part);
    }
    first
}
