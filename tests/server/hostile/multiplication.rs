//! Little that is asked for and much that would be answered: whatever multiplies is refused before it is in memory.

use rusqlite::Connection;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{
    super::process::{Server, server},
    case::each,
    multiply::{Multiplied, multiplied, multiply},
};

/// A server that has time enough for a debug binary on a machine with much to do.
fn patient() -> (Server, TempDir) {
    server(&["--timeout", "60"])
}

/// Fifty times the same field, each time under another key of so many letters.
fn fifty(letters: usize, field: &str) -> String {
    let pad = "k".repeat(letters - 2);
    each(50, |n| format!("{pad}{n:02}: {field} "))
}

/// What is selected of each result for each result: some 3,000 times.
fn squared(selected: &str) -> String {
    format!(
        "{{ results(first: 60) {{ nodes {{ report {{ results(first: 60) {{ {selected} }} }} }} }} }}"
    )
}

fn of_each(selected: &str) -> String {
    squared(&format!("nodes {{ {selected} }}"))
}

const ANSWER_LIMIT: Option<&str> = Some("answer");
const NAME_LIMIT: Option<&str> = Some("nameLength");
const FIELDS_LIMIT: Option<&str> = Some("fields");

/// What is asked of totals.
const TOTAL: &str = "unit { code name } scope count sum { value precision } mean { value } min { value } max { value } median { value } atLeast caveats";

#[test]
fn aliases() {
    let long = "a".repeat(100_000);
    let ten = |key: &str, field: &str| each(10, |n| format!("{key}{n}: {field} "));
    multiply(
        &patient(),
        &[
            multiplied(
                "fifty initiatives with fifty actions, nested twice",
                format!(
                    "{{ results {{ nodes {{ ...R initiative {{ results {{ nodes {{ ...R }} }} }} }} }} }} fragment R on ReportedResult {{ {} }} fragment I on Initiative {{ {} }}",
                    fifty(3, "initiative { ...I }"),
                    fifty(3, "action")
                ),
                ANSWER_LIMIT,
            ),
            multiplied(
                "an alias of 100,000 letters",
                format!(
                    "{{ results {{ nodes {{ report {{ results {{ nodes {{ report {{ results {{ nodes {{ {long}: key }} }} }} }} }} }} }} }} }}"
                ),
                NAME_LIMIT,
            ),
            multiplied("fifty columns", of_each(&fifty(200, "key")), ANSWER_LIMIT),
            multiplied("fifty numbers", of_each(&fifty(250, "value")), ANSWER_LIMIT),
            multiplied(
                "fifty enums",
                of_each(&fifty(250, "precision")),
                ANSWER_LIMIT,
            ),
            multiplied(
                "fifty type names",
                of_each(&fifty(250, "__typename")),
                ANSWER_LIMIT,
            ),
            multiplied("fifty ids", of_each(&fifty(100, "id")), ANSWER_LIMIT),
            multiplied(
                "fifty texts of each initiative",
                of_each(&format!("initiative {{ {} }}", fifty(50, "outcome"))),
                ANSWER_LIMIT,
            ),
            multiplied(
                "fifty roots of fifty columns",
                format!(
                    "{{ {} }} fragment I on InitiativeConnection {{ nodes {{ {} }} }}",
                    fifty(3, "initiatives { ...I }"),
                    fifty(200, "action")
                ),
                ANSWER_LIMIT,
            ),
            multiplied(
                "fifty look-ups of fifty reports",
                format!(
                    "{{ {} }} fragment A on Agency {{ {} }}",
                    fifty(3, "agency(code: \"ICE\") { ...A }"),
                    fifty(3, "reports { nodes { agency { name } } }")
                ),
                FIELDS_LIMIT,
            ),
            multiplied(
                "three levels of ten",
                format!(
                    "{{ results {{ nodes {{ {} }} }} }} fragment A on Initiative {{ {} }} fragment B on Report {{ {} }} fragment C on Agency {{ name code }}",
                    ten("a", "initiative { ...A }"),
                    ten("b", "report { ...B }"),
                    fifty(60, "agency { ...C }"),
                ),
                FIELDS_LIMIT,
            ),
        ],
    );
}

