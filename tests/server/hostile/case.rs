//! A case: what is sent, and what has to come back.

use serde_json::{Value, json};

/// Something hostile.
pub(super) struct Case {
    pub(super) name: &'static str,
    /// As it goes over the connection.
    pub(super) sent: Vec<u8>,
    pub(super) expected: Expected,
}

/// What has to come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expected {
    /// This status and code, and no data.
    Refused(u16, &'static str),
    /// This status; it is not even HTTP, or none of GraphQL.
    Bare(u16),
    /// Data: it looks bad and does no harm.
    Answered,
    /// Nothing: the connection is closed.
    Closed,
}

/// More, deeper or more often than one may ask for.
pub(super) const TOO_LARGE: Expected = Expected::Refused(400, "QUERY_TOO_LARGE");
/// More rows than one may ask for.
pub(super) const TOO_COMPLEX: Expected = Expected::Refused(400, "QUERY_TOO_COMPLEX");
/// No document.
pub(super) const NOT_PARSED: Expected = Expected::Refused(400, "GRAPHQL_PARSE_FAILED");
/// A document of another schema.
pub(super) const NOT_VALID: Expected = Expected::Refused(400, "GRAPHQL_VALIDATION_FAILED");
/// No request, or values that cannot be used.
pub(super) const BAD_INPUT: Expected = Expected::Refused(400, "BAD_USER_INPUT");
/// A larger body than one may send.
pub(super) const BODY_TOO_LARGE: Expected = Expected::Refused(413, "QUERY_TOO_LARGE");
/// Another media type than JSON.
pub(super) const NOT_JSON: Expected = Expected::Refused(415, "UNSUPPORTED_MEDIA_TYPE");

/// A case.
pub(super) fn case(name: &'static str, sent: Vec<u8>, expected: Expected) -> Case {
    Case {
        name,
        sent,
        expected,
    }
}

/// A document, posted.
pub(super) fn document(text: &str) -> Vec<u8> {
    request(&json!({ "query": text }))
}

/// A request, posted.
pub(super) fn request(request: &Value) -> Vec<u8> {
    json_body(request.to_string().as_bytes())
}

/// A body that is said to be JSON, posted.
pub(super) fn json_body(body: &[u8]) -> Vec<u8> {
    posted(&["Content-Type: application/json"], body)
}

/// A body with these headers, posted.
pub(super) fn posted(headers: &[&str], body: &[u8]) -> Vec<u8> {
    let length = format!("Content-Length: {}", body.len());
    let headers = [headers, &[&length]].concat();
    let mut bytes = head("POST /graphql", &headers);
    bytes.extend(body);
    bytes
}

/// A request without a body: its method and path, and some headers.
pub(super) fn head(asked: &str, headers: &[&str]) -> Vec<u8> {
    let mut text =
        format!("{asked} HTTP/1.1\r\nHost: test\r\nConnection: close\r\nAccept: {RESPONSE}\r\n");
    for header in headers {
        text.push_str(header);
        text.push_str("\r\n");
    }
    text.push_str("\r\n");
    text.into_bytes()
}

/// In which the status tells what became of a request.
const RESPONSE: &str = "application/graphql-response+json";

/// `inner` in so many pairs of `open` and `close`.
pub(super) fn nested(times: usize, open: &str, inner: &str, close: &str) -> String {
    format!("{}{inner}{}", open.repeat(times), close.repeat(times))
}

/// What `make` makes of the numbers up to `count`, one after the other.
pub(super) fn each(count: usize, make: impl Fn(usize) -> String) -> String {
    (0..count).map(make).collect()
}
