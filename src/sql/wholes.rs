//! Results, and the results that they are part of.

use entity::{reported_result, reported_result_whole};
use sea_orm::sea_query::{Alias, CaseStatement, Expr, ExprTrait, Query, SelectStatement};

use super::{column, number, same, sqlite};
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
pub(super) fn standing(result: &str, selected: Vec<Expr>) -> Expr {
    let code = |standing: Standing| number(standing as i64);
    let of = |wanted| column(result, wanted);
    // Hardly any result is a part, so all of this is seldom looked at.
    CaseStatement::new()
        .case(
            of(&reported_result::Column::PartOfId).is_null(),
            code(Standing::Alone),
        )
        .case(
            sqlite::exists(wholes_of_its_figure(result, &selected)),
            code(Standing::PartOfItsFigure),
        )
        .case(
            sqlite::exists(wholes_of_other_figures(result, &selected)),
            code(Standing::Part),
        )
        .finally(code(Standing::Alone))
        .into()
}

const PART: &str = "c";
const FIGURE: ColumnRef = &reported_result::Column::FigureId;
const STATEMENT: ColumnRef = &reported_result::Column::StatementNumber;

/// The wholes of a result that are of its own figure.
fn wholes_of_its_figure(result: &str, selected: &[Expr]) -> SelectStatement {
    let mut wholes = wholes(result, WHOLE);
    wholes.and_where(same((WHOLE, FIGURE), (result, FIGURE)));
    and_selected(wholes, selected)
}

/// The wholes of a result that are of other figures and are there, themselves or as another report states them.
fn wholes_of_other_figures(result: &str, selected: &[Expr]) -> SelectStatement {
    const NAMED: &str = "v";
    let mut wholes = wholes(result, NAMED);
    wholes.and_where(column(NAMED, FIGURE).ne(column(result, FIGURE)));
    if selected.is_empty() {
        return wholes;
    }
    let one_of = |column: ColumnRef, value: Expr| {
        let mut there = Query::select();
        there
            .expr(value)
            .from_as(Alias::new("reported_result"), Alias::new(WHOLE))
            .and_where(same((WHOLE, column), (NAMED, column)));
        Expr::from(and_selected(there, selected))
    };
    let itself = one_of(&reported_result::Column::Id, number(1)).is_not_null();
    // Where the latest report that is there is the whole's own, what it gives of the figure beside the whole is not it.
    let latest = one_of(FIGURE, column(WHOLE, STATEMENT).max());
    let restated = column(NAMED, STATEMENT)
        .gt(number(0))
        .and(latest.ne(column(NAMED, STATEMENT)));
    wholes.and_where(itself.or(restated)).take()
}

/// `FROM` the wholes of a result, under this alias.
fn wholes(result: &str, alias: &'static str) -> SelectStatement {
    let mut wholes = Query::select();
    wholes
        .expr(number(1))
        .from_as(Alias::new("reported_result_whole"), Alias::new(PART));
    sqlite::then(&mut wholes, "reported_result", alias);
    wholes
        .and_where(same(
            (PART, &reported_result_whole::Column::PartId),
            (result, &reported_result::Column::Id),
        ))
        .and_where(same(
            (alias, &reported_result::Column::Id),
            (PART, &reported_result_whole::Column::WholeId),
        ));
    wholes
}

/// The conditions are tried on the few rows found, and no index is entered by them: SQLite would begin at the parent's
/// results, all of them for each part.
fn and_selected(mut wholes: SelectStatement, selected: &[Expr]) -> SelectStatement {
    for condition in selected {
        wholes.and_where(sqlite::likely(condition.clone()));
    }
    wholes
}
