//! The totals of results by unit and scope: the numbers from which the rules of aggregates are decided.
//!
//! The statement only counts and adds; what a sum is worth is decided in `load::total`, from these numbers alone, so
//! that every database gives the same answer.

use entity::{
    enums::{Additivity, Precision},
    metric, reported_result, reported_result_whole, unit_of_measure,
};
use sea_orm::sea_query::{
    Alias, CaseStatement, Expr, ExprTrait, Func, IntoColumnRef, JoinType, Order, OverStatement,
    Query, SelectStatement, WindowStatement,
};

use super::{
    ROW,
    aggregate::{count, selection},
    column, named, number,
};
use crate::{
    plan::{Collection, TotalNeeds, Totals},
    schema::declaration::{ColumnRef, Measure},
};

/// Sums are added up in two parts, since a sum of 64-bit integers may not fit 64 bits: the value over this, and the rest.
pub const SUM_BASE: i64 = 1_000_000_000;

/// Where the numbers of a total are in the rows of an aggregate statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TotalColumns {
    /// The unit's id; null in the rows that have only counts of different values.
    pub unit: usize,
    /// The scope's code.
    pub scope: usize,
    /// How many results.
    pub results: usize,
    /// Smallest and largest value, if asked for.
    pub extremes: Option<usize>,
    /// The median value, if asked for.
    pub median: Option<usize>,
    /// What a sum is made of, if asked for: see [`sum_number`].
    pub sum: Option<usize>,
    /// Whether two initiatives of a report meet in a year, if asked for.
    pub overlap: Option<usize>,
    /// The first of the unit's columns, which come in the order of the plan.
    pub unit_columns: usize,
    /// How many columns there are.
    pub width: usize,
}

/// The place of each number that a sum is decided from, counted from [`TotalColumns::sum`].
pub mod sum_number {
    /// How many results are in the sum.
    pub const SUMMED: usize = 0;
    /// The sum of the values over [`SUM_BASE`](super::SUM_BASE).
    pub const HIGH: usize = 1;
    /// The sum of the rests.
    pub const LOW: usize = 2;
    /// How many of them are lower bounds.
    pub const LOWER_BOUNDS: usize = 3;
    /// How many of them are upper bounds.
    pub const UPPER_BOUNDS: usize = 4;
    /// How many of them are approximate.
    pub const APPROXIMATE: usize = 5;
    /// Smallest id among the roots of their metrics.
    pub const FIRST_ROOT: usize = 6;
    /// Largest id among the roots of their metrics.
    pub const LAST_ROOT: usize = 7;
    /// First of their fiscal years.
    pub const FIRST_YEAR: usize = 8;
    /// Last of their fiscal years.
    pub const LAST_YEAR: usize = 9;
    /// How many of them are of a semi-additive metric.
    pub const SEMI_ADDITIVE: usize = 10;
    /// How many of them are of a metric that must never be added up.
    pub const NON_ADDITIVE: usize = 11;
}

const UNIT: &str = "u";
const METRIC: &str = "m";
/// The single results, with what is decided for each.
const SINGLE: &str = "s";
/// The totals, before their units are joined to them.
const GROUPED: &str = "g";

const PARENT_KEY: &str = "parent";
const CONTRIBUTES: &str = "contributes";
const RANK: &str = "place";
const SIZE: &str = "size";

/// The totals under all parents, in any order.
pub(super) fn totals(
    collection: &Collection,
    wanted: &Totals,
    parents: Option<&[i64]>,
) -> (SelectStatement, TotalColumns) {
    let has_parent = parents.is_some();
    let numbers = numbers(collection, wanted.needs);
    let mut grouped = Query::select();
    if has_parent {
        grouped
            .expr(named(SINGLE, PARENT_KEY))
            .group_by_col((Alias::new(SINGLE), Alias::new(PARENT_KEY)).into_column_ref());
    }
    for key in [UNIT_ID, SCOPE] {
        grouped
            .expr(column(SINGLE, key))
            .group_by_col((Alias::new(SINGLE), Alias::new(key.name())).into_column_ref());
    }
    for counted in &numbers.list {
        grouped.expr_as(counted.value.clone(), Alias::new(&counted.name));
    }
    grouped.from_subquery(
        singles(collection, wanted.needs, parents),
        Alias::new(SINGLE),
    );

    let mut select = Query::select();
    if has_parent {
        select.expr(named(GROUPED, PARENT_KEY));
    }
    let counts = collection.counts.len();
    for counted in &numbers.list[..counts] {
        select.expr(named(GROUPED, &counted.name));
    }
    select.expr(column(GROUPED, UNIT_ID));
    select.expr(column(GROUPED, SCOPE));
    for counted in &numbers.list[counts..] {
        select.expr(named(GROUPED, &counted.name));
    }
    for wanted in &wanted.unit.columns {
        select.expr(column(UNIT, wanted.column));
    }
    select.from_subquery(grouped, Alias::new(GROUPED)).join_as(
        JoinType::InnerJoin,
        Alias::new("unit_of_measure"),
        Alias::new(UNIT),
        column(UNIT, &unit_of_measure::Column::Id).eq(column(GROUPED, UNIT_ID)),
    );

    let unit = usize::from(has_parent) + counts;
    let place = |offset: usize| unit + 2 + offset;
    let unit_columns = place(numbers.list.len() - counts);
    let columns = TotalColumns {
        unit,
        scope: unit + 1,
        results: place(0),
        extremes: numbers.extremes.map(place),
        median: numbers.median.map(place),
        sum: numbers.sum.map(place),
        overlap: numbers.overlap.map(place),
        unit_columns,
        width: unit_columns + wanted.unit.columns.len(),
    };
    (select, columns)
}

