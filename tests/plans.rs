//! How the database reads: the query plan of each statement of `tests/plans/*.graphql`, over 52,000 results.
//!
//! SQLite chooses a plan by the indexes and not by what is in the tables (nothing here has run ANALYZE), so the plans are
//! those of any size; the bench compares them at 1,000,000 results. Beside the snapshot a test holds that nothing is
//! sorted and no table is read from end to end. What may be scanned is
//! - a list of keys (`json_each`), and what a part of the statement itself has given;
//! - a table in the order of an index, where `LIMIT` stops the scan after the page;
//! - the catalogue, units and metrics, which stands beside the results in a statement of totals.
//!
//! A query that says `# reads everything: …` and why is held to its snapshot only.

#[path = "support/plans.rs"]
mod plans;

use std::{path::Path, sync::LazyLock};

use annals::engine::Engine;
use rusqlite::Connection;
use testkit::Size;
use tokio::runtime::Runtime;

datatest_stable::harness! {
    { test = case, root = "tests/plans", pattern = r"\.graphql$" },
    { test = examples, root = "docs", pattern = r"queries\.md$" },
}

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime starts"));

static ENGINE: LazyLock<Engine> =
    LazyLock::new(|| RUNTIME.block_on(testkit::engine(&testkit::database(&Size::MEDIUM))));

fn case(path: &Path, query: String) -> datatest_stable::Result<()> {
    let engine = &*ENGINE;
    let connection = Connection::open(testkit::database(&Size::MEDIUM))?;
    let plans = RUNTIME.block_on(plans::plans(engine, &connection, &query));
    compare(path, &plans)?;
    if plans::header(&query, "reads everything").is_some() {
        return Ok(());
    }
    let mut limited = false;
    let mut faults = Vec::new();
    for line in plans.lines() {
        if line.starts_with("--") {
            limited = line.ends_with("LIMIT");
        } else if !is_sound(line.trim_start(), limited) {
            faults.push(line);
        }
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(format!("reads too much:\n{}", faults.join("\n")).into())
    }
}

/// No example of a document reads the results or the initiatives from end to end, unless the paragraph before it says so.
/// Its own rows may be sorted, and the small tables beside them read.
fn examples(_: &Path, document: String) -> datatest_stable::Result<()> {
    let connection = Connection::open(testkit::database(&Size::MEDIUM))?;
    let examples = plans::examples(&document);
    let mut wrong = Vec::new();
    for example in &examples {
        let whole = RUNTIME.block_on(plans::read_whole(&ENGINE, &connection, example.query));
        if whole.is_empty() == example.reads_all {
            wrong.push(format!("{}: {}", example.heading, whole.join(", ")));
        }
    }
    match wrong.as_slice() {
        _ if examples.is_empty() => Err("there are no examples".into()),
        [] => Ok(()),
        wrong => Err(format!("the document is wrong about these:\n{}", wrong.join("\n\n")).into()),
    }
}

/// Whether a step may stand in the plan of a query that is to be answered from the indexes; `limited` tells whether
/// `LIMIT` stops the statement.
fn is_sound(step: &str, limited: bool) -> bool {
    let Some(scanned) = step.strip_prefix("SCAN ") else {
        // To count what differs is to remember what was there, which is no sort.
        return !step.starts_with("USE TEMP B-TREE") || step.ends_with("count(DISTINCT)");
    };
    let (alias, how) = scanned.split_once(' ').unwrap_or((scanned, ""));
    match alias {
        "k" | "json_each" => how.starts_with("VIRTUAL TABLE"),
        "s0" | "s1" | "s2" => how.is_empty(),
        "m" | "u" => true,
        _ => limited && (how.starts_with("USING INDEX") || how.starts_with("USING COVERING INDEX")),
    }
}

/// Compares with the snapshot that lies beside the query and has its name.
fn compare(path: &Path, plans: &str) -> datatest_stable::Result<()> {
    let folder = path.parent().ok_or("a query lies in a folder")?;
    let name = path.file_stem().ok_or("a query has a name")?;
    let mut settings = insta::Settings::new();
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name.to_string_lossy().as_ref(), plans));
    Ok(())
}
