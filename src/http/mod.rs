//! The HTTP edge: which route is answered by what.
//!
//! `serve` accepts connections. `graphql` answers `/graphql`: `read` takes in a request, `media` and `client` say how and
//! for whom it is answered, `exchange` answers it, from memory (`answers`, `persisted`) or through the engine, within what
//! may be spent (`rate`) and done at once (`gate`); `etag`, `refusal` and `headers` say in HTTP what came of it. `pages`
//! has the site and the explorer, whose files `assets` holds, and `plain` the other routes that are no GraphQL. Nothing
//! here may plan or read data.

mod answers;
mod assets;
mod client;
mod digest;
mod etag;
mod exchange;
mod gate;
mod graphql;
mod headers;
mod media;
mod pages;
mod persisted;
mod plain;
mod rate;
mod read;
mod refusal;
mod serve;
mod settings;

use std::{any::Any, sync::Arc, time::Duration};

use axum::{
    Router,
    body::Body,
    extract::Request,
    middleware::{map_request, map_response},
    response::{IntoResponse, Response},
    routing::{any, get},
};
use http_body_util::Limited;
use tokio::{net::TcpListener, time::interval};
use tower_http::{
    CompressionLevel,
    catch_panic::CatchPanicLayer,
    compression::{CompressionLayer, predicate::SizeAbove},
    decompression::RequestDecompressionLayer,
};

use crate::{
    engine::Engine,
    error::{Code, RequestError, errors_body},
    guard::Limits,
};
use exchange::Exchange;
pub use settings::{Origins, Settings};

/// Answers shorter than that, in bytes, are sent as they are: packing them gains nothing.
const WORTH_PACKING: u64 = 1024;

/// How hard answers are packed, on a scale of 11 for Brotli, 9 for gzip and 22 for zstd: beyond that it takes longer than
/// it saves.
const PACKING: i32 = 4;

/// How often clients that have spent nothing lately are forgotten.
const FORGETTING: Duration = Duration::from_secs(60);

/// All routes.
fn router(exchange: Arc<Exchange>) -> Router {
    let limit = exchange.settings.body;
    let cross_origin = headers::cross_origin(&exchange.settings.origins);
    let packing = CompressionLayer::new()
        .quality(CompressionLevel::Precise(PACKING))
        .compress_when(SizeAbove::new(WORTH_PACKING));
    let schema = match exchange.introspection() {
        true => get(plain::schema),
        false => get(plain::nothing),
    };
    Router::new()
        .route("/graphql", any(graphql::graphql))
        .with_state(exchange)
        .route("/healthz", get(plain::healthz))
        .route("/schema.graphql", schema)
        .merge(pages::router())
        .fallback(plain::nothing)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(RequestDecompressionLayer::new().pass_through_unaccepted(true))
        // What is unpacked is held to the limit where it is read; this is for a body that unpacks to nothing.
        .layer(map_request(move |request: Request| async move {
            request.map(|body| Body::new(Limited::new(body, limit)))
        }))
        .layer(packing)
        .layer(cross_origin)
        .layer(map_response(headers::secure))
}

/// What a client is told where annals has a bug.
fn panicked(cause: Box<dyn Any + Send>) -> Response {
    let text = cause
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| cause.downcast_ref::<&str>().copied())
        .unwrap_or("no message");
    tracing::error!(cause = text, "panicked");
    let fault = RequestError::new(
        Code::Internal,
        "Something failed here, not in your request.",
    );
    (
        axum::http::StatusCode::INTERNAL_SERVER_ERROR,
        [(
            axum::http::header::CONTENT_TYPE,
            "application/json; charset=utf-8",
        )],
        errors_body(&[fault]),
    )
        .into_response()
}

/// Whether this could be a request, as the query of a GET or as the body of a POST: the door of the fuzzer, which must not
/// wait for a connection each time.
#[doc(hidden)]
pub fn is_request(bytes: &[u8], limits: &Limits) -> bool {
    let query = str::from_utf8(bytes).is_ok_and(|text| read::query(text, limits).is_ok());
    read::asked(bytes, limits).is_ok() || query
}

/// The most connections that may be open beyond the limit of `connections`, while they are being refused.
pub fn turned_away(connections: usize) -> usize {
    serve::turned_away(connections)
}

/// Serves until `shutdown` resolves, then finishes the requests under way.
pub async fn serve(
    listener: TcpListener,
    engine: Arc<Engine>,
    settings: Settings,
    shutdown: impl Future<Output = ()>,
) {
    let exchange = Arc::new(Exchange::new(engine, settings));
    let router = router(Arc::clone(&exchange));
    let serving = serve::serve(listener, router, &exchange.settings, shutdown);
    tokio::select! {
        () = serving => {}
        () = forget_clients(&exchange) => {}
    }
}

/// Keeps the memory of clients small, for ever.
async fn forget_clients(exchange: &Exchange) {
    let mut ticks = interval(FORGETTING);
    loop {
        ticks.tick().await;
        exchange.forget_clients();
    }
}