const UNIT_ID: ColumnRef = &reported_result::Column::UnitId;
const SCOPE: ColumnRef = &reported_result::Column::Scope;
const VALUE: ColumnRef = &reported_result::Column::Value;
const PRECISION: ColumnRef = &reported_result::Column::Precision;
const FISCAL_YEAR: ColumnRef = &reported_result::Column::FiscalYear;
const INITIATIVE_ID: ColumnRef = &reported_result::Column::InitiativeId;
const REPORT_ID: ColumnRef = &reported_result::Column::ReportId;
const METRIC_ID: ColumnRef = &reported_result::Column::MetricId;
const ROOT_ID: ColumnRef = &metric::Column::RootId;
const ADDITIVITY: ColumnRef = &metric::Column::Additivity;

/// An expression over the results of one total, with the name it has between the statement's levels.
struct Number {
    name: String,
    value: Expr,
}

/// The numbers asked for, the counts of the plan first, and where the others begin after those.
struct Numbers {
    list: Vec<Number>,
    extremes: Option<usize>,
    median: Option<usize>,
    sum: Option<usize>,
    overlap: Option<usize>,
}

fn numbers(collection: &Collection, needs: TotalNeeds) -> Numbers {
    let mut list: Vec<Number> = collection
        .counts
        .iter()
        .enumerate()
        .map(|(place, measure)| Number {
            name: format!("count{place}"),
            value: match measure {
                Measure::CountDistinct(_) => number(0),
                measure => count(*measure, SINGLE),
            },
        })
        .collect();
    let counts = list.len();
    let mut add = |named: Vec<(&str, Expr)>| {
        let first = list.len() - counts;
        list.extend(named.into_iter().map(|(name, value)| Number {
            name: name.into(),
            value,
        }));
        first
    };
    let all = |value: ColumnRef| column(SINGLE, value);
    add(vec![("results", count(Measure::Count, SINGLE))]);
    let extremes = needs.extremes.then(|| {
        add(vec![
            ("smallest", all(VALUE).min()),
            ("largest", all(VALUE).max()),
        ])
    });
    let median = needs.median.then(|| {
        let middle = named(SINGLE, SIZE).add(number(1)).div(number(2));
        let value = when(named(SINGLE, RANK).eq(middle), all(VALUE));
        add(vec![("median", value.min())])
    });
    let sum = (needs.sum || needs.caveats).then(|| add(sum_numbers()));
    let overlap = needs.caveats.then(|| {
        // A report's year is in a total through more than one initiative where there are more different pairs of
        // initiative and year than of report and year: an initiative has one report.
        let pairs = |of: ColumnRef| {
            Func::count_distinct(contributing(
                all(of).mul(number(10_000)).add(all(FISCAL_YEAR)),
            ))
        };
        add(vec![(
            "overlap",
            Expr::from(pairs(INITIATIVE_ID)).gt(pairs(REPORT_ID)),
        )])
    });
    Numbers {
        list,
        extremes,
        median,
        sum,
        overlap,
    }
}

