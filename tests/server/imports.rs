//! `annals import`, `export` and `remove`, as they are typed, beside running servers and processes that are killed.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use rusqlite::Connection;
use serde_json::json;
use tempfile::TempDir;

use super::{
    http::graphql,
    process::{annals, run, server, url},
};

const EXAMPLE: &str = "examples/ice-fy2008";

struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("there is room for temporary files");
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs a command on a database of the place.
    fn run(&self, database: &str, arguments: &[&str]) -> Output {
        let url = url(&self.path(database));
        let mut all = arguments.to_vec();
        all.extend(["--database-url", &url]);
        run(&mut annals(&all))
    }
}

fn stdout(output: &Output) -> String {
    assert!(output.status.success(), "{}", stderr(output));
    String::from_utf8(output.stdout.clone()).expect("the output is text")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("the output is text")
}

fn text(path: &Path) -> &str {
    path.to_str().expect("temporary paths are text")
}

/// A copy of a package with a text replaced in all its files.
fn copy_with(package: &str, to: &Path, old: &str, new: &str) {
    fs::create_dir_all(to).expect("there is room");
    for file in fs::read_dir(package).expect("the package is there") {
        let path = file.expect("a file").path();
        let content = fs::read_to_string(&path).expect("it is text");
        let name = path.file_name().expect("it has a name");
        fs::write(to.join(name), content.replace(old, new)).expect("there is room");
    }
}

fn number(database: &Path, sql: &str) -> i64 {
    let connection = Connection::open(database).expect("it is a database");
    connection
        .query_row(sql, [], |row| row.get(0))
        .expect("one number")
}

#[test]
fn a_figure_that_two_reports_give_counts_once() {
    let (server, folder) = server(&[]);
    let url = url(&folder.path().join("annals.db"));
    stdout(&run(&mut annals(&[
        "import",
        EXAMPLE,
        "--database-url",
        &url,
    ])));
    let ask = |query: &str| graphql(server.address, &json!({ "query": query })).json();
    let total = "aggregate { totals { sum { value precision } atLeast restatedCount caveats } }";
    let removals = "where: { metric: { code: { eq: \"removals\" } }, fiscalYear: { eq: 2007 } }";
    let of_both = ask(&format!(
        "{{ results({removals}) {{ totalCount {total} }} }}"
    ));
    assert_eq!(
        of_both["data"]["results"],
        json!({ "totalCount": 2, "aggregate": { "totals": [{
            "sum": { "value": 288_663, "precision": "EXACT" }, "atLeast": 288_663,
            "restatedCount": 1, "caveats": ["RESTATED"],
        }] } })
    );
    let of_one = ask(&format!(
        "{{ report(agency: \"ICE\", fiscalYear: 2007) {{ results({removals}) {{ {total} }} }} }}"
    ));
    assert_eq!(
        of_one["data"]["report"]["results"]["aggregate"]["totals"],
        json!([{
            "sum": { "value": 276_912, "precision": "EXACT" }, "atLeast": 276_912,
            "restatedCount": 0, "caveats": [],
        }])
    );
    let next = ask(
        "{ report(agency: \"ICE\", fiscalYear: 2008) { results(where: { metric: { code: { eq: \"removals\" } }, \
         fiscalYear: { eq: 2008 } }) { nodes { value previous { value } change { absolute } } } } }",
    );
    assert_eq!(
        next["data"]["report"]["results"]["nodes"],
        json!([{ "value": 356_739, "previous": { "value": 288_663 }, "change": { "absolute": 68_076 } }])
    );
    let remove = [
        "remove",
        "--agency",
        "ICE",
        "--fiscal-year",
        "2008",
        "--yes",
        "--database-url",
        &url,
    ];
    stdout(&run(&mut annals(&remove)));
    let alone = ask(&format!("{{ results({removals}) {{ {total} }} }}"));
    let total = &alone["data"]["results"]["aggregate"]["totals"][0];
    assert_eq!(total["sum"]["value"], 276_912);
    assert_eq!(total["caveats"], json!([]));
}

