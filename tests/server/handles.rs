//! File handles: there are never more connections than the system has handles for, and the server says so.

use std::{io::Read, process::Command};

use serde_json::{Value, json};
use tempfile::{TempDir, tempdir};

use super::{
    http::{connect, graphql, response, write},
    process::{Server, url},
};

/// A server that starts with limits as `ulimit` sets them.
fn limited(ulimit: &str) -> (Server, TempDir) {
    let folder = tempdir().unwrap();
    let database = url(&folder.path().join("annals.db"));
    let script = format!("ulimit {ulimit}; exec \"$0\" \"$@\"");
    let server = Server::listening(Command::new("sh").args([
        "-c",
        &script,
        env!("CARGO_BIN_EXE_annals"),
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--database-url",
        &database,
    ]));
    (server, folder)
}

fn logged<'l>(server: &'l Server, beginning: &str) -> Option<&'l Value> {
    let mut fields = server.started.iter().map(|entry| &entry["fields"]);
    fields.find(|fields| {
        let message = fields["message"].as_str();
        message.is_some_and(|message| message.starts_with(beginning))
    })
}

#[test]
fn a_low_soft_limit_is_raised() {
    let (server, _folder) = limited("-Sn 128");
    let raised = logged(&server, "raised the limit of open files").expect("it is said");
    assert_eq!(raised["from"], 128);
    let held: Vec<_> = (0..400).map(|_| connect(server.address)).collect();
    let answered = graphql(server.address, &json!({ "query": "{ __typename }" }));
    assert_eq!(answered.status, 200);
    drop(held);
}

#[test]
fn a_low_hard_limit_means_fewer_connections_and_nobody_waits_in_vain() {
    let (server, _folder) = limited("-n 256");
    let fewer = logged(&server, "fewer connections").expect("it is said");
    let possible = fewer["connections"].as_u64().expect("it is a number") as usize;
    assert!((32..256).contains(&possible), "{fewer}");
    let held: Vec<_> = (0..possible).map(|_| connect(server.address)).collect();
    for _ in 0..300 {
        let mut stream = connect(server.address);
        write(&mut stream, "GET /healthz HTTP/1.1\r\nHost: test\r\n\r\n");
        let refused = response(stream);
        assert_eq!(refused.status, 503);
        assert_eq!(refused.code(), "UNAVAILABLE");
    }
    drop(held);
    // A place is free as soon as the server has noticed that they are gone.
    while graphql(server.address, &json!({ "query": "{ __typename }" })).status != 200 {
        std::thread::yield_now();
    }
    // The database had all the handles that it takes.
    let read = graphql(
        server.address,
        &json!({ "query": "{ divisions { totalCount } }" }),
    );
    assert_eq!(read.status, 200);
    let (mut idle, mut nothing) = (connect(server.address), String::new());
    server.terminate();
    idle.read_to_string(&mut nothing).unwrap();
    let (status, log) = server.ended();
    assert!(status.success(), "{log:?}");
}
