//! The sums of rows' results as something to order by, by the rules that `load::total` applies to totals: where
//! they leave no sum there is none.
//!
//! A sum may not fit 64 bits, so it is two numbers: the values over [`SUM_BASE`], and the rest from 0 to below it.

use entity::{
    enums::{Additivity, Precision, Scope},
    metric, metric_ancestor, reported_result,
};
use sea_orm::sea_query::{
    Alias, CaseStatement, Expr, ExprTrait, JoinType, Query, SelectStatement, UnionType,
};

use super::{
    column, filter, named, number, sqlite,
    wholes::{WHOLE, stands_alone},
};
use crate::plan::OrderTotal;

/// A sum is told in multiples of this and a rest.
pub const SUM_BASE: i64 = 1_000_000_000;

/// The column of what results refer to.
pub(super) const KEY: &str = "key";
/// The column of the multiples of [`SUM_BASE`], rounded down.
pub(super) const HIGH: &str = "high";
/// The column of the rest.
pub(super) const LOW: &str = "low";

const CARRIED: &str = "carried";
const REST: &str = "rest";
const ALLOWED: &str = "allowed";

/// The sums of the results under each key, where there is one: of the keys in the column [`KEY`] of `targets`, or of all
/// there are.
///
/// Under all keys the results are found by their metric, under some by the key.
pub(super) fn sums(total: &OrderTotal, targets: Option<SelectStatement>) -> SelectStatement {
    const ADDED: &str = "a";
    const SPLIT: &str = "b";
    let rest = modulo_up(named(ADDED, LOW));
    let carried = named(ADDED, HIGH).add(named(ADDED, LOW).sub(rest.clone()).div(number(SUM_BASE)));
    let split = Query::select()
        .expr_as(named(ADDED, KEY), Alias::new(KEY))
        .expr_as(carried, Alias::new(CARRIED))
        .expr_as(rest, Alias::new(REST))
        .expr_as(named(ADDED, ALLOWED), Alias::new(ALLOWED))
        .from_subquery(added(total, targets), Alias::new(ADDED))
        .to_owned();
    Query::select()
        .expr_as(named(SPLIT, KEY), Alias::new(KEY))
        .expr_as(named(SPLIT, CARRIED), Alias::new(HIGH))
        .expr_as(named(SPLIT, REST), Alias::new(LOW))
        .from_subquery(split, Alias::new(SPLIT))
        .and_where(named(SPLIT, ALLOWED))
        .and_where(is_exact(SPLIT))
        .to_owned()
}

/// The remainder from 0 on, whatever the sign of the number.
fn modulo_up(value: Expr) -> Expr {
    value
        .modulo(number(SUM_BASE))
        .add(number(SUM_BASE))
        .modulo(number(SUM_BASE))
}

/// Whether a sum has at most 15 significant digits: with more before the zeros at its end it is not shown.
fn is_exact(alias: &str) -> Expr {
    let mut cases = CaseStatement::new();
    let carried = || named(alias, CARRIED);
    let rest = || named(alias, REST);
    for zeros in 0..=9_u32 {
        let reach = 10_i64.pow(6 + zeros);
        let within = carried()
            .gte(number(-reach))
            .and(carried().lt(number(reach)));
        cases = cases.case(
            within,
            rest().modulo(number(10_i64.pow(zeros))).eq(number(0)),
        );
    }
    // Beyond that a sum of results would need more of them than a database holds.
    cases.finally(number(0)).into()
}

