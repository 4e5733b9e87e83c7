//! Little that is asked for and much that would be answered: whatever multiplies is refused before it is in memory.
//!
//! Each request is put to a server alone and sixteen times at once, each time a little different, so that none is answered
//! from memory. What is measured is the answer and the most memory that the whole process takes meanwhile.

use std::{
    thread,
    time::{Duration, Instant},
};

use rusqlite::Connection;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{
    super::{
        http::Response,
        process::{Server, server},
    },
    case::{each, request},
    wire::{Came, exchange},
    withstand::ordinary,
};

/// How many ask at once.
const TOGETHER: usize = 16;

/// The most memory that the process may take, in KiB.
const MEMORY: u64 = 300 * 1024;

/// The most bytes of an answer.
const ANSWER: usize = 16 * 1024 * 1024;

/// Something that multiplies, and the limit that it meets; `None` where it is answered in the end, since it is not as much
/// as it looks.
struct Multiplied {
    name: &'static str,
    query: String,
    variables: Value,
    limit: Option<&'static str>,
}

fn multiplied(name: &'static str, query: String, limit: Option<&'static str>) -> Multiplied {
    Multiplied {
        name,
        query,
        variables: Value::Null,
        limit,
    }
}

impl Multiplied {
    /// The request, with a comment that makes it another one than those before.
    fn request(&self, number: usize) -> Vec<u8> {
        request(&json!({
            "query": format!("{} # {number}", self.query),
            "variables": self.variables,
        }))
    }

    /// What is wrong with a response.
    fn fault(&self, response: &Response) -> Option<String> {
        let start: String = response.body.chars().take(300).collect();
        let Some(limit) = self.limit else {
            let is_right = response.status == 200 && response.body.len() <= ANSWER;
            return (!is_right).then(|| format!("{} bytes: {start}", response.body.len()));
        };
        let told = || {
            let body: Value = serde_json::from_str(&response.body).ok()?;
            let extensions = &body["errors"][0]["extensions"];
            let is_told = extensions["limit"] == limit && extensions["maximum"].is_u64();
            (body.get("data").is_none() && extensions["code"] == "QUERY_TOO_LARGE" && is_told)
                .then_some(())
        };
        let is_right = response.status == 400 && response.body.len() < 8 * 1024;
        (!is_right || told().is_none()).then_some(start)
    }
}

/// Puts requests to a server, each alone and sixteen times at once.
fn multiply((server, _folder): &(Server, TempDir), cases: &[Multiplied]) {
    let mut failures = Vec::new();
    let mut number = 0;
    let mut ask = |case: &Multiplied, times: usize| {
        server.forget_peak();
        let started = Instant::now();
        let requests: Vec<_> = (0..times)
            .map(|_| {
                number += 1;
                case.request(number)
            })
            .collect();
        let responses = together(server, &requests);
        let measured = Measured {
            elapsed: started.elapsed(),
            answer: responses.iter().map(|response| response.body.len()).max(),
            peak: server.peak(),
        };
        let faults = responses.iter().filter_map(|response| case.fault(response));
        failures.extend(faults.map(|fault| format!("{}, {times} at once: {fault}", case.name)));
        if measured.peak > MEMORY {
            failures.push(format!("{}, {times} at once: {measured}", case.name));
        }
        measured
    };
    for case in cases {
        let alone = ask(case, 1);
        let many = ask(case, TOGETHER);
        eprintln!("{}: alone {alone}; {TOGETHER} at once {many}", case.name);
    }
    if let Err(what) = ordinary(server, 0) {
        failures.push(what);
    }
    assert!(failures.is_empty(), "\n{}\n", failures.join("\n"));
}

/// What a request took. How long depends on the machine, so it is told and not asserted.
struct Measured {
    elapsed: Duration,
    answer: Option<usize>,
    peak: u64,
}

impl std::fmt::Display for Measured {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} bytes in {} ms, {} MiB",
            self.answer.unwrap_or_default(),
            self.elapsed.as_millis(),
            self.peak / 1024
        )
    }
}

