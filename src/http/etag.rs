//! Entity tags, by which a client learns that it has the answer already. A tag is weak: the same answer may be packed in
//! different ways.

use axum::http::{HeaderMap, HeaderValue, header};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

use super::{digest::Digest, media::list};

/// The tag of an answer.
pub(super) fn etag(key: &Digest) -> HeaderValue {
    // Half of the digest tells answers apart as well.
    HeaderValue::try_from(format!("W/{}", opaque(key))).expect("Base64 is visible ASCII")
}

/// Whether the client names the tag in `If-None-Match`. Any tag (`*`) is not taken to be this one.
pub(super) fn is_known(headers: &HeaderMap, key: &Digest) -> bool {
    let opaque = opaque(key);
    list(headers, &header::IF_NONE_MATCH).any(|tag| tag.strip_prefix("W/").unwrap_or(tag) == opaque)
}

fn opaque(key: &Digest) -> String {
    format!("\"{}\"", BASE64_URL_SAFE_NO_PAD.encode(&key[..16]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_found_in_a_list_weak_or_not() {
        let (key, other) = ([7; 32], [8; 32]);
        let tag = etag(&key);
        let text = tag.to_str().unwrap();
        assert!(text.starts_with("W/\"") && text.ends_with('"'), "{text}");
        for (value, expected) in [
            (text.to_owned(), true),
            (text.trim_start_matches("W/").to_owned(), true),
            (format!("\"x\", {text}"), true),
            (String::new(), false),
            ("*".into(), false),
            (etag(&other).to_str().unwrap().to_owned(), false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_NONE_MATCH, value.parse().unwrap());
            assert_eq!(is_known(&headers, &key), expected, "{value}");
        }
    }
}
