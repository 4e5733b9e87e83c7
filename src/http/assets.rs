//! The files of the site and the explorer, inside the binary. They were compressed when it was built, so a request costs
//! a look-up. Nothing here may know what the files are for.

use std::{borrow::Cow, io::Read};

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use flate2::read::GzDecoder;
use include_dir::{Dir, include_dir};

use super::{
    digest::digest,
    etag::{etag, is_known},
};

/// What `build.rs` made of `web/`; without npm, a file that says why there is nothing else.
static WEB: Dir = include_dir!("$OUT_DIR/web");

/// Why there are no pages; none where there are.
pub(super) fn missing() -> Option<&'static str> {
    WEB.get_file("missing.txt")?.contents_utf8()
}

/// The file as a response, in the encoding that the client likes best, or that the client has it already. None where
/// there is no such file.
pub(super) fn file(path: &str, cache: &'static str, headers: &HeaderMap) -> Option<Response> {
    let form = Form::of(path, headers)?;
    let tag = digest(&[form.stored]);
    let shared = [
        (header::CACHE_CONTROL, HeaderValue::from_static(cache)),
        (header::ETAG, etag(&tag)),
        (header::VARY, HeaderValue::from_static("accept-encoding")),
    ];
    if is_known(headers, &tag) {
        return Some((StatusCode::NOT_MODIFIED, shared).into_response());
    }
    let media = HeaderValue::from_static(media_type(path));
    let mut response = (shared, [(header::CONTENT_TYPE, media)], form.body()?).into_response();
    if let Some(encoding) = form.encoding {
        let encoding = HeaderValue::from_static(encoding);
        response
            .headers_mut()
            .insert(header::CONTENT_ENCODING, encoding);
    }
    Some(response)
}

/// How a file is sent.
struct Form {
    /// What lies in the binary, and the encoding that this is in.
    stored: &'static [u8],
    stored_in: Option<&'static str>,
    /// What it is sent in: as it lies there, or unpacked.
    encoding: Option<&'static str>,
}

impl Form {
    fn of(path: &str, headers: &HeaderMap) -> Option<Self> {
        let stored = |ending: &str| Some(WEB.get_file(format!("{path}{ending}"))?.contents());
        if let Some(stored) = stored("") {
            return Some(Form {
                stored,
                stored_in: None,
                encoding: None,
            });
        }
        if accepts(headers, "br") {
            let encoding = Some("br");
            return Some(Form {
                stored: stored(".br")?,
                stored_in: encoding,
                encoding,
            });
        }
        Some(Form {
            stored: stored(".gz")?,
            stored_in: Some("gzip"),
            encoding: accepts(headers, "gzip").then_some("gzip"),
        })
    }

    /// None if what lies in the binary is damaged.
    fn body(&self) -> Option<Cow<'static, [u8]>> {
        if self.encoding == self.stored_in {
            return Some(Cow::Borrowed(self.stored));
        }
        let mut plain = Vec::new();
        GzDecoder::new(self.stored).read_to_end(&mut plain).ok()?;
        Some(Cow::Owned(plain))
    }
}

/// Whether the response is to have this encoding, which was chosen before (`content_coding`).
fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    headers
        .get(header::ACCEPT_ENCODING)
        .is_some_and(|chosen| chosen == encoding)
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("ttf") => "font/ttf",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_have_the_media_type_of_their_ending() {
        assert_eq!(media_type("index.html"), "text/html; charset=utf-8");
        assert_eq!(
            media_type("assets/a.b.js"),
            "text/javascript; charset=utf-8"
        );
        assert_eq!(media_type("assets/unknown"), "application/octet-stream");
    }
}