fn together(server: &Server, requests: &[Vec<u8>]) -> Vec<Response> {
    thread::scope(|threads| {
        let asked: Vec<_> = requests
            .iter()
            .map(|request| threads.spawn(|| exchange(server.address, request)))
            .collect();
        let came = asked
            .into_iter()
            .map(|asked| asked.join().expect("it ends"));
        came.map(|came| match came {
            Ok(Came::Response(response)) => response,
            other => panic!("no response: {other:?}"),
        })
        .collect()
    })
}

/// A server that has time enough for a debug binary on a machine with much to do.
fn patient() -> (Server, TempDir) {
    server(&["--timeout", "60"])
}

/// Fifty times the same field, each time under another key of so many letters.
fn fifty(letters: usize, field: &str) -> String {
    each(50, |n| format!("{} ", keyed(letters, n, field)))
}

/// A field under a key of so many letters.
fn keyed(letters: usize, number: usize, field: &str) -> String {
    format!("{}{number:02}:{field}", "k".repeat(letters - 2))
}

#[test]
fn aliases() {
    let answer = Some("answer");
    let long = "a".repeat(100_000);
    let action = fifty(3, "action");
    multiply(
        &patient(),
        &[
            multiplied(
                "fifty initiatives with fifty actions, nested twice",
                format!(
                    "{{ results {{ nodes {{ ...R initiative {{ results {{ nodes {{ ...R }} }} }} }} }} }} fragment R on ReportedResult {{ {} }} fragment I on Initiative {{ {action} }}",
                    fifty(3, "initiative { ...I }")
                ),
                answer,
            ),
            multiplied(
                "an alias of 100,000 letters",
                format!(
                    "{{ results {{ nodes {{ report {{ results {{ nodes {{ report {{ results {{ nodes {{ {long}: key }} }} }} }} }} }} }} }} }}"
                ),
                Some("nameLength"),
            ),
            multiplied(
                "fifty columns of each row",
                format!(
                    "{{ initiatives {{ nodes {{ results {{ nodes {{ initiative {{ results {{ nodes {{ {} }} }} }} }} }} }} }} }}",
                    fifty(200, "key")
                ),
                answer,
            ),
            multiplied(
                "fifty roots of fifty columns",
                format!(
                    "{{ {} }} fragment I on InitiativeConnection {{ nodes {{ {} }} }}",
                    fifty(3, "initiatives { ...I }"),
                    fifty(100, "action")
                ),
                answer,
            ),
            multiplied(
                "fifty type names of each row",
                format!(
                    "{{ results {{ nodes {{ initiative {{ results {{ nodes {{ metric {{ {} }} }} }} }} }} }} }}",
                    fifty(250, "__typename")
                ),
                answer,
            ),
            multiplied(
                "fifty ids of each row",
                format!(
                    "{{ {} }} fragment R on ReportedResultConnection {{ nodes {{ {} }} }}",
                    fifty(3, "results { ...R }"),
                    fifty(3, "id")
                ),
                answer,
            ),
            multiplied(
                "fifty look-ups of fifty reports",
                format!(
                    "{{ {} }} fragment A on Agency {{ {} }}",
                    fifty(3, "agency(code: \"ICE\") { ...A }"),
                    fifty(3, "reports { nodes { agency { name department } } }")
                ),
                answer,
            ),
        ],
    );
}

