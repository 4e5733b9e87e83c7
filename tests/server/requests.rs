//! Requests over HTTP.

use rusqlite::Connection;
use serde_json::json;

use super::{
    http::{JSON, get, graphql, post, send},
    process::server,
};

#[test]
fn a_query_is_answered_with_data_alone() {
    let (server, _folder) = server(&[]);
    let request = json!({
        "query": "query one($code: String!) { agency(code: $code) { code } } query two { __typename }",
        "operationName": "one",
        "variables": { "code": "ice" },
        "extensions": {},
    });
    let response = graphql(server.address, &request);
    assert_eq!(response.status, 200);
    assert_eq!(response.body, r#"{"data":{"agency":{"code":"ICE"}}}"#);
    assert!(
        response
            .head
            .contains("\r\ncontent-type: application/json; charset=utf-8"),
        "{response:?}"
    );
}

#[test]
fn statements_are_explained_where_they_are_asked_for_and_may_be() {
    let request =
        json!({ "query": "{ agencies { totalCount } }", "extensions": { "explain": true } });
    let (open, _folder) = server(&[]);
    let explained = graphql(open.address, &request).json();
    let statement = &explained["extensions"]["explain"]["statements"][0];
    assert!(
        statement["sql"]
            .as_str()
            .is_some_and(|sql| sql.contains("COUNT(*)")),
        "{explained}"
    );
    assert_eq!(statement["rows"], 1);
    assert!(statement["ms"].is_f64());

    let (closed, _folder) = server(&["--no-explain"]);
    let answer = graphql(closed.address, &request).json();
    assert_eq!(
        answer,
        json!({ "data": { "agencies": { "totalCount": 1 } } })
    );
}

#[test]
fn what_a_request_may_cost_is_limited_and_explained() {
    let (server, _folder) = server(&["--cost-limit", "30"]);
    let asked = |first: u32| {
        let query = format!("{{ results(first: {first}) {{ nodes {{ key }} }} }}");
        let request = json!({ "query": query, "extensions": { "explain": true } });
        graphql(server.address, &request).json()
    };
    assert_eq!(
        asked(30)["extensions"]["explain"]["cost"],
        json!({ "estimate": 30, "limit": 30, "work": 32, "workLimit": 5_000_000 })
    );
    let refused = &asked(31)["errors"][0];
    assert_eq!(refused["path"], json!(["results"]));
    assert_eq!(
        refused["extensions"],
        json!({ "code": "QUERY_TOO_COMPLEX", "estimate": 31, "limit": 30, "limitName": "cost" })
    );
}

#[test]
fn how_much_is_looked_at_for_a_request_is_limited() {
    let (server, _folder) = server(&["--work-limit", "100"]);
    let groups = |count: usize| {
        let groups: String = (0..count)
            .map(|alias| format!("a{alias}: groups(by: [UNIT]) {{ totalCount }} "))
            .collect();
        let query = format!("{{ results {{ {groups} }} }}");
        graphql(server.address, &json!({ "query": query })).json()
    };
    assert_eq!(groups(1)["data"]["results"]["a0"]["totalCount"], 19);
    let refused = &groups(2)["errors"][0];
    assert_eq!(refused["path"], json!(["results", "a0"]));
    assert_eq!(
        refused["extensions"],
        json!({ "code": "QUERY_TOO_COMPLEX", "estimate": 110, "limit": 100, "limitName": "work" })
    );
}

#[test]
fn no_more_groups_are_put_together_than_may_be() {
    let (server, _folder) = server(&["--max-groups", "27"]);
    let by = |dimension: &str, fields: &str| {
        let query =
            format!("{{ results {{ them: groups(by: [{dimension}], first: 1) {{ {fields} }} }} }}");
        graphql(server.address, &json!({ "query": query })).json()
    };
    for fields in [
        "totalCount",
        "nodes { aggregate { totals { sum { value } } } }",
    ] {
        assert_eq!(by("INITIATIVE", fields)["errors"], json!(null));
        let refused = &by("METRIC", fields)["errors"][0];
        assert_eq!(refused["path"], json!(["results", "them"]));
        assert_eq!(refused["locations"], json!([{ "line": 1, "column": 13 }]));
        assert_eq!(
            refused["extensions"],
            json!({ "code": "QUERY_TOO_COMPLEX", "limit": 27, "limitName": "groups" })
        );
    }
}

#[test]
fn a_refused_request_has_errors_and_no_data() {
    let (server, _folder) = server(&[]);
    let request = json!({ "query": "{ divisions(first: -1) { totalCount } }" });
    let expected = json!({
        "errors": [{
            "message": "first: -1 is negative; ask for 0 or more divisions",
            "locations": [{ "line": 1, "column": 13 }],
            "path": ["divisions"],
            "extensions": { "code": "BAD_USER_INPUT" },
        }],
    });
    // In plain JSON the status says only that the request arrived.
    let plain = graphql(server.address, &request);
    assert_eq!((plain.status, plain.json()), (200, expected.clone()));
    let accept = "Accept: application/graphql-response+json";
    let typed = post(server.address, &[JSON, accept], &request.to_string());
    assert_eq!((typed.status, typed.json()), (400, expected));
    assert!(
        typed
            .head
            .contains("content-type: application/graphql-response+json"),
        "{typed:?}"
    );
}

#[test]
fn what_is_no_request_is_refused_with_its_code() {
    let (server, _folder) = server(&[]);
    let text = post(
        server.address,
        &["Content-Type: text/plain"],
        r#"{"query":"{ __typename }"}"#,
    );
    assert_eq!(
        (text.status, text.code().as_str()),
        (415, "UNSUPPORTED_MEDIA_TYPE")
    );
    for body in [
        "",
        "{",
        "5",
        r#"{"query": 5}"#,
        r#"{"variables": {}}"#,
        r#"{"query": "{ __typename }", "variables": [1]}"#,
        r#"{"query": "{ __typename }", "operationName": 1}"#,
        r#"{"query": "{ __typename }", "extensions": "explain"}"#,
        r#"{"query": "{ __typename }", "query": "{ __typename }"}"#,
        r#"{"query": "{ __typename }"} {}"#,
    ] {
        let response = post(server.address, &[JSON], body);
        assert_eq!(
            (response.status, response.code().as_str()),
            (400, "BAD_USER_INPUT"),
            "{body:?}"
        );
    }
}

#[test]
fn other_routes_and_methods() {
    let (server, _folder) = server(&[]);
    let health = get(server.address, "/healthz");
    assert_eq!((health.status, health.body.as_str()), (200, "ok\n"));
    let schema = get(server.address, "/schema.graphql");
    assert_eq!(
        (schema.status, schema.body),
        (
            200,
            annals::schema::sdl(annals::limits::PageLimits::default())
        )
    );
    assert_eq!(get(server.address, "/nothing").status, 404);
    assert_eq!(get(server.address, "/graphql").status, 400);
    let put = send(server.address, "PUT", "/graphql", &[]);
    assert_eq!(
        (put.status, put.code().as_str()),
        (405, "METHOD_NOT_ALLOWED")
    );
    assert_eq!(put.header("allow"), Some("GET, HEAD, POST"));
    let large = format!(r#"{{"query":"{}"}}"#, " ".repeat(300 * 1024));
    let large = post(server.address, &[JSON], &large);
    assert_eq!(
        (large.status, large.code().as_str()),
        (413, "QUERY_TOO_LARGE")
    );
}

#[test]
fn a_failure_of_ours_is_logged_and_only_its_number_is_sent() {
    let (server, folder) = server(&[]);
    let database = Connection::open(folder.path().join("annals.db")).unwrap();
    database
        .execute_batch("DROP TABLE reported_result_whole; DROP TABLE metric_ancestor;")
        .unwrap();
    let query = "{ metrics { nodes { ancestors { code } } } }";
    let response = graphql(server.address, &json!({ "query": query }));
    assert_eq!(response.status, 500);
    let body = response.json();
    let error = &body["errors"][0];
    let id = error["extensions"]["requestId"]
        .as_str()
        .expect("the request has a number");
    assert_eq!(
        error["extensions"],
        json!({ "code": "INTERNAL", "requestId": id })
    );
    assert!(body.get("data").is_none());
    assert!(
        !response.body.contains("metric_ancestor"),
        "{}",
        response.body
    );

    // The server goes on.
    let next = graphql(
        server.address,
        &json!({ "query": "{ metrics { totalCount } }" }),
    );
    assert_eq!(next.status, 200);
    server.terminate();
    let (_, log) = server.ended();
    let failed = log
        .iter()
        .find(|entry| entry["fields"]["message"] == "failed")
        .expect("the failure is logged");
    assert!(
        failed["fields"]["cause"]
            .as_str()
            .is_some_and(|cause| cause.contains("metric_ancestor")),
        "{failed}"
    );
    assert!(failed.to_string().contains(id), "{failed}");
}
