//! Statements for rows that are known by their keys.

use sea_orm::sea_query::{Alias, ExprTrait, JoinType, Query, SelectStatement};

use super::{
    PARENT, ROW, Statement, column, same,
    sqlite::{self, Keys},
};
use crate::plan::{Fetch, Holder, List, ListLink};

/// The rows with these ids, in any order.
pub fn rows_by_id(fetch: &Fetch, ids: &[i64]) -> Statement {
    let mut select = rows(fetch);
    select.and_where(column(ROW, fetch.object.table.id).in_subquery(Keys::of_ids(ids).select()));
    Statement::new(&select)
}

/// The rows with these natural keys, in any order.
pub fn rows_by_natural_key(fetch: &Fetch, natural_keys: &[String]) -> Statement {
    let mut select = rows(fetch);
    select.and_where(
        column(ROW, fetch.object.table.natural_key)
            .in_subquery(Keys::of_texts(natural_keys).select()),
    );
    Statement::new(&select)
}

/// The rows of the lists of the rows with these ids, in any order. The first column is the place of the row in `ids`; the
/// last, behind those of the fetch, is what a list is ordered by.
pub fn list(list: &List, ids: &[i64]) -> Statement {
    const CLOSURE: &str = "c";
    let fetch = &list.fetch;
    let table = || Alias::new(fetch.object.table.name);
    let mut select = Query::select();
    select.expr(sqlite::place(PARENT));
    Keys::of_ids(ids).from(&mut select, PARENT);
    let ordered_by = match list.link {
        ListLink::Closure(closure) => {
            select
                .join_as(
                    JoinType::InnerJoin,
                    Alias::new(closure.table),
                    Alias::new(CLOSURE),
                    column(CLOSURE, closure.descendant).eq(sqlite::key(PARENT)),
                )
                .join_as(
                    JoinType::InnerJoin,
                    table(),
                    Alias::new(ROW),
                    same((ROW, fetch.object.table.id), (CLOSURE, closure.ancestor)),
                );
            column(CLOSURE, closure.distance)
        }
        ListLink::Reference(list) => {
            select.join_as(
                JoinType::InnerJoin,
                table(),
                Alias::new(ROW),
                column(ROW, list.foreign_key).eq(sqlite::key(PARENT)),
            );
            column(ROW, list.descending)
        }
    };
    select_columns(&mut select, fetch);
    select.expr(ordered_by);
    Statement::new(&select)
}

/// `SELECT` the columns of a fetch `FROM` its table, without any condition.
pub(super) fn rows(fetch: &Fetch) -> SelectStatement {
    let mut select = Query::select();
    select.from_as(Alias::new(fetch.object.table.name), Alias::new(ROW));
    select_columns(&mut select, fetch);
    select
}

/// Adds the columns of a fetch, and the tables that come along with it. What is computed is left to who orders by it.
pub(super) fn select_columns(select: &mut SelectStatement, fetch: &Fetch) {
    for wanted in &fetch.columns {
        let alias = match wanted.holder {
            Holder::Row | Holder::Parent => ROW,
            Holder::Join(join) => &join_alias(join),
        };
        select.expr(column(alias, wanted.column));
    }
    for (place, join) in fetch.joins.iter().enumerate() {
        let alias = join_alias(place);
        select.join_as(
            JoinType::LeftJoin,
            Alias::new(join.target.table.name),
            Alias::new(&alias),
            same((&alias, join.target.table.id), (ROW, join.key)),
        );
    }
}

fn join_alias(place: usize) -> String {
    format!("j{place}")
}
