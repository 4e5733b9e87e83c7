//! Request bodies in a content coding: gzip, br and zstd, decoded up to the limit of a body.
//!
//! The libraries decode. What is decided here is what they leave open: a body ends where its coding ends, and no client
//! chooses how much memory the decoder takes.

use std::io::{self, Read};

use axum::http::{HeaderMap, header};
use flate2::bufread::MultiGzDecoder;

use super::media::list;

/// The largest window that a zstd frame may ask for, as a power of two: 8 MiB, which RFC 8878 (3.1.1.1.2) asks decoders to
/// support. The header of a frame may ask for 3.75 TiB.
const ZSTD_WINDOW_LOG: u32 = 23;

/// A content coding of request bodies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ContentCoding {
    Gzip,
    Brotli,
    Zstd,
}

/// Why a body could not be decoded.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Undecodable {
    /// It is not in the coding that its head names, or something follows behind its end.
    Invalid,
    /// It is longer than the limit once it is decoded.
    TooLong,
}

impl ContentCoding {
    /// The coding that `Content-Encoding` names; `Ok(None)` where the body is as it is.
    ///
    /// # Errors
    /// If it names another coding, or several.
    pub(super) fn of(headers: &HeaderMap) -> Result<Option<ContentCoding>, ()> {
        let lines = headers.get_all(header::CONTENT_ENCODING);
        if lines.iter().any(|line| line.to_str().is_err()) {
            return Err(());
        }
        let mut named = list(headers, &header::CONTENT_ENCODING)
            .filter(|coding| !coding.eq_ignore_ascii_case("identity"));
        let (first, second) = (named.next(), named.next());
        match (first.map(str::to_ascii_lowercase).as_deref(), second) {
            (None, _) => Ok(None),
            (Some("gzip" | "x-gzip"), None) => Ok(Some(ContentCoding::Gzip)),
            (Some("br"), None) => Ok(Some(ContentCoding::Brotli)),
            (Some("zstd"), None) => Ok(Some(ContentCoding::Zstd)),
            _ => Err(()),
        }
    }

    /// The decoded body, which has at most `limit` bytes.
    ///
    /// # Errors
    /// If it is not in this coding, or longer.
    pub(super) fn decode(self, body: &[u8], limit: usize) -> Result<Vec<u8>, Undecodable> {
        let decoded = match self {
            ContentCoding::Gzip => read_up_to(&mut MultiGzDecoder::new(body), limit),
            ContentCoding::Brotli => brotli(body, limit),
            ContentCoding::Zstd => zstd(body, limit),
        };
        match decoded {
            Ok(decoded) if decoded.len() > limit => Err(Undecodable::TooLong),
            Ok(decoded) => Ok(decoded),
            Err(_) => Err(Undecodable::Invalid),
        }
    }
}

/// All bytes, or one more than the limit.
fn read_up_to(decoder: &mut impl Read, limit: usize) -> io::Result<Vec<u8>> {
    let mut decoded = Vec::new();
    let more = (limit as u64).saturating_add(1);
    decoder.take(more).read_to_end(&mut decoded)?;
    Ok(decoded)
}

fn brotli(body: &[u8], limit: usize) -> io::Result<Vec<u8>> {
    // The buffer holds the whole body, so that the decoder sees whatever follows behind the end.
    let mut decoder = brotli::Decompressor::new(body, body.len().max(1));
    let decoded = read_up_to(&mut decoder, limit)?;
    // It says that something follows when it is read once more after the end.
    match decoded.len() <= limit && decoder.read(&mut [0])? > 0 {
        true => Err(io::ErrorKind::InvalidData.into()),
        false => Ok(decoded),
    }
}

fn zstd(body: &[u8], limit: usize) -> io::Result<Vec<u8>> {
    let mut decoder = zstd::stream::read::Decoder::with_buffer(body)?;
    decoder.window_log_max(ZSTD_WINDOW_LOG)?;
    read_up_to(&mut decoder, limit)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use axum::http::HeaderValue;
    use flate2::{Compression, write::GzEncoder};

    use super::*;

    const TEXT: &[u8] = b"{ divisions { nodes { code } } }";

    fn encoded(coding: ContentCoding) -> Vec<u8> {
        match coding {
            ContentCoding::Gzip => {
                let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
                encoder.write_all(TEXT).unwrap();
                encoder.finish().unwrap()
            }
            ContentCoding::Brotli => {
                let mut body = Vec::new();
                brotli::BrotliCompress(&mut &TEXT[..], &mut body, &Default::default()).unwrap();
                body
            }
            ContentCoding::Zstd => zstd::encode_all(TEXT, 3).unwrap(),
        }
    }

    #[test]
    fn a_body_ends_where_its_coding_ends() {
        use ContentCoding::{Brotli, Gzip, Zstd};
        for coding in [Gzip, Brotli, Zstd] {
            let body = encoded(coding);
            let invalid = Err(Undecodable::Invalid);
            assert_eq!(coding.decode(&body, 1000).as_deref(), Ok(TEXT));
            assert_eq!(coding.decode(&body, TEXT.len()).as_deref(), Ok(TEXT));
            let shorter = TEXT.len() - 1;
            assert_eq!(coding.decode(&body, shorter), Err(Undecodable::TooLong));
            let cut = &body[..body.len() - 1];
            assert_eq!(coding.decode(cut, 1000), invalid, "{coding:?}");
            for junk in [&b"{}"[..], b"\0", &[b' '; 10_000]] {
                let longer = [&body, junk].concat();
                assert_eq!(coding.decode(&longer, 1000), invalid, "{coding:?}");
            }
        }
    }

    /// A frame with a window of 2^log bytes and a block that is not compressed.
    fn frame(log: u8) -> Vec<u8> {
        let window = (log - 10) << 3;
        let block = (TEXT.len() << 3 | 1) as u32;
        let mut frame = b"\x28\xb5\x2f\xfd\x00".to_vec();
        frame.push(window);
        frame.extend(&block.to_le_bytes()[..3]);
        frame.extend(TEXT);
        frame
    }

    #[test]
    fn a_zstd_frame_may_ask_for_a_window_of_8_mib() {
        let decode = |body: &[u8]| ContentCoding::Zstd.decode(body, 1000);
        assert_eq!(decode(&frame(23)).as_deref(), Ok(TEXT));
        for log in [24, 27, 31, 41] {
            assert_eq!(decode(&frame(log)), Err(Undecodable::Invalid), "{log}");
        }
    }

    #[test]
    fn one_coding_is_taken() {
        let of = |lines: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(header::CONTENT_ENCODING, HeaderValue::from_static(line));
            }
            ContentCoding::of(&headers)
        };
        assert_eq!(of(&[]), Ok(None));
        assert_eq!(of(&["identity"]), Ok(None));
        assert_eq!(of(&["GZip"]), Ok(Some(ContentCoding::Gzip)));
        assert_eq!(of(&["identity, br"]), Ok(Some(ContentCoding::Brotli)));
        for other in [&["deflate"][..], &["gzip, br"], &["gzip", "br"]] {
            assert_eq!(of(other), Err(()), "{other:?}");
        }
    }
}
