//! What a request costs: the engine beside hand-written code, on the same file in the same run.
//!
//! `cargo bench --bench requests` prints the table of docs/performance.md. Time is CPU time of the whole process, so that
//! all threads count, and what else the machine does counts little. Both sides run in turns, and each figure is the median
//! of the rounds. No framework for benches is needed for that, and none of them measures CPU time of all threads.

#![expect(clippy::print_stdout, reason = "a bench is run for what it prints")]

mod handwritten;
#[path = "../tests/support/plans.rs"]
mod plans;

use std::{cell::Cell, fs, path::Path};

use annals::{
    engine::{Answer, Engine, Request},
    plan::{KeyValue, Order, cursor},
    schema::reported_result::REPORTED_RESULT,
};
use rusqlite::{Connection, OpenFlags};
use rustix::time::{ClockId, clock_gettime};
use testkit::Size;
use tokio::runtime::Runtime;

const NESTED: &str = include_str!("requests/nested.graphql");
const TOTALS: &str = include_str!("requests/totals.graphql");
const MEDIANS: &str = include_str!("requests/medians.graphql");
const AFTER_CURSOR: &str = include_str!("requests/after_cursor.graphql");
const REPORT: &str = include_str!("requests/report.graphql");

/// How often each side has its turn.
const ROUNDS: usize = 11;

/// The least CPU time of a turn; small requests are repeated in it.
const TURN: f64 = 30.0;

/// A request and the handler written for it.
struct Case<'c> {
    name: &'static str,
    /// The largest multiple of the handler's time that the engine may take, if there is an aim.
    target: Option<f64>,
    request: &'c dyn Fn() -> Request,
    handler: &'c dyn Fn() -> handwritten::Result<Vec<u8>>,
}

fn main() {
    let path = testkit::database(&Size::FULL);
    let runtime = Runtime::new().expect("a runtime starts");
    let engine = runtime.block_on(testkit::engine(&path));
    let connection = open(&path);
    let cursor = place_in_the_middle(&connection);
    let after_cursor = || Request {
        variables: serde_json::json!({ "after": cursor }),
        ..query(AFTER_CURSOR)
    };
    // The engine keeps documents that it found valid; a comment makes a new one of a known one.
    let number = Cell::new(0);
    let as_new = |request: Request| {
        number.set(number.get() + 1);
        Request {
            query: format!("{}# {}", request.query, number.get()),
            ..request
        }
    };
    let cases = [
        Case {
            name: "(a) 50 divisions, 20 initiatives, 20 results",
            target: Some(2.0),
            request: &|| query(NESTED),
            handler: &|| handwritten::nested(&connection),
        },
        Case {
            name: "(b) 50 divisions with the aggregate of results",
            target: Some(1.2),
            request: &|| query(TOTALS),
            handler: &|| handwritten::totals(&connection, false),
        },
        Case {
            name: "    the same with median",
            target: None,
            request: &|| query(MEDIANS),
            handler: &|| handwritten::totals(&connection, true),
        },
        Case {
            name: "(c) 100 results after the 500,000th",
            target: Some(4.0),
            request: &after_cursor,
            handler: &|| handwritten::after_cursor(&connection, &cursor),
        },
        Case {
            name: "    the same, the document never seen before",
            target: None,
            request: &|| as_new(after_cursor()),
            handler: &|| handwritten::after_cursor(&connection, &cursor),
        },
        Case {
            name: "(d) the whole built-in report",
            target: Some(4.0),
            request: &|| query(REPORT),
            handler: &|| handwritten::report(&connection),
        },
        Case {
            name: "    the same, the document never seen before",
            target: None,
            request: &|| as_new(query(REPORT)),
            handler: &|| handwritten::report(&connection),
        },
    ];
    let bytes = fs::metadata(&path).map_or(0, |file| file.len());
    println!(
        "{} results, {:.0} MB; CPU milliseconds a request, median of {ROUNDS} rounds\n",
        Size::FULL.all_results(),
        bytes as f64 / 1e6
    );
    println!("| request | answer | engine | by hand | ratio | target |");
    println!("|---|--:|--:|--:|--:|--:|");
    // `cargo bench --bench requests -- '(b)'` measures one of them.
    let wanted: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"))
        .collect();
    for case in &cases {
        if wanted.is_empty() || wanted.iter().any(|name| case.name.contains(name)) {
            case.run(&runtime, &engine);
        }
    }
    if wanted.is_empty() {
        compare_plans(&runtime, &engine, &connection);
        try_examples(&runtime, &engine, &connection);
    }
}

