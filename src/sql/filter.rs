//! Filters as conditions that are true or false of any row, and never null.
//!
//! A relation is looked up by `IN` where what matches on the other side is found once, through an index or in a small
//! table; else by `EXISTS`, from each row through the index of its foreign key, which ends at the first that matches.
//! Neither multiplies rows. Which way is taken follows from the filter alone (docs/decisions/indexes.md has the
//! measurements).

use sea_orm::sea_query::{
    Alias, Asterisk, Expr, ExprTrait, Func, JoinType, Query, SelectStatement,
};

use super::{Dialect, column, dialect::BoundList, number};
use crate::{
    plan::{Filter, Test},
    schema::{
        declaration::{Closure, ObjectType, Relation},
        reported_result::REPORTED_RESULT,
    },
};

/// The condition that a filter puts on the rows with this alias. `depth` counts the subqueries around it, so that each
/// has an alias of its own.
pub(super) fn condition(dialect: Dialect, filter: &Filter, alias: &str, depth: usize) -> Expr {
    match filter {
        Filter::All(filters) => combined(dialect, filters, alias, depth, true),
        Filter::Any(filters) => combined(dialect, filters, alias, depth, false),
        Filter::Not(filter) => condition(dialect, filter, alias, depth).not(),
        Filter::Column {
            column: of,
            nullable,
            test,
        } => {
            let compared = compared(dialect, column(alias, *of), *nullable, test);
            if is_met_by_many(of.name(), test) {
                dialect.unselective(compared)
            } else {
                compared
            }
        }
        Filter::ToOne {
            key,
            nullable,
            target,
            filter,
        } => {
            let key = column(alias, *key);
            let mut related = ids(dialect, target, filter, depth);
            let matches = if target.name == REPORTED_RESULT.name && !is_named(filter) {
                related.and_where(column(&child_alias(depth), target.table.id).eq(key.clone()));
                dialect.exists(related)
            } else {
                key.clone().in_subquery(related)
            };
            if_present(key, *nullable, matches)
        }
        Filter::Some { relation, filter } if is_found_by_index(filter) => {
            let child = child_alias(depth);
            let foreign_key = column(&child, relation.foreign_key);
            let parents = Query::select()
                .expr(foreign_key.clone())
                .from_as(
                    Alias::new(relation.connection.node.table.name),
                    Alias::new(&child),
                )
                .and_where(condition(dialect, filter, &child, depth + 1))
                // What is compared with a missing value is neither in a list nor not in it.
                .and_where(foreign_key.is_not_null())
                .to_owned();
            column(alias, relation.parent_key).in_subquery(parents)
        }
        Filter::Some { relation, filter } => {
            let child = child_alias(depth);
            let mut children = children(relation, alias, &child);
            children
                .expr(number(1))
                .and_where(condition(dialect, filter, &child, depth + 1));
            dialect.exists(children)
        }
        Filter::ChildCount { relation, test } => {
            let mut children = children(relation, alias, &child_alias(depth));
            children.expr(Func::count(Expr::col(Asterisk)));
            compared(dialect, Expr::from(children), false, test)
        }
        Filter::Within {
            closure,
            target,
            filter,
        } => column(alias, target.table.id)
            .in_subquery(below(dialect, closure, target, filter, depth)),
    }
}

/// Whether the rows that match are found through an index and not one by one: by their id, or by what they refer to if
/// that is named.
fn is_found_by_index(filter: &Filter) -> bool {
    match filter {
        Filter::All(filters) => filters.iter().any(is_found_by_index),
        Filter::ToOne { filter, .. } => is_named(filter),
        // Ids are natural keys; no other text is compared to the letter but days, which no relation leads to many of.
        Filter::Column {
            test: Test::OneOfTexts(_),
            ..
        } => true,
        _ => false,
    }
}

/// Whether a filter names what it is about, by id, code or slug or by something so named, and so matches few.
fn is_named(filter: &Filter) -> bool {
    match filter {
        Filter::All(filters) => filters.iter().any(is_named),
        Filter::Any(filters) => !filters.is_empty() && filters.iter().all(is_named),
        Filter::Column {
            test: Test::OneOfTexts(_) | Test::OneOfWords(_),
            ..
        } => true,
        Filter::ToOne { filter, .. } | Filter::Within { filter, .. } => is_named(filter),
        _ => false,
    }
}

fn combined(dialect: Dialect, filters: &[Filter], alias: &str, depth: usize, all: bool) -> Expr {
    filters
        .iter()
        .map(|filter| condition(dialect, filter, alias, depth))
        .reduce(|left, right| if all { left.and(right) } else { left.or(right) })
        .unwrap_or_else(|| truth(all))
}

fn truth(truth: bool) -> Expr {
    number(1).eq(number(i64::from(truth)))
}

/// Whether a test of a column with an index is met by many rows: years are few, and ranges are wide. SQLite takes what
/// an index finds for rare, and would rather sort it than read rows in their order.
fn is_met_by_many(column: &str, test: &Test) -> bool {
    match test {
        Test::OneOf(numbers) => column == "fiscal_year" && numbers.len() == 1,
        Test::AtMost(_) | Test::AtLeast(_) => matches!(column, "fiscal_year" | "value"),
        _ => false,
    }
}