/// The two sums under each key and whether the rules allow them, before they are carried.
fn added(total: &OrderTotal, targets: Option<SelectStatement>) -> SelectStatement {
    const RESULT: &str = "r";
    const METRIC: &str = "m";
    const TARGET: &str = "d";
    let key = || column(RESULT, total.relation.foreign_key);
    let of = |wanted| column(RESULT, wanted);
    let value = || of(&reported_result::Column::Value);
    let any = |condition: Expr| {
        let counted: Expr = CaseStatement::new().case(condition, number(1)).into();
        counted.count().gt(number(0))
    };
    let precision = |code: Precision| {
        any(of(&reported_result::Column::Precision).eq(number(code.code().into())))
    };
    let additivity = |code: Additivity| {
        any(column(METRIC, &metric::Column::Additivity).eq(number(code.code().into())))
    };
    let year = || of(&reported_result::Column::FiscalYear);
    let mixed_years = if total.scope == i64::from(Scope::Period.code()) {
        year()
            .min()
            .ne(year().max())
            .and(additivity(Additivity::SemiAdditive))
    } else {
        year().min().ne(year().max())
    };
    let mixed_bounds = precision(Precision::LowerBound).and(precision(Precision::UpperBound));
    let allowed = additivity(Additivity::NonAdditive)
        .not()
        .and(mixed_bounds.not())
        .and(mixed_years.not());
    let same_key = column(WHOLE, total.relation.foreign_key).eq(key());
    let mut select = Query::select();
    select
        .expr_as(key(), Alias::new(KEY))
        .expr_as(value().div(number(SUM_BASE)).sum(), Alias::new(HIGH))
        .expr_as(value().modulo(number(SUM_BASE)).sum(), Alias::new(LOW))
        .expr_as(allowed, Alias::new(ALLOWED));
    match targets {
        None => {
            select.from_as(Alias::new("reported_result"), Alias::new(RESULT));
        }
        Some(targets) => {
            // From each key through the index of its results.
            select.from_subquery(targets, Alias::new(TARGET));
            sqlite::then(&mut select, "reported_result", RESULT);
            select.and_where(key().eq(named(TARGET, KEY)));
        }
    }
    select
        .join_as(
            JoinType::InnerJoin,
            Alias::new("metric"),
            Alias::new(METRIC),
            column(METRIC, &metric::Column::Id).eq(of(&reported_result::Column::MetricId)),
        )
        .and_where(selected(total, RESULT))
        .and_where(stands_alone(RESULT, vec![same_key, selected(total, WHOLE)]))
        .add_group_by([key()]);
    select
}

/// The results with the alias `result` that are to be added up.
fn selected(total: &OrderTotal, result: &str) -> Expr {
    let of = |wanted| column(result, wanted);
    let condition = of(&reported_result::Column::Scope)
        .eq(Expr::val(total.scope))
        .and(of(&reported_result::Column::MetricId).in_subquery(metrics(total)))
        .and(of(&reported_result::Column::UnitId).in_subquery(unit(total)));
    match filter::matching(total.filter.as_ref(), result) {
        Some(matching) => condition.and(matching),
        None => condition,
    }
}

const NAMED: &str = "n";

/// The metric that was named.
fn named_metric(
    wanted: &'static dyn crate::schema::declaration::Column,
    total: &OrderTotal,
) -> SelectStatement {
    Query::select()
        .expr(column(NAMED, wanted))
        .from_as(Alias::new("metric"), Alias::new(NAMED))
        .and_where(column(NAMED, &metric::Column::NaturalKey).eq(Expr::val(total.metric.as_str())))
        .to_owned()
}

fn unit(total: &OrderTotal) -> SelectStatement {
    named_metric(&metric::Column::UnitId, total)
}

/// The ids of the metric that was named and, if they count, of those below it.
fn metrics(total: &OrderTotal) -> SelectStatement {
    let mut metrics = named_metric(&metric::Column::Id, total);
    if total.within {
        const BELOW: &str = "d";
        let below = Query::select()
            .expr(column(BELOW, &metric_ancestor::Column::MetricId))
            .from_as(Alias::new("metric_ancestor"), Alias::new(BELOW))
            .and_where(
                column(BELOW, &metric_ancestor::Column::AncestorId)
                    .in_subquery(named_metric(&metric::Column::Id, total)),
            )
            .to_owned();
        metrics.union(UnionType::All, below);
    }
    metrics
}
