//! Answers as rows: the one collection of a query in CSV and as JSON lines.

use serde_json::{Value, json};

use super::{
    http::{Response, graphql, path, post, send},
    process::server,
};

const CSV: &str = "Accept: text/csv";
const LINES: &str = "Accept: application/x-ndjson";

fn get(address: std::net::SocketAddr, query: &str, accept: &str) -> Response {
    send(address, "GET", &path(&[("query", query)]), &[accept])
}

/// The records of a CSV file, its header first.
fn records(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    reader
        .records()
        .map(|record| {
            let record = record.expect("the rows are as long as the header");
            record.iter().map(str::to_owned).collect()
        })
        .collect()
}

#[test]
fn the_rows_of_a_collection_are_those_of_its_json() {
    let (server, _folder) = server(&[]);
    let query = "{ report(agency: \"ICE\", fiscalYear: 2007) { results(where: { unit: { code: { eq: \"arrest\" } } }) \
         { nodes { what: label value isRecord asOf initiative { slug division { code } } } } } }";
    let json = get(server.address, query, "Accept: application/json").json();
    let nodes = json["data"]["report"]["results"]["nodes"]
        .as_array()
        .expect("there are nodes");
    assert!(nodes.len() > 10);

    let response = get(server.address, query, CSV);
    assert_eq!(response.status, 200);
    assert_eq!(
        response.header("content-type"),
        Some("text/csv; charset=utf-8; header=present")
    );
    let records = records(&response.body);
    let header = "what value isRecord asOf initiative.slug initiative.division.code";
    assert_eq!(records[0], header.split(' ').collect::<Vec<_>>());
    let text = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let expected: Vec<Vec<String>> = nodes
        .iter()
        .map(|node| {
            let initiative = &node["initiative"];
            [
                &node["what"],
                &node["value"],
                &node["isRecord"],
                &node["asOf"],
                &initiative["slug"],
                // Where there is no division, null has no code either.
                &initiative["division"]["code"],
            ]
            .map(text)
            .to_vec()
        })
        .collect();
    assert_eq!(records[1..], expected);

    let response = get(server.address, query, LINES);
    assert_eq!(
        response.header("content-type"),
        Some("application/x-ndjson; charset=utf-8")
    );
    let lines: Vec<Value> = response
        .body
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line is JSON"))
        .collect();
    assert_eq!(lines, *nodes);
}

#[test]
fn a_table_is_whole_or_refused() {
    let (server, _folder) = server(&["--largest-page-size", "54"]);
    // 27 under a parent are more than its default page, and no more than the largest.
    let whole = "{ report(agency: \"ICE\", fiscalYear: 2007) { initiatives { nodes { slug } } } }";
    let response = get(server.address, whole, CSV);
    assert_eq!(records(&response.body).len(), 1 + 27);
    let more = "{ results { nodes { label } } }";
    let response = get(server.address, more, CSV);
    assert_eq!(
        (response.status, &*response.code()),
        (400, "BAD_USER_INPUT")
    );
    assert!(
        response.body.contains("more than the 54 rows"),
        "{}",
        response.body
    );
    // Who says which page gets that page.
    let page = "{ results(first: 2) { edges { cursor node { label } } } }";
    let response = get(server.address, page, CSV);
    let found = records(&response.body);
    assert_eq!(found[0], ["cursor", "node.label"]);
    assert_eq!(found.len(), 3);
    let next = format!(
        "{{ results(first: 1000, after: \"{}\") {{ nodes {{ label }} }} }}",
        found[2][0]
    );
    assert_eq!(
        get(server.address, &next, CSV).status,
        400,
        "no page is so large"
    );
}

