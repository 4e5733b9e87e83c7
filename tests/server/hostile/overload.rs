//! More work than there is time for: statements that take too long, and too many of them at once.

use std::{cell::Cell, thread, time::Duration};

use rusqlite::Connection;
use tempfile::TempDir;

use super::{
    super::{
        http::Response,
        process::{Server, server},
    },
    case::{Expected, document, each},
    verdict::judge,
    wire::{Came, begin, exchange, soon},
    withstand::ordinary,
};

/// A server with so many agencies more, over which a search for texts takes its time.
fn crowded(agencies: u32, arguments: &[&str]) -> (Server, TempDir) {
    let (server, folder) = server(arguments);
    let database = Connection::open(folder.path().join("annals.db")).expect("it is there");
    database
        .execute(
            "WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ?1) \
             INSERT INTO agency (code, name, natural_key) \
             SELECT 'A' || n, 'Agency ' || n || hex(zeroblob(2000)), 'x' || n FROM number",
            [agencies],
        )
        .expect("there is room for them");
    (server, folder)
}

/// Looks for so many texts in every agency. What is looked for differs by number, so no answer is at hand.
fn search(number: usize, texts: usize) -> Vec<u8> {
    let conditions = each(texts, |text| {
        format!("{{ name: {{ contains: \"{number} {text}\" }} }} ")
    });
    document(&format!(
        "{{ agencies(where: {{ or: [{conditions}] }}) {{ totalCount }} }}"
    ))
}

/// Puts requests to a server at once.
pub(super) fn together(server: &Server, requests: &[Vec<u8>]) -> Vec<Response> {
    thread::scope(|threads| {
        let asked: Vec<_> = requests
            .iter()
            .map(|request| threads.spawn(|| exchange(server.address, request)))
            .collect();
        let came = asked
            .into_iter()
            .map(|asked| asked.join().expect("it ends"));
        came.map(|came| match came {
            Ok(Came::Response(response)) => response,
            other => panic!("no response: {other:?}"),
        })
        .collect()
    })
}

/// As many readers as are asked for here, and many more than there are cores.
const MANY: usize = 32;

#[test]
fn a_statement_that_takes_too_long_is_stopped() {
    let many = MANY.to_string();
    let (server, _folder) = crowded(30_000, &["--timeout", "1", "--max-executing", &many]);
    // Each would take much longer than a client waits.
    let searches: Vec<_> = (0..MANY).map(|number| search(number, 250)).collect();
    for response in together(&server, &searches) {
        let came = Came::Response(response);
        judge(Expected::Refused(504, "TIMEOUT"), &came).unwrap();
    }
    // It could not be answered in time if the readers were still at work for those who were told off.
    ordinary(&server, 0).unwrap();
}

#[test]
fn a_statement_that_nobody_waits_for_is_stopped() {
    let many = MANY.to_string();
    let limits = [
        "--max-executing",
        &many,
        "--max-queued",
        "0",
        "--timeout",
        "3600",
    ];
    let (server, _folder) = crowded(30_000, &limits);
    let asked = Cell::new(0);
    let is_answered = || ordinary(&server, asked.replace(asked.get() + 1)).is_ok();
    let hanging: Vec<_> = (0..MANY + 16)
        .map(|number| begin(server.address, &search(number, 250)))
        .collect();
    // By then they have taken all places; where they have not, the query finds no reader.
    thread::sleep(Duration::from_millis(1_500));
    assert!(!is_answered());
    drop(hanging);
    soon("the next one is answered", is_answered);
}

#[test]
fn too_many_requests_at_once_are_told_to_come_again() {
    let limits = [
        "--max-executing",
        "1",
        "--max-queued",
        "1",
        "--timeout",
        "3600",
    ];
    let (server, _folder) = crowded(1_000, &limits);
    let searches: Vec<_> = (0..12).map(|number| search(number, 100)).collect();
    let responses = together(&server, &searches);
    let (answered, refused): (Vec<_>, Vec<_>) = responses
        .into_iter()
        .partition(|response| response.status == 200);
    for response in refused.iter() {
        assert_eq!(response.header("retry-after"), Some("1"), "{response:?}");
    }
    let counts = (answered.len(), refused.len());
    assert!(counts.0 > 0 && counts.1 > 0, "{counts:?}");
    for (expected, responses) in [
        (Expected::Answered, answered),
        (Expected::Refused(503, "UNAVAILABLE"), refused),
    ] {
        for response in responses {
            judge(expected, &Came::Response(response)).unwrap();
        }
    }
    ordinary(&server, 0).unwrap();
}
