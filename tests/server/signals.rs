//! Signals: after the first one requests in progress are finished, the second one exits immediately.

use std::{io::Read, net::TcpStream, process::Command};

use serde_json::{Value, json};
use tempfile::{TempDir, tempdir};

use super::{
    http::{connect, graphql, head, response, try_connect, write},
    process::{Server, server, url},
};

/// A server that is waiting for the body of a request.
fn in_progress() -> (Server, TempDir, TcpStream) {
    let (server, folder) = server(&[]);
    let mut stream = connect(server.address);
    let headers = ["Content-Type: application/json", "Expect: 100-continue"];
    write(&mut stream, &head(&headers, body().len()));
    // The server has the head and waits for the body.
    let mut go_on = [0; 25];
    stream.read_exact(&mut go_on).expect("the server goes on");
    (server, folder, stream)
}

fn body() -> String {
    json!({ "query": "{ divisions { totalCount } }" }).to_string()
}

/// Waits until no connection is accepted.
fn shutting_down(server: &Server) {
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
fn requests_in_progress_finish_after_any_signal() {
    for signal in ["HUP", "TERM", "INT"] {
        let (server, _folder, mut stream) = in_progress();
        server.signal(signal);
        shutting_down(&server);
        write(&mut stream, &body());
        let answered = json!({ "data": { "divisions": { "totalCount": 5 } } });
        assert_eq!(response(stream).json(), answered);
        let (status, log) = server.ended();
        assert!(status.success(), "{signal}: {log:?}");
        assert_eq!(signals(&log), [format!("SIG{signal}")]);
    }
}

#[test]
fn a_second_signal_exits_immediately() {
    for (first, second, code) in [
        ("TERM", "TERM", 143),
        ("HUP", "INT", 130),
        ("INT", "HUP", 129),
    ] {
        let (server, _folder, stream) = in_progress();
        server.signal(first);
        shutting_down(&server);
        server.signal(second);
        let (status, log) = server.ended();
        assert_eq!(status.code(), Some(code), "{log:?}");
        assert_eq!(
            signals(&log),
            [format!("SIG{first}"), format!("SIG{second}")]
        );
        // It was open until now.
        drop(stream);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn nohup_is_respected() {
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
