//! The routes that are no GraphQL.

use axum::{
    http::{StatusCode, header},
    response::IntoResponse,
};

use crate::schema;

/// The process is up.
pub(super) async fn healthz() -> impl IntoResponse {
    ([(header::CACHE_CONTROL, "no-store")], "ok\n")
}

/// The schema in the schema definition language.
pub(super) async fn schema() -> impl IntoResponse {
    (
        [
            (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
            (header::CACHE_CONTROL, "public, no-cache"),
        ],
        schema::sdl(),
    )
}

/// There is nothing at this path.
pub(super) async fn nothing() -> impl IntoResponse {
    (
        StatusCode::NOT_FOUND,
        "There is nothing here. The API is at /graphql.\n",
    )
}
