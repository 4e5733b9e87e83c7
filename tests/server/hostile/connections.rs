//! Connections that are held, flooded, or dropped.

use std::{
    cell::Cell,
    io::{Read, Write},
    net::{Shutdown, SocketAddr, TcpStream},
    thread,
    time::Duration,
};

use super::{
    super::{
        http::{PATIENCE, Response, connect, parsed},
        process::{Server, server},
    },
    case::{Expected, document, json_body},
    verdict::judge,
    wire::{Came, begin, exchange, receive, soon},
    withstand::ordinary,
};

/// A request that leaves the connection open.
fn kept(query: &str) -> Vec<u8> {
    let body = serde_json::json!({ "query": query }).to_string();
    format!(
        "POST /graphql HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// A connection from another address of this machine, which has all of 127.0.0.0/8.
fn connect_from(local: &str, server: SocketAddr) -> TcpStream {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()
        .expect("a runtime starts");
    let connected = runtime.block_on(async {
        let socket = tokio::net::TcpSocket::new_v4()?;
        socket.bind(local.parse().expect("it is an address"))?;
        socket.connect(server).await?.into_std()
    });
    let stream = connected.expect("the server takes the connection");
    stream
        .set_nonblocking(false)
        .and_then(|()| stream.set_read_timeout(Some(PATIENCE)))
        .expect("a connection can be set");
    stream
}

/// Waits until an ordinary query is answered.
fn soon_answered(server: &Server) {
    let asked = Cell::new(0);
    soon("an ordinary query is answered", || {
        ordinary(server, asked.replace(asked.get() + 1)).is_ok()
    });
}

/// Reads one response, and leaves the connection open.
fn next_response(stream: &mut TcpStream) -> Response {
    let mut text = String::new();
    loop {
        let mut bytes = [0; 4096];
        let length = stream.read(&mut bytes).expect("the server answers");
        text.push_str(std::str::from_utf8(&bytes[..length]).expect("it is UTF-8"));
        if let Ok(response) = parsed(&text) {
            let whole = response.header("content-length") == Some(&response.body.len().to_string());
            if whole {
                return response;
            }
        }
        assert!(length > 0, "cut off: {text}");
    }
}

/// Sends bytes one at a time, until the server does not want any more.
fn trickle(mut stream: &TcpStream, bytes: &[u8]) {
    for byte in bytes {
        if stream.write_all(&[*byte]).is_err() {
            return;
        }
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_client_that_dawdles_is_left() {
    let (server, _folder) = server(&["--client-timeout", "1"]);
    let slow_head = format!(
        "GET /graphql HTTP/1.1\r\nHost: test\r\nA: {}",
        "b".repeat(2_000)
    );
    let body = b" ".repeat(2_000);
    let posted = json_body(&body);
    let (head, body) = posted.split_at(posted.len() - body.len());
    thread::scope(|threads| {
        for (name, at_once, slowly, expected) in [
            (
                "a head, a byte at a time",
                &b""[..],
                slow_head.as_bytes(),
                Expected::Closed,
            ),
            (
                "newlines, one at a time",
                b"",
                &b"\r\n".repeat(1_000),
                Expected::Closed,
            ),
            (
                "a body, a byte at a time",
                head,
                body,
                Expected::Refused(408, "TIMEOUT"),
            ),
        ] {
            let stream = begin(server.address, at_once);
            let slowly = slowly.to_vec();
            threads.spawn(move || {
                let came = thread::scope(|threads| {
                    threads.spawn(|| trickle(&stream, &slowly));
                    let came = receive(&stream);
                    let _ = stream.shutdown(Shutdown::Both);
                    came
                });
                let verdict = came.and_then(|came| judge(expected, &came));
                assert_eq!(verdict, Ok(()), "{name}");
            });
        }
    });
    ordinary(&server, 0).unwrap();
}

#[test]
fn places_that_are_held_by_nobody_are_given_to_others() {
    let (server, _folder) = server(&["--client-timeout", "1", "--max-connections", "8"]);
    // Nothing is asked on them, half of something, or nothing any more.
    let held: Vec<_> = [
        &b""[..],
        b"POST /graphql HTTP/1.1\r\nHost: te",
        &kept("{ __typename }"),
    ]
    .iter()
    .cycle()
    .take(8)
    .map(|bytes| begin(server.address, bytes))
    .collect();
    soon_answered(&server);
    // They have been open all the time on this side.
    drop(held);
}

#[test]
fn a_client_that_does_not_read_its_answers_is_left() {
    let (server, _folder) = server(&["--client-timeout", "1", "--max-connections", "1"]);
    let mut deaf = connect(server.address);
    deaf.set_write_timeout(Some(Duration::from_secs(1)))
        .unwrap();
    // More answers than fit between the two, each of several hundred kB.
    let asked = kept(include_str!("introspection.graphql"));
    while deaf.write_all(&asked).is_ok() {}
    soon_answered(&server);
    drop(deaf);
}

#[test]
fn requests_one_behind_the_other_are_answered_in_turn() {
    let (server, _folder) = server(&[]);
    let mut stream = connect(server.address);
    let count = 500;
    let asked: Vec<u8> = (0..count)
        .flat_map(|n| kept(&format!("{{ k{n}: __typename }}")))
        .collect();
    let mut writer = stream.try_clone().unwrap();
    let writing = thread::spawn(move || writer.write_all(&asked));
    let mut text = String::new();
    let last = format!("{{\"data\":{{\"k{}\":\"Query\"}}}}", count - 1);
    while !text.ends_with(&last) {
        let mut bytes = [0; 4096];
        let length = stream.read(&mut bytes).expect("the server answers");
        assert!(length > 0, "cut off: {text}");
        text.push_str(std::str::from_utf8(&bytes[..length]).unwrap());
    }
    writing.join().unwrap().unwrap();
    let keys: Vec<_> = text.matches("{\"data\":{\"k").collect();
    assert_eq!(keys.len(), count);
    let places: Vec<_> = (0..count)
        .map(|n| text.find(&format!("\"k{n}\":")))
        .collect();
    assert!(places.is_sorted() && places.iter().all(Option::is_some));
}

#[test]
fn a_connection_goes_on_after_a_refusal() {
    let (server, _folder) = server(&[]);
    let mut stream = connect(server.address);
    for (query, expected) in [
        ("{ __typename }", "{\"data\":"),
        ("{ nothing }", "{\"errors\":"),
        ("{", "{\"errors\":"),
        ("{ __typename }", "{\"data\":"),
    ] {
        stream.write_all(&kept(query)).unwrap();
        let response = next_response(&mut stream);
        assert!(response.body.starts_with(expected), "{query}: {response:?}");
    }
}

#[test]
fn connections_too_many_are_all_told_so() {
    let (server, _folder) = server(&["--max-connections", "64"]);
    let held: Vec<_> = (0..64).map(|_| begin(server.address, b"")).collect();
    // Each asks as a client does: 2,000 in all, 25 of them at once. No more than 64 are told at once.
    let asked = document("{ __typename }");
    for wave in 0..80 {
        let surplus: Vec<_> = (0..25).map(|_| begin(server.address, &asked)).collect();
        for stream in surplus {
            let verdict = receive(&stream)
                .and_then(|came| judge(Expected::Refused(503, "UNAVAILABLE"), &came));
            assert_eq!(verdict, Ok(()), "wave {wave}");
        }
    }
    drop(held);
    soon_answered(&server);
}

#[test]
fn one_address_does_not_shut_out_others() {
    let start = server;
    let (server, _folder) = start(&["--max-connections-per-address", "16"]);
    let held: Vec<_> = (0..16).map(|_| begin(server.address, b"")).collect();
    let asked = document("{ __typename }");
    for _ in 0..20 {
        let surplus = begin(server.address, &asked);
        let verdict =
            receive(&surplus).and_then(|came| judge(Expected::Refused(503, "UNAVAILABLE"), &came));
        assert_eq!(verdict, Ok(()));
    }
    let mut other = connect_from("127.0.0.2:0", server.address);
    other.write_all(&asked).unwrap();
    let verdict = receive(&other).and_then(|came| judge(Expected::Answered, &came));
    assert_eq!(verdict, Ok(()));
    drop(held);
    soon_answered(&server);

    // A proxy that is trusted speaks for many.
    let trusting = ["--trusted-proxies", "127.0.0.1"];
    let limit = ["--max-connections-per-address", "1"];
    let (server, _folder) = start(&[limit, trusting].concat());
    let held: Vec<_> = (0..16).map(|_| begin(server.address, b"")).collect();
    ordinary(&server, 0).unwrap();
    drop(held);
}

#[test]
fn nothing_is_left_of_connections_that_break_off() {
    let (server, _folder) = server(&[]);
    ordinary(&server, 0).unwrap();
    let open = server.open_files();
    let asked = document("{ divisions { nodes { code } } }");
    for number in 0..500 {
        let part = asked.len() * (number % 5) / 4;
        let stream = begin(server.address, &asked[..part]);
        if number % 2 == 0 && part == asked.len() {
            // What was sent and not read breaks the connection off at once, instead of ending it.
            let mut first = [0; 1];
            (&stream).read_exact(&mut first).unwrap();
        }
        drop(stream);
    }
    soon("all of them are closed", || server.open_files() <= open);
    ordinary(&server, 1).unwrap();
    assert!(matches!(
        exchange(server.address, &asked),
        Ok(Came::Response(_))
    ));
}
