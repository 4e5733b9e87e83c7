//! Errors by whose fault they are.
//!
//! - [`RequestError`]: the request cannot be answered as it stands, and is shown with its place in the request. It is
//!   found before anything is read, but for what only shows then: [`Internal::Refused`]. Use [`RequestError::new`] with the [`Code`] that names the cause.
//! - [`Internal`]: annals or its database failed. The cause goes to the log together with the request id; the client
//!   sees the code and the request id and nothing else.
//!
//! Both become an entry of `errors` in one place, [`RequestError::to_json`], and the body of a response in another,
//! [`errors_body`].

use async_graphql::Pos;
use serde_json::{Value, json};

/// What went wrong, as `extensions.code`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// An argument or a variable has a value that cannot be used.
    BadUserInput,
    /// The document is not GraphQL.
    ParseFailed,
    /// The document does not fit the schema.
    ValidationFailed,
    /// It is not clear which operation to run, or the operation cannot be run here.
    OperationResolutionFailure,
    /// The request is larger, deeper or more repetitive than one may be; found before it is planned.
    TooLarge,
    /// The operation may be answered with more rows than one request may have.
    TooComplex,
    /// No document is kept under the hash that was sent in its place.
    PersistedQueryNotFound,
    /// Several requests were sent as one, which the server does not take, or not so many.
    BatchRefused,
    /// The client accepts no media type that annals answers in.
    NotAcceptable,
    /// The body is not in a media type that is understood.
    UnsupportedMediaType,
    /// The operation or the route cannot be asked for with this HTTP method.
    MethodNotAllowed,
    /// The client has spent what it may spend for now.
    RateLimited,
    /// Too many requests are under way.
    Unavailable,
    /// The request took longer than one may take, or its body did not arrive in time.
    Timeout,
    /// annals failed.
    Internal,
}

impl Code {
    /// The code as it is sent.
    pub const fn as_str(self) -> &'static str {
        match self {
            Code::BadUserInput => "BAD_USER_INPUT",
            Code::ParseFailed => "GRAPHQL_PARSE_FAILED",
            Code::ValidationFailed => "GRAPHQL_VALIDATION_FAILED",
            Code::OperationResolutionFailure => "OPERATION_RESOLUTION_FAILURE",
            Code::TooLarge => "QUERY_TOO_LARGE",
            Code::TooComplex => "QUERY_TOO_COMPLEX",
            Code::PersistedQueryNotFound => "PERSISTED_QUERY_NOT_FOUND",
            Code::BatchRefused => "BATCH_REFUSED",
            Code::NotAcceptable => "NOT_ACCEPTABLE",
            Code::UnsupportedMediaType => "UNSUPPORTED_MEDIA_TYPE",
            Code::MethodNotAllowed => "METHOD_NOT_ALLOWED",
            Code::RateLimited => "RATE_LIMITED",
            Code::Unavailable => "UNAVAILABLE",
            Code::Timeout => "TIMEOUT",
            Code::Internal => "INTERNAL",
        }
    }
}

/// A fault found in the request.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestError {
    /// What kind of fault.
    pub code: Code,
    /// What was wrong and what to do, in one line.
    pub message: String,
    /// Where in the document, if it is about a place in it.
    pub locations: Vec<Pos>,
    /// What leads to the field, if it is about a field. Places in lists are named where it was found while the answer was
    /// written.
    pub path: Vec<PathPart>,
    /// What `extensions` has beside the code.
    pub details: Vec<(&'static str, Value)>,
}

/// A step on the way to a field of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathPart {
    /// A response key.
    Key(String),
    /// A place in a list, from 0.
    Index(usize),
}

impl PathPart {
    fn to_json(&self) -> Value {
        match self {
            PathPart::Key(key) => json!(key),
            PathPart::Index(index) => json!(index),
        }
    }
}

impl From<&str> for PathPart {
    fn from(key: &str) -> PathPart {
        PathPart::Key(key.to_owned())
    }
}

impl From<String> for PathPart {
    fn from(key: String) -> PathPart {
        PathPart::Key(key)
    }
}

impl From<usize> for PathPart {
    fn from(index: usize) -> PathPart {
        PathPart::Index(index)
    }
}

impl RequestError {
    /// A fault that has no place in the document.
    pub fn new(code: Code, message: impl Into<String>) -> RequestError {
        RequestError {
            code,
            message: message.into(),
            locations: Vec::new(),
            path: Vec::new(),
            details: Vec::new(),
        }
    }

    /// The same fault, at a place in the document.
    #[must_use]
    pub fn at(mut self, position: Pos) -> RequestError {
        self.locations = vec![position];
        self
    }

    /// The same fault, in the field that these response keys and places in lists lead to.
    #[must_use]
    pub fn in_field<P: Into<PathPart>>(
        mut self,
        path: impl IntoIterator<Item = P>,
    ) -> RequestError {
        self.path = path.into_iter().map(Into::into).collect();
        self
    }

