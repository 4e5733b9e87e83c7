//! Puts cases to a server, one after the other, and asks something ordinary after each.

use std::time::{Duration, Instant};

use super::{
    super::process::{Server, server},
    case::{Case, document},
    verdict::judge,
    wire::{Came, exchange},
};

/// Puts cases to a new server, and fails with the names of those that do not get what they should.
pub(super) fn withstand(arguments: &[&str], cases: &[Case]) {
    let (server, _folder) = server(arguments);
    let mut failures = Vec::new();
    let mut slowest = (Duration::ZERO, "");
    for (number, case) in cases.iter().enumerate() {
        let started = Instant::now();
        let came = exchange(server.address, &case.sent);
        slowest = slowest.max((started.elapsed(), case.name));
        if let Err(what) = came.and_then(|came| judge(case.expected, &came)) {
            failures.push(format!("{}: {:?}, but {what}", case.name, case.expected));
        }
        // What is asked is new each time, so the answer is not one that was at hand.
        if let Err(what) = ordinary(&server, number) {
            failures.push(format!("after {}: {what}", case.name));
            break;
        }
    }
    // How long a case takes depends on the machine, so it is told and not asserted.
    eprintln!("{} cases; the slowest took {slowest:?}", cases.len());
    assert!(failures.is_empty(), "\n{}\n", failures.join("\n"));
}

/// Asks something ordinary that nobody has asked before.
///
/// # Errors
/// What came instead of the right answer.
pub(super) fn ordinary(server: &Server, number: usize) -> Result<(), String> {
    let key = format!("asked{number}");
    let query = format!("{{ {key}: divisions(first: 1) {{ totalCount nodes {{ code }} }} }}");
    let right = format!(r#"{{"data":{{"{key}":{{"totalCount":5,"nodes":[{{"code":"DRO"}}]}}}}}}"#);
    match exchange(server.address, &document(&query))? {
        Came::Response(response) if response.body == right => Ok(()),
        other => Err(format!("{other:?}")),
    }
}
