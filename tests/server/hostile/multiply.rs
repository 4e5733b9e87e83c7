//! Puts requests that multiply to a server, alone and sixteen times at once, each time a little different, so that none is
//! answered from memory. What is measured is the answer and the most memory that the whole process takes meanwhile.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::{
    super::{http::Response, process::Server},
    case::request,
    overload::together,
    withstand::ordinary,
};

/// How many ask at once.
const TOGETHER: usize = 16;

/// The most memory that the process may take, in KiB.
const MEMORY: u64 = 300 * 1024;

/// The most bytes of an answer.
const ANSWER: usize = 16 * 1024 * 1024;

/// Something that multiplies, and the limit that it meets; `None` where it is answered in the end, since it is not as much
/// as it looks.
pub(super) struct Multiplied {
    pub(super) name: &'static str,
    pub(super) query: String,
    pub(super) variables: Value,
    pub(super) explain: bool,
    pub(super) limit: Option<&'static str>,
}

pub(super) fn multiplied(
    name: &'static str,
    query: String,
    limit: Option<&'static str>,
) -> Multiplied {
    Multiplied {
        name,
        query,
        variables: Value::Null,
        explain: false,
        limit,
    }
}

impl Multiplied {
    /// The request, with a comment that makes it another one than those before.
    fn request(&self, number: usize) -> Vec<u8> {
        request(&json!({
            "query": format!("{} # {number}", self.query),
            "variables": self.variables,
            "extensions": { "explain": self.explain },
        }))
    }

    /// What is wrong with a response.
    fn fault(&self, response: &Response) -> Option<String> {
        let start: String = response.body.chars().take(300).collect();
        let Some(limit) = self.limit else {
            let is_right = response.status == 200 && response.body.len() <= ANSWER;
            return (!is_right).then(|| format!("{} bytes: {start}", response.body.len()));
        };
        let told = || {
            let body: Value = serde_json::from_str(&response.body).ok()?;
            let extensions = &body["errors"][0]["extensions"];
            let is_told = match limit {
                "cost" => extensions["code"] == "QUERY_TOO_COMPLEX",
                _ => extensions["code"] == "QUERY_TOO_LARGE" && extensions["limit"] == limit,
            };
            (body.get("data").is_none() && is_told).then_some(())
        };
        let is_right = response.status == 400 && response.body.len() < 8 * 1024;
        (!is_right || told().is_none()).then_some(start)
    }
}

/// Puts requests to a server, each alone and sixteen times at once.
pub(super) fn multiply((server, _folder): &(Server, TempDir), cases: &[Multiplied]) {
    let mut failures = Vec::new();
    let mut number = 0;
    let mut ask = |case: &Multiplied, times: usize| {
        server.forget_peak();
        let started = Instant::now();
        let requests: Vec<_> = (0..times)
            .map(|_| {
                number += 1;
                case.request(number)
            })
            .collect();
        let responses = together(server, &requests);
        let measured = Measured {
            elapsed: started.elapsed(),
            answer: responses.iter().map(|response| response.body.len()).max(),
            peak: server.peak(),
        };
        let mut faults = responses.iter().filter_map(|response| case.fault(response));
        failures.extend(
            faults
                .next()
                .map(|fault| format!("{}, {times} at once: {fault}", case.name)),
        );
        if measured.peak > MEMORY {
            failures.push(format!("{}, {times} at once: {measured}", case.name));
        }
        measured
    };
    for case in cases {
        let alone = ask(case, 1);
        let many = ask(case, TOGETHER);
        eprintln!("{}: alone {alone}; {TOGETHER} at once {many}", case.name);
    }
    if let Err(what) = ordinary(server, 0) {
        failures.push(what);
    }
    assert!(failures.is_empty(), "\n{}\n", failures.join("\n"));
}

/// What a request took. How long depends on the machine, so it is told and not asserted.
struct Measured {
    elapsed: Duration,
    answer: Option<usize>,
    peak: u64,
}

impl std::fmt::Display for Measured {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} bytes in {} ms, {} MiB",
            self.answer.unwrap_or_default(),
            self.elapsed.as_millis(),
            self.peak / 1024
        )
    }
}
