//! Queries that must be answered.

use annals::engine::Request;
use serde_json::Value;

use super::api::Api;

/// The `data` of the answer.
///
/// # Panics
/// Where the query is refused.
pub(crate) fn ask(api: &Api, query: &str) -> Value {
    ask_with(api, query, Value::Null)
}

/// The `data` of the answer to a query with variables.
///
/// # Panics
/// Where the query is refused.
pub(crate) fn ask_with(api: &Api, query: &str, variables: Value) -> Value {
    let what = format!("{query} with {variables}");
    let request = Request {
        query: query.into(),
        variables,
        ..Request::default()
    };
    match api.execute(request) {
        Ok(body) => serde_json::from_str::<Value>(&body).expect("the body is JSON")["data"].take(),
        Err(faults) => panic!("{what} was refused: {faults:?}"),
    }
}
