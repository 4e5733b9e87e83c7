//! What clients may spend, how much is done at once, and how long it may take.

use std::{
    io::Read,
    thread,
    time::{Duration, Instant},
};

use serde_json::json;
use tempfile::TempDir;

use super::{
    http::{JSON, connect, graphql, post, write},
    process::{Server, annals, run, server},
};

/// A server that gives each client as little as it can be told to: 10,000 rows a minute.
fn limited(proxies: &str) -> (Server, TempDir) {
    server(&["--rate-limit", "10000", "--trusted-proxies", proxies])
}

/// Asks for about so many rows, as estimated, on behalf of a client: the 55 results, and so many of them in turn under each.
fn ask(server: &Server, rows: u32, client: &str) -> super::http::Response {
    let query = format!(
        "{{ results {{ nodes {{ report {{ results(first: {}) {{ nodes {{ key }} }} }} }} }} }}",
        rows / 55
    );
    let forwarded = format!("X-Forwarded-For: {client}");
    let body = json!({ "query": query }).to_string();
    post(server.address, &[JSON, &forwarded], &body)
}

/// The same in parts of some 3,000 rows, none of which takes a reader so long that this costs more; the last status.
fn spend(server: &Server, rows: u32, client: &str) -> u16 {
    (0..rows / 3_000).fold(0, |_, _| ask(server, 3_000, client).status)
}

#[test]
fn each_client_spends_the_rows_that_it_asks_for() {
    let (server, _folder) = limited("127.0.0.1");
    assert_eq!(spend(&server, 9_000, "192.0.2.1"), 200);
    let refused = ask(&server, 2_000, "192.0.2.1");
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
    assert_eq!(spend(&server, 9_000, "192.0.2.2"), 200);
    assert_eq!(ask(&server, 2_000, "192.0.2.2").status, 429);
}

#[test]
fn what_a_client_can_never_have_is_refused_for_good() {
    let (server, _folder) = limited("127.0.0.1");
    // As often as it is asked for: nothing is spent on it but a row.
    for _ in 0..3 {
        let query = "{ results { nodes { report { results { nodes { report { results { nodes { key } } } } } } } } }";
        let refused = graphql(server.address, &json!({ "query": query }));
        assert_eq!(refused.header("retry-after"), None);
        let extensions = &refused.json()["errors"][0]["extensions"];
        assert_eq!(extensions["code"], "QUERY_TOO_COMPLEX");
        assert_eq!(extensions["limitName"], "rate");
        assert_eq!(extensions["limit"], 10_000);
    }
    assert_eq!(spend(&server, 9_000, "192.0.2.1"), 200);
}

#[test]
fn the_time_that_reading_takes_is_charged_afterwards() {
    let (server, _folder) = limited("127.0.0.1");
    let client = "192.0.2.1";
    // One row as estimated, and work for a reader: every text is looked for in every result.
    let heavy = |number: u32| {
        let texts: String = (0..200)
            .map(|text| format!("{{ label: {{ contains: \"{number} {text}\" }} }} "))
            .collect();
        let groups: String = (0..40)
            .map(|alias| format!("a{alias}: results(where: $where) {{ totalCount }} "))
            .collect();
        let query = format!("query ($where: ResultFilter = {{ or: [{texts}] }}) {{ {groups} }}");
        let forwarded = format!("X-Forwarded-For: {client}");
        post(
            server.address,
            &[JSON, &forwarded],
            &json!({ "query": query }).to_string(),
        )
    };
    let asked = (0..1_000).position(|number| heavy(number).status == 429);
    // By their 40 rows alone it could have asked 250 times.
    assert!(
        asked.is_some_and(|asked| (1..200).contains(&asked)),
        "{asked:?}"
    );
}

#[test]
fn a_rate_under_which_no_page_works_is_refused() {
    let output = run(&mut annals(&["serve", "--rate-limit", "9999"]));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success());
    assert!(said.contains("at least 10000 are needed"), "{said}");
}

#[test]
fn a_refusal_costs_as_much_as_a_request() {
    let asked = r#"{"query":"{ __typename }"}"#;
    let forwarded = "X-Forwarded-For: 192.0.2.1";
    for (headers, refused) in [
        (&[JSON, "Accept: text/html", forwarded][..], 406),
        (&[forwarded], 415),
    ] {
        let (server, _folder) = limited("127.0.0.1");
        assert_eq!(spend(&server, 9_000, "192.0.2.1"), 200);
        // Some 170 rows come back in a second, and refusals are faster than that.
        let mut statuses = (0..5_000).map(|_| post(server.address, headers, asked).status);
        let last = statuses.find(|status| *status != refused);
        assert_eq!(last, Some(429), "{headers:?}");
    }
}

#[test]
fn whom_a_request_is_for_is_believed_of_trusted_proxies_alone() {
    let (server, _folder) = limited("10.0.0.0/8");
    assert_eq!(spend(&server, 9_000, "192.0.2.1"), 200);
    assert_eq!(ask(&server, 2_000, "192.0.2.2").status, 429);
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