#[test]
fn long_names() {
    let answer = Some("answer");
    let long = "a".repeat(257);
    let key = |number| keyed(256, number, "");
    let name_length = Some("nameLength");
    multiply(
        &patient(),
        &[
            multiplied(
                "keys of 256 letters",
                format!(
                    "{{ {}results {{ nodes {{ {}report {{ results {{ nodes {{ {} }} }} }} }} }} }}",
                    key(1),
                    key(2),
                    fifty(256, "key")
                ),
                answer,
            ),
            multiplied("an alias", format!("{{ {long}: __typename }}"), name_length),
            multiplied("a field", format!("{{ {long} }}"), name_length),
            multiplied(
                "a fragment",
                format!("{{ ...{long} }} fragment {long} on Query {{ __typename }}"),
                name_length,
            ),
            multiplied(
                "a variable",
                format!("query (${long}: Int) {{ results(first: ${long}) {{ totalCount }} }}"),
                name_length,
            ),
            multiplied(
                "an operation",
                format!("query {long} {{ __typename }}"),
                name_length,
            ),
            multiplied(
                "a directive",
                format!("{{ __typename @{long} }}"),
                name_length,
            ),
            multiplied(
                "a type",
                format!("{{ ... on {long} {{ __typename }} }}"),
                name_length,
            ),
            multiplied(
                "an enum value",
                format!("{{ results(where: {{ precision: {{ eq: {long} }} }}) {{ totalCount }} }}"),
                name_length,
            ),
        ],
    );
}

#[test]
fn fragments_and_rows_at_hand() {
    let answer = Some("answer");
    multiply(
        &patient(),
        &[
            multiplied(
                "a fragment of fifty in a fragment of fifty",
                format!(
                    "{{ results {{ nodes {{ ...A }} }} }} fragment A on ReportedResult {{ {} }} fragment B on Initiative {{ {} }}",
                    fifty(3, "initiative { ...B }"),
                    fifty(40, "outcome")
                ),
                answer,
            ),
            multiplied(
                "three levels of ten",
                format!(
                    "{{ results {{ nodes {{ {} }} }} }} fragment A on Initiative {{ {} }} fragment B on Report {{ {} }} fragment C on Agency {{ {} }}",
                    each(10, |n| format!("a{n}: initiative {{ ...A }} ")),
                    each(10, |n| format!("b{n}: report {{ ...B }} ")),
                    each(10, |n| format!("c{n}: agency {{ ...C }} ")),
                    fifty(100, "name")
                ),
                Some("fields"),
            ),
            multiplied(
                "to-ones of to-ones",
                format!(
                    "{{ results {{ nodes {{ initiative {{ results {{ nodes {{ {} }} }} }} }} }} }} fragment A on Initiative {{ {} }}",
                    each(20, |n| format!("a{n}: initiative {{ ...A }} ")),
                    each(20, |n| format!("b{n}: report {{ title }} "))
                ),
                answer,
            ),
            multiplied(
                "metrics, units and parents of each result",
                format!(
                    "{{ results {{ nodes {{ initiative {{ results {{ nodes {{ {} }} }} }} }} }} }}",
                    fifty(
                        3,
                        "metric { description name unit { code name } parent { description } }"
                    )
                ),
                answer,
            ),
            multiplied(
                "what each result is part of",
                format!(
                    "{{ results {{ nodes {{ report {{ results {{ nodes {{ {} }} }} }} }} }} }}",
                    fifty(
                        3,
                        "partOf { key initiative { action outcome } } metric { description }"
                    )
                ),
                answer,
            ),
            multiplied(
                "the agency at hand, again and again",
                format!(
                    "{{ agencies {{ nodes {{ results {{ nodes {{ initiative {{ results {{ nodes {{ {} }} }} }} }} }} }} }} }}",
                    fifty(200, "fiscalYear")
                ),
                answer,
            ),
            multiplied(
                "sources and attributions",
                format!(
                    "{{ initiatives {{ nodes {{ results {{ nodes {{ initiative {{ {} }} }} }} }} }} }}",
                    fifty(100, "divisionAttribution { basis note } ")
                ),
                None,
            ),
        ],
    );
}

