//! `annals check` and `annals init`, as they are typed, and the built-in package as it is exported.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Output,
};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::process::{Server, annals, run, url};

/// A new package in a folder of its own.
fn worked() -> (TempDir, PathBuf) {
    let place = tempfile::tempdir().expect("there is room for temporary files");
    let folder = place.path().join("boats");
    let output = run(&mut annals(&["init", text(&folder)]));
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(output.stdout.is_empty() && output.stderr.is_empty());
    (place, folder)
}

fn text(path: &Path) -> &str {
    path.to_str().expect("temporary paths are text")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("the output is text")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("the output is text")
}

fn replace(folder: &Path, file: &str, from: &str, to: &str) {
    let path = folder.join(file);
    let content = fs::read_to_string(&path).expect("the file is there");
    assert!(content.contains(from), "{from} is not in {file}");
    fs::write(path, content.replacen(from, to, 1)).expect("the file can be written");
}

fn check_json(folder: &Path) -> (Option<i32>, Value) {
    let output = run(&mut annals(&["check", "--format", "json", text(folder)]));
    let document = serde_json::from_slice(&output.stdout).expect("one JSON document");
    (output.status.code(), document)
}

#[test]
fn a_new_package_is_valid_and_says_what_is_in_it() {
    let (_place, folder) = worked();
    let output = run(&mut annals(&["check", text(&folder), "data/ice-fy2007"]));
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(
        stdout(&output),
        format!(
            "{}: valid, 1 report, 1 initiative, 1 result\n\
             data/ice-fy2007: valid, 1 report, 27 initiatives, 55 results\n",
            folder.display()
        )
    );
    assert!(folder.join("README.md").is_file());
    let (code, document) = check_json(&folder);
    assert_eq!(code, Some(0));
    assert_eq!(
        document,
        json!({
            "valid": true,
            "errors": 0,
            "warnings": 0,
            "packages": [{
                "path": text(&folder),
                "valid": true,
                "content": {
                    "reports": [{ "agency": "EXA", "fiscalYear": 2025 }],
                    "initiatives": 1,
                    "results": 1,
                },
                "problems": [],
            }],
        })
    );
}

#[test]
fn every_problem_is_listed_with_its_place_and_the_exit_code_is_1() {
    let (_place, folder) = worked();
    replace(&folder, "results.csv", ",1200,", ",\"1,200\",");
    replace(
        &folder,
        "metrics.csv",
        "inspection,ADDITIVE",
        "visit,ADDITIVE",
    );
    let shown = folder.display();
    let output = run(annals(&["check", text(&folder), "data/ice-fy2007"]).env("NO_COLOR", "1"));
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        stdout(&output),
        format!(
            "error: {shown}: results.csv:2: value: \"1,200\" is not a plain decimal number; write 1200\n\
             error: {shown}: metrics.csv:2: unit: \"visit\" is not in units.csv; \
             add it there or correct it here\n\
             {shown}: not valid, 2 errors\n\
             data/ice-fy2007: valid, 1 report, 27 initiatives, 55 results\n"
        )
    );
    let (code, document) = check_json(&folder);
    assert_eq!(code, Some(1));
    assert_eq!(document["errors"], 2);
    assert_eq!(document["packages"][0]["content"], Value::Null);
    assert_eq!(
        document["packages"][0]["problems"][0],
        json!({
            "severity": "error",
            "rule": "bad-figure",
            "file": "results.csv",
            "line": 2,
            "column": "value",
            "value": "1,200",
            "message": "\"1,200\" is not a plain decimal number",
            "help": "write 1200",
        })
    );
}

#[test]
fn a_warning_leaves_a_package_valid() {
    let (_place, folder) = worked();
    replace(&folder, "units.csv", "symbol", "motto");
    let output = run(&mut annals(&["check", text(&folder)]));
    assert_eq!(output.status.code(), Some(0));
    let shown = folder.display();
    assert_eq!(
        stdout(&output),
        format!(
            "warning: {shown}: units.csv:1: motto: is not a column that annals knows, so it is \
             left out of account; take it out, or leave it for other tools\n\
             {shown}: valid, 1 report, 1 initiative, 1 result, 1 warning\n"
        )
    );
    let (_, document) = check_json(&folder);
    assert_eq!(document["warnings"], 1);
    assert_eq!(
        document["packages"][0]["problems"][0]["severity"],
        "warning"
    );
}

