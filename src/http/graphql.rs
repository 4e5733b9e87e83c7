//! GraphQL over HTTP: `/graphql`, with GET and POST.
//!
//! This is where a request is read, handed on, and its response written; what is asked for is decided in `read`, what
//! becomes of it in `exchange`, what that is in HTTP in `refusal` and here.

use std::{fmt::Write, sync::Arc, time::Instant};

use axum::{
    Extension,
    body::{Body, Bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts},
    response::Response,
};

use super::{
    client::{Peer, client},
    etag::etag,
    exchange::{Asking, Exchange, Outcome},
    media::MediaType,
    pending::Room,
    read::{self, Asked, Parameters},
    refusal::Refusal,
    request_id::RequestId,
};
use crate::{
    engine::Format,
    error::{errors_body, shortened},
};

/// Answers whatever is sent to `/graphql`.
pub(super) async fn graphql(
    State(exchange): State<Arc<Exchange>>,
    Extension(peer): Extension<Peer>,
    Extension(id): Extension<RequestId>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let started = Instant::now();
    let reply = reply(&exchange, peer, &parts, body, id.as_str(), started).await;
    tracing::info!(
        status = reply.status.as_u16(),
        bytes = reply.body.len(),
        elapsed = ?started.elapsed(),
        "{}", reply.summary
    );
    reply.into_response()
}

/// A response before it is written.
struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    /// What became of the request, for the log.
    summary: &'static str,
}

async fn reply(
    exchange: &Exchange,
    peer: Peer,
    parts: &Parts,
    body: Body,
    id: &str,
    started: Instant,
) -> Reply {
    let accepted = MediaType::accepted(&parts.headers);
    // Whoever accepts none is told so in the one that every client reads.
    let media_type = accepted.unwrap_or(MediaType::Json);
    let settings = &exchange.settings;
    let asking = Asking {
        client: client(peer, &parts.headers, &settings.proxies),
        is_get: parts.method != Method::POST,
        headers: &parts.headers,
        format: media_type.format(),
        deadline: started + settings.timeout,
        id,
    };
    // Whatever it is, it costs something, and each of a list does.
    if let Err(refusal) = exchange.spend(asking.client, 1) {
        return Reply::refused(refusal, media_type);
    }
    if accepted.is_none() {
        return Reply::refused(Refusal::not_acceptable(), media_type);
    }
    match asked(exchange, parts, body).await {
        Ok(Asked::One(parameters)) => match exchange.answer(*parameters, &asking).await {
            Ok(outcome) => Reply::to(outcome, media_type, &asking, settings.max_age),
            Err(refusal) => Reply::refused(refusal, media_type),
        },
        Ok(Asked::Many(_)) if asking.format != Format::Json => {
            Reply::refused(Refusal::list_not_acceptable(), media_type)
        }
        Ok(Asked::Many(list)) => {
            let limit = settings.batch;
            if list.is_empty() || list.len() > limit {
                return Reply::refused(Refusal::batch(list.len(), limit), media_type);
            }
            if let Err(refusal) = exchange.spend(asking.client, list.len() as u64 - 1) {
                return Reply::refused(refusal, media_type);
            }
            let body = answers(exchange, list, &asking).await;
            Reply::new(StatusCode::OK, media_type, body, "answered a batch")
        }
        Err(refusal) => Reply::refused(refusal, media_type),
    }
}

async fn asked(exchange: &Exchange, parts: &Parts, body: Body) -> Result<Asked, Refusal> {
    let settings = &exchange.settings;
    let limits = exchange.limits();
    match parts.method {
        Method::GET | Method::HEAD => {
            let parameters = read::query(parts.uri.query().unwrap_or_default(), limits)?;
            Ok(Asked::One(Box::new(parameters)))
        }
        Method::POST => {
            let patience = settings.client_timeout;
            Ok(read::body(&parts.headers, body, settings.body, patience, limits).await?)
        }
        _ => Err(Refusal::method_not_allowed()),
    }
}

/// The answers to a list of requests, one after the other, each with its own errors; together they are no longer than
/// one answer may be.
async fn answers(exchange: &Exchange, list: Vec<Parameters>, asking: &Asking<'_>) -> Bytes {
    let most = exchange.limits().answer();
    let mut bodies = String::new();
    let mut room: Option<Room> = None;
    for parameters in list {
        bodies.push(if bodies.is_empty() { '[' } else { ',' });
        match exchange.answer(parameters, asking).await {
            Ok(Outcome::Answered { body, room: of, .. })
                if bodies.len() + body.len() < most.bytes() =>
            {
                // The engine writes text.
                bodies.push_str(&String::from_utf8_lossy(&body));
                room = Some(match room {
                    Some(room) => of.and(room),
                    None => of,
                });
            }
            Ok(Outcome::Answered { .. }) => {
                let fault = most.overrun("answer to the list of requests");
                bodies.push_str(&errors_body(&[fault]));
            }
            // Only a GET can be answered so.
            Ok(Outcome::NotModified { .. }) => bodies.push_str("null"),
            Err(refusal) => bodies.push_str(&errors_body(&refusal.faults)),
        }
    }
    bodies.push(']');
    match room {
        Some(room) => room.hold(bodies.into()),
        None => bodies.into(),
    }
}

impl Reply {
    fn new(status: StatusCode, media_type: MediaType, body: Bytes, summary: &'static str) -> Reply {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, media_type.content_type());
        headers.insert(header::VARY, HeaderValue::from_static("accept"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        Reply {
            status,
            headers,
            body,
            summary,
        }
    }

    fn to(outcome: Outcome, media_type: MediaType, asking: &Asking<'_>, max_age: u32) -> Reply {
        let (mut reply, key) = match outcome {
            Outcome::Answered { body, room, key } => (
                Reply::new(StatusCode::OK, media_type, room.hold(body), "answered"),
                key,
            ),
            Outcome::NotModified { key } => {
                let mut reply = Reply::new(
                    StatusCode::NOT_MODIFIED,
                    media_type,
                    Bytes::new(),
                    "not modified",
                );
                reply.headers.remove(header::CONTENT_TYPE);
                (reply, Some(key))
            }
        };
        if asking.format == Format::Csv {
            let name = HeaderValue::from_static("inline; filename=\"annals.csv\"");
            reply.headers.insert(header::CONTENT_DISPOSITION, name);
        }
        if let (true, Some(key)) = (asking.is_get, key) {
            let mut caching = String::from("public, max-age=");
            // Writing into a text cannot fail.
            let _ = write!(caching, "{max_age}, must-revalidate");
            if let Ok(caching) = HeaderValue::try_from(caching) {
                reply.headers.insert(header::CACHE_CONTROL, caching);
            }
            reply.headers.insert(header::ETAG, etag(&key));
        }
        reply
    }

    fn refused(refusal: Refusal, media_type: MediaType) -> Reply {
        let media_type = media_type.of_errors();
        let status = refusal.status(media_type);
        if let Some(fault) = refusal.faults.first() {
            tracing::info!(
                code = fault.code.as_str(),
                reason = shortened(&fault.message),
                "refusing"
            );
        }
        let body = errors_body(&refusal.faults);
        let mut reply = Reply::new(status, media_type, body.into(), "refused");
        if status == StatusCode::METHOD_NOT_ALLOWED {
            reply
                .headers
                .insert(header::ALLOW, HeaderValue::from_static("GET, HEAD, POST"));
        }
        if let Some(seconds) = refusal.retry_after {
            reply.headers.insert(header::RETRY_AFTER, seconds.into());
        }
        reply
    }

    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }
}