#[test]
fn pages_cursors_and_edges() {
    let answer = Some("answer");
    let under = |inner: &str| {
        format!("{{ results {{ nodes {{ initiative {{ results {{ {inner} }} }} }} }} }}")
    };
    let order = r#"orderBy: [{ initiative: { action: ASC } }, { initiative: { outcome: ASC } }, { initiative: { name: ASC } }, { metric: { name: ASC } }]"#;
    multiply(
        &patient(),
        &[
            multiplied(
                "edges beside nodes",
                under(&each(25, |n| {
                    format!(
                        "e{n}: edges {{ cursor node {{ {columns} }} }} n{n}: nodes {{ {columns} }} ",
                        columns = each(20, |n| format!("c{n}: key "))
                    )
                })),
                answer,
            ),
            multiplied(
                "fifty edges",
                under(&fifty(100, "edges { c:cursor d:cursor node { id key } }")),
                answer,
            ),
            multiplied(
                "fifty cursors of each edge",
                under(&format!("edges {{ {} }}", fifty(3, "cursor"))),
                answer,
            ),
            multiplied(
                "cursors of long keys",
                format!(
                    "{{ results({order}) {{ a:edges {{ {c} }} b:edges {{ {c} }} c:edges {{ {c} }} d:edges {{ {c} }} e:edges {{ {c} }} f:edges {{ {c} }} g:edges {{ {c} }} h:edges {{ {c} }} i:edges {{ {c} }} }} }}",
                    c = fifty(250, "cursor")
                ),
                answer,
            ),
            multiplied(
                "fifty places of fifty cursors",
                format!(
                    "{} fragment P on PageInfo {{ {} }}",
                    under(&fifty(3, "pageInfo { ...P }")),
                    fifty(3, "endCursor")
                ),
                answer,
            ),
            multiplied(
                "fifty counts under each row",
                under(&fifty(250, "totalCount")),
                None,
            ),
        ],
    );
}

#[test]
fn totals_groups_and_series() {
    let answer = Some("answer");
    let total = "unit { code name } scope count sum mean precision min max median caveats";
    multiply(
        &patient(),
        &[
            multiplied(
                "fifty totals of each initiative",
                format!(
                    "{{ initiatives {{ nodes {{ results {{ aggregate {{ {} }} }} }} }} }}",
                    fifty(200, &format!("totals {{ {total} }}"))
                ),
                None,
            ),
            multiplied(
                "fifty groups of fifty totals",
                format!(
                    "{{ results {{ {} }} }} fragment G on ResultGroup {{ aggregate {{ {} }} }}",
                    fifty(
                        3,
                        "groups(by: [INITIATIVE, METRIC, FISCAL_YEAR]) { nodes { ...G } }"
                    ),
                    fifty(20, &format!("totals {{ {total} }}"))
                ),
                answer,
            ),
            multiplied(
                "the results of each group",
                format!(
                    "{{ results {{ groups(by: [METRIC]) {{ nodes {{ results {{ nodes {{ initiative {{ results {{ nodes {{ {} }} }} }} }} }} }} }} }} }}",
                    fifty(250, "key")
                ),
                answer,
            ),
            multiplied(
                "fifty series of each metric",
                format!(
                    "{{ metrics {{ nodes {{ {} }} }} }} fragment S on SeriesPoint {{ {} }}",
                    fifty(3, "series { ...S }"),
                    fifty(100, &format!("total {{ {total} }}"))
                ),
                answer,
            ),
            multiplied(
                "percentiles of each metric",
                format!(
                    "{{ metrics {{ nodes {{ results {{ aggregate {{ totals {{ {} }} }} }} }} }} }}",
                    each(50, |n| format!("p{n}: percentile(p: 0.{n:02}) "))
                ),
                None,
            ),
            multiplied(
                "fifty ancestors of fifty ancestors",
                format!(
                    "{{ metrics {{ nodes {{ {} }} }} }} fragment A on Metric {{ {} }}",
                    fifty(3, "ancestors { ...A }"),
                    fifty(3, "ancestors { name description }")
                ),
                answer,
            ),
            multiplied(
                "ancestors of the metric of each result",
                format!(
                    "{{ results {{ nodes {{ report {{ results {{ nodes {{ metric {{ {} }} }} }} }} }} }} }}",
                    fifty(100, "ancestors { name description }")
                ),
                answer,
            ),
        ],
    );
}

