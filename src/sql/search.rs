//! The statements of a search: its page, the texts of the page's documents, and the count.
//!
//! Hits are ranked by whole numbers, so that a cursor names a place exactly. A hit that fits better has a smaller rank, so
//! all three keys of the order ascend, and a place in it is compared as one row of values. What may be found is at least
//! one kind: where it is none, there is nothing to ask for.

use entity::{
    division,
    enums::SearchKind,
    initiative, reported_result,
    search::{self, COLUMNS, ID_BITS, TABLE},
};
use sea_orm::sea_query::{
    Alias, Asterisk, CaseStatement, CommonTableExpression, Condition, Expr, ExprTrait, Func, Order,
    Query, SelectStatement, UnionType, WithClause,
};

use super::{
    Dialect, ROW, Statement, column,
    dialect::BoundList,
    named, number,
    slice::{Bound, Slice, slices, together},
};
use crate::{
    plan::{KeyValue, Search},
    schema::{agency::AGENCY, declaration::ColumnRef, search::SEARCHED},
};

/// How many ranks lie between two scores that differ by one.
pub const RANKS: i64 = 1_000_000_000;

/// The place of the document's number in a row of [`search_page`].
pub const DOCUMENT: usize = 0;

/// The places of the keys of the order in a row of [`search_page`]: rank, kind, natural key.
pub const KEYS: [usize; 3] = [1, 2, 3];

/// How many values a row of [`search_page`] has.
pub const WIDTH: usize = 4;

/// How many values a row of [`search_texts`] has.
pub const TEXTS_WIDTH: usize = 1 + COLUMNS.len();

/// The alias of a table whose rows are documents.
const OF_KIND: &str = "d";
/// The alias of the table of agencies.
const OF_AGENCY: &str = "a";

/// The name of all hits in a statement.
const HITS: &str = "hits";

const NAMES: [&str; WIDTH] = ["document", "rank", "kind", "natural_key"];

/// The hits of a page and their neighbours, in any order: document, rank, kind, natural key.
pub fn search_page(dialect: Dialect, search: &Search) -> Statement {
    let slices = slices(&search.page, search.wanted, &search.order);
    let is_whole = matches!(slices.as_slice(), [slice] if slice.bounds.is_empty());
    let mut hits = CommonTableExpression::new();
    hits.table_name(Alias::new(HITS))
        .query(ranked(dialect, search));
    if !is_whole {
        // Else SQLite would rank every hit again for each comparison.
        hits.materialized(true);
    }
    let mut select = Query::select();
    select
        .exprs(NAMES.map(|name| named(ROW, name)))
        .from_as(Alias::new(HITS), Alias::new(ROW));
    match slices.as_slice() {
        [slice] => apply(slice, &mut select, ROW),
        _ => {
            select.and_where(named(ROW, NAMES[DOCUMENT]).in_subquery(chosen(&slices)));
        }
    }
    select.with_cte(WithClause::new().cte(hits).to_owned());
    dialect.statement(&select)
}

/// How many hits there are.
pub fn search_count(dialect: Dialect, search: &Search) -> Statement {
    let mut select = found(dialect, search);
    select.expr(Func::count(Expr::col(Asterisk)));
    dialect.statement(&select)
}

/// The texts of the documents with these numbers, in any order: document, and a text for each of [`COLUMNS`].
pub fn search_texts(dialect: Dialect, documents: &[i64]) -> Statement {
    let mut arms = SearchKind::ALL.iter().map(|kind| {
        let (table, columns) = search::texts(*kind);
        let of_kind: Vec<i64> = documents
            .iter()
            .filter_map(|document| search::row(*document))
            .filter(|(other, _)| other == kind)
            .map(|(_, id)| id)
            .collect();
        let mut arm = Query::select();
        arm.expr(named(ROW, "id").add(number(search::document(*kind, 0))));
        for column in columns {
            arm.expr(column.map_or_else(Expr::null, |column| named(ROW, column)));
        }
        arm.from_as(Alias::new(table), Alias::new(ROW))
            .and_where(dialect.is_one_of(named(ROW, "id"), BoundList::Numbers(&of_kind)));
        arm
    });
    let mut select = arms.next().unwrap_or_default();
    for arm in arms {
        select.union(UnionType::All, arm);
    }
    dialect.statement(&select)
}

/// All hits with their rank, kind and natural key.
fn ranked(dialect: Dialect, search: &Search) -> SelectStatement {
    let [document_name, rank, kind, natural_key_name] = NAMES.map(Alias::new);
    let mut hits = found(dialect, search);
    hits.expr_as(dialect.document(ROW), document_name)
        .expr_as(dialect.rank(ROW), rank)
        .expr_as(kind_of_hit(dialect), kind)
        .expr_as(
            of_row(dialect, &search.kinds, natural_key_of),
            natural_key_name,
        );
    hits
}

