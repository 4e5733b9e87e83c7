//! GraphQL over HTTP: `POST /graphql`.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Instant, SystemTime, UNIX_EPOCH},
};

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::{Value, json};
use tracing::Instrument;

use crate::{
    engine::{Answer, Engine, Request},
    error::{Code, RequestError},
};

const GRAPHQL_RESPONSE: &str = "application/graphql-response+json";
const JSON: &str = "application/json";

/// The body of a request.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    query: String,
    #[serde(default)]
    operation_name: Option<String>,
    #[serde(default)]
    variables: Value,
    #[serde(default)]
    extensions: Option<Extensions>,
}

#[derive(Deserialize)]
struct Extensions {
    #[serde(default)]
    explain: bool,
}

/// Answers a request that was sent as JSON.
pub(super) async fn post(
    State(engine): State<Arc<Engine>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let id = request_id();
    // Whatever the log leaves out, a failure must be found by the id that the client was told.
    let span = tracing::error_span!("request", id = %format_args!("{id:016x}"));
    async move {
        let started = Instant::now();
        let media_type = media_type(&headers);
        let request = match read(&headers, &body) {
            Ok(request) => request,
            Err((status, fault)) => {
                tracing::info!(status = status.as_u16(), reason = fault.message, "refused");
                return respond(status, JSON, errors(&[fault]));
            }
        };
        let answer = engine.execute(request).await;
        let elapsed = started.elapsed();
        match answer {
            Answer::Data(body) => {
                tracing::info!(bytes = body.len(), ?elapsed, "answered");
                respond(StatusCode::OK, media_type, body)
            }
            Answer::Refused(faults) => {
                tracing::info!(faults = faults.len(), ?elapsed, "refused");
                respond(refusal_status(media_type), media_type, errors(&faults))
            }
            Answer::Failed(cause) => {
                tracing::error!(%cause, ?elapsed, "failed");
                respond(StatusCode::INTERNAL_SERVER_ERROR, media_type, failure(id))
            }
        }
    }
    .instrument(span)
    .await
}

/// Names a request in the log and to the client: unique in this process, and hardly ever the same in two.
fn request_id() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let counted = NEXT.fetch_add(1, Ordering::Relaxed);
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |elapsed| elapsed.as_micros() as u64);
    (now << 12) | (counted & 0xfff)
}

/// The media type to answer in: the specification's own where the client names it, else plain JSON.
fn media_type(headers: &HeaderMap) -> &'static str {
    let accepts = headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|value| value.contains(GRAPHQL_RESPONSE));
    if accepts { GRAPHQL_RESPONSE } else { JSON }
}

/// In plain JSON the status says only that the request arrived; in the specification's own type it says what it was.
fn refusal_status(media_type: &str) -> StatusCode {
    if media_type == GRAPHQL_RESPONSE {
        StatusCode::BAD_REQUEST
    } else {
        StatusCode::OK
    }
}

fn read(headers: &HeaderMap, body: &[u8]) -> Result<Request, (StatusCode, RequestError)> {
    let content_type = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case(JSON) {
        return Err((
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            RequestError::new(
                Code::UnsupportedMediaType,
                format!("The body must be JSON; send it with the header Content-Type: {JSON}."),
            ),
        ));
    }
    let body: Body = serde_json::from_slice(body).map_err(|fault| {
        (
            StatusCode::BAD_REQUEST,
            RequestError::new(
                Code::BadUserInput,
                format!("The body is not a GraphQL request in JSON: {fault}."),
            ),
        )
    })?;
    Ok(Request {
        query: body.query,
        operation_name: body.operation_name,
        variables: body.variables,
        explain: body.extensions.is_some_and(|extensions| extensions.explain),
    })
}

fn errors(faults: &[RequestError]) -> String {
    let errors: Vec<Value> = faults.iter().map(RequestError::to_json).collect();
    json!({ "errors": errors }).to_string()
}

fn failure(id: u64) -> String {
    let extensions = json!({ "code": Code::Internal.as_str(), "requestId": format!("{id:016x}") });
    let message = "Something failed here, not in your request. The request id finds it in the log.";
    json!({ "errors": [{ "message": message, "extensions": extensions }] }).to_string()
}

fn respond(status: StatusCode, media_type: &'static str, body: String) -> Response {
    let content_type = match media_type {
        GRAPHQL_RESPONSE => "application/graphql-response+json; charset=utf-8",
        _ => "application/json; charset=utf-8",
    };
    (status, [(header::CONTENT_TYPE, content_type)], body).into_response()
}
