//! Why there is no answer, with its HTTP status: one place for what each code means in HTTP.

use std::time::Duration;

use axum::http::StatusCode;

use super::{media::MediaType, read::Malformed};
use crate::error::{Code, RequestError};

/// `Retry-After` while the database file is missing: an operator has to put it back.
const DATABASE_RETRY_SECONDS: u64 = 10;

/// A request that is not answered.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) faults: Vec<RequestError>,
    /// Whether what arrived was a request: then plain JSON says 200, and what it was is told by the code alone.
    status: Option<StatusCode>,
    /// How many seconds to wait before asking again.
    pub(super) retry_after: Option<u64>,
}

impl Refusal {
    /// A request that cannot be answered as it stands.
    pub(super) fn of_request(faults: Vec<RequestError>) -> Refusal {
        let fixed = faults.first().and_then(|fault| match fault.code {
            Code::MethodNotAllowed => Some(StatusCode::METHOD_NOT_ALLOWED),
            Code::NotAcceptable => Some(StatusCode::NOT_ACCEPTABLE),
            _ => None,
        });
        Refusal {
            faults,
            status: fixed,
            retry_after: None,
        }
    }

    fn with_status(status: StatusCode, fault: RequestError) -> Refusal {
        Refusal {
            faults: vec![fault],
            status: Some(status),
            retry_after: None,
        }
    }

    /// None of the media types that answers are written in is accepted.
    pub(super) fn not_acceptable() -> Refusal {
        Refusal::with_status(
            StatusCode::NOT_ACCEPTABLE,
            RequestError::new(
                Code::NotAcceptable,
                "Accept names no media type that answers are written in: application/graphql-response+json, application/json, text/csv, and application/x-ndjson.",
            ),
        )
    }

    /// A list of requests has no rows.
    pub(super) fn list_not_acceptable() -> Refusal {
        Refusal::with_status(
            StatusCode::NOT_ACCEPTABLE,
            RequestError::new(
                Code::NotAcceptable,
                "A list of requests is answered in JSON only; accept application/json, or send each by itself.",
            ),
        )
    }

    /// The method is not one of this route.
    pub(super) fn method_not_allowed() -> Refusal {
        Refusal::with_status(
            StatusCode::METHOD_NOT_ALLOWED,
            RequestError::new(Code::MethodNotAllowed, "Use GET or POST."),
        )
    }

    /// A list of requests where none or no such long one is taken.
    pub(super) fn batch(length: usize, limit: usize) -> Refusal {
        let message = match (length, limit) {
            (0, _) => "The list has no requests; send at least one.".into(),
            (_, 0) => "A list of requests is not taken here; send each by itself.".into(),
            _ => format!("The list has {length} requests, more than {limit}; send fewer at once."),
        };
        Refusal::with_status(
            StatusCode::BAD_REQUEST,
            RequestError::new(Code::BatchRefused, message)
                .with("limit", "batch")
                .with("maximum", limit)
                .with("found", length),
        )
    }

    /// The client has spent what it may spend.
    pub(super) fn rate_limited(rows_per_minute: u32, wait: Duration) -> Refusal {
        let seconds = wait.as_millis().div_ceil(1000).max(1) as u64;
        Refusal {
            retry_after: Some(seconds),
            ..Refusal::with_status(
                StatusCode::TOO_MANY_REQUESTS,
                RequestError::new(
                    Code::RateLimited,
                    format!(
                        "A client may ask for {rows_per_minute} rows a minute, as estimated, and reading that takes longer counts as more; ask again in {seconds} s, or for fewer."
                    ),
                ),
            )
        }
    }

    /// The request costs more than the client can ever spend at once.
    pub(super) fn never_affordable(rows_per_minute: u32, rows: u64) -> Refusal {
        let message = format!(
            "The query may be answered with {rows} rows, more than the {rows_per_minute} that a client may ask for in a minute, so waiting does not help; ask for fewer with `first`, or in several requests."
        );
        let fault = RequestError::new(Code::TooComplex, message)
            .with("estimate", rows)
            .with("limit", rows_per_minute)
            .with("limitName", "rate");
        Refusal::of_request(vec![fault])
    }

    /// Too many requests are under way.
    pub(super) fn busy() -> Refusal {
        Refusal {
            retry_after: Some(1),
            ..Refusal::with_status(
                StatusCode::SERVICE_UNAVAILABLE,
                RequestError::new(
                    Code::Unavailable,
                    "Too many requests are under way; ask again in a second.",
                ),
            )
        }
    }

    /// There is no room for the answer until others have been sent.
    pub(super) fn crowded() -> Refusal {
        Refusal {
            retry_after: Some(1),
            ..Refusal::with_status(
                StatusCode::SERVICE_UNAVAILABLE,
                RequestError::new(
                    Code::Unavailable,
                    "Too many answers wait for clients to take them in; ask again in a second.",
                ),
            )
        }
    }

    /// The database file is missing or cannot be read.
    pub(super) fn database_unavailable() -> Refusal {
        Refusal {
            retry_after: Some(DATABASE_RETRY_SECONDS),
            ..Refusal::with_status(
                StatusCode::SERVICE_UNAVAILABLE,
                RequestError::new(
                    Code::Unavailable,
                    "The database is temporarily unavailable; try again in a few seconds.",
                ),
            )
        }
    }

    /// No report has a file of this name.
    pub(super) fn no_file() -> Refusal {
        Refusal::with_status(
            StatusCode::NOT_FOUND,
            RequestError::new(
                Code::BadUserInput,
                "There is no such file. /catalog.jsonld lists those that there are, such as /data/ice-2007.zip.",
            ),
        )
    }

    /// A report has more rows than a file may have. Asking again does not help, so it is no 503.
    pub(super) fn large_file(rows: u64, most: u64) -> Refusal {
        Refusal::with_status(
            StatusCode::FORBIDDEN,
            RequestError::new(
                Code::TooLarge,
                format!(
                    "The report has {rows} initiatives and results; those with more than {most} are not served as files. Page through them at /graphql, or ask whoever runs this server for an export."
                ),
            ),
        )
    }

    /// It took too long.
    pub(super) fn timeout(limit: Duration) -> Refusal {
        Refusal::with_status(
            StatusCode::GATEWAY_TIMEOUT,
            RequestError::new(
                Code::Timeout,
                format!(
                    "The request took longer than {} s and was stopped; ask for less at once.",
                    limit.as_secs_f32()
                ),
            ),
        )
    }

    /// annals failed; the log has the cause under this number.
    pub(super) fn failed(id: &str) -> Refusal {
        Refusal::with_status(
            StatusCode::INTERNAL_SERVER_ERROR,
            RequestError::new(
                Code::Internal,
                "Something failed here, not in your request. The request id finds it in the log.",
            )
            .with("requestId", id),
        )
    }

    /// The status in a media type.
    pub(super) fn status(&self, media_type: MediaType) -> StatusCode {
        match (self.status, media_type) {
            (Some(status), _) => status,
            (None, MediaType::Json) => StatusCode::OK,
            (None, _) => StatusCode::BAD_REQUEST,
        }
    }
}

impl From<Malformed> for Refusal {
    fn from((status, fault): Malformed) -> Refusal {
        Refusal::with_status(status, fault)
    }
}
