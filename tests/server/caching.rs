//! What is kept of answers, by others and in memory, and that it is never older than the data.

use std::path::PathBuf;

use annals::{package, store::Store};
use serde_json::json;

use super::{
    http::{Response, get, graphql, path, send},
    process::{Server, server, url},
};

const QUERY: &str = "{ reports { totalCount } results { totalCount } }";

/// The answer to the query with GET, where the client knows this tag.
fn ask(server: &Server, known: &str) -> Response {
    let known = format!("If-None-Match: {known}");
    send(server.address, "GET", &path(&[("query", QUERY)]), &[&known])
}

/// Adds the reports on ferries, as another process does.
fn import(database: &std::path::Path) {
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests", "packages", "ferries"]
        .iter()
        .collect();
    let package = package::open(&folder)
        .expect("the package is sound")
        .package;
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    runtime.block_on(async {
        let store = Store::open(&url(database), annals::store::cores())
            .await
            .expect("it is a database");
        let transaction = store.begin().await.expect("nobody else writes");
        package::import(&transaction, &package)
            .await
            .expect("the package can be imported");
        transaction.commit().await.expect("the import is written");
    });
}

#[test]
fn an_answer_is_known_by_its_tag_until_the_data_change() {
    let (server, folder) = server(&["--cache-max-age", "60"]);
    let first = ask(&server, "\"none\"");
    assert_eq!(first.status, 200);
    assert_eq!(
        first.header("cache-control"),
        Some("public, max-age=60, must-revalidate")
    );
    let tag = first
        .header("etag")
        .expect("an answer has a tag")
        .to_owned();
    let again = ask(&server, &format!("\"other\", {tag}"));
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    assert_eq!(again.header("etag"), Some(tag.as_str()));
    assert_eq!(again.header("content-type"), None);
    let posted = || graphql(server.address, &json!({ "query": QUERY })).json();
    assert_eq!(posted()["data"]["reports"]["totalCount"], 1);

    import(&folder.path().join("annals.db"));
    let changed = ask(&server, &tag);
    assert_eq!(changed.status, 200);
    assert_eq!(changed.json()["data"]["reports"]["totalCount"], 6);
    assert_ne!(changed.header("etag"), Some(tag.as_str()));
    assert_eq!(posted(), changed.json());
}

#[test]
fn a_tag_is_that_of_a_request_and_the_same_in_every_process() {
    let (one, folder) = server(&[]);
    let other = Server::start(&folder.path().join("annals.db"), &[]);
    let tag = |server: &Server, parameters: &[(&str, &str)]| {
        let response = get(server.address, &path(parameters));
        response.header("etag").map(str::to_owned)
    };
    let document = "query a($n: Int) { results(first: $n) { totalCount } } query b { __typename }";
    let asked = [
        vec![("query", document), ("operationName", "a")],
        vec![("query", document), ("operationName", "b")],
        vec![
            ("query", document),
            ("operationName", "a"),
            ("variables", "{\"n\":1}"),
        ],
        vec![("query", "{ __typename }")],
    ];
    let tags: Vec<_> = asked.iter().map(|asked| tag(&one, asked)).collect();
    for (place, found) in tags.iter().enumerate() {
        assert!(found.is_some());
        assert!(!tags[..place].contains(found), "{:?}", asked[place]);
        assert_eq!(&tag(&other, &asked[place]), found);
    }
    // Under other settings the same request may be answered otherwise.
    let narrow = Server::start(&folder.path().join("annals.db"), &["--root-page-size", "3"]);
    assert_ne!(tag(&narrow, &asked[3]), tags[3]);
}

#[test]
fn what_must_not_be_kept_says_so() {
    let (server, _folder) = server(&[]);
    let explained = [("query", QUERY), ("extensions", r#"{"explain":true}"#)];
    for response in [
        graphql(server.address, &json!({ "query": QUERY })),
        get(server.address, &path(&[("query", "{ nothing }")])),
        get(server.address, &path(&explained)),
    ] {
        assert_eq!(response.header("cache-control"), Some("no-store"));
        assert_eq!(response.header("etag"), None);
    }
}