/// `FROM` the index, `WHERE` the words are found and the document may be.
fn found(dialect: Dialect, search: &Search) -> SelectStatement {
    let mut select = Query::select();
    select
        .from_as(Alias::new(TABLE), Alias::new(ROW))
        .and_where(dialect.has_terms(ROW, search.words.iter()))
        .cond_where(of_kinds(dialect, &search.kinds));
    if let Some(natural_key) = &search.agency {
        let agency = Query::select()
            .expr(column(OF_AGENCY, AGENCY.table.id))
            .from_as(Alias::new(AGENCY.table.name), Alias::new(OF_AGENCY))
            .and_where(column(OF_AGENCY, AGENCY.table.natural_key).eq(natural_key.as_str()))
            .to_owned();
        select.and_where(of_row(dialect, &search.kinds, agency_of).eq(Expr::from(agency)));
    }
    select
}

/// The documents of these kinds, which are in the order of their codes. Neighbours are one stretch of numbers, and where
/// there is only one the index itself keeps to it.
fn of_kinds(dialect: Dialect, kinds: &[SearchKind]) -> Condition {
    let mut stretches: Vec<(i64, i64)> = Vec::new();
    for kind in kinds {
        let numbers = search::documents(*kind);
        match stretches.last_mut() {
            Some((_, end)) if *end + 1 == *numbers.start() => *end = *numbers.end(),
            _ => stretches.push((*numbers.start(), *numbers.end())),
        }
    }
    if kinds.len() == SEARCHED.len() {
        return Condition::all();
    }
    stretches
        .into_iter()
        .map(|(start, end)| dialect.document(ROW).between(number(start), number(end)))
        .fold(Condition::any(), Condition::add)
}

fn natural_key_of(kind: SearchKind) -> Option<ColumnRef> {
    Some(SEARCHED[kind as usize].table.natural_key)
}

/// The column of a kind's table that refers to the agency, if it has one.
fn agency_of(kind: SearchKind) -> Option<ColumnRef> {
    match kind {
        SearchKind::Division => Some(&division::Column::AgencyId),
        SearchKind::Initiative => Some(&initiative::Column::AgencyId),
        SearchKind::Result => Some(&reported_result::Column::AgencyId),
        SearchKind::Metric => None,
    }
}

fn kind_of_hit(dialect: Dialect) -> Expr {
    dialect
        .document(ROW)
        .right_shift(number(i64::from(ID_BITS)))
}

/// The value of a column of the row behind a hit; a column for each kind that has one.
fn of_row(
    dialect: Dialect,
    kinds: &[SearchKind],
    of_kind: impl Fn(SearchKind) -> Option<ColumnRef>,
) -> Expr {
    let mut cases = CaseStatement::new();
    for kind in kinds {
        let Some(wanted) = of_kind(*kind) else {
            continue;
        };
        let table = &SEARCHED[*kind as usize].table;
        let id = dialect
            .document(ROW)
            .sub(number(search::document(*kind, 0)));
        let value = Query::select()
            .expr(column(OF_KIND, wanted))
            .from_as(Alias::new(table.name), Alias::new(OF_KIND))
            .and_where(column(OF_KIND, table.id).eq(id))
            .to_owned();
        let code = number(i64::from(kind.code()));
        cases = cases.case(kind_of_hit(dialect).eq(code), Expr::from(value));
    }
    cases.into()
}

/// The documents of all slices.
fn chosen(slices: &[Slice]) -> SelectStatement {
    const CHOSEN: &str = "p";
    let parts = slices.iter().map(|slice| {
        let mut part = Query::select();
        part.expr(named(CHOSEN, NAMES[DOCUMENT]))
            .from_as(Alias::new(HITS), Alias::new(CHOSEN));
        apply(slice, &mut part, CHOSEN);
        part
    });
    together(parts.collect(), &[NAMES[DOCUMENT].to_owned()])
}

/// Cuts a slice out of the hits with this alias.
fn apply(slice: &Slice, hits: &mut SelectStatement, alias: &str) {
    let keys = || KEYS.map(|key| named(alias, NAMES[key]));
    for bound in &slice.bounds {
        let (Bound::Behind(place)
        | Bound::Ahead(place)
        | Bound::AtOrBehind(place)
        | Bound::AtOrAhead(place)) = bound;
        let values = (0..KEYS.len()).map(|key| match place.value(key) {
            KeyValue::Number(number) => Expr::val(number),
            KeyValue::Text(text) => Expr::val(text),
            KeyValue::Missing => Expr::null(),
        });
        let (keys, place) = (Expr::tuple(keys()), Expr::tuple(values));
        hits.and_where(match bound {
            Bound::Behind(_) => keys.gt(place),
            Bound::Ahead(_) => keys.lt(place),
            Bound::AtOrBehind(_) => keys.gte(place),
            Bound::AtOrAhead(_) => keys.lte(place),
        });
    }
    for key in keys() {
        let direction = match slice.from_start {
            true => Order::Asc,
            false => Order::Desc,
        };
        hits.order_by_expr(key, direction);
    }
    hits.limit(slice.rows);
}
