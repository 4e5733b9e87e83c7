//! The statement for what is said of a whole collection: counts, and totals where they are asked for.

use sea_orm::sea_query::{
    Alias, Expr, ExprTrait, Func, IntoColumnRef, Query, SelectStatement, UnionType, Value,
};

use super::{
    ROW, Statement, column, named, number,
    sqlite::Keys,
    totals::{TotalColumns, totals},
};
use crate::{plan::Collection, schema::declaration::Measure};

/// Where the numbers are in the rows of an aggregate statement.
///
/// With parents, the first column is the key that ties the row to its parent. Without totals there is one row a parent
/// (none for a parent without rows), with the counts. With totals there is one row a parent, unit and scope, whose
/// counts add up over the parent; counts of different values do not, and come in rows of their own, in which the unit
/// is null.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AggregateColumns {
    /// The first of the counts, which come in the order of the plan.
    pub counts: usize,
    /// Where the totals are, if there are any.
    pub totals: Option<TotalColumns>,
    /// How many columns there are.
    pub width: usize,
}

/// Counts and totals over a whole collection, for all `parents` (distinct keys) at once.
pub fn aggregate(
    collection: &Collection,
    parents: Option<&[i64]>,
) -> (Statement, AggregateColumns) {
    let counts = usize::from(parents.is_some());
    let Some(wanted) = &collection.totals else {
        let mut select = counted(collection, parents, &collection.counts);
        if let Some(parent) = &collection.parent {
            select.group_by_col(
                (Alias::new(ROW), Alias::new(parent.foreign_key.name())).into_column_ref(),
            );
        }
        let width = counts + collection.counts.len();
        return (
            Statement::new(&select),
            AggregateColumns {
                counts,
                totals: None,
                width,
            },
        );
    };
    let (mut select, columns) = totals(collection, wanted, parents);
    let is_distinct = |measure: &Measure| matches!(measure, Measure::CountDistinct(_));
    if collection.counts.iter().any(is_distinct) {
        let missing = columns.width - counts - collection.counts.len();
        select.union(
            UnionType::All,
            distinct_counts(collection, parents, missing),
        );
    }
    let width = columns.width;
    (
        Statement::new(&select),
        AggregateColumns {
            counts,
            totals: Some(columns),
            width,
        },
    )
}

/// The counts of different values, in rows with as many columns as those of the totals.
fn distinct_counts(
    collection: &Collection,
    parents: Option<&[i64]>,
    missing: usize,
) -> SelectStatement {
    let mut select = selection(collection, parents);
    for measure in &collection.counts {
        match measure {
            Measure::CountDistinct(_) => select.expr(count(*measure, ROW)),
            _ => select.expr(number(0)),
        };
    }
    for _ in 0..missing {
        select.expr(Expr::Constant(Value::BigInt(None)));
    }
    if let Some(parent) = &collection.parent {
        select.group_by_col(
            (Alias::new(ROW), Alias::new(parent.foreign_key.name())).into_column_ref(),
        );
    }
    select
}

fn counted(
    collection: &Collection,
    parents: Option<&[i64]>,
    measures: &[Measure],
) -> SelectStatement {
    let mut select = selection(collection, parents);
    for measure in measures {
        select.expr(count(*measure, ROW));
    }
    select
}

/// `SELECT` the parent's key `FROM` the rows of the collection under all parents.
pub(super) fn selection(collection: &Collection, parents: Option<&[i64]>) -> SelectStatement {
    let table = &collection.connection.node.table;
    let mut select = Query::select();
    select.from_as(Alias::new(table.name), Alias::new(ROW));
    if let (Some(parent), Some(parents)) = (&collection.parent, parents) {
        let key = || column(ROW, parent.foreign_key);
        select
            .expr(key())
            .and_where(key().in_subquery(Keys::of_ids(parents).select()));
    }
    select
}

/// A count over the rows with the given alias.
pub(super) fn count(measure: Measure, alias: &str) -> Expr {
    match measure {
        Measure::Count | Measure::Totals => {
            Func::count(Expr::col(sea_orm::sea_query::Asterisk)).into()
        }
        Measure::CountTrue(truth) => {
            let sum = Func::sum(column(alias, truth));
            Func::coalesce([sum.into(), number(0)]).into()
        }
        Measure::CountDistinct(value) => Func::count_distinct(column(alias, value)).into(),
        Measure::CountReferring { table, foreign_key } => {
            const REFERRING: &str = "r";
            let referring = Query::select()
                .expr(Func::count(Expr::col(sea_orm::sea_query::Asterisk)))
                .from_as(Alias::new(table), Alias::new(REFERRING))
                .and_where(column(REFERRING, foreign_key).eq(named(alias, "id")))
                .to_owned();
            let sum = Func::sum(Expr::from(referring));
            Func::coalesce([sum.into(), number(0)]).into()
        }
    }
}
