//! A database file that is removed or replaced under a running server.

use std::{
    cell::Cell,
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use rusqlite::Connection;
use serde_json::{Value, json};
use tempfile::{TempDir, tempdir};

use super::{
    http::{PATIENCE, Response, graphql},
    process::Server,
};

/// A running server, its database file, and other files in the same folder.
struct Scene {
    server: Server,
    folder: TempDir,
    asked: Cell<u32>,
}

impl Scene {
    fn new() -> Scene {
        let folder = tempdir().expect("there is room for temporary files");
        let server = Server::start(&folder.path().join("annals.db"), &[]);
        Scene {
            server,
            folder,
            asked: Cell::new(0),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Creates a database with one more agency, in a file of its own.
    fn database(&self, name: &str, agency: &str) -> PathBuf {
        let path = self.path(name);
        let maker = Server::start(&path, &[]);
        maker.terminate();
        assert!(maker.ended().0.success());
        add_agency(&path, agency);
        path
    }

    /// Asks for the codes of all agencies, in a query that is in no cache.
    fn ask(&self) -> Response {
        let number = self.asked.replace(self.asked.get() + 1);
        ask(&self.server, &format!("asked{number}"))
    }

    /// The codes of all agencies.
    fn agencies(&self) -> Vec<String> {
        let answer = self.ask();
        assert_eq!(answer.status, 200, "{answer:?}");
        codes(&answer)
    }

    /// Asks until the answer is right.
    fn soon(&self, is_right: impl Fn(&Response) -> bool) {
        let patience = Instant::now() + PATIENCE;
        loop {
            let answer = self.ask();
            if is_right(&answer) {
                return;
            }
            assert!(Instant::now() < patience, "{answer:?}");
            thread::sleep(Duration::from_millis(50));
        }
    }

    fn soon_refused(&self) {
        self.soon(|answer| answer.status == 503);
        let refused = self.ask();
        assert_eq!(
            (refused.status, refused.code().as_str()),
            (503, "UNAVAILABLE")
        );
        assert!(refused.header("retry-after").is_some());
    }

    fn soon_answered(&self) {
        self.soon(|answer| answer.status == 200);
    }

    /// The log's messages about the database file, in order.
    fn logged(self) -> Vec<String> {
        self.server.terminate();
        let (status, log) = self.server.ended();
        assert!(status.success(), "{log:?}");
        log.iter()
            .filter(|entry| entry["fields"]["path"].is_string())
            .map(|entry| {
                entry["fields"]["message"]
                    .as_str()
                    .unwrap_or_default()
                    .into()
            })
            .collect()
    }
}

const UNAVAILABLE: &str = "the database file is unavailable; answering 503 until it can be read";
const BACK: &str = "the database file is back";
const REPLACED: &str = "the database file was replaced; now serving the new one";

fn ask(server: &Server, key: &str) -> Response {
    let query = format!("{{ {key}: agencies {{ totalCount nodes {{ code }} }} }}");
    graphql(server.address, &json!({ "query": query }))
}

/// The codes in an answer, checked against its count.
fn codes(answer: &Response) -> Vec<String> {
    let body = answer.json();
    let data = body["data"].as_object().expect("there is data");
    let agencies = data.values().next().expect("there is a field");
    let nodes = agencies["nodes"].as_array().expect("there are agencies");
    assert_eq!(
        agencies["totalCount"],
        nodes.len(),
        "an answer from two files: {answer:?}"
    );
    let code = |node: &Value| node["code"].as_str().expect("it has a code").to_owned();
    nodes.iter().map(code).collect()
}

/// Adds an agency and a new version of the data, as an import would.
fn add_agency(path: &Path, code: &str) {
    let database = Connection::open(path).expect("the file is a database");
    database
        .execute_batch(&format!(
            "BEGIN; \
             INSERT INTO agency (code, name, natural_key) VALUES ('{code}', '{code}', '{code}'); \
             UPDATE data_version SET version = version || '{code}'; \
             COMMIT;"
        ))
        .expect("the agency is new");
}

#[test]
fn a_new_file_is_served_without_anything_of_the_old_one() {
    let scene = Scene::new();
    let path = scene.path("annals.db");
    // This commit is only in the write-ahead log, which SQLite would apply to any file at this path.
    add_agency(&path, "OLD");
    assert_eq!(scene.agencies(), ["ICE", "OLD"]);
    let new = scene.database("new.db", "NEW");
    fs::rename(new, &path).unwrap();
    scene.soon(|answer| codes(answer).contains(&"NEW".to_owned()));
    assert_eq!(scene.agencies(), ["ICE", "NEW"]);
    // Imports into the new file are noticed.
    add_agency(&path, "LATER");
    assert_eq!(scene.agencies(), ["ICE", "LATER", "NEW"]);
    let (left, path) = (scene.path("annals.db-wal.replaced"), path.clone());
    assert!(left.exists());
    let sound: String = Connection::open(&path)
        .unwrap()
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(sound, "ok");
    assert_eq!(scene.logged(), [REPLACED]);
}

#[test]
fn no_answer_is_from_two_files() {
    let scene = Scene::new();
    let path = scene.path("annals.db");
    let files: Vec<_> = (0..3)
        .map(|number| scene.database(&format!("{number}.db"), &format!("NEW{number}")))
        .collect();
    let server = &scene.server;
    let done = AtomicBool::new(false);
    thread::scope(|threads| {
        threads.spawn(|| {
            for file in &files {
                fs::rename(file, &path).unwrap();
                thread::sleep(Duration::from_millis(1_500));
            }
            done.store(true, Ordering::Relaxed);
        });
        for client in 0..4 {
            let done = &done;
            threads.spawn(move || {
                let mut number = 0;
                while !done.load(Ordering::Relaxed) {
                    let answer = ask(server, &format!("c{client}n{number}"));
                    assert_eq!(answer.status, 200, "{answer:?}");
                    codes(&answer);
                    number += 1;
                }
            });
        }
    });
    scene.soon(|answer| codes(answer) == ["ICE", "NEW2"]);
    assert_eq!(scene.logged(), [REPLACED; 3]);
}

#[test]
fn requests_are_refused_while_the_file_is_gone() {
    let scene = Scene::new();
    let (path, elsewhere) = (scene.path("annals.db"), scene.path("elsewhere.db"));
    for _ in 0..2 {
        fs::rename(&path, &elsewhere).unwrap();
        scene.soon_refused();
        fs::rename(&elsewhere, &path).unwrap();
        scene.soon_answered();
    }
    assert_eq!(scene.agencies(), ["ICE"]);
    assert_eq!(scene.logged(), [UNAVAILABLE, BACK, UNAVAILABLE, BACK]);
}

#[test]
fn a_new_file_is_served_after_all_old_files_were_removed() {
    let scene = Scene::new();
    let path = scene.path("annals.db");
    let new = scene.database("new.db", "NEW");
    for name in ["annals.db", "annals.db-wal", "annals.db-shm"] {
        fs::remove_file(scene.path(name)).unwrap();
    }
    scene.soon_refused();
    fs::copy(new, &path).unwrap();
    scene.soon_answered();
    assert_eq!(scene.agencies(), ["ICE", "NEW"]);
    assert_eq!(scene.logged(), [UNAVAILABLE, REPLACED]);
}

#[test]
fn a_file_that_is_not_usable_is_refused() {
    let scene = Scene::new();
    let path = scene.path("annals.db");
    let good = scene.database("good.db", "NEW");
    let older = scene.database("older.db", "OLDER");
    Connection::open(&older)
        .unwrap()
        .execute("DELETE FROM seaql_migrations WHERE version = (SELECT max(version) FROM seaql_migrations)", [])
        .unwrap();
    let text = scene.path("text");
    fs::write(&text, "something else, and no database".repeat(1_000)).unwrap();
    let empty = scene.path("empty.db");
    Connection::open(&empty)
        .unwrap()
        .execute("CREATE TABLE t (a)", [])
        .unwrap();
    for bad in [text, older, empty] {
        fs::rename(&bad, &path).unwrap();
        scene.soon_refused();
        // It is checked again, and still refused.
        thread::sleep(Duration::from_millis(1_200));
        scene.soon_refused();
    }
    // The write-ahead log of the original file was left alone.
    assert!(!scene.path("annals.db-wal.replaced").exists());
    fs::rename(good, &path).unwrap();
    scene.soon_answered();
    assert_eq!(scene.agencies(), ["ICE", "NEW"]);
    // Each is logged once.
    assert_eq!(
        scene.logged(),
        [UNAVAILABLE, UNAVAILABLE, UNAVAILABLE, REPLACED]
    );
}

#[test]
fn the_original_file_is_refused_after_another_one() {
    let scene = Scene::new();
    let (path, first) = (scene.path("annals.db"), scene.path("first.db"));
    fs::rename(&path, &first).unwrap();
    fs::rename(scene.database("new.db", "NEW"), &path).unwrap();
    scene.soon(|answer| answer.status == 200 && codes(answer) == ["ICE", "NEW"]);
    fs::rename(&first, &path).unwrap();
    scene.soon_refused();
    // The file is complete: a copy of it is served.
    fs::copy(&path, scene.path("copy.db")).unwrap();
    fs::rename(scene.path("copy.db"), &path).unwrap();
    scene.soon_answered();
    assert_eq!(scene.agencies(), ["ICE"]);
}
