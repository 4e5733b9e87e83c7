//! Automatic persisted queries.

use serde_json::{Value, json};

use super::{
    http::{get, graphql, path, send},
    process::{Server, server},
};

/// A document and its SHA-256, as `sha256sum` has it.
const DOCUMENT: &str = "{ __typename }";
const HASH: &str = "7f56e67dd21ab3f30d1ff8b7bed08893f0a0db86449836189b361dd1e56ddb4b";

fn named(hash: &str) -> Value {
    json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } })
}

#[test]
fn a_document_is_sent_once_and_then_named_by_its_hash() {
    let (server, _folder) = server(&[]);
    let by_hash = json!({ "extensions": named(HASH) });
    let unknown = graphql(server.address, &by_hash);
    assert_eq!(unknown.status, 200);
    assert_eq!(
        unknown.json(),
        json!({ "errors": [{
            "message": "PersistedQueryNotFound",
            "extensions": { "code": "PERSISTED_QUERY_NOT_FOUND" },
        }] })
    );
    let both = json!({ "query": DOCUMENT, "extensions": named(HASH) });
    let answer = json!({ "data": { "__typename": "Query" } });
    assert_eq!(graphql(server.address, &both).json(), answer);
    assert_eq!(graphql(server.address, &by_hash).json(), answer);
    let extensions = named(HASH).to_string();
    let asked = get(server.address, &path(&[("extensions", &extensions)]));
    assert_eq!(asked.json(), answer);
    assert!(asked.header("etag").is_some());
}

#[test]
fn a_document_is_registered_where_its_answer_is_in_memory_or_known_by_its_tag() {
    let by_hash = json!({ "extensions": named(HASH) });
    let both = json!({ "query": DOCUMENT, "extensions": named(HASH) });
    let answer = json!({ "data": { "__typename": "Query" } });

    let (server, folder) = server(&[]);
    // Somebody else has asked for the same without a hash.
    assert_eq!(
        graphql(server.address, &json!({ "query": DOCUMENT })).json(),
        answer
    );
    assert_eq!(graphql(server.address, &both).json(), answer);
    assert_eq!(graphql(server.address, &by_hash).json(), answer);

    let first = get(server.address, &path(&[("query", DOCUMENT)]));
    let known = format!("If-None-Match: {}", first.header("etag").unwrap());
    // Another process, which knows nothing yet but makes the same tags.
    let other = Server::start(&folder.path().join("annals.db"), &[]);
    let extensions = named(HASH).to_string();
    let with_hash = path(&[("query", DOCUMENT), ("extensions", &extensions)]);
    assert_eq!(
        send(other.address, "GET", &with_hash, &[&known]).status,
        304
    );
    assert_eq!(graphql(other.address, &by_hash).json(), answer);
}

#[test]
fn only_valid_documents_are_kept_and_only_under_their_own_hash() {
    let (server, _folder) = server(&[]);
    let wrong = json!({ "query": "{ agencies { totalCount } }", "extensions": named(HASH) });
    let refused = graphql(server.address, &wrong);
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (400, "BAD_USER_INPUT")
    );
    assert_eq!(
        graphql(server.address, &json!({ "extensions": named(HASH) })).code(),
        "PERSISTED_QUERY_NOT_FOUND"
    );

    let short = graphql(server.address, &json!({ "extensions": named(&HASH[1..]) }));
    assert_eq!(
        (short.status, short.code().as_str()),
        (400, "BAD_USER_INPUT")
    );

    // printf '{ nothing }' | sha256sum
    let hash = "919c0b7aa452b0b2fb42688461501bb8b0c3ef3b9d05ce7b9afd4f28bbe96ceb";
    let invalid = json!({ "query": "{ nothing }", "extensions": named(hash) });
    assert_eq!(
        graphql(server.address, &invalid).code(),
        "GRAPHQL_VALIDATION_FAILED"
    );
    let after = graphql(server.address, &json!({ "extensions": named(hash) }));
    assert_eq!(after.code(), "PERSISTED_QUERY_NOT_FOUND");
}
