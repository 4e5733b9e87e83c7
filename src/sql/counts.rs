//! The statement for the counts of a whole collection, or of its groups, where no totals are asked for with them.

use sea_orm::sea_query::{Alias, Asterisk, Expr, ExprTrait, Func, Query};

use super::{
    Dialect, ParentKeys, ROW, Statement, column, named, null, order,
    parents::{Under, under_parents},
};
use crate::{
    plan::{Aggregated, Collection, GroupDimension},
    schema::declaration::Measure,
};

/// The counts asked for, for all parents (distinct ids, or groups) and for each of their groups.
///
/// The first column is the parent, if there are parents. Then come the values of the dimensions, then for each dimension
/// that is an object the text by which it is ordered, then the counts. Without dimensions there is one row for each
/// parent that has rows.
pub fn counts(
    dialect: Dialect,
    collection: &Collection,
    aggregated: &Aggregated,
    dimensions: &[GroupDimension],
    parents: Option<&ParentKeys>,
) -> Statement {
    let Under { mut select, parent } = under_parents(dialect, collection, parents);
    let values: Vec<Expr> = dimensions
        .iter()
        .map(|dimension| order::value(&dimension.link.by, ROW))
        .collect();
    for key in parent.into_iter().chain(values) {
        select.expr(key.clone()).add_group_by([key]);
    }
    for dimension in dimensions {
        select.expr(dimension.target.map_or_else(null, |target| {
            const OBJECT: &str = "d";
            let key = order::value(&dimension.link.by, ROW);
            let text = Query::select()
                .expr(column(OBJECT, target.table.sort_key))
                .from_as(Alias::new(target.table.name), Alias::new(OBJECT))
                .and_where(column(OBJECT, target.table.id).eq(key))
                .to_owned();
            Expr::from(text)
        }));
    }
    for measure in &aggregated.counts {
        select.expr(count(dialect, *measure));
    }
    dialect.statement(&select)
}

fn count(dialect: Dialect, measure: Measure) -> Expr {
    match measure {
        Measure::Count | Measure::Totals | Measure::Total => {
            Func::count(Expr::col(Asterisk)).into()
        }
        Measure::CountTrue(truth) => dialect.count_true(column(ROW, truth)),
        Measure::CountDistinct(value) => Func::count_distinct(column(ROW, value)).into(),
        Measure::CountReferring { table, foreign_key } => {
            const REFERRING: &str = "r";
            let referring = Query::select()
                .expr(Func::count(Expr::col(Asterisk)))
                .from_as(Alias::new(table), Alias::new(REFERRING))
                .and_where(column(REFERRING, foreign_key).eq(named(ROW, "id")))
                .to_owned();
            dialect.sum(Expr::from(referring))
        }
    }
}