#[test]
fn long_names() {
    let long = "a".repeat(257);
    multiply(
        &patient(),
        &[
            multiplied(
                "keys of 256 letters",
                of_each(&fifty(256, "isRecord")),
                ANSWER_LIMIT,
            ),
            multiplied("an alias", format!("{{ {long}: __typename }}"), NAME_LIMIT),
            multiplied("a field", format!("{{ {long} }}"), NAME_LIMIT),
            multiplied(
                "a fragment",
                format!("{{ ...{long} }} fragment {long} on Query {{ __typename }}"),
                NAME_LIMIT,
            ),
            multiplied(
                "a variable",
                format!("query (${long}: Int) {{ results(first: ${long}) {{ totalCount }} }}"),
                NAME_LIMIT,
            ),
            multiplied(
                "an operation",
                format!("query {long} {{ __typename }}"),
                NAME_LIMIT,
            ),
            multiplied(
                "a directive",
                format!("{{ __typename @{long} }}"),
                NAME_LIMIT,
            ),
            multiplied(
                "a type",
                format!("{{ ... on {long} {{ __typename }} }}"),
                NAME_LIMIT,
            ),
            multiplied(
                "an enum value",
                format!("{{ results(where: {{ precision: {{ eq: {long} }} }}) {{ totalCount }} }}"),
                NAME_LIMIT,
            ),
        ],
    );
}

#[test]
fn rows_that_are_referred_to() {
    multiply(
        &patient(),
        &[
            multiplied(
                "to-ones of to-ones",
                of_each("a: initiative { ...I } b: initiative { ...I } c: initiative { ...I }")
                    + " fragment I on Initiative { "
                    + &fifty(3, "report { title }")
                    + "}",
                ANSWER_LIMIT,
            ),
            multiplied(
                "fifty metrics with unit and parent",
                of_each(&fifty(
                    50,
                    "metric { description name unit { code name } parent { description } }",
                )),
                ANSWER_LIMIT,
            ),
            multiplied(
                "fifty wholes",
                of_each(&fifty(250, "partOf { initiative { action outcome } }")),
                ANSWER_LIMIT,
            ),
            multiplied(
                "fifty previous results",
                of_each(&fifty(250, "previous { metric { description } }")),
                ANSWER_LIMIT,
            ),
            multiplied(
                "the agency at hand, again and again",
                format!(
                    "{{ agencies(first: 1) {{ nodes {{ results(first: 60) {{ nodes {{ report {{ agency {{ results(first: 60) {{ nodes {{ {} }} }} }} }} }} }} }} }} }}",
                    fifty(250, "fiscalYear")
                ),
                ANSWER_LIMIT,
            ),
            multiplied(
                "fifty attributions",
                of_each(&format!(
                    "initiative {{ {} }}",
                    fifty(250, "divisionAttribution { basis note }")
                )),
                ANSWER_LIMIT,
            ),
            multiplied(
                "fifty sources of the report at hand",
                of_each(&format!("report {{ {} }}", fifty(250, "title"))),
                ANSWER_LIMIT,
            ),
        ],
    );
}

#[test]
fn pages_cursors_and_edges() {
    let columns = each(20, |n| format!("c{n}: key "));
    let long_keys = "orderBy: [{ initiative: { action: ASC } }, { initiative: { outcome: ASC } }, { metric: { name: ASC } }]";
    let cursors = each(9, |n| {
        format!("e{n}: edges {{ {} }} ", fifty(250, "cursor"))
    });
    multiply(
        &patient(),
        &[
            multiplied(
                "edges beside nodes",
                squared(&each(25, |n| {
                    format!("e{n}: edges {{ cursor node {{ {columns} }} }} n{n}: nodes {{ {columns} }} ")
                })),
                ANSWER_LIMIT,
            ),
            multiplied("fifty edges", squared(&fifty(100, "edges { cursor node { id key } }")), ANSWER_LIMIT),
            multiplied(
                "fifty cursors of each edge",
                squared(&format!("edges {{ {} }}", fifty(100, "cursor"))),
                ANSWER_LIMIT,
            ),
            multiplied("cursors of long keys", format!("{{ results({long_keys}) {{ {cursors} }} }}"), ANSWER_LIMIT),
            multiplied(
                "fifty places of fifty cursors",
                squared(&fifty(3, "pageInfo { ...P }")) + " fragment P on PageInfo { " + &fifty(80, "endCursor") + "}",
                ANSWER_LIMIT,
            ),
            multiplied("fifty counts", of_each(&format!("initiative {{ results {{ {} }} }}", fifty(250, "totalCount"))), ANSWER_LIMIT),
            multiplied(
                "pages of pages of pages",
                "{ results(first: 1000) { nodes { report { results(first: 1000) { nodes { report { results(first: 1000) { nodes { key } } } } } } } } }".into(),
                Some("cost"),
            ),
        ],
    );
}

