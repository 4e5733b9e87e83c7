//! The statement for the results of the fiscal year before.
//!
//! It is of the same agency, initiative (by its slug), metric and scope. The initiative is the result's own where that
//! reports on the year before too, else the one with the slug in the agency's report of that year. Where more than one
//! result of it fits, there is none.

use entity::{agency, initiative, report, reported_result};
use sea_orm::sea_query::{
    Alias, Asterisk, BinOper, CaseStatement, Expr, ExprTrait, Func, JoinType, Query,
    SelectStatement,
};

use super::{
    PARENT, ROW, Statement, column, named, number,
    rows::select_columns,
    same,
    sqlite::{self, Keys},
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
pub fn previous(fetch: &Fetch, ids: &[i64]) -> Statement {
    let table = &fetch.object.table;
    let mut select = Query::select();
    select.expr(sqlite::place(PARENT));
    Keys::of_ids(ids).from(&mut select, PARENT);
    select
        .join_as(
            JoinType::InnerJoin,
            Alias::new(table.name),
            Alias::new(RESULT),
            column(RESULT, ID).eq(sqlite::key(PARENT)),
        )
        .join_as(
            JoinType::InnerJoin,
            Alias::new(table.name),
            Alias::new(ROW),
            column(ROW, ID).eq(Expr::from(the_only_one(table.name))),
        );
    select_columns(&mut select, fetch);
    Statement::new(&select)
}

/// The id of the one result that fits; null where there is none or more than one.
fn the_only_one(table: &'static str) -> SelectStatement {
    const FITTING: &str = "s0";
    const EARLIER: &str = "p";
    let mut fitting = Query::select();
    fitting
        .expr(column(EARLIER, ID))
        .from_as(Alias::new(table), Alias::new(EARLIER))
        .and_where(of_the_year_before(EARLIER))
        .and_where(column(EARLIER, INITIATIVE_ID).eq(initiative(table)))
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
/// initiative lead to the same result, but the index has both.
fn of_the_year_before(alias: &str) -> Expr {
    let same = |of| same((alias, of), (RESULT, of));
    same(AGENCY_ID)
        .and(same(METRIC_ID))
        .and(same(SCOPE))
        .and(column(alias, FISCAL_YEAR).eq(year_before()))
}

fn year_before() -> Expr {
    column(RESULT, FISCAL_YEAR).sub(number(1))
}

/// The id of the initiative whose result it is; null where there is none.
fn initiative(table: &'static str) -> Expr {
    const OWN: &str = "o";
    let own = Query::select()
        .expr(number(1))
        .from_as(Alias::new(table), Alias::new(OWN))
        .and_where(of_the_year_before(OWN))
        .and_where(same((OWN, INITIATIVE_ID), (RESULT, INITIATIVE_ID)))
        .to_owned();
    CaseStatement::new()
        .case(Expr::exists(own), column(RESULT, INITIATIVE_ID))
        .finally(Expr::from(in_the_report_before()))
        .into()
}

/// The id of the initiative with the same slug in the agency's report of the year before. It is found by its natural
/// key: that of the agency, the year, and what follows the key of the report in that of the result's own initiative.
fn in_the_report_before() -> SelectStatement {
    const OWN: &str = "i";
    const REPORT: &str = "r";
    const AGENCY: &str = "a";
    const BEFORE: &str = "b";
    let key_of_report = column(REPORT, &report::Column::NaturalKey);
    let slug = Func::cust(Alias::new("substr")).args([
        column(OWN, &initiative::Column::NaturalKey),
        Expr::from(Func::cust(Alias::new("length")).arg(key_of_report)).add(number(1)),
    ]);
    let key = joined(
        joined(
            column(AGENCY, &agency::Column::NaturalKey),
            Expr::Constant(" ".into()),
        ),
        joined(year_before(), slug.into()),
    );
    Query::select()
        .expr(column(BEFORE, &initiative::Column::Id))
        .from_as(Alias::new("initiative"), Alias::new(OWN))
        .join_as(
            JoinType::InnerJoin,
            Alias::new("report"),
            Alias::new(REPORT),
            same(
                (REPORT, &report::Column::Id),
                (OWN, &initiative::Column::ReportId),
            ),
        )
        .join_as(
            JoinType::InnerJoin,
            Alias::new("agency"),
            Alias::new(AGENCY),
            same(
                (AGENCY, &agency::Column::Id),
                (OWN, &initiative::Column::AgencyId),
            ),
        )
        .join_as(
            JoinType::InnerJoin,
            Alias::new("initiative"),
            Alias::new(BEFORE),
            column(BEFORE, &initiative::Column::NaturalKey).eq(key),
        )
        .and_where(same(
            (OWN, &initiative::Column::Id),
            (RESULT, INITIATIVE_ID),
        ))
        .to_owned()
}

fn joined(left: Expr, right: Expr) -> Expr {
    left.binary(BinOper::Custom("||"), right)
}
