//! Headers that every response has: what browsers may do with it, and which pages of other origins may read it.

use std::time::Duration;

use axum::{
    http::{HeaderName, HeaderValue, Method, header},
    response::Response,
};
use tower_http::cors::{AllowHeaders, AllowOrigin, CorsLayer, MaxAge};

use super::settings::Origins;

/// What a response has unless it says otherwise itself, as pages do. Nothing else that is answered here is a page, so a
/// browser that shows it as one loads nothing, runs nothing and is framed by nobody.
const DEFAULTS: [(HeaderName, HeaderValue); 5] = [
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        ),
    ),
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("cross-origin"),
    ),
];

/// How long a browser may remember which requests it may send.
const PREFLIGHT: Duration = Duration::from_secs(24 * 60 * 60);

/// Adds the headers that a response does not have yet.
pub(super) async fn secure(mut response: Response) -> Response {
    for (name, value) in DEFAULTS {
        response.headers_mut().entry(name).or_insert(value);
    }
    response
}

/// Which pages may read answers, told to browsers.
pub(super) fn cross_origin(origins: &Origins) -> CorsLayer {
    let layer = CorsLayer::new()
        .allow_methods([Method::GET, Method::HEAD, Method::POST])
        // Tools send headers of their own. None of them means anything here.
        .allow_headers(AllowHeaders::mirror_request())
        .expose_headers([header::ETAG, header::RETRY_AFTER])
        .max_age(MaxAge::exact(PREFLIGHT));
    match origins {
        // The same for everybody, so no cache needs to tell origins apart.
        Origins::Any => layer.allow_origin(AllowOrigin::any()).vary([]),
        Origins::Listed {
            origins,
            credentials,
        } => layer
            .allow_origin(AllowOrigin::list(origins.iter().cloned()))
            .allow_credentials(*credentials),
    }
}