#[test]
fn a_report_is_imported_revised_and_removed() {
    let place = Place::new();
    let import = |arguments: &[&str]| {
        let mut all = vec!["import"];
        all.extend(arguments);
        place.run("annals.db", &all)
    };
    assert_eq!(
        stdout(&import(&["--dry-run", EXAMPLE])),
        format!("{EXAMPLE}: ICE/2008: new, 12 rows\ndry run: nothing was written\n")
    );
    assert_eq!(
        stdout(&import(&[EXAMPLE, "data/ice-fy2007"])),
        format!(
            "{EXAMPLE}: ICE/2008: new, 12 rows\ndata/ice-fy2007: ICE/2007: unchanged, revision 1\n"
        )
    );
    let revised = place.path("revised");
    copy_with(EXAMPLE, &revised, ",17000,", ",17001,");
    let shown = revised.display();
    assert_eq!(
        stdout(&import(&[text(&revised)])),
        format!(
            "{shown}: ICE/2008: revision 2, 0 added, 1 changed, 0 removed\n  \
             changed: results.csv: \"ice 2008 workforce workforce\"\n"
        )
    );
    let other = place.path("other");
    copy_with(EXAMPLE, &other, "case,case,cases,", "case,case,caseses,");
    let refused = import(&[text(&other), EXAMPLE]);
    assert_eq!(refused.status.code(), Some(1));
    let line = "units.csv:2: plural: is \"caseses\" and in the database \"cases\"";
    assert!(stderr(&refused).contains(line), "{}", stderr(&refused));
    let removed = |more: &[&str]| {
        let mut all = vec!["remove", "--agency", "ICE", "--fiscal-year", "2008"];
        all.extend(more);
        stdout(&place.run("annals.db", &all))
    };
    let database = place.path("annals.db");
    assert!(removed(&[]).contains("would remove the report with 1 goal, 4 initiatives, 6 results"));
    assert_eq!(number(&database, "SELECT count(*) FROM report"), 2);
    assert!(removed(&["--yes"]).starts_with("ICE/2008: removed the report"));
    assert_eq!(number(&database, "SELECT count(*) FROM report"), 1);
}

#[test]
fn a_running_server_answers_from_what_was_imported() {
    let (server, folder) = server(&[]);
    let ask = || {
        let query = "{ report(agency: \"ICE\", fiscalYear: 2008) { results { nodes { value } } } }";
        graphql(server.address, &json!({ "query": query })).json()["data"]["report"].clone()
    };
    assert!(ask().is_null());
    let url = url(&folder.path().join("annals.db"));
    let output = run(&mut annals(&["import", EXAMPLE, "--database-url", &url]));
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(ask()["results"]["nodes"][0]["value"], 356_739);
}

#[test]
fn an_export_is_the_same_after_it_was_imported_elsewhere() {
    let place = Place::new();
    stdout(&place.run("first.db", &["import", EXAMPLE, "tests/packages/ferries"]));
    let (first, second) = (place.path("first"), place.path("second"));
    stdout(&place.run("first.db", &["export", "--out", text(&first)]));
    let packages: Vec<String> = fs::read_dir(&first)
        .expect("an export is there")
        .map(|entry| text(&entry.expect("an entry").path()).to_owned())
        .collect();
    // In whatever order they come from the file system.
    let mut import = vec!["import"];
    import.extend(packages.iter().map(String::as_str));
    stdout(&place.run("second.db", &import));
    stdout(&place.run("second.db", &["export", "--out", text(&second)]));
    assert!(packages.len() >= 3);
    for package in &packages {
        let name = Path::new(package).file_name().expect("it has a name");
        for file in fs::read_dir(package).expect("it is a folder") {
            let file = file.expect("a file").path();
            let other = second.join(name).join(file.file_name().expect("a name"));
            let (one, other) = (fs::read_to_string(&file), fs::read_to_string(other));
            assert_eq!(
                one.expect("text"),
                other.expect("text"),
                "{}",
                file.display()
            );
        }
    }
}

