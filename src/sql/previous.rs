//! The statement for the results of the fiscal year before.
//!
//! It is of the same agency, initiative (by its slug), metric and scope, and the latest statement of its figure. Where the
//! report that has it gives more than one result that fits, there is none.

use entity::{initiative, reported_result};
use sea_orm::sea_query::{
    Alias, Asterisk, CaseStatement, Expr, ExprTrait, Func, JoinType, Query, SelectStatement,
};

use super::{
    Dialect, PARENT, ROW, Statement, column, dialect::BoundList, named, number,
    rows::select_columns, same,
};
use crate::{plan::Fetch, schema::declaration::ColumnRef};

const ID: ColumnRef = &reported_result::Column::Id;
const AGENCY_ID: ColumnRef = &reported_result::Column::AgencyId;
const METRIC_ID: ColumnRef = &reported_result::Column::MetricId;
const SCOPE: ColumnRef = &reported_result::Column::Scope;
const FISCAL_YEAR: ColumnRef = &reported_result::Column::FiscalYear;
const INITIATIVE_ID: ColumnRef = &reported_result::Column::InitiativeId;

/// The alias of the result that the previous one is asked for.
const RESULT: &str = "s";

/// The results before those with these ids, one for each at most. The first column is the place of the id in the list.
pub fn previous(dialect: Dialect, fetch: &Fetch, ids: &[i64]) -> Statement {
    let table = &fetch.object.table;
    let mut select = Query::select();
    select.expr(dialect.item_index(PARENT));
    dialect.add_list(&mut select, BoundList::Numbers(ids), PARENT);
    select
        .join_as(
            JoinType::InnerJoin,
            Alias::new(table.name),
            Alias::new(RESULT),
            column(RESULT, ID).eq(dialect.item(PARENT)),
        )
        .join_as(
            JoinType::InnerJoin,
            Alias::new(table.name),
            Alias::new(ROW),
            column(ROW, ID).eq(Expr::from(the_only_one(dialect, table.name))),
        );
    select_columns(&mut select, fetch);
    dialect.statement(&select)
}

/// The id of the one result that fits; null where there is none or more than one.
fn the_only_one(dialect: Dialect, table: &'static str) -> SelectStatement {
    const FITTING: &str = "s0";
    const OWN: &str = "o";
    const INITIATIVE: &str = "i";
    const EARLIER: &str = "p";
    let slug = |alias| dialect.lower_ascii(column(alias, &initiative::Column::Slug));
    let mut fitting = Query::select();
    fitting
        .expr(column(EARLIER, ID))
        .from_as(Alias::new("initiative"), Alias::new(OWN));
    // From the initiative to itself in all reports of the agency, and from there to the figures of the year before.
    dialect.join_in_order(&mut fitting, "initiative", INITIATIVE);
    dialect.join_in_order(&mut fitting, table, EARLIER);
    fitting
        .and_where(same(
            (OWN, &initiative::Column::Id),
            (RESULT, INITIATIVE_ID),
        ))
        .and_where(same(
            (INITIATIVE, &initiative::Column::AgencyId),
            (OWN, &initiative::Column::AgencyId),
        ))
        .and_where(slug(INITIATIVE).eq(slug(OWN)))
        .and_where(same(
            (EARLIER, INITIATIVE_ID),
            (INITIATIVE, &initiative::Column::Id),
        ))
        .and_where(of_the_year_before(EARLIER))
        .and_where(column(EARLIER, &reported_result::Column::IsSuperseded).not())
        // Two are as good as any number.
        .limit(2);
    let is_one = Expr::from(Func::count(Expr::col(Asterisk))).eq(number(1));
    let id = Func::min(named(FITTING, ID.name()));
    Query::select()
        .expr(CaseStatement::new().case(is_one, id))
        .from_subquery(fitting, Alias::new(FITTING))
        .to_owned()
}

/// Whether a result has the agency, the metric and the scope of the one asked for, and is of the year before. Agency and
/// initiative
/// lead to the same result, but the index has both.
fn of_the_year_before(alias: &str) -> Expr {
    let same = |of| same((alias, of), (RESULT, of));
    same(AGENCY_ID)
        .and(same(METRIC_ID))
        .and(same(SCOPE))
        .and(column(alias, FISCAL_YEAR).eq(column(RESULT, FISCAL_YEAR).sub(number(1))))
}