#[test]
fn totals_groups_and_series() {
    multiply(
        &patient(),
        &[
            multiplied(
                "fifty totals",
                of_each(&format!(
                    "initiative {{ results {{ aggregate {{ {} }} }} }}",
                    fifty(100, &format!("totals {{ {TOTAL} }}"))
                )),
                ANSWER_LIMIT,
            ),
            multiplied(
                "fifty groups of nine totals",
                format!(
                    "{{ results {{ {} }} }} fragment G on ResultGroup {{ aggregate {{ {} }} }}",
                    fifty(
                        3,
                        "groups(by: [INITIATIVE, METRIC, FISCAL_YEAR], first: 60) { nodes { ...G } }"
                    ),
                    each(9, |n| format!(
                        "{key}{n}: totals {{ {TOTAL} {key}: count }} ",
                        key = "t".repeat(250)
                    ))
                ),
                ANSWER_LIMIT,
            ),
            multiplied(
                "groups of each result",
                of_each(&format!(
                    "initiative {{ results {{ {} }} }}",
                    fifty(
                        100,
                        "groups(by: [METRIC], first: 1) { nodes { metric { description } aggregate { count } } }"
                    )
                )),
                Some("cost"),
            ),
            multiplied(
                "the results of each group",
                format!(
                    "{{ results {{ groups(by: [METRIC], first: 60) {{ nodes {{ results {{ nodes {{ report {{ results(first: 60) {{ nodes {{ {} }} }} }} }} }} }} }} }} }}",
                    fifty(250, "key")
                ),
                ANSWER_LIMIT,
            ),
            multiplied(
                "fifty series of ten totals",
                of_each(&format!("metric {{ {} }}", fifty(3, "series { ...S }")))
                    + " fragment S on SeriesPoint { "
                    + &each(10, |n| format!("t{n}: total {{ {TOTAL} }} "))
                    + "}",
                Some("cost"),
            ),
            multiplied(
                "fifty percentiles",
                of_each(&format!(
                    "metric {{ results {{ aggregate {{ totals {{ {} }} }} }} }}",
                    each(50, |n| format!(
                        "{}{n}: percentile(p: 0.{n:02}) {{ value }} ",
                        "p".repeat(120)
                    ))
                )),
                ANSWER_LIMIT,
            ),
            multiplied(
                "ancestors of ancestors",
                format!(
                    "{{ metrics {{ nodes {{ {} }} }} }}",
                    fifty(3, "ancestors { ancestors { name description } }")
                ),
                None,
            ),
            multiplied(
                "ancestors of the metric of each result",
                of_each("metric { a: ancestors { ...A } b: ancestors { ...A } }")
                    + " fragment A on Metric { "
                    + &fifty(250, "description")
                    + "}",
                ANSWER_LIMIT,
            ),
        ],
    );
}

