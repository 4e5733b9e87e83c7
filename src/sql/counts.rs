//! The statement for the counts of a whole collection, where no totals are asked for with them.

use sea_orm::sea_query::{Alias, Asterisk, Expr, ExprTrait, Func, IntoColumnRef, Query};

use super::{ROW, Statement, column, named, number, under_parents};
use crate::{plan::Collection, schema::declaration::Measure};

/// The counts of the plan, in its order, for all `parents` (distinct keys) at once.
///
/// With parents there is one row for each that has rows, and its first column is the parent's key.
pub fn counts(collection: &Collection, parents: Option<&[i64]>) -> Statement {
    let mut select = under_parents(collection, parents);
    if let Some(parent) = &collection.parent {
        let key = (Alias::new(ROW), Alias::new(parent.foreign_key.name()));
        select
            .expr(column(ROW, parent.foreign_key))
            .group_by_col(key.into_column_ref());
    }
    for measure in &collection.counts {
        select.expr(count(*measure));
    }
    Statement::new(&select)
}

fn count(measure: Measure) -> Expr {
    match measure {
        Measure::Count | Measure::Totals => Func::count(Expr::col(Asterisk)).into(),
        Measure::CountTrue(truth) => {
            let sum = Func::sum(column(ROW, truth));
            Func::coalesce([sum.into(), number(0)]).into()
        }
        Measure::CountDistinct(value) => Func::count_distinct(column(ROW, value)).into(),
        Measure::CountReferring { table, foreign_key } => {
            const REFERRING: &str = "r";
            let referring = Query::select()
                .expr(Func::count(Expr::col(Asterisk)))
                .from_as(Alias::new(table), Alias::new(REFERRING))
                .and_where(column(REFERRING, foreign_key).eq(named(ROW, "id")))
                .to_owned();
            let sum = Func::sum(Expr::from(referring));
            Func::coalesce([sum.into(), number(0)]).into()
        }
    }
}