    /// The same fault, with an entry of `extensions` of its own.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> RequestError {
        self.details.push((name, value.into()));
        self
    }

    /// The entry of `errors` in a response.
    pub fn to_json(&self) -> Value {
        let mut error = json!({ "message": self.message });
        if !self.locations.is_empty() {
            error["locations"] = self
                .locations
                .iter()
                .map(|place| json!({ "line": place.line, "column": place.column }))
                .collect();
        }
        if !self.path.is_empty() {
            error["path"] = self.path.iter().map(PathPart::to_json).collect();
        }
        error["extensions"] = json!({ "code": self.code.as_str() });
        for (name, value) in &self.details {
            error["extensions"][name] = value.clone();
        }
        error
    }
}

/// The most entries that `errors` has.
const MAX_ERRORS: usize = 20;

/// The most bytes that an entry of `errors` takes, so that all of them stay under 64 KiB.
const MAX_ERROR: usize = 3 * 1024;

/// The body of a response without data: the first 20 faults, each shortened where a client made it long.
pub fn errors_body(faults: &[RequestError]) -> String {
    let entries: Vec<String> = faults.iter().take(MAX_ERRORS).map(entry).collect();
    format!("{{\"errors\":[{}]}}", entries.join(","))
}

/// An entry of `errors` as text. What is too long is repeated from the request: the path and the message give way.
fn entry(fault: &RequestError) -> String {
    let text = fault.to_json().to_string();
    if text.len() <= MAX_ERROR {
        return text;
    }
    let mut shorter = fault.clone();
    shorter.path.clear();
    shorter.locations.truncate(MAX_ERRORS);
    let letters = shorter.message.chars().count().min(MAX_ERROR);
    let mut kept = letters;
    loop {
        let text = shorter.to_json().to_string();
        if text.len() <= MAX_ERROR || kept == 0 {
            return text;
        }
        kept /= 2;
        shorter.message = fault.message.chars().take(kept).chain(['…']).collect();
    }
}

/// The most bytes of a message or a cause that are passed to the log.
const MAX_LOGGED: usize = 1024;

/// The start of a text that may repeat what a client sent, for the log. The log truncates its lines anyway; this avoids
/// formatting what would be cut off.
pub fn shortened(text: &str) -> &str {
    &text[..text.floor_char_boundary(MAX_LOGGED)]
}

/// A failure of annals itself or of its database; shown only in the log.
#[derive(Debug, thiserror::Error)]
pub enum Internal {
    /// A statement failed.
    #[error("the statement failed: {cause}; it was: {sql}")]
    Statement {
        /// The statement's text.
        sql: String,
        /// What the database said.
        #[source]
        cause: DatabaseError,
    },
    /// No connection could be had, or the transaction failed.
    #[error("the database could not be read: {0}")]
    Database(#[from] DatabaseError),
    /// The database file is missing or cannot be read. The store has logged why.
    #[error("the database file is unavailable")]
    DatabaseUnavailable,
    /// The task that reads and writes the answer ended early.
    #[error("the task that answers the request ended early: {0}")]
    Task(#[from] tokio::task::JoinError),
    /// The request has passed a limit that only shows while it is read: the client's fault, and told to it.
    #[error("refused: {}", .0.message)]
    Refused(Box<RequestError>),
    /// The request's time was over, or nobody waited for its answer any longer. Nothing failed.
    #[error("stopped: its time was over, or nobody waited for it")]
    Stopped,
    /// Anything that the declarations and the statements should make impossible.
    #[error("{0}")]
    Broken(String),
}

/// What a database reported, in its own words, whichever database it is.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct DatabaseError(Box<dyn std::error::Error + Send + Sync>);

impl DatabaseError {
    /// What the driver of a database reported.
    pub fn new(cause: impl std::error::Error + Send + Sync + 'static) -> DatabaseError {
        DatabaseError(Box::new(cause))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_keys_and_places_in_lists() {
        let path = [PathPart::from("divisions"), "nodes".into(), 3.into()];
        let fault = RequestError::new(Code::TooLarge, "long").in_field(path);
        assert_eq!(fault.to_json()["path"], json!(["divisions", "nodes", 3]));
    }

    #[test]
    fn a_body_has_at_most_twenty_errors_and_64_kib() {
        let long = RequestError::new(Code::BadUserInput, "\u{1}".repeat(1_000_000))
            .in_field(["key".repeat(100_000)])
            .at(Pos { line: 1, column: 2 });
        let short = RequestError::new(Code::BadUserInput, "short").in_field(["a"]);
        let mut faults = vec![short.clone()];
        faults.resize(30, long);
        let body = errors_body(&faults);
        assert!(body.len() <= 64 * 1024, "{}", body.len());
        let body: Value = serde_json::from_str(&body).expect("the body is JSON");
        let errors = body["errors"].as_array().expect("there are errors");
        assert_eq!(errors.len(), 20);
        assert_eq!(errors[0], short.to_json());
        let message = errors[1]["message"].as_str().expect("there is a message");
        assert!(message.len() > 100 && message.ends_with('…'), "{message}");
        assert_eq!(errors[1]["locations"][0]["column"], 2);
    }
}
