//! File handles: the server never accepts more connections than it has handles for, and logs what it did.

use std::{io::Read, process::Command};

use serde_json::{Value, json};
use tempfile::{TempDir, tempdir};

use super::{
    http::{connect, graphql, response, write},
    process::{Server, url},
};

/// A server started under `ulimit`.
fn limited(ulimit: &str) -> (Server, TempDir) {
    let folder = tempdir().expect("there is room for temporary files");
    let database = url(&folder.path().join("annals.db"));
    let script = format!("ulimit {ulimit}; exec \"$0\" \"$@\"");
    let server = Server::listening(Command::new("sh").args([
        "-c",
        &script,
        env!("CARGO_BIN_EXE_annals"),
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--max-connections-per-address",
        "10000",
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
    let raised = logged(&server, "raised the limit on open files").expect("it is logged");
    assert_eq!(raised["from"], 128);
    let held: Vec<_> = (0..400).map(|_| connect(server.address)).collect();
    let answered = graphql(server.address, &json!({ "query": "{ __typename }" }));
    assert_eq!(answered.status, 200);
    drop(held);
}

#[test]
fn a_low_hard_limit_lowers_the_number_of_connections_and_no_client_hangs() {
    let (server, _folder) = limited("-n 256");
    let fewer = logged(&server, "lowered --max-connections").expect("it is logged");
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
    // Connections are accepted again once the server notices that these are closed.
    while graphql(server.address, &json!({ "query": "{ __typename }" })).status != 200 {
        std::thread::yield_now();
    }
    // The database has the handles it needs.
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
