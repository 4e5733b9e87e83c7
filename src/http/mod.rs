//! The HTTP edge: which route is answered by what.
//!
//! `serve` accepts connections, so many of each address (`addresses`). `framing` refuses what is no clear HTTP,
//! `request_id` names a request and answers where a route panics, `content_coding` chooses how a response is compressed.
//! `graphql` answers `/graphql`: `read` takes in a request (`decompress`, `object`), `media` and `client` say how and for
//! whom it is answered, `exchange` answers it, from memory (`answers`, `persisted`) or through the engine, within what
//! may be spent (`rate`) and done at once (`gate`) and sent at once (`pending`); `etag`, `refusal` and `headers` say in HTTP what came of it. `pages`
//! has the site and the explorer, whose files `assets` holds, `sdl` the schema as a file, `downloads` the files of reports and
//! their catalog, and `plain` the other routes that are no GraphQL. Nothing here may plan or read data.

mod addresses;
mod answers;
mod assets;
mod client;
mod content_coding;
mod decompress;
mod digest;
mod downloads;
mod etag;
mod exchange;
mod framing;
mod gate;
mod graphql;
mod headers;
mod media;
mod object;
mod pages;
mod pending;
mod persisted;
mod plain;
mod rate;
mod read;
mod refusal;
mod request_id;
mod sdl;
mod serve;
mod settings;

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    middleware::{from_fn, map_request, map_response},
    routing::{any, get},
};
use tokio::{net::TcpListener, time::interval};
use tower_http::{CompressionLevel, compression::CompressionLayer};

use crate::{downloads::Downloads, engine::Engine, limits::Limits};
use content_coding::WorthCompressing;
use exchange::Exchange;
pub use settings::{Origins, Settings};

/// How hard answers are compressed, on a scale of 11 for Brotli and 9 for gzip: beyond that it takes longer than it saves.
const COMPRESSION: i32 = 4;

/// How often clients that have spent nothing lately are forgotten.
const FORGETTING: Duration = Duration::from_secs(60);

/// All routes.
fn router(exchange: Arc<Exchange>) -> Router {
    let cross_origin = headers::cross_origin(&exchange.settings.origins);
    let compression = CompressionLayer::new()
        .quality(CompressionLevel::Precise(COMPRESSION))
        .compress_when(WorthCompressing);
    let introspection = exchange.introspection();
    let schema = match introspection {
        true => get(sdl::sdl).with_state(Arc::new(sdl::Sdl::new(exchange.schema()))),
        false => get(plain::nothing),
    };
    let routes = Router::new()
        .route("/graphql", any(graphql::graphql))
        .route("/data/{file}", get(downloads::report))
        .route("/catalog.jsonld", get(downloads::catalog))
        .with_state(exchange)
        .route("/healthz", get(plain::healthz))
        .route("/schema.graphql", schema)
        .merge(pages::router())
        .fallback(plain::nothing)
        .layer(from_fn(framing::check));
    request_id::identified(routes)
        .layer(from_fn(content_coding::mark))
        .layer(compression)
        .layer(map_request(content_coding::choose))
        .layer(cross_origin)
        .layer(map_response(headers::secure))
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
    downloads: Downloads,
    settings: Settings,
    shutdown: impl Future<Output = ()>,
) {
    let exchange = Arc::new(Exchange::new(engine, downloads, settings));
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
