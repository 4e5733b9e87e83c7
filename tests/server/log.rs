//! Whatever happens to the log, requests are answered, and the server stops when it is told to.

use std::{
    fs::File,
    io::{self, BufRead, BufReader},
    path::Path,
    process::Stdio,
};

use serde_json::{Value, json};
use tempfile::tempdir;

use super::{
    http::graphql,
    process::{Server, annals, run, url},
};

/// More requests than there is room for in the queue of the log and in a pipe; each leaves two lines.
const MANY: usize = 2_500;

/// A server that logs to `log` goes on answering, and stops.
fn goes_on(log: impl Into<Stdio>, requests: usize) {
    let folder = tempdir().unwrap();
    let server = Server::logging_to(&folder.path().join("annals.db"), &[], log);
    for number in 0..requests {
        let refused = graphql(server.address, &json!({ "query": "{ nothing }" }));
        assert_eq!(refused.code(), "GRAPHQL_VALIDATION_FAILED", "{number}");
    }
    let answered = graphql(
        server.address,
        &json!({ "query": "{ divisions { totalCount } }" }),
    );
    assert_eq!(
        answered.json(),
        json!({ "data": { "divisions": { "totalCount": 5 } } })
    );
    server.terminate();
    assert!(server.ended_soon().success());
}

#[test]
fn a_full_volume_costs_no_answer() {
    let full = File::options().write(true).open("/dev/full").unwrap();
    goes_on(full, 100);
}

#[test]
fn a_reader_that_has_gone_costs_no_answer() {
    let (reader, writer) = io::pipe().unwrap();
    drop(reader);
    goes_on(writer, 100);
}

#[test]
fn a_reader_that_does_not_read_costs_no_answer() {
    let (reader, writer) = io::pipe().unwrap();
    goes_on(writer, MANY);
    drop(reader);
}

#[test]
fn lost_lines_are_counted_in_the_log() {
    let folder = tempdir().unwrap();
    let (reader, writer) = io::pipe().unwrap();
    let server = Server::logging_to(
        &folder.path().join("annals.db"),
        &["--log-format", "json"],
        writer,
    );
    for _ in 0..MANY {
        graphql(server.address, &json!({ "query": "{ nothing }" }));
    }
    // Now the reader reads on.
    let mut log = BufReader::new(reader).lines().map(|line| {
        let line = line.expect("the log is text");
        serde_json::from_str::<Value>(&line).expect("each line is JSON")
    });
    let told = log.find(|entry| entry["fields"]["message"] == "lines of the log were lost");
    let lost = told.map(|entry| entry["fields"]["lines"].as_u64());
    assert!(lost.flatten() > Some(0), "{lost:?}");
    server.terminate();
    let last = log.last().expect("the last lines are written");
    assert_eq!(last["fields"]["message"], "stopped");
    assert!(server.ended_soon().success());
}

#[test]
fn a_filter_that_cannot_be_used_is_one_line() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("annals.db");
    for filter in ["inf", "annals=loud", "warn,annals"] {
        let output = run(serve(&path).env("ANNALS_LOG", filter));
        let line = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{filter}: {line}");
        assert!(
            line.starts_with("annals: ANNALS_LOG ") && line.lines().count() == 1,
            "{line}"
        );
        assert!(!path.exists());
    }
}

#[test]
fn a_filter_says_what_is_logged() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("annals.db");
    let server = Server::listening(serve(&path).env("ANNALS_LOG", "info,annals::load=debug"));
    graphql(
        server.address,
        &json!({ "query": "{ divisions { totalCount } }" }),
    );
    server.terminate();
    let (_, log) = server.ended();
    let statement = log
        .iter()
        .find(|entry| entry["fields"]["message"] == "statement");
    let statement = statement.expect("statements are logged");
    let answered = log
        .iter()
        .find(|entry| entry["fields"]["message"] == "answered");
    // A statement is logged under the request that it is run for.
    assert!(statement["span"]["id"].is_string());
    assert_eq!(
        answered.map(|entry| &entry["span"]["id"]),
        Some(&statement["span"]["id"])
    );
}

fn serve(path: &Path) -> std::process::Command {
    annals(&[
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--database-url",
        &url(path),
    ])
}
