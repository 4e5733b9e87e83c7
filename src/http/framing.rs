//! Requests whose head leaves it open for whom they are or where they end (RFC 9112). hyper refuses most of them; this
//! refuses what it lets through. Nothing here knows what is asked for.
//!
//! A head with both a length and chunks is hyper's: it goes by the chunks and closes the connection afterwards, as
//! RFC 9112 (6.3) has it.

use axum::{
    extract::Request,
    http::{
        HeaderMap, HeaderValue, Method, StatusCode, Uri, Version, header, uri::Authority,
        uri::Scheme,
    },
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{media::MediaType, media::list};
use crate::error::{Code, RequestError, errors_body};

/// Lets a request through whose head is clear, and closes the connection behind any other: where the next request begins
/// is not known then.
pub(super) async fn check(request: Request, next: Next) -> Response {
    let fault = host_fault(request.version(), request.headers())
        .or_else(|| target_fault(request.method(), request.uri()))
        .map(|message| (StatusCode::BAD_REQUEST, message))
        .or_else(|| coding_fault(request.headers()));
    match fault {
        None => next.run(request).await,
        Some((status, message)) => refused(status, message),
    }
}

/// Host is given once in HTTP/1.1, and is a host (RFC 9112, 3.2).
fn host_fault(version: Version, headers: &HeaderMap) -> Option<&'static str> {
    let mut hosts = headers.get_all(header::HOST).iter();
    match (hosts.next(), hosts.next()) {
        (None, _) if version == Version::HTTP_11 => {
            Some("The header Host is missing; HTTP/1.1 needs it.")
        }
        (Some(_), Some(_)) => Some("The header Host is given twice; give it once."),
        (Some(host), None) if !is_host(host) => {
            Some("The header Host is not a host with or without a port.")
        }
        _ => None,
    }
}

/// A host, with or without a port. It is empty where the target has none.
fn is_host(value: &HeaderValue) -> bool {
    if value.is_empty() {
        return true;
    }
    let Ok(authority) = Authority::try_from(value.as_bytes()) else {
        return false;
    };
    let port = authority.as_str().strip_prefix(authority.host());
    match port.map(|port| port.strip_prefix(':')) {
        Some(Some(port)) => port.bytes().all(|digit| digit.is_ascii_digit()),
        Some(None) => authority.as_str() == authority.host(),
        // There is something before the host, such as a user's name.
        None => false,
    }
}

/// The target is a path, or a whole URL of http or https (RFC 9112, 3.2); `*` and a bare host are for OPTIONS and CONNECT.
fn target_fault(method: &Method, uri: &Uri) -> Option<&'static str> {
    match uri.scheme() {
        Some(scheme) if *scheme != Scheme::HTTP && *scheme != Scheme::HTTPS => {
            Some("The target of the request is a URL of another scheme than http and https.")
        }
        Some(_) => None,
        None if uri.path() == "*" && method == Method::OPTIONS => None,
        None if uri.authority().is_some() && method == Method::CONNECT => None,
        None if uri.path().starts_with('/') => None,
        None => Some("The target of the request is no path; it begins with a slash."),
    }
}

/// Of transfer codings only chunks are understood (RFC 9112, 6.1).
fn coding_fault(headers: &HeaderMap) -> Option<(StatusCode, &'static str)> {
    if !headers.contains_key(header::TRANSFER_ENCODING) {
        return None;
    }
    let is_chunked = |coding: &str| coding.eq_ignore_ascii_case("chunked");
    let codings: Vec<&str> = list(headers, &header::TRANSFER_ENCODING).collect();
    match codings.iter().filter(|coding| is_chunked(coding)).count() {
        1 if codings.len() == 1 => None,
        count if count == codings.len() => Some((
            StatusCode::BAD_REQUEST,
            "The body is said to be in chunks twice; say so once.",
        )),
        _ => Some((
            StatusCode::NOT_IMPLEMENTED,
            "Of transfer codings only chunked is understood; compress the body with Content-Encoding.",
        )),
    }
}

fn refused(status: StatusCode, message: &str) -> Response {
    tracing::info!(reason = message, "refusing");
    let fault = RequestError::new(Code::BadUserInput, message);
    let headers = [
        (header::CONTENT_TYPE, MediaType::Json.content_type()),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::CONNECTION, HeaderValue::from_static("close")),
    ];
    (status, headers, errors_body(&[fault])).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_a_host_and_perhaps_a_port() {
        for (value, expected) in [
            ("", true),
            ("example.org", true),
            ("example.org:8000", true),
            ("example.org:", true),
            ("192.0.2.1", true),
            ("[2001:db8::1]:80", true),
            ("user@example.org", false),
            ("example.org/path", false),
            ("http://example.org", false),
            ("example.org:port", false),
            ("one, two", false),
        ] {
            let host = HeaderValue::from_static(value);
            assert_eq!(is_host(&host), expected, "{value}");
        }
    }

    #[test]
    fn a_target_is_a_path_or_a_url_of_the_web() {
        for (method, target, expected) in [
            (Method::GET, "/graphql?query={a}", true),
            (Method::GET, "http://example.org/graphql", true),
            (Method::GET, "https://example.org", true),
            (Method::OPTIONS, "*", true),
            (Method::CONNECT, "example.org:80", true),
            (Method::GET, "*", false),
            (Method::GET, "example.org", false),
            (Method::GET, "ftp://example.org/graphql", false),
            (Method::GET, "file://example.org/etc/passwd", false),
        ] {
            let uri: Uri = target.parse().unwrap();
            let is_taken = target_fault(&method, &uri).is_none();
            assert_eq!(is_taken, expected, "{method} {target}");
        }
    }
}