/// In the order of [`sum_number`].
fn sum_numbers() -> Vec<(&'static str, Expr)> {
    let all = |value: ColumnRef| column(SINGLE, value);
    let those_with =
        |of: ColumnRef, code: i16| contributing_where(all(of).eq(number(code.into()))).count();
    vec![
        ("summed", contributing(number(1)).count()),
        (
            "sum_high",
            contributing(all(VALUE).div(number(SUM_BASE))).sum(),
        ),
        (
            "sum_low",
            contributing(all(VALUE).modulo(number(SUM_BASE))).sum(),
        ),
        (
            "lower_bounds",
            those_with(PRECISION, Precision::LowerBound.code()),
        ),
        (
            "upper_bounds",
            those_with(PRECISION, Precision::UpperBound.code()),
        ),
        (
            "approximate",
            those_with(PRECISION, Precision::Approximate.code()),
        ),
        ("first_root", contributing(all(ROOT_ID)).min()),
        ("last_root", contributing(all(ROOT_ID)).max()),
        ("first_year", contributing(all(FISCAL_YEAR)).min()),
        ("last_year", contributing(all(FISCAL_YEAR)).max()),
        (
            "semi_additive",
            those_with(ADDITIVITY, Additivity::SemiAdditive.code()),
        ),
        (
            "non_additive",
            those_with(ADDITIVITY, Additivity::NonAdditive.code()),
        ),
    ]
}

/// `value` where the result is in the sum, else null.
fn contributing(value: Expr) -> Expr {
    when(named(SINGLE, CONTRIBUTES), value)
}

/// 1 where the result is in the sum and the condition holds, else null.
fn contributing_where(condition: Expr) -> Expr {
    when(named(SINGLE, CONTRIBUTES).and(condition), number(1))
}

fn when(condition: Expr, value: Expr) -> Expr {
    CaseStatement::new().case(condition, value).into()
}

/// The results themselves, with whether each is in the sum and its place among the values of its total.
fn singles(collection: &Collection, needs: TotalNeeds, parents: Option<&[i64]>) -> SelectStatement {
    let mut select = Query::select();
    let mut from = selection(collection, parents);
    std::mem::swap(&mut select, &mut from);
    if let Some(parent) = &collection.parent {
        select.clear_selects();
        select.expr_as(column(ROW, parent.foreign_key), Alias::new(PARENT_KEY));
    }
    let mut columns = vec![UNIT_ID, SCOPE, VALUE];
    for measure in &collection.counts {
        if let Measure::CountTrue(truth) = measure {
            columns.push(*truth);
        }
    }
    let sums = needs.sum || needs.caveats;
    if sums {
        columns.extend([PRECISION, FISCAL_YEAR, INITIATIVE_ID, REPORT_ID]);
    }
    for wanted in columns {
        select.expr(column(ROW, wanted));
    }
    if sums {
        select
            .expr(column(METRIC, ROOT_ID))
            .expr(column(METRIC, ADDITIVITY))
            .expr_as(stands_alone(collection), Alias::new(CONTRIBUTES))
            .join_as(
                JoinType::InnerJoin,
                Alias::new("metric"),
                Alias::new(METRIC),
                column(METRIC, &metric::Column::Id).eq(column(ROW, METRIC_ID)),
            );
    }
    if needs.median {
        let total = || {
            let mut window = WindowStatement::new();
            if let Some(parent) = &collection.parent {
                window.add_partition_by(column(ROW, parent.foreign_key));
            }
            window
                .add_partition_by(column(ROW, UNIT_ID))
                .add_partition_by(column(ROW, SCOPE));
            window
        };
        let mut by_value = total();
        by_value.order_by_expr(column(ROW, VALUE), Order::Asc);
        select
            .expr_window_as(
                Func::cust(Alias::new("ROW_NUMBER")),
                by_value,
                Alias::new(RANK),
            )
            .expr_window_as(count(Measure::Count, ROW), total(), Alias::new(SIZE));
    }
    select
}

/// Whether none of the results that this one is a part of, at any distance, is selected with it. They share its unit
/// and scope, so one that is selected is in the same total.
fn stands_alone(collection: &Collection) -> Expr {
    const PART: &str = "c";
    const WHOLE: &str = "w";
    let mut wholes = Query::select();
    wholes
        .expr(number(1))
        .from_as(Alias::new("reported_result_whole"), Alias::new(PART))
        .and_where(
            column(PART, &reported_result_whole::Column::PartId)
                .eq(column(ROW, &reported_result::Column::Id)),
        );
    if let Some(parent) = &collection.parent {
        // A subquery and not a join: SQLite would begin the join at the parent's results, all of them for each part.
        let parent_of_whole = Query::select()
            .expr(column(WHOLE, parent.foreign_key))
            .from_as(Alias::new("reported_result"), Alias::new(WHOLE))
            .and_where(
                column(WHOLE, &reported_result::Column::Id)
                    .eq(column(PART, &reported_result_whole::Column::WholeId)),
            )
            .to_owned();
        wholes.and_where(Expr::from(parent_of_whole).eq(column(ROW, parent.foreign_key)));
    }
    column(ROW, &reported_result::Column::PartOfId)
        .is_null()
        .or(Expr::not_exists(wholes))
}
