//! Which content coding a response is sent in, by the client's `Accept-Encoding`. The compressing itself is tower-http's.
//!
//! zstd is never chosen: tools on Node 20 announce it and crash on it (`docs/decisions/connections.md`).

use axum::{
    body::HttpBody,
    extract::Request,
    http::{HeaderMap, HeaderValue, Response, header},
    middleware::Next,
};
use tower_http::compression::predicate::{Predicate, SizeAbove};

use super::media::{list, weighted};

/// Responses shorter than that, in bytes, are sent as they are: compressing them gains nothing.
const WORTH_COMPRESSING: u64 = 1024;

/// The codings of responses, the first being chosen among those that a client likes equally.
const OFFERED: [&str; 2] = ["br", "gzip"];

/// What a client takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Choice {
    /// The coding to send.
    coding: &'static str,
    /// Whether the client refuses what is not compressed, so that even a short response is.
    always: bool,
}

/// Marks a response that is compressed however short it is.
#[derive(Debug, Clone, Copy)]
struct Always;

/// Replaces `Accept-Encoding` with the one coding that the response is to have, so that all who look at it agree.
pub(super) async fn choose(mut request: Request) -> Request {
    let choice = Choice::of(request.headers());
    let coding = HeaderValue::from_static(choice.coding);
    request
        .headers_mut()
        .insert(header::ACCEPT_ENCODING, coding);
    if choice.always {
        request.extensions_mut().insert(Always);
    }
    request
}

/// Tells [`WorthCompressing`], which sees the response alone, what the client asked for.
pub(super) async fn mark(request: Request, next: Next) -> axum::response::Response {
    let always = request.extensions().get::<Always>().copied();
    let mut response = next.run(request).await;
    if let Some(always) = always {
        response.extensions_mut().insert(always);
    }
    response
}

/// Which responses are compressed, but for what is compressed already: long ones, and all that have a body where the client refuses what is not compressed.
#[derive(Debug, Clone, Copy)]
pub(super) struct WorthCompressing;

impl Predicate for WorthCompressing {
    fn should_compress<B: HttpBody>(&self, response: &Response<B>) -> bool {
        let media_type = response.headers().get(header::CONTENT_TYPE);
        if media_type.is_some_and(|media_type| media_type == "application/zip") {
            return false;
        }
        let least = match response.extensions().get::<Always>() {
            Some(_) => 1,
            None => WORTH_COMPRESSING,
        };
        SizeAbove::new(least).should_compress(response)
    }
}

impl Choice {
    /// The offered coding that the client likes best. Where it takes none at all, not even none, the header is
    /// disregarded (RFC 9110, 12.5.3 leaves that open): every client can read what is not compressed.
    fn of(headers: &HeaderMap) -> Choice {
        let plain = Choice {
            coding: "identity",
            always: false,
        };
        let accepted: Vec<(String, u16)> = list(headers, &header::ACCEPT_ENCODING)
            .filter_map(weighted)
            .collect();
        let weight = |coding: &str| {
            let named = |name: &str| accepted.iter().find(|(found, _)| found == name);
            let alias = (coding == "gzip").then(|| named("x-gzip")).flatten();
            let found = named(coding).or(alias).or_else(|| named("*"));
            found.map(|(_, thousandths)| *thousandths)
        };
        let identity = weight("identity");
        let mut best = (plain.coding, identity.unwrap_or(0));
        for coding in OFFERED.into_iter().rev() {
            let thousandths = weight(coding).unwrap_or(0);
            if thousandths > 0 && thousandths >= best.1 {
                best = (coding, thousandths);
            }
        }
        Choice {
            coding: best.0,
            always: best.0 != plain.coding && identity == Some(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_gets_the_coding_that_it_likes_best_and_never_zstd() {
        for (value, coding, always) in [
            ("gzip, deflate, br, zstd", "br", false),
            ("zstd, gzip", "gzip", false),
            ("zstd", "identity", false),
            ("zstd;q=1, br;q=0.1", "br", false),
            ("br;q=0.5, gzip", "gzip", false),
            ("X-GZIP", "gzip", false),
            ("br;q=0, gzip;q=0", "identity", false),
            ("br;q=0, *", "gzip", false),
            ("*", "br", false),
            ("gzip;q=0.5, identity", "identity", false),
            ("gzip, identity;q=0", "gzip", true),
            ("br, *;q=0", "br", true),
            ("identity;q=0", "identity", false),
            ("*;q=0", "identity", false),
            ("zstd, *;q=0", "identity", false),
            ("br;q=2, gzip;q=x", "identity", false),
            ("brotli", "identity", false),
            ("", "identity", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, value.parse().unwrap());
            let expected = Choice { coding, always };
            assert_eq!(Choice::of(&headers), expected, "{value}");
        }
        assert_eq!(Choice::of(&HeaderMap::new()).coding, "identity");
    }
}
