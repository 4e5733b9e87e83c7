//! Reports as files, and the catalog that lists them: `/data/ice-2007.zip`, `/catalog.jsonld`. They are made elsewhere
//! (`crate::downloads`), within the same limits as answers (`exchange`). What is refused is told in plain text.

use std::{sync::Arc, time::Instant};

use axum::{
    Extension,
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};

use super::{
    client::{Peer, client},
    etag::etag,
    exchange::{Asking, Exchange, Outcome},
    media::MediaType,
    refusal::Refusal,
    request_id::RequestId,
};
use crate::{
    downloads::{FileFormat, Links, file_name},
    engine::Format,
    error::shortened,
};

/// The media type of the catalog.
const JSON_LD: &str = "application/ld+json";

/// A report as a file: `<agency>-<fiscal year>.<ending>`, which is compared without regard to case.
pub(super) async fn report(
    State(exchange): State<Arc<Exchange>>,
    Extension(peer): Extension<Peer>,
    Extension(id): Extension<RequestId>,
    name: Option<Path<String>>,
    headers: HeaderMap,
) -> Response {
    let Some(named) = name.as_ref().and_then(|Path(name)| Named::read(name)) else {
        return refused(Refusal::no_file());
    };
    let file = named.canonical();
    let asking = asking(&exchange, peer, &headers, id.as_str());
    let most = exchange.limits().download;
    let make = exchange
        .downloads
        .report(named.agency, named.fiscal_year, named.format, most);
    let outcome = exchange.file(&["report", &file], make, &asking).await;
    let mut response = respond(outcome, named.format.media_type(), &exchange);
    // Any other letters would have to be encoded.
    let plain = file
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    if response.status().is_success() && plain {
        let disposition = format!("attachment; filename=\"{file}\"");
        put(&mut response, header::CONTENT_DISPOSITION, &disposition);
    }
    response
}

/// A page of the catalog, the first unless `page` names another.
pub(super) async fn catalog(
    State(exchange): State<Arc<Exchange>>,
    Extension(peer): Extension<Peer>,
    Extension(id): Extension<RequestId>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let query = uri.query().unwrap_or_default();
    let number = query.split('&').find_map(|pair| pair.strip_prefix("page="));
    let Ok(page) = number.unwrap_or("1").parse::<u32>() else {
        return refused(Refusal::no_file());
    };
    let asking = asking(&exchange, peer, &headers, id.as_str());
    let links = Links {
        base: base(&exchange, &uri, &headers),
        has_schema: exchange.introspection(),
    };
    let make = exchange.downloads.catalog(&links, page.into());
    let name = ["catalog", &links.base, &page.to_string()];
    let outcome = exchange.file(&name, make, &asking).await;
    respond(outcome, JSON_LD, &exchange)
}

/// A report and a format, as the name of a file has them.
#[derive(Debug, PartialEq, Eq)]
struct Named<'a> {
    agency: &'a str,
    fiscal_year: i32,
    format: FileFormat,
}

impl Named<'_> {
    fn read(name: &str) -> Option<Named<'_>> {
        let (report, extension) = name.rsplit_once('.')?;
        let (agency, year) = report.rsplit_once('-')?;
        let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
        Some(Named {
            agency: Some(agency).filter(|agency| !agency.is_empty() && is_year)?,
            fiscal_year: year.parse().ok()?,
            format: FileFormat::of_extension(extension)?,
        })
    }

    /// The name in lower case.
    fn canonical(&self) -> String {
        let name = file_name(self.agency, self.fiscal_year);
        format!("{name}.{}", self.format.extension())
    }
}

fn asking<'a>(exchange: &Exchange, peer: Peer, headers: &'a HeaderMap, id: &'a str) -> Asking<'a> {
    let settings = &exchange.settings;
    Asking {
        client: client(peer, headers, &settings.proxies),
        is_get: true,
        headers,
        format: Format::Json,
        deadline: Instant::now() + settings.timeout,
        id,
    }
}

/// Where the client reached the server, unless it is set. `framing` has seen to it that Host is a host. Where there is
/// none, addresses are relative.
fn base(exchange: &Exchange, uri: &Uri, headers: &HeaderMap) -> String {
    if let Some(set) = &exchange.settings.public_url {
        return set.clone();
    }
    let host = match uri.authority() {
        Some(authority) => authority.as_str(),
        None => headers
            .get(header::HOST)
            .and_then(|host| host.to_str().ok())
            .unwrap_or_default(),
    };
    match host {
        "" => String::new(),
        host => format!("{}://{host}", uri.scheme_str().unwrap_or("http")),
    }
}

fn respond(
    outcome: Result<Outcome, Refusal>,
    media_type: &'static str,
    exchange: &Exchange,
) -> Response {
    let (mut response, key) = match outcome {
        Err(refusal) => return refused(refusal),
        Ok(Outcome::NotModified { key }) => (StatusCode::NOT_MODIFIED.into_response(), Some(key)),
        Ok(Outcome::Answered { body, room, key }) => {
            let mut response = Response::new(Body::from(room.hold(body)));
            let content_type = match media_type {
                "text/csv" => "text/csv; charset=utf-8",
                other => other,
            };
            put(&mut response, header::CONTENT_TYPE, content_type);
            (response, key)
        }
    };
    let max_age = exchange.settings.max_age;
    let caching = format!("public, max-age={max_age}, must-revalidate");
    put(&mut response, header::CACHE_CONTROL, &caching);
    if let Some(key) = key {
        response.headers_mut().insert(header::ETAG, etag(&key));
    }
    tracing::info!(status = response.status().as_u16(), "sent a file");
    response
}

fn refused(refusal: Refusal) -> Response {
    let status = refusal.status(MediaType::GraphqlResponse);
    let reason = refusal.faults.first().map(|fault| fault.message.as_str());
    let reason = reason.unwrap_or_default();
    tracing::info!(reason = shortened(reason), "refusing");
    let mut response = (status, format!("{reason}\n")).into_response();
    put(&mut response, header::CACHE_CONTROL, "no-store");
    if let Some(seconds) = refusal.retry_after {
        put(&mut response, header::RETRY_AFTER, &seconds.to_string());
    }
    response
}

fn put(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::try_from(value) {
        response.headers_mut().insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_an_agency_a_year_and_an_ending() {
        for (name, canonical) in [
            ("ICE-2007.zip", Some("ice-2007.zip")),
            ("us-dot-fra-2020.CSV", Some("us-dot-fra-2020.csv")),
            ("a.b-2020.ndjson", Some("a.b-2020.ndjson")),
            ("ice-fy2007.zip", None),
            ("ice-+207.zip", None),
            ("ice-02007.zip", None),
            ("-2007.zip", None),
            ("ice-2007.exe", None),
            ("ice-2007", None),
            ("ice.zip", None),
        ] {
            let found = Named::read(name).map(|named| named.canonical());
            assert_eq!(found.as_deref(), canonical, "{name}");
        }
    }
}
