//! What hostile requests write to the log: little, and no control characters.

use std::fs::{self, File};

use serde_json::{Value, json};
use tempfile::tempdir;

use super::{
    super::process::Server,
    case::{document, head, json_body, request},
    packed::{gzip, packed},
    wire::exchange,
};

/// The most bytes that one request may log.
const MOST: usize = 2_000;

/// How many times each request is sent.
const EACH: usize = 100;

/// The characters that no line may contain.
fn controls() -> Vec<char> {
    ('\u{1}'..='\u{1f}')
        .chain('\u{7f}'..='\u{9f}')
        .chain(['\u{61c}', '\u{200e}', '\u{200f}'])
        .chain('\u{2028}'..='\u{202e}')
        .chain('\u{2066}'..='\u{2069}')
        .collect()
}

/// Ten requests that are refused, most of them for something long.
fn hostile() -> Vec<Vec<u8>> {
    let controls: String = controls().iter().collect();
    let long_controls = controls.repeat(1_000);
    let quoted = |text: &str| Value::from(text).to_string();
    // 440 bytes on the wire: 261,000 times a character that takes six bytes when escaped.
    let deleted = format!("{{\"variables\":\"{}\"}}", "\u{7f}".repeat(261_000));
    vec![
        packed("gzip", &gzip(deleted.as_bytes())),
        packed("gzip", &gzip("\u{9b}".repeat(130_000).as_bytes())),
        json_body(deleted.as_bytes()),
        document(&format!("{{ {} }}", "a".repeat(200_000))),
        document(&format!(
            "{{ divisions(after: {}) {{ totalCount }} }}",
            quoted(&long_controls)
        )),
        request(&json!({ "query": "{ __typename }", "operationName": long_controls })),
        request(
            &json!({ "query": "query q($a: Int) { divisions(first: $a) { totalCount } }", "variables": { "a": long_controls } }),
        ),
        request(&json!({ "query": long_controls })),
        head(&format!("GET /graphql?query={}", "%7f".repeat(20_000)), &[]),
        head("DELETE /graphql", &[]),
    ]
}

/// What a server logs for all of them.
fn logged(format: &str) -> String {
    let folder = tempdir().expect("there is room for temporary files");
    let log = folder.path().join("log");
    let server = Server::logging_to(
        &folder.path().join("annals.db"),
        &["--log-format", format],
        File::create(&log).expect("the file can be created"),
    );
    for _ in 0..EACH {
        for request in hostile() {
            exchange(server.address, &request).expect("the server answers");
        }
    }
    server.terminate();
    assert!(server.ended_soon().success());
    fs::read_to_string(&log).expect("the log is text")
}

#[test]
fn a_thousand_hostile_requests_log_little() {
    for format in ["text", "json"] {
        let log = logged(format);
        let requests = hostile().len() * EACH;
        let refused = log.lines().filter(|line| line.contains("refused")).count();
        assert_eq!(refused, requests, "{format}");
        eprintln!(
            "{format}: {} bytes logged per request",
            log.len() / requests
        );
        assert!(log.len() <= MOST * requests, "{format}: {}", log.len());
        let controls = controls();
        let found = log
            .chars()
            .find(|letter| *letter != '\n' && controls.contains(letter));
        assert_eq!(found, None, "{format}");
        for line in log.lines() {
            assert!(line.len() < MOST, "{format}: {line}");
            if format == "json" {
                let entry: Value = serde_json::from_str(line).expect("each line is JSON");
                assert!(entry["fields"]["message"].is_string(), "{line}");
            }
        }
    }
}