#[test]
fn searches() {
    let answer = Some("answer");
    let words = "text: \"a\", first: 100";
    multiply(
        &patient(),
        &[
            multiplied(
                "fifty snippets of each hit",
                format!(
                    "{{ search({words}) {{ edges {{ {} }} }} }}",
                    fifty(100, "snippet { text isHit }")
                ),
                None,
            ),
            multiplied(
                "fifty edges of fifty snippets",
                format!(
                    "{{ search({words}) {{ {} }} }} fragment E on SearchEdge {{ {} }}",
                    fifty(3, "edges { ...E }"),
                    fifty(3, "snippet { text isHit }")
                ),
                answer,
            ),
            multiplied(
                "fifty searches",
                format!(
                    "{{ {} }} fragment S on SearchConnection {{ edges {{ cursor score {} node {{ id }} }} }}",
                    fifty(3, &format!("search({words}) {{ ...S }}")),
                    fifty(30, "snippet { text }")
                ),
                answer,
            ),
            multiplied(
                "the results of each hit",
                format!(
                    "{{ search({words}) {{ nodes {{ ... on Initiative {{ results {{ nodes {{ report {{ results {{ nodes {{ {} }} }} }} }} }} }} }} }} }}",
                    fifty(100, "key")
                ),
                answer,
            ),
        ],
    );
}

#[test]
fn the_schema() {
    let types = "types { name description fields { name description args { name description } } }";
    multiply(
        &patient(),
        &[
            multiplied(
                "fifty types",
                format!(
                    "{{ {} }}",
                    fifty(
                        3,
                        "__type(name: \"Initiative\") { name description fields { name description args { name description type { name } } } }"
                    )
                ),
                None,
            ),
            multiplied(
                "the query type, fifty times, with fifty descriptions",
                format!(
                    "{{ {} }} fragment T on __Type {{ fields {{ {} }} }}",
                    fifty(3, "__type(name: \"Query\") { ...T }"),
                    fifty(256, "description")
                ),
                answer_or_size(),
            ),
            multiplied(
                "all types, ten times",
                format!(
                    "{{ {} }}",
                    each(10, |n| format!("s{n}: __schema {{ {types} }} "))
                ),
                None,
            ),
            multiplied(
                "all types, fifty times",
                format!("{{ {} }}", fifty(3, &format!("__schema {{ {types} }}"))),
                Some("introspectionSize"),
            ),
            multiplied(
                "all types beside all results",
                format!(
                    "{{ __schema {{ {types} }} results {{ nodes {{ report {{ results {{ nodes {{ {} }} }} }} }} }} }}",
                    fifty(200, "key")
                ),
                Some("answer"),
            ),
        ],
    );
}

/// Which of the two it meets first.
fn answer_or_size() -> Option<&'static str> {
    Some("answer")
}

#[test]
fn variables_and_explanations() {
    let keys: Vec<String> = (0..4_000).map(|n| format!("key{n}")).collect();
    let mut cases = vec![
        multiplied(
            "a filter of 4,000 keys, 2,500 times",
            format!(
                "query ($in: [String!]) {{ {} }} fragment R on ReportConnection {{ nodes {{ {} }} }}",
                fifty(3, "reports { ...R }"),
                fifty(3, "results(where: { key: { in: $in } }) { totalCount }")
            ),
            None,
        ),
        multiplied(
            "the same, explained",
            format!(
                "query ($in: [String!]) {{ {} }} fragment R on ReportConnection {{ nodes {{ {} }} }}",
                fifty(3, "reports { ...R }"),
                fifty(3, "results(where: { key: { in: $in } }) { totalCount }")
            ),
            None,
        ),
    ];
    for case in &mut cases {
        case.variables = json!({ "in": keys });
    }
    multiply(&patient(), &cases);
}
