//! The totals of rows' results as something to order by: the statements that they are accumulated from, and what they came
//! to as a table of the statement that orders rows.
//!
//! Nothing here adds up or judges; see `load::order_totals`.

use std::sync::Arc;

use entity::{metric, metric_ancestor, reported_result};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement, UnionType};

use super::{
    Dialect, ROW, Statement, TotalColumns, column, computed_order::ComputedOrder,
    computed_order_page::candidates, dialect::BoundList, filter, named, parents::ParentKeys,
    totals::totals_of, wholes::WHOLE,
};
use crate::plan::{Aggregated, Collection, OrderTotal};

/// The column of what results refer to.
pub(super) const KEY: &str = "key";
/// The column of the multiples of [`NUMBER_BASE`](crate::plan::NUMBER_BASE), rounded down.
pub(super) const HIGH: &str = "high";
/// The column of the rest.
pub(super) const LOW: &str = "low";

/// The alias of the keys that totals are accumulated for.
const TARGET: &str = "d";

/// A total that rows are ordered by.
pub struct OrderedTotal<'o> {
    /// Which total.
    pub total: &'o Arc<OrderTotal>,
    /// Gives the results of all rows that it may be asked of.
    pub statement: Statement,
    /// Where the numbers are in its rows; the only key is what the results refer to.
    pub columns: TotalColumns,
}

/// The numbers of a total: what results refer to, the multiples of [`NUMBER_BASE`](crate::plan::NUMBER_BASE), and the
/// rest.
pub type OrderNumbers = Vec<[i64; 3]>;

/// The totals that the rows of a collection are ordered by, each once.
pub fn ordered_totals<'o>(
    dialect: Dialect,
    collection: &'o Collection,
    parents: Option<&ParentKeys>,
) -> Vec<OrderedTotal<'o>> {
    let id = collection.fetch.object.table.id;
    let Some(computed) = ComputedOrder::new(&collection.order, id) else {
        return Vec::new();
    };
    let rows = candidates(dialect, collection, parents);
    let is_all = parents.is_none() && collection.filter.is_none();
    computed
        .totals((!is_all).then_some(&rows))
        .map(|(total, targets)| ordered_total(dialect, total, targets))
        .collect()
}

/// The results of all rows there are, found by their metric; or of the rows in the column [`KEY`] of `targets`, found by
/// what they refer to.
fn ordered_total(
    dialect: Dialect,
    total: &Arc<OrderTotal>,
    targets: Option<SelectStatement>,
) -> OrderedTotal<'_> {
    let key = column(ROW, total.relation.foreign_key);
    let mut results = Query::select();
    match targets {
        None => {
            results.from_as(Alias::new("reported_result"), Alias::new(ROW));
        }
        Some(targets) => {
            // From each key through the index of its results.
            results.from_subquery(targets, Alias::new(TARGET));
            dialect.join_in_order(&mut results, "reported_result", ROW);
            results.and_where(key.clone().eq(named(TARGET, KEY)));
        }
    }
    results
        .and_where(selected(dialect, total, ROW))
        .and_where(key.clone().is_not_null());
    let same_key = column(WHOLE, total.relation.foreign_key).eq(key.clone());
    let (statement, columns) = totals_of(
        dialect,
        results,
        vec![key],
        vec![same_key, selected(dialect, total, WHOLE)],
        &Aggregated::default(),
        &total.totals,
    );
    OrderedTotal {
        total,
        statement,
        columns,
    }
}

/// The numbers as a table, all of them one bound value.
pub(super) fn numbers(dialect: Dialect, numbers: &OrderNumbers) -> SelectStatement {
    const NUMBERS: &str = "a";
    let mut select = Query::select();
    for (part, name) in [KEY, HIGH, LOW].into_iter().enumerate() {
        select.expr_as(dialect.item_part(NUMBERS, part), Alias::new(name));
    }
    dialect.add_list(&mut select, BoundList::Totals(numbers), NUMBERS);
    select
}

/// The results with the alias `result` that are to be added up.
fn selected(dialect: Dialect, total: &OrderTotal, result: &str) -> Expr {
    let of = |wanted| column(result, wanted);
    let condition = of(&reported_result::Column::Scope)
        .eq(Expr::val(total.scope))
        .and(of(&reported_result::Column::MetricId).in_subquery(metrics(total)))
        .and(of(&reported_result::Column::UnitId).in_subquery(unit(total)));
    match filter::matching(dialect, total.filter.as_ref(), result) {
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
