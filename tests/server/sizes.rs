//! How large answers may become, what may be loaded for them, and how much of them is sent at once.

use std::io::Read;

use serde_json::{Value, json};

use super::{
    http::{JSON, Response, connect, get, graphql, head, post, write},
    process::{Server, server},
};

const RESULTS: &str = "{ results { nodes { key } } }";

fn ask(server: &Server, query: &str) -> Response {
    graphql(server.address, &json!({ "query": query }))
}

fn first_error(response: &Response) -> Value {
    response.json()["errors"][0].clone()
}

#[test]
fn an_answer_that_becomes_too_long_is_refused_where_it_did() {
    let (server, _folder) = server(&["--max-answer", "1024"]);
    for _ in 0..2 {
        let response = ask(&server, RESULTS);
        let error = first_error(&response);
        assert!(response.json().get("data").is_none());
        assert_eq!(
            error["extensions"],
            json!({ "code": "QUERY_TOO_LARGE", "limit": "answer", "maximum": 1024 })
        );
        assert_eq!(error["path"][0], "results");
        assert_eq!(error["path"][1], "nodes");
        let place = error["path"][2].as_u64();
        assert!(
            place.is_some_and(|place| (20..100).contains(&place)),
            "{error}"
        );
    }
    let few = ask(&server, "{ results(first: 5) { nodes { key } } }");
    assert!(few.json()["data"].is_object(), "{few:?}");
    // What explains an answer counts too.
    let explained = json!({ "query": "{ a: results { totalCount } b: initiatives { totalCount } c: metrics { totalCount } d: goals { totalCount } e: divisions { totalCount } f: reports { totalCount } g: agencies { nodes { id code name } } h: results(first: 1, where: { key: { in: [\"a\"] } }) { nodes { key initiative { name } } } }", "extensions": { "explain": true } });
    let error = first_error(&graphql(server.address, &explained));
    assert_eq!(error["extensions"]["limit"], "answer");
}

#[test]
fn what_is_loaded_for_a_request_is_bounded() {
    let (server, _folder) = server(&["--max-loaded", "4096"]);
    let query =
        "{ agencies(first: 1) { nodes { all: results(first: 1000) { nodes { id key value } } } } }";
    let error = first_error(&ask(&server, query));
    assert_eq!(
        error["extensions"],
        json!({ "code": "QUERY_TOO_LARGE", "limit": "loaded", "maximum": 4096 })
    );
    assert_eq!(error["path"], json!(["agencies", "nodes", "all"]));
    assert_eq!(error["locations"], json!([{ "line": 1, "column": 32 }]));
    for query in [
        "{ results { aggregate { totals { median { value } percentile(p: 0.9) { value } } } groups(by: [INITIATIVE, METRIC], first: 1) { totalCount } } }",
        "{ initiatives { nodes { action outcome } } }",
        "{ search(text: \"the\", first: 100) { edges { snippet { text } node { ... on Initiative { action } } } } }",
    ] {
        let error = first_error(&ask(&server, query));
        assert_eq!(error["extensions"]["limit"], "loaded", "{query}");
    }
    assert!(ask(&server, "{ agencies { totalCount } }").json()["data"].is_object());
}

#[test]
fn the_answers_of_a_list_together_are_no_longer_than_one() {
    let (server, _folder) = server(&["--max-batch", "3", "--max-answer", "2500"]);
    let request = json!({ "query": RESULTS });
    let list = json!([request, request, { "query": "{ __typename }" }]).to_string();
    let response = post(server.address, &[JSON], &list);
    let answers = response.json();
    assert!(answers[0]["data"].is_object(), "{answers}");
    assert_eq!(answers[1]["errors"][0]["extensions"]["limit"], "answer");
    assert_eq!(answers[2]["data"]["__typename"], "Query");
    assert!(response.body.len() <= 2500, "{}", response.body.len());
}

#[test]
fn answers_wait_for_room_until_slow_clients_have_taken_theirs() {
    let (server, _folder) = server(&["--max-pending", "12000000", "--timeout", "2"]);
    // More than the buffers between two processes take.
    let long = |letter: &str| {
        let columns: String = (10..60)
            .map(|n| format!("{}{n}: key ", letter.repeat(40)))
            .collect();
        let query = format!(
            "{{ results(first: 60) {{ nodes {{ report {{ results(first: 60) {{ nodes {{ {columns} }} }} }} }} }} }}"
        );
        json!({ "query": query }).to_string()
    };
    let slow_request = long("a");
    let mut slow = connect(server.address);
    write(&mut slow, &head(&[JSON], slow_request.len()));
    write(&mut slow, &slow_request);
    let mut first = [0];
    slow.read_exact(&mut first).expect("the answer begins");

    let refused = post(server.address, &[JSON], &long("b"));
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (503, "UNAVAILABLE"),
        "{:?}",
        refused.head
    );
    assert_eq!(refused.header("retry-after"), Some("1"));
    // A short answer finds room beside it.
    assert_eq!(ask(&server, RESULTS).status, 200);

    drop(slow);
    let answered = post(server.address, &[JSON], &long("b"));
    assert_eq!(answered.status, 200);
    assert!(answered.body.len() > 6_000_000, "{}", answered.body.len());
}

#[test]
fn the_schema_says_how_large_pages_are_here() {
    let (server, _folder) = server(&[
        "--root-page-size",
        "7",
        "--nested-page-size",
        "3",
        "--largest-page-size",
        "2000",
    ]);
    let schema = get(server.address, "/schema.graphql").body;
    let introspection = "{ __schema { types { fields { args { name description } } } } }";
    let introspected = ask(&server, introspection).body;
    for text in [&schema, &introspected] {
        assert!(text.contains("2,000 is the most. Without `first` and `last`: 7."));
        assert!(
            text.contains("2,000 is the most. Without `first` and `last`: 3 under each parent.")
        );
        assert!(!text.contains("1,000 is the most"));
    }
}