#[test]
fn searches() {
    let search = |inner: &str| format!("search(text: \"the\", first: 40) {{ {inner} }}");
    let snippet = format!("snippet {{ {}: text }}", "t".repeat(250));
    multiply(
        &patient(),
        &[
            multiplied(
                "fifty edges of fifty snippets",
                format!(
                    "{{ {} }} fragment E on SearchEdge {{ {} }}",
                    search(&fifty(3, "edges { ...E }")),
                    fifty(3, &snippet)
                ),
                ANSWER_LIMIT,
            ),
            multiplied(
                "fifty searches",
                format!(
                    "{{ {} }} fragment S on SearchConnection {{ edges {{ {} }} }}",
                    fifty(3, &search("...S")),
                    fifty(3, &snippet)
                ),
                ANSWER_LIMIT,
            ),
            multiplied(
                "the results of each hit",
                format!(
                    "{{ {} }} fragment R on Report {{ results(first: 60) {{ nodes {{ {} }} }} }}",
                    search("nodes { ... on Initiative { a: report { ...R } b: report { ...R } } }"),
                    fifty(250, "key")
                ),
                ANSWER_LIMIT,
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
                        "__type(name: \"Initiative\") { name description fields { name description type { name } } }"
                    )
                ),
                None,
            ),
            multiplied(
                "a type, fifty times, with fifty descriptions",
                format!(
                    "{{ {} }} fragment T on __Type {{ fields {{ {} }} }}",
                    fifty(3, "__type(name: \"ReportedResult\") { ...T }"),
                    fifty(256, "description")
                ),
                Some("introspectionSize"),
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
                "the fields of all types, 2,000 times",
                format!(
                    "{{ {} }} fragment S on __Schema {{ {} }}",
                    fifty(3, "__schema { ...S }"),
                    each(40, |n| format!("t{n}: types {{ name fields {{ name }} }} "))
                ),
                Some("introspectionSize"),
            ),
            multiplied(
                "all types beside all results",
                format!(
                    "{{ __schema {{ {types} }} {}",
                    of_each(&fifty(250, "key")).trim_start_matches('{')
                ),
                ANSWER_LIMIT,
            ),
        ],
    );
}

#[test]
fn variables_and_explanations() {
    let keys: Vec<String> = (0..4_000).map(|n| format!("key{n}")).collect();
    let filtered = |times: usize| {
        format!(
            "query ($in: [String!], $text: String) {{ {} }} fragment R on ReportConnection {{ nodes {{ {} }} }}",
            each(times, |n| format!("r{n}: reports(first: 1) {{ ...R }} ")),
            fifty(
                3,
                "results(where: { or: [{ key: { in: $in } }, { key: { contains: $text } }] }) { totalCount }"
            )
        )
    };
    let with = |times: usize, variables: Value, limit| Multiplied {
        variables,
        ..multiplied("", filtered(times), limit)
    };
    let named = |name, case| Multiplied { name, ..case };
    multiply(
        &patient(),
        &[
            named(
                "a filter of 4,000 keys, 2,500 times",
                with(50, json!({ "in": keys }), Some("arguments")),
            ),
            named(
                "a text of 200,000 letters, 2,500 times",
                with(
                    50,
                    json!({ "text": "a".repeat(200_000) }),
                    Some("arguments"),
                ),
            ),
            named(
                "a short filter, 2,000 times",
                with(40, json!({ "in": ["a"] }), None),
            ),
            explained(named(
                "2,000 statements, explained",
                with(40, json!({ "in": ["a"] }), None),
            )),
            explained(multiplied(
                "an answer beside its explanation",
                of_each(&fifty(200, "key")),
                ANSWER_LIMIT,
            )),
        ],
    );
}

fn explained(case: Multiplied) -> Multiplied {
    Multiplied {
        explain: true,
        ..case
    }
}

/// A server with agencies more, whose names are long.
fn with_long_texts() -> (Server, TempDir) {
    let (server, folder) = patient();
    let database = Connection::open(folder.path().join("annals.db")).expect("it is there");
    database
        .execute(
            "WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 900) \
             INSERT INTO agency (code, name, natural_key) \
             SELECT 'A' || n, hex(zeroblob(5000)), 'x' || n FROM number",
            [],
        )
        .expect("there is room for them");
    (server, folder)
}

#[test]
fn texts_that_are_long() {
    multiply(
        &with_long_texts(),
        &[
            multiplied(
                "fifty names",
                format!(
                    "{{ agencies(first: 1000) {{ nodes {{ {} }} }} }}",
                    fifty(3, "name")
                ),
                ANSWER_LIMIT,
            ),
            multiplied(
                "fifty pages of names",
                format!(
                    "{{ {} }}",
                    fifty(3, "agencies(first: 1000) { nodes { name } }")
                ),
                Some("loaded"),
            ),
            multiplied(
                "names in cursors",
                format!(
                    "{{ agencies(first: 1000, orderBy: [{{ name: ASC }}]) {{ edges {{ {} }} }} }}",
                    fifty(3, "cursor")
                ),
                ANSWER_LIMIT,
            ),
            multiplied(
                "names in edges and nodes",
                "{ agencies(first: 1000) { nodes { name } edges { node { name } } } }".into(),
                ANSWER_LIMIT,
            ),
        ],
    );
}
