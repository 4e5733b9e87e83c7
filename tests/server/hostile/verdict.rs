//! What every response to a hostile request has to be, whatever it is about.

use serde_json::Value;

use super::{super::http::Response, case::Expected, wire::Came};

/// What only annals itself should see: SQL, places on its disk, names of its code and of what it is made of.
const INTERNAL: [&str; 17] = [
    "SELECT",
    "sqlite",
    "SQLite",
    "src/",
    ".rs",
    "::",
    "struct ",
    "panicked",
    "unwrap",
    "/tmp",
    "/home",
    "serde",
    "hyper",
    "apollo",
    "async_graphql",
    "async-graphql",
    "tokio",
];

/// The most entries of `errors`.
const MAX_ERRORS: usize = 20;

/// The most bytes of a body without data.
const MAX_BODY: usize = 64 * 1024;

/// What is wrong with what came back, if anything is.
///
/// # Errors
/// What is wrong.
pub(super) fn judge(expected: Expected, came: &Came) -> Result<(), String> {
    let response = match (expected, came) {
        (Expected::Closed, Came::Nothing) => return Ok(()),
        (_, Came::Nothing) => return Err("the connection was closed without a word".into()),
        (_, Came::Response(response)) => response,
    };
    let wrong = |what: &str| {
        let line = response.head.lines().next().unwrap_or_default();
        let body: String = response.body.chars().take(300).collect();
        Err(format!("{what}: {line}: {body}"))
    };
    if let Some(word) = INTERNAL.iter().find(|word| response.body.contains(**word)) {
        return wrong(&format!("{word} leaves"));
    }
    match expected {
        Expected::Answered => match response.status {
            200 if response.body.starts_with("{\"data\":{") => Ok(()),
            _ => wrong("it is not answered"),
        },
        Expected::Bare(status) => match response.status == status && is_small(response) {
            true => Ok(()),
            false => wrong("it should be another status"),
        },
        Expected::Refused(status, code) => match refusal(response) {
            Ok(found) if (response.status, found.as_str()) == (status, code) => Ok(()),
            Ok(_) => wrong("it should be another status or code"),
            Err(what) => wrong(&what),
        },
        Expected::Closed => wrong("there should be no response"),
    }
}

fn is_small(response: &Response) -> bool {
    response.body.len() <= MAX_BODY
}

/// The code of a refusal.
///
/// # Errors
/// What is wrong with its form.
fn refusal(response: &Response) -> Result<String, String> {
    if !is_small(response) {
        return Err(format!("it has {} bytes", response.body.len()));
    }
    let body: Value = serde_json::from_str(&response.body)
        .map_err(|fault| format!("the body is no JSON ({fault})"))?;
    let Some(errors) = body["errors"].as_array() else {
        return Err("there are no errors".into());
    };
    if body.get("data").is_some() {
        return Err("there is data beside errors".into());
    }
    if !(1..=MAX_ERRORS).contains(&errors.len()) {
        return Err(format!("there are {} errors", errors.len()));
    }
    for error in errors {
        let message = error["message"].as_str().unwrap_or_default();
        if message.is_empty() || message.contains(['\n', '\r']) {
            return Err(format!("the message is not one line: {message:?}"));
        }
        if !error["extensions"]["code"].is_string() {
            return Err("an error has no code".into());
        }
    }
    Ok(response.code())
}