#[test]
fn results_are_exported_as_one_table() {
    let place = Place::new();
    stdout(&place.run("annals.db", &["import", EXAMPLE]));
    let out = place.path("out");
    for (format, file, lines) in [
        ("csv-flat", "results.csv", 62),
        ("ndjson", "results.ndjson", 61),
    ] {
        let export = ["export", "--format", format, "--out", text(&out)];
        stdout(&place.run("annals.db", &export));
        let content = fs::read_to_string(out.join(file)).expect("it was written");
        assert!(content.contains("Office of Detention and Removal Operations"));
        match format {
            "csv-flat" => {
                let records = csv_records(&content);
                assert_eq!(records, lines);
            }
            _ => {
                let last = content.lines().last().expect("there are lines");
                let last: serde_json::Value = serde_json::from_str(last).expect("it is JSON");
                assert_eq!(last["value"], 17_000);
                assert_eq!(content.lines().count(), lines);
            }
        }
    }
}

/// How many lines of a CSV file begin a record of the two years.
fn csv_records(content: &str) -> usize {
    let begin = |line: &&str| line.starts_with("ICE,U.S. ") || line.starts_with("agency,");
    content.lines().filter(begin).count()
}

/// Kills imports at all moments: the database has the old report or the new one, whole.
#[test]
fn an_import_that_is_killed_leaves_the_old_report_or_the_new_one() {
    let place = Place::new();
    let database = place.path("annals.db");
    stdout(&place.run("annals.db", &["import", EXAMPLE]));
    let other = place.path("other");
    copy_with(EXAMPLE, &other, ",EXACT,", ",APPROXIMATE,");
    let url = url(&database);
    let exact = "SELECT count(*) FROM reported_result WHERE precision = 0 AND report_id = 2";
    let (mut old, mut new) = (0, 0);
    for turn in 0..50_u64 {
        // The one that is not stored.
        let package = match number(&database, exact) {
            0 => EXAMPLE,
            _ => text(&other),
        };
        let before = number(&database, exact);
        let mut child = annals(&["import", package, "--database-url", &url])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the binary starts");
        thread::sleep(Duration::from_millis(turn * 7 % 120));
        child.kill().expect("it is a process of ours");
        child.wait().expect("it can be waited for");
        let now = number(&database, exact);
        assert!(now == 0 || now == 3, "{now} of 3 rows are as they were");
        match now == before {
            true => old += 1,
            false => new += 1,
        }
        let whole = "SELECT (SELECT count(*) FROM reported_result) = 61
                         AND (SELECT count(*) FROM search_stale) = 0
                         AND (SELECT max(revision) FROM revision WHERE report_id = 2)
                             = (SELECT revision FROM report WHERE id = 2)";
        assert_eq!(number(&database, whole), 1, "after {turn}");
    }
    assert!(old > 0, "{old} imports were killed early and {new} late");
    assert_eq!(
        number(&database, "SELECT count(*) FROM pragma_foreign_key_check"),
        0
    );
}

#[test]
fn an_import_waits_for_another_writer_and_says_so() {
    let place = Place::new();
    stdout(&place.run("annals.db", &["import", EXAMPLE]));
    let database = place.path("annals.db");
    let writer = Connection::open(&database).expect("it is a database");
    writer
        .execute_batch("BEGIN IMMEDIATE")
        .expect("nobody else writes");
    let url = url(&database);
    let child = annals(&["import", "tests/packages/ferries", "--database-url", &url])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let patience = Instant::now() + Duration::from_secs(2);
    while Instant::now() < patience {
        thread::sleep(Duration::from_millis(100));
    }
    writer.execute_batch("COMMIT").expect("it is ours");
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{}", stderr(&output));
    let said = "another process is writing to the database";
    assert!(stderr(&output).contains(said), "{}", stderr(&output));
}