impl Case<'_> {
    fn run(&self, runtime: &Runtime, engine: &Engine) {
        let by_engine = || match runtime.block_on(engine.execute((self.request)())) {
            Answer::Data(body) => body,
            Answer::Refused(faults) => panic!("{}: {faults:?}", self.name),
            Answer::Failed(cause) => panic!("{}: {cause}", self.name),
        };
        let by_hand = || (self.handler)().expect("the statements are right");
        // The first answers also warm both sides up.
        let (answer, expected) = (by_engine(), by_hand());
        let data = answer
            .strip_prefix("{\"data\":")
            .and_then(|data| data.strip_suffix('}'));
        let expected = String::from_utf8(expected).expect("JSON is UTF-8");
        assert!(
            data == Some(&expected),
            "{}: the answers differ:\n{}",
            self.name,
            difference(data.unwrap_or(&answer), &expected)
        );
        let (mut engine_times, mut hand_times) = (Vec::new(), Vec::new());
        let (engine_repeats, hand_repeats) = (repeats(&by_engine), repeats(&by_hand));
        for _ in 0..ROUNDS {
            engine_times.push(time(engine_repeats, &by_engine));
            hand_times.push(time(hand_repeats, &by_hand));
        }
        let (engine_time, hand_time) = (median(engine_times), median(hand_times));
        println!(
            "| {} | {:.0} kB | {engine_time:.3} | {hand_time:.3} | {:.2} × | {} |",
            self.name,
            expected.len() as f64 / 1e3,
            engine_time / hand_time,
            self.target
                .map_or(String::new(), |target| format!("≤ {target} ×"))
        );
    }
}

fn query(query: &str) -> Request {
    Request {
        query: query.into(),
        ..Request::default()
    }
}

/// Compares the query plans over this file with those that `tests/plans.rs` holds, which are of a smaller one.
fn compare_plans(runtime: &Runtime, engine: &Engine, connection: &Connection) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plans");
    let (mut all, mut others) = (0, Vec::new());
    for entry in fs::read_dir(folder).expect("the folder is there").flatten() {
        let path = entry.path();
        if path.extension().is_none_or(|ending| ending != "graphql") {
            continue;
        }
        let query = fs::read_to_string(&path).expect("a query can be read");
        let snapshot = fs::read_to_string(path.with_extension("snap")).expect("it has a snapshot");
        let held = snapshot.splitn(3, "---\n").nth(2).unwrap_or_default();
        let plans = runtime.block_on(plans::plans(engine, connection, &query));
        all += 1;
        if plans.trim_end() != held.trim_end() {
            others.push(path);
        }
    }
    println!(
        "\n{} of {all} query plans are those of tests/plans.",
        all - others.len()
    );
    assert!(others.is_empty(), "other plans than in {others:?}");
}

/// Runs the examples of `docs/queries.md` over this file, and holds what the document says of how they read.
fn try_examples(runtime: &Runtime, engine: &Engine, connection: &Connection) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/queries.md");
    let document = fs::read_to_string(path).expect("the document can be read");
    println!("\n| example | CPU ms a request | reads all of a table |\n|---|--:|---|");
    for plans::Example {
        heading,
        query: text,
        reads_all,
    } in plans::examples(&document)
    {
        let whole = runtime.block_on(plans::read_whole(engine, connection, text));
        assert_eq!(!whole.is_empty(), reads_all, "{heading}: {whole:?}");
        let run = || match runtime.block_on(engine.execute(query(text))) {
            Answer::Data(body) => body,
            Answer::Refused(faults) => panic!("{heading}: {faults:?}"),
            Answer::Failed(cause) => panic!("{heading}: {cause}"),
        };
        let repeats = repeats(&run);
        let times = (0..ROUNDS).map(|_| time(repeats, &run)).collect();
        let said = if reads_all { "yes" } else { "" };
        println!("| {heading} | {:.2} | {said} |", median(times));
    }
}

/// Opens the file as the engine's own readers do.
fn open(path: &Path) -> Connection {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).expect("the file opens");
    let set = |name: &str, value: i64| {
        connection
            .pragma_update(None, name, value)
            .expect("a setting can be set");
    };
    set("mmap_size", 1 << 30);
    set("cache_size", -16 * 1024);
    connection
}

/// The cursor of the 500,000th result.
fn place_in_the_middle(connection: &Connection) -> String {
    let sort_key: String = connection
        .query_row(
            "SELECT sort_key FROM reported_result ORDER BY sort_key LIMIT 1 OFFSET 499999",
            [],
            |row| row.get(0),
        )
        .expect("there are so many results");
    let order = Order::default_of(&REPORTED_RESULT);
    cursor::encode(
        "ReportedResult",
        &order.name,
        std::iter::once(KeyValue::Text(&sort_key)),
    )
}

/// How often to repeat a request in a turn.
fn repeats<T>(run: &impl Fn() -> T) -> usize {
    let once = time(1, run).min(time(1, run));
    ((TURN / once) as usize).clamp(1, 1000)
}

/// CPU milliseconds of one run, the mean of so many.
fn time<T>(repeats: usize, run: &impl Fn() -> T) -> f64 {
    let started = cpu_time();
    for _ in 0..repeats {
        drop(std::hint::black_box(run()));
    }
    (cpu_time() - started) / repeats as f64
}

/// CPU milliseconds that all threads of this process have taken.
fn cpu_time() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Where two answers part.
fn difference(answer: &str, expected: &str) -> String {
    let alike = answer
        .bytes()
        .zip(expected.bytes())
        .take_while(|(a, b)| a == b)
        .count();
    let around = |text: &str| {
        let from = alike.saturating_sub(120);
        String::from_utf8_lossy(&text.as_bytes()[from..text.len().min(alike + 120)]).into_owned()
    };
    format!("engine:  {}\nby hand: {}", around(answer), around(expected))
}
