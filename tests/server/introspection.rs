//! Introspection switched off: no way of asking tells what the schema has.

use serde_json::json;

use super::{
    http::{get, graphql},
    process::server,
};

#[test]
fn nothing_of_the_schema_is_told_where_introspection_is_off() {
    let (server, _folder) = server(&["--no-introspection"]);
    for query in [
        "{ __schema { queryType { name } } }",
        "{ __type(name: \"Agency\") { name } }",
        "{ a: __typename ...F } fragment F on Query { b: __schema { __typename } }",
    ] {
        let refused = graphql(server.address, &json!({ "query": query }));
        assert!(refused.json().get("data").is_none(), "{query}");
        let error = &refused.json()["errors"][0];
        assert_eq!(
            error["message"], "introspection is switched off on this server",
            "{query}"
        );
        assert_eq!(error["extensions"]["code"], "GRAPHQL_VALIDATION_FAILED");
        assert!(error["locations"][0]["column"].is_u64(), "{query}");
    }
    assert_eq!(get(server.address, "/schema.graphql").status, 404);

    let answer = graphql(server.address, &json!({ "query": "{ __typename }" }));
    assert_eq!(answer.json(), json!({ "data": { "__typename": "Query" } }));
}

/// What a document is answered with that does not fit, whatever does not.
const DOES_NOT_FIT: &str = "the document does not fit the schema; introspection is switched off on this server, so it does not say where: check the document against the schema that you were given";

#[test]
fn whether_a_guessed_name_is_there_is_not_told() {
    let (server, _folder) = server(&["--no-introspection"]);
    let refused = json!({ "errors": [{
        "message": DOES_NOT_FIT,
        "extensions": { "code": "GRAPHQL_VALIDATION_FAILED" },
    }] });
    // Each shape twice where a name can be guessed: once rightly and once not, and nothing tells which.
    for query in [
        "{ ... on Initiative { code } }",
        "{ ... on Guess { code } }",
        "{ agencies { ... on Initiative { zzz } } }",
        "{ agencies { ... on Guess { zzz } } }",
        "{ ...F } fragment F on Initiative { zzz }",
        "{ ...F } fragment F on Guess { zzz }",
        "query ($a: Agency) { agencies(first: $a) { totalCount } }",
        "query ($a: Guess) { agencies(first: $a) { totalCount } }",
        "query ($a: Guess) { __typename }",
        // Of many names in one request, some of which there are.
        "{ guess agencies { totalCount } other }",
        "{ guess nothing { totalCount } other }",
        "{ agencies { nodes { code guess name } } }",
        "{ agencies(firs: 1, first: 1) { totalCount } }",
        "{ agencies(first: \"1\") { totalCount } }",
        "{ agencies { totalCount { a } } }",
        "{ agencies }",
        "{ agency { name } }",
        "{ agencies(orderBy: [{ code: UP }]) { totalCount } }",
        "{ agencies(orderBy: [{}]) { totalCount } }",
        "{ agencies(where: { kode: {}, code: {} }) { totalCount } }",
        "query ($a: Int) { agency(code: $a) { name } }",
        "{ agencies @guess { totalCount } }",
        "mutation { import }",
    ] {
        let response = graphql(server.address, &json!({ "query": query }));
        assert_eq!(response.json(), refused, "{query}");
    }
}

#[test]
fn what_is_wrong_whatever_the_schema_is_is_told() {
    let (server, _folder) = server(&["--no-introspection"]);
    for (query, message) in [
        ("query ($a: Int) { __typename }", "unused variable: `$a`"),
        ("{ ...F }", "cannot find fragment `F` in this document"),
        (
            "{ agencies(first: $a) { totalCount } }",
            "variable `$a` is not defined",
        ),
        (
            "{ agencies(where: { code: {}, code: {} }) { totalCount } }",
            "the key `code` is given twice",
        ),
    ] {
        let response = graphql(server.address, &json!({ "query": query }));
        let error = &response.json()["errors"][0];
        assert_eq!(error["message"], message, "{query}");
        assert!(error["locations"][0]["line"].is_u64(), "{query}");
    }
}

#[test]
fn values_of_variables_confirm_no_names() {
    let (server, _folder) = server(&["--no-introspection"]);
    let query = "query ($a: AgencyFilter) { agencies(where: $a) { totalCount } }";
    let answers = [
        json!({ "kode": 1 }),
        json!({ "code": { "eq": 1 } }),
        json!({ "code": { "eq": "ICE" }, "guess": 1 }),
        json!([1]),
    ]
    .map(|value| {
        let request = json!({ "query": query, "variables": { "a": value } });
        let response = graphql(server.address, &request);
        assert_eq!(response.code(), "BAD_USER_INPUT");
        response.body
    });
    assert!(
        answers.iter().all(|answer| *answer == answers[0]),
        "{answers:?}"
    );
}

#[test]
fn where_it_is_on_a_fault_suggests_what_may_have_been_meant() {
    let (server, _folder) = server(&[]);
    for (query, message) in [
        (
            "{ agencie { totalCount } }",
            "type `Query` does not have a field `agencie`; did you mean `agencies`?",
        ),
        (
            "{ agencies(firs: 1) { totalCount } }",
            "the argument `firs` is not supported by `Query.agencies`; did you mean `first`?",
        ),
        (
            "{ agencies(orderBy: [{ code: ASK }]) { totalCount } }",
            "value `ASK` does not exist on `Direction`; did you mean `ASC`?",
        ),
        (
            "{ somethingElse }",
            "type `Query` does not have a field `somethingElse`",
        ),
    ] {
        let refused = graphql(server.address, &json!({ "query": query }));
        assert_eq!(refused.json()["errors"][0]["message"], message);
    }
    assert_eq!(get(server.address, "/schema.graphql").status, 200);
}
