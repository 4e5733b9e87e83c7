//! How the database means to read: the query plans of all statements of a request.

use std::{collections::HashMap, fmt::Write};

use annals::engine::{Answer, Engine, Request};
use rusqlite::Connection;
use serde::Deserialize;

/// The plans of the statements of a request, a line for each step, inner steps indented.
///
/// The values of the variables stand in the comment `# variables: {…}` at the head of the query.
///
/// # Panics
/// If the request is not answered.
pub(crate) async fn plans(engine: &Engine, connection: &Connection, query: &str) -> String {
    let variables = header(query, "variables").unwrap_or("{}");
    let request = Request {
        query: query.into(),
        variables: serde_json::from_str(variables).expect("the variables are JSON"),
        explain: true,
        ..Request::default()
    };
    let body = match engine.execute(request).await {
        Answer::Data(body) => body,
        Answer::Refused(faults) => panic!("{faults:?}"),
        Answer::Failed(cause) => panic!("{cause}"),
    };
    let mut out = String::new();
    for (place, sql) in statements(&body).iter().enumerate() {
        let (before, _) = sql
            .split_once("\" AS \"t\"")
            .expect("a statement is about a table");
        let table = before.rsplit('"').next().unwrap_or_default();
        let limit = if sql.ends_with("LIMIT ?") {
            ", LIMIT"
        } else {
            ""
        };
        writeln!(out, "-- {}: {table}{limit}", place + 1).expect("a string takes all");
        plan(connection, sql, &mut out);
    }
    out
}

/// The value of a comment `# name: value` at the head of a query.
pub(crate) fn header<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    text.lines()
        .map_while(|line| line.strip_prefix("# "))
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

/// The SQL of the statements that `explain` tells of.
fn statements(body: &str) -> Vec<String> {
    #[derive(Deserialize)]
    struct Body {
        extensions: Extensions,
    }
    #[derive(Deserialize)]
    struct Extensions {
        explain: Explain,
    }
    #[derive(Deserialize)]
    struct Explain {
        statements: Vec<Statement>,
    }
    #[derive(Deserialize)]
    struct Statement {
        sql: String,
    }
    let body: Body = serde_json::from_str(body).expect("the body is JSON");
    let statements = body.extensions.explain.statements;
    statements.into_iter().map(|run| run.sql).collect()
}

fn plan(connection: &Connection, sql: &str, out: &mut String) {
    let mut explain = connection
        .prepare(&format!("EXPLAIN QUERY PLAN {sql}"))
        .expect("the statement is right");
    let mut depths = HashMap::from([(0, 0)]);
    // The values bound do not matter to a plan; what is not bound is null.
    let mut steps = explain.raw_query();
    while let Some(step) = steps.next().expect("a plan can be read") {
        let (id, parent): (i64, i64) = (get(step, 0), get(step, 1));
        let depth = depths.get(&parent).copied().unwrap_or_default() + 1;
        depths.insert(id, depth);
        let text: String = get(step, 3);
        writeln!(out, "{}{text}", "  ".repeat(depth)).expect("a string takes all");
    }
}

fn get<T: rusqlite::types::FromSql>(row: &rusqlite::Row<'_>, column: usize) -> T {
    row.get(column).expect("a plan has these columns")
}