#[test]
fn colors_are_for_those_who_have_them() {
    let check = ["check", "data/ice-fy2007"];
    let forced = run(annals(&check).env("CLICOLOR_FORCE", "1"));
    assert!(stdout(&forced).contains("\u{1b}["));
    let piped = run(&mut annals(&check));
    assert!(!stdout(&piped).contains('\u{1b}'));
}

#[test]
fn a_path_that_is_not_there_is_a_problem_like_others() {
    let (code, document) = check_json(Path::new("no/such/package"));
    assert_eq!(code, Some(1));
    let problem = &document["packages"][0]["problems"][0];
    assert_eq!(problem["rule"], "unreadable");
    assert_eq!(problem["file"], "package");
}

#[test]
fn init_writes_over_nothing() {
    let (_place, folder) = worked();
    let before = fs::read_to_string(folder.join("results.csv")).unwrap();
    let output = run(&mut annals(&["init", text(&folder)]));
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        stderr(&output),
        format!(
            "annals: {} is not empty; name a new folder\n",
            folder.display()
        )
    );
    assert_eq!(
        fs::read_to_string(folder.join("results.csv")).unwrap(),
        before
    );
}

#[test]
fn the_built_in_package_is_exported_byte_for_byte() {
    let place = tempfile::tempdir().unwrap();
    let database = place.path().join("annals.db");
    drop(Server::start(&database, &[]));
    let out = place.path().join("out");
    let url = url(&database);
    let output = run(&mut annals(&[
        "export",
        "--database-url",
        &url,
        "--out",
        text(&out),
    ]));
    assert!(output.status.success(), "{}", stderr(&output));
    let written = fs::read_dir(out.join("ice-fy2007")).unwrap();
    let written: Vec<PathBuf> = written.map(|entry| entry.unwrap().path()).collect();
    assert_eq!(written.len(), 9);
    for path in written {
        let name = path.file_name().unwrap();
        let stored = Path::new("data/ice-fy2007").join(name);
        let (written, stored) = (fs::read(&path).unwrap(), fs::read(stored).unwrap());
        assert!(written == stored, "{} differs", name.display());
    }
}

#[test]
fn init_goes_on_from_a_report_in_the_database() {
    let place = tempfile::tempdir().unwrap();
    let database = place.path().join("annals.db");
    drop(Server::start(&database, &[]));
    let url = url(&database);
    let folder = place.path().join("ice-2008");
    let like = |report: &str, url: &str, folder: &Path| {
        run(&mut annals(&[
            "init",
            "--like",
            report,
            "--database-url",
            url,
            text(folder),
        ]))
    };
    let output = like("ice/2007", &url, &folder);
    assert!(output.status.success(), "{}", stderr(&output));
    let check = run(&mut annals(&["check", text(&folder)]));
    assert_eq!(
        stdout(&check),
        format!(
            "{}: valid, 1 report, 0 initiatives, 0 results\n",
            folder.display()
        )
    );
    for file in ["agencies.csv", "divisions.csv", "units.csv", "metrics.csv"] {
        let stored = fs::read_to_string(Path::new("data/ice-fy2007").join(file)).unwrap();
        let written = fs::read_to_string(folder.join(file)).unwrap();
        assert_eq!(written, stored, "{file}");
    }
    let reports = fs::read_to_string(folder.join("reports.csv")).unwrap();
    let row = "ICE,2008,2007-10-01,2008-09-30,ICE Fiscal Year 2008 Annual Report,,\
               Fiscal Year 2008 Annual Report,";
    assert!(reports.contains(row), "{reports}");

    let other = place.path().join("other");
    let unknown = like("ICE/1999", &url, &other);
    assert_eq!(
        stderr(&unknown),
        "annals: the database has no report ICE/1999; it has ICE/2007\n"
    );
    let absent = format!("{url}.absent");
    let output = like("ICE/2007", &absent, &other);
    assert!(stderr(&output).starts_with("annals: there is no database "));
    assert!(!other.exists() && !place.path().join("annals.db.absent").exists());

    let connection = rusqlite::Connection::open(&database).unwrap();
    let last = "DELETE FROM seaql_migrations
                WHERE version = (SELECT MAX(version) FROM seaql_migrations)";
    assert_eq!(connection.execute(last, ()).unwrap(), 1);
    let output = like("ICE/2007", &url, &other);
    let told = stderr(&output);
    assert!(told.contains("was made by an older annals"), "{told}");
}
