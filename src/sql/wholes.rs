//! Results, and the results that they are part of.

use entity::{reported_result, reported_result_whole};
use sea_orm::sea_query::{Alias, CaseStatement, Expr, ExprTrait, Query, SelectStatement};

use super::{Dialect, column, number, same};
use crate::schema::declaration::ColumnRef;

/// The alias of a result that another one is part of, or of another statement of its figure.
pub(super) const WHOLE: &str = "w";

/// How a result stands to those that it is part of, at any distance, and that are added up with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// A whole of it, or another statement of the whole's figure, is there: it is counted already.
    Part = 0,
    /// None is there.
    Alone = 1,
    /// A whole of it is there that is of the same figure: one report gives both under one key.
    PartOfItsFigure = 2,
}

/// The code of the [`Standing`] of the results with this alias. Those that it is added up with meet these conditions,
/// which are put on [`WHOLE`]; without conditions all do.
///
/// Wholes share the unit and scope of their parts, and statements those of each other, so one that is selected is in the
/// same total.
pub(super) fn standing(dialect: Dialect, result: &str, selected: Vec<Expr>) -> Expr {
    let code = |standing: Standing| number(standing as i64);
    let of = |wanted| column(result, wanted);
    let is_restated = of(STATEMENT).gt(number(0));
    // Hardly any result is a part, so all of this is seldom looked at.
    CaseStatement::new()
        .case(
            of(&reported_result::Column::PartOfId).is_null(),
            code(Standing::Alone),
        )
        .case(
            is_restated.and(dialect.exists(wholes_of_its_figure(dialect, result, &selected))),
            code(Standing::PartOfItsFigure),
        )
        .case(
            dialect.exists(wholes_that_are_there(dialect, result, &selected)),
            code(Standing::Part),
        )
        .case(
            dialect.exists(wholes_that_others_state(dialect, result, &selected)),
            code(Standing::Part),
        )
        .finally(code(Standing::Alone))
        .into()
}

const PART: &str = "c";
const NAMED: &str = "v";
const ID: ColumnRef = &reported_result::Column::Id;
const WHOLE_ID: ColumnRef = &reported_result_whole::Column::WholeId;
const FIGURE: ColumnRef = &reported_result::Column::FigureId;
const STATEMENT: ColumnRef = &reported_result::Column::StatementNumber;

/// The wholes of a result that are there and of its own figure.
fn wholes_of_its_figure(dialect: Dialect, result: &str, selected: &[Expr]) -> SelectStatement {
    let mut wholes = wholes(result);
    dialect.join_in_order(&mut wholes, "reported_result", WHOLE);
    wholes
        .and_where(same((WHOLE, ID), (PART, WHOLE_ID)))
        .and_where(same((WHOLE, FIGURE), (result, FIGURE)));
    and_selected(dialect, wholes, selected)
}

/// The wholes of a result that are there.
fn wholes_that_are_there(dialect: Dialect, result: &str, selected: &[Expr]) -> SelectStatement {
    let mut wholes = wholes(result);
    if !selected.is_empty() {
        let there = of_whole(dialect, (ID, number(1)), (PART, WHOLE_ID), selected);
        wholes.and_where(there.is_not_null());
    }
    wholes
}

/// The wholes of a result that are of other figures, and there as another report states them. Where the latest report
/// that is there is the whole's own, what it gives of the figure beside the whole is not it.
fn wholes_that_others_state(dialect: Dialect, result: &str, selected: &[Expr]) -> SelectStatement {
    let mut wholes = wholes(result);
    dialect.join_in_order(&mut wholes, "reported_result", NAMED);
    let latest = (FIGURE, column(WHOLE, STATEMENT).max());
    let latest = of_whole(dialect, latest, (NAMED, FIGURE), selected);
    wholes
        .and_where(same((NAMED, ID), (PART, WHOLE_ID)))
        .and_where(column(NAMED, STATEMENT).gt(number(0)))
        .and_where(column(NAMED, FIGURE).ne(column(result, FIGURE)))
        .and_where(latest.ne(column(NAMED, STATEMENT)));
    wholes
}

/// A value of the results that are there and whose column is the same as that one.
fn of_whole(
    dialect: Dialect,
    (column, value): (ColumnRef, Expr),
    same_as: (&str, ColumnRef),
    selected: &[Expr],
) -> Expr {
    let mut there = Query::select();
    there
        .expr(value)
        .from_as(Alias::new("reported_result"), Alias::new(WHOLE))
        .and_where(same((WHOLE, column), same_as));
    Expr::from(and_selected(dialect, there, selected))
}

/// `FROM` the closure, `WHERE` it names the wholes of a result.
fn wholes(result: &str) -> SelectStatement {
    Query::select()
        .expr(number(1))
        .from_as(Alias::new("reported_result_whole"), Alias::new(PART))
        .and_where(same(
            (PART, &reported_result_whole::Column::PartId),
            (result, ID),
        ))
        .to_owned()
}

/// The conditions are tried on the few rows found, and no index is entered by them: SQLite would begin at the parent's
/// results, all of them for each part.
fn and_selected(
    dialect: Dialect,
    mut wholes: SelectStatement,
    selected: &[Expr],
) -> SelectStatement {
    for condition in selected {
        wholes.and_where(dialect.unselective(condition.clone()));
    }
    wholes
}
