//! Queries that must be answered.

use annals::engine::Request;
use serde_json::Value;

use super::api::Api;

/// The `data` of the answer.
///
/// # Panics
/// Where the query is refused.
pub(crate) fn ask(api: &Api, query: &str) -> Value {
    let request = Request {
        query: query.into(),
        ..Request::default()
    };
    match api.execute(request) {
        Ok(body) => serde_json::from_str::<Value>(&body).expect("the body is JSON")["data"].take(),
        Err(faults) => panic!("{query} was refused: {faults:?}"),
    }
}
