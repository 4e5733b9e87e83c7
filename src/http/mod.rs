//! The HTTP edge: which route is answered by what.
//!
//! `graphql` speaks GraphQL over HTTP, `plain` has the routes that are no GraphQL. Nothing here may plan or read data:
//! a request is handed to the engine as it is.

mod graphql;
mod plain;

use std::{io, sync::Arc};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};
use tokio::net::TcpListener;

use crate::engine::Engine;

/// The largest body of a request, in bytes.
const MAX_BODY: usize = 256 * 1024;

/// All routes.
pub fn router(engine: Arc<Engine>) -> Router {
    Router::new()
        .route("/graphql", post(graphql::post))
        .with_state(engine)
        .route("/healthz", get(plain::healthz))
        .route("/schema.graphql", get(plain::schema))
        .layer(DefaultBodyLimit::max(MAX_BODY))
}

/// Serves until `shutdown` resolves, then finishes the requests under way.
///
/// # Errors
/// A failure of the listening socket.
pub async fn serve(
    listener: TcpListener,
    engine: Arc<Engine>,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    axum::serve(listener, router(engine))
        .with_graceful_shutdown(shutdown)
        .await
}
