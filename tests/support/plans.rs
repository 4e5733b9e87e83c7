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
    let mut out = String::new();
    for (place, sql) in statements(engine, query).await.iter().enumerate() {
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

/// A query of a document that is answered.
pub(crate) struct Example<'d> {
    /// The heading that it is under.
    pub(crate) heading: &'d str,
    /// The query.
    pub(crate) query: &'d str,
    /// Whether the paragraph before it says that it reads all of something.
    pub(crate) reads_all: bool,
}

/// The queries of a document, but those that it shows to be refused.
pub(crate) fn examples(document: &str) -> Vec<Example<'_>> {
    let mut examples = Vec::new();
    let (mut heading, mut rest) = ("", document);
    while let Some((text, block)) = rest.split_once("```graphql\n") {
        let (query, behind) = block.split_once("```").unwrap_or((block, ""));
        rest = behind;
        let last = text.lines().rfind(|line| line.starts_with('#'));
        heading = last.map_or(heading, |line| line.trim_start_matches(['#', ' ']));
        let paragraph = text.trim_end().rsplit("\n\n").next().unwrap_or_default();
        if !behind.starts_with("\n```json\n{\n  \"errors\"") {
            examples.push(Example {
                heading,
                query,
                reads_all: paragraph.contains("reads all"),
            });
        }
    }
    examples
}

/// The steps that read all rows of one of the large tables, where no `LIMIT` stops them after a page.
///
/// # Panics
/// If the request is not answered.
pub(crate) async fn read_whole(
    engine: &Engine,
    connection: &Connection,
    query: &str,
) -> Vec<String> {
    const LARGE: [&str; 2] = ["reported_result", "initiative"];
    let mut steps = Vec::new();
    for sql in statements(engine, query).await {
        let mut out = String::new();
        plan(connection, &sql, &mut out);
        for step in out.lines().map(str::trim_start) {
            let Some(scanned) = step.strip_prefix("SCAN ") else {
                continue;
            };
            let alias = scanned.split(' ').next().unwrap_or_default();
            let is_of = |table: &&str| sql.contains(&format!("\"{table}\" AS \"{alias}\""));
            let is_page = sql.ends_with("LIMIT ?") && scanned.contains(" USING INDEX ");
            if LARGE.iter().any(is_of) && !is_page {
                steps.push(step.to_owned());
            }
        }
    }
    steps
}

/// The SQL of the statements that a request takes.
async fn statements(engine: &Engine, query: &str) -> Vec<String> {
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
    let body = body.as_str();
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
