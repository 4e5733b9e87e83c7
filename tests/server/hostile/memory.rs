//! A thousand rounds of it: what is hostile does not add up.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use serde_json::json;

use super::{
    super::process::{Server, server},
    case::{
        BAD_INPUT, Case, Expected::Answered, Expected::Refused, NOT_JSON, NOT_PARSED, NOT_VALID,
        TOO_COMPLEX, TOO_LARGE, case, document, each, head, json_body, nested, posted, request,
    },
    verdict::judge,
    wire::exchange,
    withstand::ordinary,
};

const ROUNDS: usize = 1_000;

/// What is kept on purpose is kept up to a limit: the rounds before the first measurement fill that.
const WARM_UP: usize = 100;

/// How much more the server may take after the rounds, in KiB. Its allocator does not give back at once what its threads
/// have freed, which came to some MiB; if each of the 20,000 requests left 2 KiB behind, it would be more than this.
const GROWTH: u64 = 32 * 1024;

/// Something of each kind that is quick to send, never twice the same.
fn round(n: usize) -> Vec<Case> {
    let unknown = "0".repeat(64);
    vec![
        case("aliases", document(&format!("{{ {} }}", each(60, |m| format!("a{n}x{m}: __typename ")))), TOO_LARGE),
        case("a doubling", document(&format!("{{ ...f0 }} {} fragment f20 on Query {{ a{n}: __typename }}", each(20, |m| format!("fragment f{m} on Query {{ ...f{0} ...f{0} }} ", m + 1)))), TOO_LARGE),
        case("a cycle", document(&format!("{{ ...f{n} }} fragment f{n} on Query {{ ...f{n} }}")), NOT_VALID),
        case("brackets", document(&format!("{{ a{n} {}", "{".repeat(5_000))), TOO_LARGE),
        case("brackets in JSON", json_body(format!(r#"{{"a{n}":{}"#, nested(5_000, "[", "", "]")).as_bytes()), TOO_LARGE),
        case("a filter too deep", document(&format!("{{ a{n}: divisions(where: {}) {{ totalCount }} }}", nested(30, "{not:", "{}", "}"))), TOO_LARGE),
        case("introspection", document(&format!("{{ a{n}: __schema {{ types {{ {} }} }} }}", nested(4, "fields { type { ", "name", " } }"))), TOO_LARGE),
        case("too many rows", document(&format!("{{ a{n}: results {{ nodes {{ report {{ results(first: 100) {{ nodes {{ report {{ results(first: 100) {{ nodes {{ key }} }} }} }} }} }} }} }} }}")), TOO_COMPLEX),
        case("an unknown field", document(&format!("{{ unknown{n} }}")), NOT_VALID),
        case("no document", document(&format!("{{ a{n}")), NOT_PARSED),
        case("a bad page", document(&format!("{{ a{n}: divisions(first: -1) {{ totalCount }} }}")), BAD_INPUT),
        case("a bad variable", request(&json!({ "query": "query ($f: Int) { divisions(first: $f) { totalCount } }", "variables": { "f": format!("{n}") } })), BAD_INPUT),
        case("a forged cursor", document(&format!("{{ divisions(after: \"{n}\") {{ totalCount }} }}")), BAD_INPUT),
        case("no JSON", json_body(format!("{{{n}").as_bytes()), BAD_INPUT),
        case("no media type", posted(&[&format!("A: {n}")], b"{}"), NOT_JSON),
        case("an unknown method", head(&format!("BREW /graphql?{n}"), &[]), Refused(405, "METHOD_NOT_ALLOWED")),
        case("an unknown hash", json_body(format!(r#"{{"extensions":{{"persistedQuery":{{"version":1,"sha256Hash":"{:04x}{}"}}}}}}"#, n % 0x1000, &unknown[4..]).as_bytes()), Refused(400, "PERSISTED_QUERY_NOT_FOUND")),
        case("a document like others", document(&format!("{{ a{n}: divisions {{ nodes {{ {} }} }} }}", "...{id}".repeat(90))), Answered),
        case("an unknown id", document(&format!("{{ node(id: \"{n}\") {{ id }} }}")), Answered),
        case("a search", request(&json!({ "query": "query ($t: String!) { search(text: $t) { totalCount } }", "variables": { "t": format!("x{n}") } })), Answered),
    ]
}

/// Sends rounds, several at a time.
fn send(server: &Server, from: usize, rounds: usize) {
    let next = AtomicUsize::new(from);
    thread::scope(|threads| {
        for _ in 0..4 {
            threads.spawn(|| {
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if n >= from + rounds {
                        return;
                    }
                    for case in round(n) {
                        let verdict = exchange(server.address, &case.sent)
                            .and_then(|came| judge(case.expected, &came));
                        assert_eq!(verdict, Ok(()), "{} in round {n}", case.name);
                    }
                }
            });
        }
    });
}

#[test]
fn memory_does_not_grow() {
    let (server, _folder) = server(&["--cache-size", "1000000"]);
    // As many documents as are kept, so that those of the rounds take the places of these.
    thread::scope(|threads| {
        for part in 0..4 {
            let server = &server;
            threads.spawn(move || {
                for n in 0..250 {
                    let fields = "...{id}".repeat(90);
                    let filling = document(&format!(
                        "{{ k{part}x{n}: divisions {{ nodes {{ {fields} }} }} }}"
                    ));
                    let verdict =
                        exchange(server.address, &filling).and_then(|came| judge(Answered, &came));
                    assert_eq!(verdict, Ok(()));
                }
            });
        }
    });
    send(&server, 0, WARM_UP);
    let before = server.resident();
    send(&server, WARM_UP, ROUNDS);
    let after = server.resident();
    eprintln!("{before} KiB after {WARM_UP} rounds, {after} KiB after {ROUNDS} more");
    assert!(
        after <= before + GROWTH,
        "it has grown from {before} KiB to {after} KiB"
    );
    ordinary(&server, 0).unwrap();
}
