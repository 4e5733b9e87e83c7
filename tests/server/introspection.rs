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

#[test]
fn faults_name_nothing_that_the_client_did_not() {
    let (server, _folder) = server(&["--no-introspection"]);
    let place = "the document does not fit the schema at this place";
    for (request, message) in [
        (json!({ "query": "{ agencie { totalCount } }" }), place),
        (
            json!({ "query": "{ agencies(firs: 1) { totalCount } }" }),
            place,
        ),
        (
            json!({ "query": "{ agencies(first: \"1\") { totalCount } }" }),
            place,
        ),
        (
            json!({ "query": "{ agencies { totalCount { a } } }" }),
            place,
        ),
        (json!({ "query": "{ agency { name } }" }), place),
        (
            json!({ "query": "{ agencies(orderBy: [{ code: UP }]) { totalCount } }" }),
            place,
        ),
        (
            json!({ "query": "{ agencies(orderBy: [{}]) { totalCount } }" }),
            place,
        ),
        (
            json!({ "query": "{ agencies(where: { kode: {} }) { totalCount } }" }),
            place,
        ),
        (
            json!({ "query": "query ($a: Int) { agency(code: $a) { name } }" }),
            place,
        ),
        (
            json!({ "query": "query ($a: AgencyFilter) { agencies(where: $a) { totalCount } }", "variables": { "a": { "kode": 1 } } }),
            "Input object has key kode not in type AgencyFilter",
        ),
        (
            json!({ "query": "query ($a: AgencyFilter) { agencies(where: $a) { totalCount } }", "variables": { "a": { "code": { "eq": 1 } } } }),
            "the variables do not fit their types",
        ),
        (
            json!({ "query": "query ($a: Int) { __typename }" }),
            "unused variable: `$a`",
        ),
        (
            json!({ "query": "{ ...F }" }),
            "cannot find fragment `F` in this document",
        ),
    ] {
        let refused = graphql(server.address, &request);
        let error = &refused.json()["errors"][0];
        assert_eq!(error["message"], message, "{request}");
        // A value that came with the request is at no place in the document.
        let is_placed = error["locations"][0]["line"].is_u64();
        assert!(is_placed || request.get("variables").is_some(), "{request}");
    }
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