fn child_alias(depth: usize) -> String {
    format!("f{depth}")
}

/// The ids of the rows of a type that match.
fn ids(dialect: Dialect, target: &ObjectType, filter: &Filter, depth: usize) -> SelectStatement {
    let alias = child_alias(depth);
    Query::select()
        .expr(column(&alias, target.table.id))
        .from_as(Alias::new(target.table.name), Alias::new(&alias))
        .and_where(condition(dialect, filter, &alias, depth + 1))
        .to_owned()
}

/// The ids of the rows that match and of those below them. What must match is said once, since it may hold another
/// condition like this.
fn below(
    dialect: Dialect,
    closure: &Closure,
    target: &ObjectType,
    filter: &Filter,
    depth: usize,
) -> SelectStatement {
    const CLOSURE: &str = "c";
    let above = child_alias(depth);
    let itself = format!("{above}w");
    let id = |alias: &str| column(alias, target.table.id);
    let descendants = Query::select()
        .expr(column(CLOSURE, closure.descendant))
        .from_as(Alias::new(closure.table), Alias::new(CLOSURE))
        .and_where(column(CLOSURE, closure.ancestor).eq(id(&above)))
        .to_owned();
    Query::select()
        .expr(id(&itself))
        .from_as(Alias::new(target.table.name), Alias::new(&above))
        .join_as(
            JoinType::InnerJoin,
            Alias::new(target.table.name),
            Alias::new(&itself),
            id(&itself)
                .eq(id(&above))
                .or(id(&itself).in_subquery(descendants)),
        )
        .and_where(condition(dialect, filter, &above, depth + 1))
        .to_owned()
}

/// `FROM` the rows that refer to a row, `WHERE` they do.
fn children(relation: &Relation, parent: &str, child: &str) -> SelectStatement {
    Query::select()
        .from_as(
            Alias::new(relation.connection.node.table.name),
            Alias::new(child),
        )
        .and_where(column(child, relation.foreign_key).eq(column(parent, relation.parent_key)))
        .to_owned()
}

/// A comparison; where there is no value it is false, but for the one that asks for that.
fn compared(dialect: Dialect, value: Expr, nullable: bool, test: &Test) -> Expr {
    let lower = || dialect.lower_ascii(value.clone());
    let compared = match test {
        Test::IsMissing => return value.is_null(),
        Test::OneOf(numbers) => match numbers.as_slice() {
            [] => return truth(false),
            [one] => value.clone().eq(Expr::val(*one)),
            many => dialect.is_one_of(value.clone(), BoundList::Numbers(many)),
        },
        Test::OneOfTexts(texts) | Test::OneOfWords(texts) => {
            let compared = match test {
                Test::OneOfWords(_) => lower(),
                _ => value.clone(),
            };
            match texts.as_slice() {
                [] => return truth(false),
                [one] => compared.eq(Expr::val(one.as_str())),
                many => dialect.is_one_of(compared, BoundList::Texts(many)),
            }
        }
        Test::AtMost(most) => value.clone().lte(Expr::val(*most)),
        Test::AtLeast(least) => value.clone().gte(Expr::val(*least)),
        Test::TextAtMost { text, inclusive } => match inclusive {
            true => value.clone().lte(Expr::val(text.as_str())),
            false => value.clone().lt(Expr::val(text.as_str())),
        },
        Test::TextAtLeast { text, inclusive } => match inclusive {
            true => value.clone().gte(Expr::val(text.as_str())),
            false => value.clone().gt(Expr::val(text.as_str())),
        },
        Test::Contains(part) => dialect
            .position(lower(), Expr::val(part.as_str()))
            .gt(number(0)),
        Test::StartsWith(part) => {
            let part = || Expr::val(part.as_str());
            substring(lower(), number(1), Some(length(part()))).eq(part())
        }
        Test::EndsWith(part) => {
            let part = || Expr::val(part.as_str());
            let from = length(value.clone()).sub(length(part())).add(number(1));
            let is_long_enough = length(value.clone()).gte(length(part()));
            is_long_enough.and(substring(lower(), from, None).eq(part()))
        }
    };
    if_present(value, nullable, compared)
}

/// A comparison of a value that may be missing, made false where it is.
fn if_present(value: Expr, nullable: bool, compared: Expr) -> Expr {
    if nullable {
        value.is_not_null().and(compared)
    } else {
        compared
    }
}

fn length(text: Expr) -> Expr {
    function("length", [Some(text), None, None])
}

fn substring(text: Expr, from: Expr, length: Option<Expr>) -> Expr {
    function("substr", [Some(text), Some(from), length])
}

fn function(name: &'static str, arguments: [Option<Expr>; 3]) -> Expr {
    Func::cust(Alias::new(name))
        .args(arguments.into_iter().flatten())
        .into()
}

/// The condition of a collection's filter, if it has one, on the rows with this alias.
pub(super) fn matching(dialect: Dialect, filter: Option<&Filter>, alias: &str) -> Option<Expr> {
    filter.map(|filter| condition(dialect, filter, alias, 0))
}
