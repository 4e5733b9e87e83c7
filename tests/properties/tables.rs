//! Answers as CSV and NDJSON: the rows of random queries hold what the same query is answered with in JSON.

use annals::{
    engine::{Format, Request},
    spreadsheet::harmless,
};
use fastrand::Rng;
use serde_json::{Value, json};

use super::{WORLD, draw, facts::kind, model::ROOTS, seed};

/// Queries tried for each collection.
const TRIES: usize = 12;

/// What may be selected of a type, and the columns that come of it.
type Selectable = (&'static str, &'static [&'static str]);

const COMMON: &[Selectable] = &[
    ("id", &["id"]),
    ("__typename", &["__typename"]),
    ("again: id", &["again"]),
];

fn selectable(of: &str) -> &'static [Selectable] {
    match of {
        "Agency" => &[
            ("code", &["code"]),
            ("d: department", &["d"]),
            ("name", &["name"]),
        ],
        "Report" => &[
            (
                "agency { name department }",
                &["agency.name", "agency.department"],
            ),
            ("summary", &["summary"]),
            ("source { title url }", &["source.title", "source.url"]),
            ("revision", &["revision"]),
        ],
        "Goal" => &[
            ("position", &["position"]),
            (
                "report { agency { code } title }",
                &["report.agency.code", "report.title"],
            ),
            ("name", &["name"]),
        ],
        "Division" => &[
            ("name", &["name"]),
            ("agency { d: department }", &["agency.d"]),
            ("position", &["position"]),
        ],
        "Initiative" => &[
            (
                "division { code agency { code } }",
                &["division.code", "division.agency.code"],
            ),
            (
                "goal { report { fiscalYear } name }",
                &["goal.report.fiscalYear", "goal.name"],
            ),
            ("outcome", &["outcome"]),
            (
                "divisionAttribution { basis note }",
                &["divisionAttribution.basis", "divisionAttribution.note"],
            ),
            ("action", &["action"]),
        ],
        "ReportedResult" => &[
            ("value", &["value"]),
            ("isRecord", &["isRecord"]),
            ("note", &["note"]),
            ("inWords", &["inWords"]),
            (
                "partOf { key partOf { value } }",
                &["partOf.key", "partOf.partOf.value"],
            ),
            (
                "previous { value } change { percent precision }",
                &["previous.value", "change.percent", "change.precision"],
            ),
            (
                "initiative { name goal { name } }",
                &["initiative.name", "initiative.goal.name"],
            ),
            (
                "metric { parent { code } unit { symbol } }",
                &["metric.parent.code", "metric.unit.symbol"],
            ),
            ("asOf", &["asOf"]),
        ],
        "Metric" => &[
            ("additivity", &["additivity"]),
            (
                "parent { name parent { code } }",
                &["parent.name", "parent.parent.code"],
            ),
            ("description", &["description"]),
            ("childrenAreExclusive", &["childrenAreExclusive"]),
            ("unit { plural symbol }", &["unit.plural", "unit.symbol"]),
        ],
        _ => &[],
    }
}

/// A random selection of a node, and its columns.
fn selection(rng: &mut Rng, of: &str) -> (String, Vec<&'static str>) {
    let mut all: Vec<Selectable> = COMMON.iter().chain(selectable(of)).copied().collect();
    rng.shuffle(&mut all);
    all.truncate(rng.usize(1..=all.len()));
    let fields: Vec<&str> = all.iter().map(|(field, _)| *field).collect();
    let columns = all.iter().flat_map(|(_, columns)| columns.iter().copied());
    (fields.join(" "), columns.collect())
}

fn answer(query: &str, variables: &Value, format: Format) -> String {
    let request = Request {
        query: query.to_owned(),
        variables: variables.clone(),
        format,
        ..Request::default()
    };
    WORLD
        .api
        .execute(request)
        .unwrap_or_else(|faults| panic!("{query} was refused: {faults:?}"))
}

/// What a cell should hold of the value that these keys lead to.
fn cell(node: &Value, column: &str) -> String {
    match column.split('.').fold(node, |value, key| &value[key]) {
        Value::Null => String::new(),
        Value::String(text) => harmless(text).into_owned(),
        other => other.to_string(),
    }
}

#[test]
fn the_cells_of_random_queries_are_the_values_of_their_answers() {
    let mut rng = Rng::with_seed(seed());
    let (mut empty, mut filled) = (0, 0);
    for (field, of) in ROOTS {
        for _ in 0..TRIES {
            let variables = json!({
                "where": draw::filter(&mut rng, &WORLD, of, 2),
                "order": draw::order(&mut rng, &WORLD, of),
            });
            let (fields, columns) = selection(&mut rng, of);
            let through_edges = rng.bool();
            let rows = match through_edges {
                true => format!("edges {{ node {{ {fields} }} }}"),
                false => format!("nodes {{ {fields} }}"),
            };
            let query = format!(
                "query ($where: {}, $order: [{}!]) {{ {field}(where: $where, orderBy: $order, first: {}) {{ totalCount {rows} }} }}",
                kind(of).filter,
                kind(of).order,
                rng.usize(0..200),
            );
            let body: Value = serde_json::from_str(&answer(&query, &variables, Format::Json))
                .expect("the body is JSON");
            let nodes: Vec<Value> = match through_edges {
                true => {
                    let edges = body["data"][field]["edges"].as_array();
                    let edges = edges.expect("edges are a list").iter();
                    edges.map(|edge| edge["node"].clone()).collect()
                }
                false => body["data"][field]["nodes"]
                    .as_array()
                    .expect("nodes are a list")
                    .clone(),
            };

            let lines = answer(&query, &variables, Format::JsonLines);
            let lines: Vec<Value> = lines
                .lines()
                .map(|line| serde_json::from_str(line).expect("a line is JSON"))
                .collect();
            assert_eq!(lines, nodes, "{query}");

            let text = answer(&query, &variables, Format::Csv);
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            assert_eq!(
                reader.headers().expect("there is a header"),
                columns,
                "{query}"
            );
            let records: Vec<Vec<String>> = reader
                .records()
                .map(|record| {
                    record
                        .expect("it is CSV")
                        .iter()
                        .map(str::to_owned)
                        .collect()
                })
                .collect();
            let expected: Vec<Vec<String>> = nodes
                .iter()
                .map(|node| columns.iter().map(|column| cell(node, column)).collect())
                .collect();
            assert_eq!(records, expected, "{query}");
            match nodes.len() {
                0 => empty += 1,
                _ => filled += 1,
            }
        }
    }
    assert!(empty >= 5 && filled >= 30, "{empty} empty, {filled} filled");
}
