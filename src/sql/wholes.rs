//! Results, and the results that they are part of.

use entity::{reported_result, reported_result_whole};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};

use super::{column, number};

/// The alias of a result that another one is part of.
pub(super) const WHOLE: &str = "w";

/// Whether none of the results that the one with this alias is a part of, at any distance, is added up with it: none that
/// meets these conditions, which are put on [`WHOLE`]. Without conditions all are added up.
///
/// They share its unit and scope, so one that is selected is in the same total.
pub(super) fn stands_alone(result: &str, selected: Vec<Expr>) -> Expr {
    const PART: &str = "c";
    let mut wholes = Query::select();
    wholes
        .expr(number(1))
        .from_as(Alias::new("reported_result_whole"), Alias::new(PART))
        .and_where(
            column(PART, &reported_result_whole::Column::PartId)
                .eq(column(result, &reported_result::Column::Id)),
        );
    if !selected.is_empty() {
        // A subquery and not a join: SQLite would begin the join at the parent's results, all of them for each part.
        let mut whole = Query::select();
        whole
            .expr(number(1))
            .from_as(Alias::new("reported_result"), Alias::new(WHOLE))
            .and_where(
                column(WHOLE, &reported_result::Column::Id)
                    .eq(column(PART, &reported_result_whole::Column::WholeId)),
            );
        for condition in selected {
            whole.and_where(condition);
        }
        wholes.and_where(Expr::from(whole).is_not_null());
    }
    column(result, &reported_result::Column::PartOfId)
        .is_null()
        .or(Expr::not_exists(wholes))
}
