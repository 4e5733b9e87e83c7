//! Starting and stopping.

use std::{fs, io::Read, net::TcpListener, process::Output};

use migration::{Migrator, MigratorTrait};
use sea_orm::Database;
use serde_json::{Value, json};
use tempfile::tempdir;

use super::{
    http::{connect, graphql, head, response, write},
    process::{Server, annals, run, url},
};

#[test]
fn a_first_start_loads_the_built_in_report_and_a_second_one_finds_it() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("new.db");
    let published = |server: &Server| {
        let query =
            "{ reports { totalCount nodes { revision publishedAt } } results { totalCount } }";
        let answer = graphql(server.address, &json!({ "query": query })).json();
        assert_eq!(answer["data"]["reports"]["totalCount"], 1);
        assert_eq!(answer["data"]["results"]["totalCount"], 55);
        assert_eq!(answer["data"]["reports"]["nodes"][0]["revision"], 1);
        answer["data"]["reports"]["nodes"][0]["publishedAt"].clone()
    };

    let first = Server::start(&path, &[]);
    assert!(logged(&first.started, "loaded the built-in report"));
    let published_at = published(&first);
    first.terminate();
    let (status, log) = first.ended();
    assert!(status.success(), "{log:?}");
    assert!(path.exists());

    let second = Server::start(&path, &[]);
    assert!(!logged(&second.started, "loaded the built-in report"));
    assert_eq!(published(&second), published_at);
}

#[test]
fn the_log_says_which_migrations_a_start_ran() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("old.db");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    runtime.block_on(async {
        let old = Database::connect(format!("{}?mode=rwc", url(&path)))
            .await
            .unwrap();
        Migrator::up(&old, Some(1)).await.unwrap();
        old.close().await.unwrap();
    });
    let first = Server::start(&path, &[]);
    assert!(logged(&first.started, "migrated the database"));
    first.terminate();
    assert!(first.ended().0.success());
    let second = Server::start(&path, &[]);
    assert!(!logged(&second.started, "migrated the database"));
}

#[test]
fn serve_is_what_happens_without_a_command_and_settings_come_from_the_environment_too() {
    let folder = tempdir().unwrap();
    let settings = [
        ("DATABASE_URL", url(&folder.path().join("environment.db"))),
        ("ANNALS_LISTEN", "127.0.0.1:0".into()),
        ("ANNALS_LARGEST_PAGE_SIZE", "3".into()),
    ];
    let server = Server::listening(annals(&[]).envs(settings));
    assert!(folder.path().join("environment.db").exists());
    let answer = graphql(
        server.address,
        &json!({ "query": "{ divisions { nodes { code } } }" }),
    )
    .json();
    assert_eq!(
        answer["data"]["divisions"]["nodes"]
            .as_array()
            .map(Vec::len),
        Some(3)
    );
}

#[test]
fn a_stop_lets_requests_under_way_finish() {
    let folder = tempdir().unwrap();
    let server = Server::start(&folder.path().join("annals.db"), &[]);
    let body = json!({ "query": "{ divisions { totalCount } }" }).to_string();
    let headers = ["Content-Type: application/json", "Expect: 100-continue"];
    let mut stream = connect(server.address);
    write(&mut stream, &head(&headers, body.len()));
    // The server has the head and waits for the body.
    let mut go_on = [0; 25];
    stream.read_exact(&mut go_on).unwrap();
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");
    server.terminate();
    while TcpListener::bind(server.address).is_err() {
        std::thread::yield_now();
    }
    write(&mut stream, &body);
    assert_eq!(
        response(stream).json(),
        json!({ "data": { "divisions": { "totalCount": 5 } } })
    );
    let (status, log) = server.ended();
    assert!(status.success(), "{log:?}");
    assert!(logged(&log, "stopped"), "{log:?}");
}

#[test]
fn an_address_in_use_is_one_line_and_no_database_is_made() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("annals.db");
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = run(&mut annals(&[
        "--listen",
        &address,
        "--database-url",
        &url(&path),
    ]));
    let line = one_line(&output);
    assert!(
        line.starts_with(&format!("annals: cannot listen on {address}: ")),
        "{line}"
    );
    assert!(
        line.ends_with("choose another address with --listen"),
        "{line}"
    );
    assert!(!path.exists());
}

#[test]
fn a_database_that_cannot_be_opened_is_one_line() {
    let folder = tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(
        &file,
        "something else, and long enough to be looked at: it is no database.",
    )
    .unwrap();
    for (database, reason) in [
        (
            url(&folder.path().join("nowhere/annals.db")),
            "does not exist",
        ),
        (url(&file), "is not a SQLite database"),
        (url(folder.path()), folder.path().to_str().unwrap()),
        ("postgres://localhost/annals".into(), "write sqlite://PATH"),
    ] {
        let output = run(&mut annals(&[
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--database-url",
            &database,
        ]));
        let line = one_line(&output);
        assert!(
            line.starts_with("annals: ") && line.contains(reason),
            "{database}: {line}"
        );
    }
}

/// What a failed run says: one line on stderr, nothing on stdout, and an exit code that is not 0.
fn one_line(output: &Output) -> String {
    let line = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success());
    assert!(output.stdout.is_empty());
    assert_eq!(line.lines().count(), 1, "{line}");
    line.trim_end().into()
}

fn logged(log: &[Value], message: &str) -> bool {
    log.iter()
        .any(|entry| entry["fields"]["message"] == message)
}
