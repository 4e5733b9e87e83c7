//! The schema in the schema definition language, as a file. It is made and compressed once, so a request costs a look-up.

use std::{
    io::{self, Write},
    sync::Arc,
};

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};

use super::{
    digest::{Digest, digest_of_text},
    etag::{etag, is_known},
};
/// How hard the file is compressed, of 11. It is done once, in some hundredths of a second.
const BROTLI_QUALITY: i32 = 9;

/// Answers with the file, or that the client has it already.
pub(super) async fn sdl(State(sdl): State<Arc<Sdl>>, headers: HeaderMap) -> Response {
    sdl.response(&headers)
}

/// The file, in each coding that it is sent in.
pub(super) struct Sdl {
    tag: Digest,
    plain: Bytes,
    /// With the name of the coding; `None` where compressing failed, and then the file is sent as it is.
    brotli: Option<(&'static str, Bytes)>,
    gzip: Option<(&'static str, Bytes)>,
}

impl Sdl {
    /// The file of a schema.
    pub(super) fn new(text: &str) -> Sdl {
        Sdl {
            tag: digest_of_text(text),
            brotli: brotli(text).ok().map(|file| ("br", file)),
            gzip: gzip(text).ok().map(|file| ("gzip", file)),
            plain: Bytes::copy_from_slice(text.as_bytes()),
        }
    }

    /// In the coding that was chosen before (`content_coding`).
    fn response(&self, headers: &HeaderMap) -> Response {
        let shared = [
            (
                header::CACHE_CONTROL,
                HeaderValue::from_static("public, no-cache"),
            ),
            (header::ETAG, etag(&self.tag)),
            (header::VARY, HeaderValue::from_static("accept-encoding")),
        ];
        if is_known(headers, &self.tag) {
            return (StatusCode::NOT_MODIFIED, shared).into_response();
        }
        let chosen = headers.get(header::ACCEPT_ENCODING);
        let compressed = [&self.brotli, &self.gzip]
            .into_iter()
            .flatten()
            .find(|(coding, _)| chosen.is_some_and(|chosen| chosen == coding));
        // Browsers show plain text, and no media type of SDL is registered.
        let media_type = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
        match compressed {
            None => (shared, media_type, self.plain.clone()).into_response(),
            Some((coding, file)) => {
                let coding = [(header::CONTENT_ENCODING, *coding)];
                (shared, media_type, coding, file.clone()).into_response()
            }
        }
    }
}

fn brotli(text: &str) -> io::Result<Bytes> {
    let mut file = Vec::new();
    let parameters = BrotliEncoderParams {
        quality: BROTLI_QUALITY,
        ..BrotliEncoderParams::default()
    };
    brotli::BrotliCompress(&mut text.as_bytes(), &mut file, &parameters)?;
    Ok(file.into())
}

fn gzip(text: &str) -> io::Result<Bytes> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes())?;
    Ok(encoder.finish()?.into())
}
