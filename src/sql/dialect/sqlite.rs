//! SQLite's way of saying what databases say differently; [`Dialect`](super::Dialect) has what each function promises.

use entity::search::{COLUMNS, TABLE};
use sea_orm::sea_query::{
    Alias, Expr, ExprTrait, Func, IntoTableRef, JoinType, Query, SelectStatement,
    SqliteQueryBuilder, Value, extension::sqlite::SqliteExpr,
};

use super::BoundList;
use crate::{
    schema::declaration::Table,
    sql::{RANKS, Statement, column, named, number},
};

/// What a word is worth in each of [`COLUMNS`].
const WEIGHTS: [i64; COLUMNS.len()] = [10, 4, 2, 2, 1];

pub(super) fn statement(select: &SelectStatement) -> Statement {
    let (text, values) = select.build(SqliteQueryBuilder);
    Statement {
        text,
        values: values.0,
    }
}

/// `value IN (SELECT value FROM json_each(?))`.
pub(super) fn is_one_of(value: Expr, list: BoundList<'_>) -> Expr {
    let mut items = Query::select();
    items.expr(Expr::col(Alias::new("value")));
    add_list(&mut items, list, "json_each");
    value.in_subquery(items)
}

/// `FROM json_each(?) AS alias`.
pub(super) fn add_list(select: &mut SelectStatement, list: BoundList<'_>, alias: &'static str) {
    let list = Func::cust(Alias::new("json_each")).arg(Expr::val(json(list)));
    select.from_function(list, Alias::new(alias));
}

pub(super) fn item(alias: &str) -> Expr {
    named(alias, "value")
}

pub(super) fn item_part(alias: &str, part: usize) -> Expr {
    let path = Value::String(Some(format!("$[{part}]")));
    Func::cust(Alias::new("json_extract"))
        .arg(item(alias))
        .arg(Expr::Constant(path))
        .into()
}

pub(super) fn item_index(alias: &str) -> Expr {
    named(alias, "key")
}

/// SQLite has no lateral joins, but a subquery of `IN` may refer to the item.
pub(super) fn join_page(
    select: &mut SelectStatement,
    table: &Table,
    alias: &'static str,
    page: SelectStatement,
) {
    select.join_as(
        JoinType::InnerJoin,
        Alias::new(table.name),
        Alias::new(alias),
        column(alias, table.id).in_subquery(page),
    );
}

/// SQLite reads the tables of a cross join in the order in which they are written.
pub(super) fn join_in_order(
    select: &mut SelectStatement,
    table: &'static str,
    alias: &'static str,
) {
    let table = Alias::new(table).into_table_ref();
    select.cross_join(table.alias(Alias::new(alias)));
}

pub(super) fn unselective(condition: Expr) -> Expr {
    Func::cust(Alias::new("likely")).arg(condition).into()
}

/// A subquery with a limit is not merged into the statement around it.
pub(super) fn compute_once(subquery: &mut SelectStatement) {
    subquery.limit(i64::MAX.unsigned_abs());
}

/// SQLite 3.51.1 makes joins of an `EXISTS` within an `EXISTS` and then gives rows twice; where there is a limit it leaves
/// them as they are.
pub(super) fn exists(mut rows: SelectStatement) -> Expr {
    Expr::exists(rows.limit(1).take())
}

pub(super) fn null_safe_equal(left: Expr, right: Expr) -> Expr {
    left.is(right)
}

/// Without ICU, `lower` knows no other letters.
pub(super) fn lower_ascii(text: Expr) -> Expr {
    Func::lower(text).into()
}

pub(super) fn position(text: Expr, part: Expr) -> Expr {
    Func::cust(Alias::new("instr")).arg(text).arg(part).into()
}

/// Truths are 0 and 1, and are added up like numbers.
pub(super) fn sum(number_or_truth: Expr) -> Expr {
    let sum = Func::sum(number_or_truth);
    Func::coalesce([sum.into(), number(0)]).into()
}

pub(super) fn document(alias: &str) -> Expr {
    named(alias, "rowid")
}

/// An expression of FTS5 in which every term is quoted, bound as one value.
pub(super) fn has_terms<'t>(alias: &str, terms: impl Iterator<Item = &'t str>) -> Expr {
    let terms: Vec<String> = terms.map(|term| format!("\"{term}\"")).collect();
    named(alias, TABLE).matches(Expr::val(terms.join(" ") + " *"))
}

pub(super) fn rank(alias: &str) -> Expr {
    let worth = [named(alias, TABLE)].into_iter().chain(WEIGHTS.map(number));
    let exact = Expr::from(Func::cust(Alias::new("bm25")).args(worth)).mul(number(RANKS));
    Expr::from(Func::round(exact)).cast_as(Alias::new("integer"))
}

fn json(list: BoundList<'_>) -> String {
    match list {
        BoundList::Numbers(numbers) => {
            let mut json = String::with_capacity(2 + numbers.len() * 8);
            json.push('[');
            for (index, number) in numbers.iter().enumerate() {
                if index > 0 {
                    json.push(',');
                }
                json.push_str(&number.to_string());
            }
            json.push(']');
            json
        }
        BoundList::Texts(texts) => serde_json::json!(texts).to_string(),
        BoundList::Groups(groups) => serde_json::json!(groups).to_string(),
        BoundList::Totals(totals) => serde_json::json!(totals).to_string(),
    }
}
