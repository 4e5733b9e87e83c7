//! What clients may spend, how much is done at once, and how long it may take.

use std::{
    io::Read,
    thread,
    time::{Duration, Instant},
};

use serde_json::json;

use super::{
    http::{JSON, connect, graphql, post, write},
    process::{Server, server},
};

/// Asks for so many rows, as estimated, on behalf of a client.
fn ask(server: &Server, rows: u32, client: &str) -> super::http::Response {
    let query = format!("{{ results(first: {rows}) {{ nodes {{ key }} }} }}");
    let forwarded = format!("X-Forwarded-For: {client}");
    let body = json!({ "query": query }).to_string();
    post(server.address, &[JSON, &forwarded], &body)
}

#[test]
fn each_client_spends_the_rows_that_it_asks_for() {
    let (server, _folder) = server(&["--rate-limit", "100", "--trusted-proxies", "127.0.0.1"]);
    assert_eq!(ask(&server, 60, "192.0.2.1").status, 200);
    let refused = ask(&server, 60, "192.0.2.1");
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (429, "RATE_LIMITED")
    );
    let wait: u64 = refused
        .header("retry-after")
        .and_then(|seconds| seconds.parse().ok())
        .expect("it says how long to wait");
    assert!((1..=60).contains(&wait), "{wait}");
    // What was answered before costs the same, and another client has its own rows.
    assert_eq!(ask(&server, 60, "192.0.2.2").status, 200);
    assert_eq!(ask(&server, 60, "192.0.2.2").status, 429);
}

#[test]
fn a_refusal_costs_as_much_as_a_request() {
    let asked = r#"{"query":"{ __typename }"}"#;
    for headers in [&[JSON, "Accept: text/html"][..], &[]] {
        let (server, _folder) = server(&["--rate-limit", "3"]);
        let statuses = [(); 4].map(|()| post(server.address, headers, asked).status);
        assert!(
            statuses[..3]
                .iter()
                .all(|status| [406, 415].contains(status))
        );
        assert_eq!(statuses[3], 429, "{headers:?}");
    }
}

#[test]
fn whom_a_request_is_for_is_believed_of_trusted_proxies_alone() {
    let (server, _folder) = server(&["--rate-limit", "100", "--trusted-proxies", "10.0.0.0/8"]);
    assert_eq!(ask(&server, 90, "192.0.2.1").status, 200);
    assert_eq!(ask(&server, 90, "192.0.2.2").status, 429);
}

#[test]
fn a_client_that_does_not_go_on_is_left() {
    let (server, _folder) = server(&["--client-timeout", "1"]);
    let late = [
        "",
        "POST /graphql HTTP/1.1\r\nHost: test\r\n",
        "POST /graphql HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{",
    ];
    let left: Vec<_> = late
        .map(|text| {
            let mut stream = connect(server.address);
            write(&mut stream, text);
            thread::spawn(move || {
                let started = Instant::now();
                let mut said = String::new();
                stream
                    .read_to_string(&mut said)
                    .expect("the server closes the connection");
                (said, started.elapsed())
            })
        })
        .map(|waiting| waiting.join().expect("it ends"))
        .into();
    for (said, waited) in &left {
        assert!(
            *waited > Duration::from_millis(900),
            "{said} after {waited:?}"
        );
    }
    let said = &left[2].0;
    assert!(
        said.starts_with("HTTP/1.1 408 ") && said.contains("TIMEOUT"),
        "{said}"
    );
}

#[test]
fn a_connection_too_many_is_told_so() {
    let (server, _folder) = server(&["--max-connections", "2"]);
    let held = [connect(server.address), connect(server.address)];
    let mut surplus = connect(server.address);
    let mut said = String::new();
    surplus
        .read_to_string(&mut said)
        .expect("the server closes the connection");
    assert!(said.starts_with("HTTP/1.1 503 "), "{said}");
    assert!(said.contains("retry-after: 1"), "{said}");
    drop(held);
    // A place is free as soon as the server has noticed that they are gone.
    let query = json!({ "query": "{ __typename }" });
    while graphql_status(&server, &query) != 200 {
        thread::yield_now();
    }
}

fn graphql_status(server: &Server, query: &serde_json::Value) -> u16 {
    graphql(server.address, query).status
}
