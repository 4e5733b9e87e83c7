//! The routes that are no GraphQL.

use axum::{
    http::{StatusCode, header},
    response::IntoResponse,
};

/// The process is up.
pub(super) async fn healthz() -> impl IntoResponse {
    ([(header::CACHE_CONTROL, "no-store")], "ok\n")
}

/// There is nothing at this path.
pub(super) async fn nothing() -> impl IntoResponse {
    (
        StatusCode::NOT_FOUND,
        "There is nothing here. The API is at /graphql.\n",
    )
}
