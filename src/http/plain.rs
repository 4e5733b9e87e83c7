//! The routes that are no GraphQL.

use axum::{http::header, response::IntoResponse};

use crate::schema;

/// The process is up.
pub(super) async fn healthz() -> &'static str {
    "ok\n"
}

/// The schema in the schema definition language.
pub(super) async fn schema() -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8")],
        schema::sdl(),
    )
}
