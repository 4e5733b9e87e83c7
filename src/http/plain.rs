//! The routes that are no GraphQL.

use axum::{
    body::Bytes,
    http::{StatusCode, header},
    response::IntoResponse,
};

/// The process is up.
pub(super) async fn healthz() -> impl IntoResponse {
    ([(header::CACHE_CONTROL, "no-store")], "ok\n")
}

/// The schema in the schema definition language, which is this text.
pub(super) async fn schema(text: Bytes) -> impl IntoResponse {
    (
        [
            (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
            (header::CACHE_CONTROL, "public, no-cache"),
        ],
        text,
    )
}

/// There is nothing at this path.
pub(super) async fn nothing() -> impl IntoResponse {
    (
        StatusCode::NOT_FOUND,
        "There is nothing here. The API is at /graphql.\n",
    )
}
