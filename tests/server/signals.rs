//! Signals: the first one lets requests under way finish, the second one does not.

use std::{io::Read, net::TcpStream, process::Command};

use serde_json::{Value, json};
use tempfile::{TempDir, tempdir};

use super::{
    http::{connect, graphql, head, response, try_connect, write},
    process::{Server, server, url},
};

/// A request whose body is still to come, and the server that waits for it.
fn under_way() -> (Server, TempDir, TcpStream) {
    let (server, folder) = server(&[]);
    let mut stream = connect(server.address);
    let headers = ["Content-Type: application/json", "Expect: 100-continue"];
    write(&mut stream, &head(&headers, body().len()));
    // The server has the head and waits for the body.
    let mut go_on = [0; 25];
    stream.read_exact(&mut go_on).unwrap();
    (server, folder, stream)
}

fn body() -> String {
    json!({ "query": "{ divisions { totalCount } }" }).to_string()
}

/// Waits until no connection is taken any more.
fn stopping(server: &Server) {
    while try_connect(server.address).is_ok() {
        std::thread::yield_now();
    }
}

fn signals(log: &[Value]) -> Vec<&str> {
    log.iter()
        .filter_map(|entry| entry["fields"]["signal"].as_str())
        .collect()
}

#[test]
fn each_signal_lets_requests_under_way_finish() {
    for signal in ["HUP", "TERM", "INT"] {
        let (server, _folder, mut stream) = under_way();
        server.signal(signal);
        stopping(&server);
        write(&mut stream, &body());
        let answered = json!({ "data": { "divisions": { "totalCount": 5 } } });
        assert_eq!(response(stream).json(), answered);
        let (status, log) = server.ended();
        assert!(status.success(), "{signal}: {log:?}");
        assert_eq!(signals(&log), [format!("SIG{signal}")]);
    }
}

#[test]
fn a_second_signal_ends_at_once() {
    for (first, second, code) in [
        ("TERM", "TERM", 143),
        ("HUP", "INT", 130),
        ("INT", "HUP", 129),
    ] {
        let (server, _folder, stream) = under_way();
        server.signal(first);
        stopping(&server);
        server.signal(second);
        let (status, log) = server.ended();
        assert_eq!(status.code(), Some(code), "{log:?}");
        assert_eq!(
            signals(&log),
            [format!("SIG{first}"), format!("SIG{second}")]
        );
        // It has been open all the time.
        drop(stream);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_hangup_that_was_ignored_at_the_start_stays_ignored() {
    let folder = tempdir().unwrap();
    let database = url(&folder.path().join("annals.db"));
    let script = r#"trap "" HUP; exec "$0" "$@""#;
    let server = Server::listening(Command::new("sh").args([
        "-c",
        script,
        env!("CARGO_BIN_EXE_annals"),
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--database-url",
        &database,
    ]));
    server.signal("HUP");
    server.signal("HUP");
    assert_eq!(
        graphql(server.address, &json!({ "query": "{ __typename }" })).status,
        200
    );
    server.terminate();
    let (status, log) = server.ended();
    assert!(status.success());
    assert_eq!(signals(&log), ["SIGTERM"]);
}
