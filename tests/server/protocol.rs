//! GraphQL over HTTP: the two methods, the media types, and the statuses of what cannot be answered. The audit suite of
//! `clients/audit` tests the rest of it.

use serde_json::{Value, json};

use super::{
    http::{JSON, Response, get, graphql, path, post, send},
    process::server,
};

const QUERY: &str =
    "query one($code: String!) { agency(code: $code) { code } } query two { __typename }";

const TYPED: &str = "Accept: application/graphql-response+json";

#[test]
fn a_get_asks_for_the_same_as_a_post() {
    let (server, _folder) = server(&[]);
    let parameters = [
        ("query", QUERY),
        ("operationName", "one"),
        ("variables", r#"{"code":"ICE"}"#),
        ("extensions", r#"{"explain":true}"#),
    ];
    let asked = get(server.address, &path(&parameters));
    assert_eq!(asked.status, 200);
    let asked = asked.json();
    assert_eq!(asked["data"], json!({ "agency": { "code": "ICE" } }));
    let statements = &asked["extensions"]["explain"]["statements"];
    assert_eq!(statements.as_array().map(Vec::len), Some(1), "{asked}");

    let head = send(server.address, "HEAD", &path(&parameters[..3]), &[]);
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_eq!(head.header("content-length"), Some("34"));
}

#[test]
fn an_empty_operation_name_is_none_whether_the_answer_is_in_memory_or_not() {
    let (server, _folder) = server(&[]);
    let ask = |request: Value| graphql(server.address, &request);
    for query in ["{ agencies { totalCount } }", "query a { __typename }"] {
        let empty = json!({ "query": query, "operationName": "" });
        let read = ask(empty.clone());
        assert!(read.json().get("data").is_some(), "{read:?}");
        assert_eq!(ask(json!({ "query": query })).body, read.body);
        assert_eq!(ask(empty).body, read.body);
        let asked = get(
            server.address,
            &path(&[("query", query), ("operationName", "")]),
        );
        assert_eq!(asked.body, read.body);
    }
    let several = json!({ "query": QUERY, "operationName": "" });
    assert_eq!(ask(several).code(), "OPERATION_RESOLUTION_FAILURE");
}

#[test]
fn only_queries_are_asked_for_with_get() {
    let (server, _folder) = server(&[]);
    for query in [
        "mutation { import }",
        "subscription { reportChanged { kind } }",
        "query q { __typename } mutation m { import }",
    ] {
        let name = if query.starts_with('q') { "m" } else { "" };
        let asked = get(
            server.address,
            &path(&[("query", query), ("operationName", name)]),
        );
        assert_eq!(
            (asked.status, asked.code().as_str()),
            (405, "METHOD_NOT_ALLOWED"),
            "{query}"
        );
        assert_eq!(asked.header("allow"), Some("GET, HEAD, POST"));
    }
    let named = [("query", "query q { __typename } mutation m { import }")];
    assert_eq!(
        get(server.address, &path(&named)).code(),
        "GRAPHQL_VALIDATION_FAILED"
    );
}

#[test]
fn the_status_says_in_the_own_media_type_what_became_of_a_request() {
    let (server, _folder) = server(&[]);
    let ask = |accept: &str, query: &str| {
        let body = json!({ "query": query }).to_string();
        post(server.address, &[JSON, accept], &body)
    };
    let told = |response: Response| {
        let media_type = response
            .header("content-type")
            .unwrap_or_default()
            .to_owned();
        (response.status, media_type)
    };
    let own = "application/graphql-response+json; charset=utf-8".to_owned();
    let plain = "application/json; charset=utf-8".to_owned();
    for (query, status) in [("{ __typename }", 200), ("{ nothing }", 400), ("{", 400)] {
        assert_eq!(told(ask(TYPED, query)), (status, own.clone()), "{query}");
        for accept in ["Accept: application/json", "Accept: */*", "X-Other: 1"] {
            assert_eq!(told(ask(accept, query)), (200, plain.clone()), "{query}");
        }
    }
    let preferred = "Accept: application/graphql-response+json;q=0.5, application/json";
    assert_eq!(told(ask(preferred, "{ nothing }")), (200, plain));

    let refused = ask("Accept: text/html", "{ __typename }");
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (406, "NOT_ACCEPTABLE")
    );
    for response in [refused, ask(TYPED, "{ nothing }")] {
        assert!(response.json().get("data").is_none());
        assert!(response.head.contains("\r\nvary: accept"), "{response:?}");
    }
}

#[test]
fn a_list_of_requests_is_refused_unless_it_is_allowed_for() {
    let one = json!({ "query": "{ __typename }" });
    let list = json!([one, { "query": "{ nothing }" }, { "variables": {} }]).to_string();
    let (closed, _folder) = server(&[]);
    for list in [&list, "[]"] {
        let refused = post(closed.address, &[JSON, TYPED], list);
        assert_eq!(
            (refused.status, refused.code().as_str()),
            (400, "BATCH_REFUSED")
        );
    }

    let (open, _folder) = server(&["--max-batch", "3"]);
    let answered = post(open.address, &[JSON], &list);
    let answers = answered.json();
    assert_eq!(answered.status, 200);
    assert_eq!(answers[0], json!({ "data": { "__typename": "Query" } }));
    let code = |place: usize| answers[place]["errors"][0]["extensions"]["code"].clone();
    assert_eq!(code(1), "GRAPHQL_VALIDATION_FAILED");
    assert_eq!(code(2), "BAD_USER_INPUT");
    let four = json!([one, one, one, one]).to_string();
    let refused = post(open.address, &[JSON], &four).json();
    assert_eq!(
        refused["errors"][0]["extensions"],
        json!({ "code": "BATCH_REFUSED", "limit": "batch", "maximum": 3, "found": 4 })
    );
}