#[test]
fn groups_totals_series_and_searches_have_rows_too() {
    let (server, _folder) = server(&[]);
    for (query, header, rows) in [
        (
            "{ results { groups(by: [SCOPE]) { nodes { scope aggregate { count arrests: total(unit: \"arrest\") { sum { value precision } caveats } } } } } }",
            "scope,aggregate.count,aggregate.arrests.sum.value,aggregate.arrests.sum.precision,aggregate.arrests.caveats",
            3,
        ),
        (
            "{ results { aggregate { totals { unit { code } sum { value } caveats } } } }",
            "unit.code,sum.value,caveats",
            22,
        ),
        (
            "{ metric(code: \"fugitive-operations-teams\") { series { fiscalYear total { sum { value } } change { percent } } } }",
            "fiscalYear,total.sum.value,change.percent",
            3,
        ),
        (
            "{ search(text: \"cocaine seiz\") { edges { score node { __typename ... on Metric { code } ... on ReportedResult { label } } } } }",
            "score,node.__typename,node.label,node.code",
            3,
        ),
        (
            "{ results(where: { value: { gt: 1e14 } }) { nodes { label unit { code } } } }",
            "label,unit.code",
            0,
        ),
    ] {
        let response = get(server.address, query, CSV);
        assert_eq!(response.status, 200, "{query}: {}", response.body);
        let mut lines = response.body.lines();
        let found = lines.next().expect("there is a header");
        let mut columns: Vec<&str> = found.split(',').collect();
        let mut expected: Vec<&str> = header.split(',').collect();
        // In which order the kinds of a search come is not said.
        if query.contains("search") {
            columns.sort_unstable();
            expected.sort_unstable();
        }
        assert_eq!(columns, expected, "{query}");
        assert_eq!(lines.count(), rows, "{query}");
    }
}

#[test]
fn what_has_no_rows_or_several_kinds_is_refused_with_the_reason() {
    let (server, _folder) = server(&[]);
    for (query, reason) in [
        (
            "{ report(agency: \"ICE\", fiscalYear: 2007) { title } }",
            "The query has no collection",
        ),
        (
            "{ results { nodes { label } } divisions { nodes { code } } }",
            "results.nodes and divisions.nodes",
        ),
        (
            "{ results { nodes { label } groups(by: [SCOPE]) { nodes { scope } } } }",
            "results.nodes and results.groups.nodes",
        ),
        (
            "{ report(agency: \"ICE\", fiscalYear: 1999) { results { nodes { label } } } }",
            "report is null, so there are no rows",
        ),
        (
            "{ divisions { nodes { code initiatives { nodes { slug } } } } }",
            "initiatives.nodes is a list inside each row of divisions.nodes",
        ),
    ] {
        for accept in [CSV, LINES] {
            let response = get(server.address, query, accept);
            assert_eq!(
                (response.status, &*response.code()),
                (406, "NOT_ACCEPTABLE"),
                "{query}"
            );
            let content_type = response.header("content-type");
            assert_eq!(
                content_type,
                Some("application/graphql-response+json; charset=utf-8")
            );
            assert!(response.body.contains(reason), "{}", response.body);
        }
    }
    let invalid = get(server.address, "{ results { nodes { lable } } }", CSV);
    assert_eq!(
        (invalid.status, &*invalid.code()),
        (400, "GRAPHQL_VALIDATION_FAILED")
    );
}

#[test]
fn each_media_type_has_its_own_tag_and_answer() {
    let (server, _folder) = server(&[]);
    let query = "{ divisions { nodes { code } } }";
    let json = get(server.address, query, "Accept: application/json");
    let csv = get(server.address, query, CSV);
    let lines = get(server.address, query, LINES);
    let tags = [&json, &csv, &lines].map(|response| response.header("etag").map(str::to_owned));
    assert!(tags[0] != tags[1] && tags[1] != tags[2] && tags[0] != tags[2]);
    assert_eq!(csv.header("vary"), json.header("vary"));
    assert_eq!(csv.body, "code\nDRO\nOI\nFPS\nINTEL\nOIA\n");
    assert_eq!(lines.body.lines().next(), Some("{\"code\":\"DRO\"}"));
    let tag = tags[1].clone().expect("there is a tag");
    let known = format!("If-None-Match: {tag}");
    let again = send(
        server.address,
        "GET",
        &path(&[("query", query)]),
        &[CSV, &known],
    );
    assert_eq!((again.status, &*again.body), (304, ""));

    let body = json!({ "query": query }).to_string();
    let posted = post(
        server.address,
        &["Content-Type: application/json", CSV],
        &body,
    );
    assert_eq!(posted.body, csv.body);
    assert_eq!(
        graphql(server.address, &json!({ "query": query })).json()["data"]["divisions"]["nodes"][0],
        json!({ "code": "DRO" })
    );
}
