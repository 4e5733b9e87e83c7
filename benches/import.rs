//! What an import costs: `annals import` as it is typed, of a folder with a million results, into a new database.
//!
//! `cargo bench --bench import` prints the table of docs/performance.md, "Importing": the time of each stage as the process
//! itself logs it, and the most anonymous memory that it had. The same package is then imported again, unchanged and with
//! one figure changed. A quiet machine is needed: this is time that passes, and not CPU time.

#![expect(clippy::print_stdout, reason = "a bench is run for what it prints")]

use std::{
    fs,
    io::Read,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;
use testkit::Size;

/// How often memory is looked at.
const INTERVAL: Duration = Duration::from_millis(5);

fn main() {
    let folder = tempfile::tempdir().expect("there is room for a package");
    let package = folder.path().join("package");
    fs::create_dir(&package).expect("there is room for a package");
    testkit::write_package(&Size::FULL, Size::FULL.fiscal_years(), &package);
    let url = format!("sqlite://{}", folder.path().join("annals.db").display());
    // The built-in report and the migrations are no part of it.
    import("examples/ice-fy2008".as_ref(), &url);
    println!(
        "{} results, folder of CSV files\n",
        Size::FULL.all_results()
    );
    show("new", &import(&package, &url));
    show("again, unchanged", &import(&package, &url));
    change_one(&package.join("results.csv"));
    show("again, one figure changed", &import(&package, &url));
}

/// What an import took.
struct Measured {
    /// Stage and milliseconds, in order.
    stages: Vec<(String, u64)>,
    whole: Duration,
    /// The most anonymous memory, in bytes.
    memory: u64,
}

fn import(package: &Path, url: &str) -> Measured {
    let started = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_annals"))
        .arg("import")
        .arg(package)
        .args(["--database-url", url, "--log-format", "json"])
        .env("ANNALS_LOG", "annals=debug")
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let mut log = child.stderr.take().expect("it is piped");
    let log = thread::spawn(move || {
        let mut text = String::new();
        log.read_to_string(&mut text).map(|_| text)
    });
    let mut memory = 0;
    let status = loop {
        memory = memory.max(anonymous(child.id()));
        if let Some(status) = child.try_wait().expect("it is a process of ours") {
            break status;
        }
        thread::sleep(INTERVAL);
    };
    let whole = started.elapsed();
    let log = log.join().expect("it reads").expect("the log is text");
    assert!(status.success(), "{log}");
    Measured {
        stages: log.lines().filter_map(stage).collect(),
        whole,
        memory,
    }
}

/// The anonymous memory of a process, in bytes; 0 when it has ended.
fn anonymous(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("RssAnon:"));
    let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kib.unwrap_or(0) * 1024
}

/// A stage and its milliseconds, if a line of the log is about one.
fn stage(line: &str) -> Option<(String, u64)> {
    let line: Value = serde_json::from_str(line).ok()?;
    let field = |name: &str| line.get(name).or_else(|| line.get("fields")?.get(name));
    Some((
        field("stage")?.as_str()?.to_owned(),
        field("milliseconds")?.as_u64()?,
    ))
}

fn show(name: &str, measured: &Measured) {
    println!("| {name} | seconds |\n|---|--:|");
    for (stage, milliseconds) in &measured.stages {
        println!("| {stage} | {:.2} |", *milliseconds as f64 / 1e3);
    }
    let whole = measured.whole.as_secs_f64();
    println!("| in all | {whole:.2} |\n");
    let apart: u64 = measured
        .stages
        .iter()
        .filter(|(stage, _)| {
            [
                "closure written",
                "statements linked",
                "search index written",
            ]
            .contains(&&**stage)
        })
        .map(|(_, milliseconds)| milliseconds)
        .sum();
    let rows = Size::FULL.all_results() as f64;
    println!(
        "{:.0} results a second; {:.0} without closure, statements and search index; {:.0} MB of anonymous memory\n",
        rows / whole,
        rows / (whole - apart as f64 / 1e3),
        measured.memory as f64 / 1e6
    );
}

/// Changes the last figure of a file that is known to be one of its plain ones.
fn change_one(results: &Path) {
    let content = fs::read_to_string(results).expect("it is there");
    let (rows, last) = content.trim_end().rsplit_once('\n').expect("it has rows");
    let changed = last.replacen(",false,", ",true,", 1);
    assert_ne!(changed, last, "another row must be changed");
    fs::write(results, format!("{rows}\n{changed}\n")).expect("there is room");
}
