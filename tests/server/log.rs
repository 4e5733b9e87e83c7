//! Whatever happens to the log, requests are answered and the server shuts down when asked.

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

/// More requests than fit in the log's queue and a pipe; each logs two lines.
const MANY: usize = 2_500;

/// A server that logs to `log` keeps answering, and shuts down.
fn keeps_answering(log: impl Into<Stdio>, requests: usize) {
    let folder = tempdir().expect("there is room for temporary files");
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
fn requests_are_answered_when_the_volume_is_full() {
    let full = File::options().write(true).open("/dev/full").unwrap();
    keeps_answering(full, 100);
}

#[test]
fn requests_are_answered_when_the_reader_is_gone() {
    let (reader, writer) = io::pipe().unwrap();
    drop(reader);
    keeps_answering(writer, 100);
}

#[test]
fn requests_are_answered_when_nobody_reads_the_pipe() {
    let (reader, writer) = io::pipe().unwrap();
    keeps_answering(writer, MANY);
    drop(reader);
}

#[test]
fn dropped_lines_are_counted_in_the_log() {
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
    // Only now does anyone read the log.
    let mut log = BufReader::new(reader).lines().map(|line| {
        let line = line.expect("the log is text");
        serde_json::from_str::<Value>(&line).expect("each line is JSON")
    });
    let report = log.find(|entry| entry["fields"]["message"] == "log lines were dropped");
    let dropped = report.map(|entry| entry["fields"]["count"].as_u64());
    assert!(dropped.flatten() > Some(0), "{dropped:?}");
    server.terminate();
    let last = log.last().expect("the last lines are written");
    assert_eq!(last["fields"]["message"], "stopped");
    assert!(server.ended_soon().success());
}

#[test]
fn an_invalid_filter_is_one_line() {
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
fn the_filter_decides_what_is_logged() {
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
    // Statements are logged under their request.
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
