//! What SQLite says in its own words: a list of keys as one bound value.

use sea_orm::sea_query::{Alias, Expr, Func, IntoTableRef, Query, SelectStatement};

use super::named;

/// A list of keys as one bound value, for the statements that take any number of parents.
pub(super) struct Keys(String);

impl Keys {
    pub(super) fn of_ids(ids: &[i64]) -> Keys {
        let mut json = String::with_capacity(2 + ids.len() * 8);
        json.push('[');
        for (place, id) in ids.iter().enumerate() {
            if place > 0 {
                json.push(',');
            }
            json.push_str(&id.to_string());
        }
        json.push(']');
        Keys(json)
    }

    pub(super) fn of_groups(groups: &[Vec<Option<i64>>]) -> Keys {
        Keys(serde_json::json!(groups).to_string())
    }

    pub(super) fn of_numbers(numbers: &[[i64; 3]]) -> Keys {
        Keys(serde_json::json!(numbers).to_string())
    }

    pub(super) fn of_texts(texts: &[String]) -> Keys {
        Keys(serde_json::json!(texts).to_string())
    }

    /// `SELECT value FROM json_each(?)`, for `IN`.
    pub(super) fn select(self) -> SelectStatement {
        let mut select = Query::select();
        select.expr(Expr::col(Alias::new("value")));
        self.from(&mut select, "json_each");
        select
    }

    /// `FROM json_each(?) AS alias`.
    pub(super) fn from(self, select: &mut SelectStatement, alias: &'static str) {
        let list = Func::cust(Alias::new("json_each")).arg(Expr::val(self.0));
        select.from_function(list, Alias::new(alias));
    }
}

/// The key itself, of a list that was put into `FROM`.
pub(super) fn key(alias: &str) -> Expr {
    named(alias, "value")
}

/// The key's place in the list, from 0.
pub(super) fn place(alias: &str) -> Expr {
    named(alias, "key")
}

/// Joins a table that is read after those before it, and from them: SQLite takes a cross join in the order in which it is
/// written. The condition stands in `WHERE`.
pub(super) fn then(select: &mut SelectStatement, table: &'static str, alias: &'static str) {
    let table = Alias::new(table).into_table_ref();
    select.cross_join(table.alias(Alias::new(alias)));
}

/// A condition that most rows meet: not to be entered an index by, if another one gives the rows in their order.
pub(super) fn likely(condition: Expr) -> Expr {
    Func::cust(Alias::new("likely")).arg(condition).into()
}

/// Whether there is a row. SQLite 3.51.1 makes joins of an `EXISTS` within an `EXISTS` and then gives rows twice; where
/// there is a limit it leaves them as they are.
pub(super) fn exists(mut rows: SelectStatement) -> Expr {
    Expr::exists(rows.limit(1).take())
}
