//! Reads GraphQL requests from HTTP: what is asked for, from the query of a GET or the body of a POST.
//!
//! Everything is measured before it grows: a body is read up to its limit, compressed and decoded, and its brackets are
//! counted before it is parsed. Whether what is asked for can be answered is not decided here.

use std::{error::Error, time::Duration};

use axum::{
    body::Body,
    http::{HeaderMap, StatusCode, header},
};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use percent_encoding::percent_decode_str;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use super::{
    decompress::{ContentCoding, Undecodable},
    media,
    object::{Object, optional_object},
    persisted::PersistedQuery,
};
use crate::{
    document::scan_json,
    error::{Code, RequestError},
    limits::Limits,
};

/// What arrived is no request: the status says so in every media type.
pub(super) type Malformed = (StatusCode, RequestError);

/// What arrived.
#[derive(Debug)]
pub(super) enum Asked {
    /// One request.
    One(Box<Parameters>),
    /// A list of requests.
    Many(Vec<Parameters>),
}

/// The parameters of a request.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object with the key query")]
pub(super) struct Parameters {
    /// The document; a hash in the extensions may stand for it.
    pub(super) query: Option<String>,
    pub(super) operation_name: Option<String>,
    pub(super) variables: Option<Map<String, Value>>,
    #[serde(default, deserialize_with = "optional_object")]
    pub(super) extensions: Option<Extensions>,
}

/// The extensions that are understood; others are ignored.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object of extensions")]
pub(super) struct Extensions {
    #[serde(default)]
    pub(super) explain: bool,
    #[serde(default, deserialize_with = "optional_object")]
    pub(super) persisted_query: Option<PersistedQuery>,
}

/// Reads the query of a GET.
pub(super) fn query(text: &str, limits: &Limits) -> Result<Parameters, Malformed> {
    let mut parameters = Parameters::default();
    let mut seen: Vec<String> = Vec::new();
    for pair in text.split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let name = unescaped(name)?;
        match name.as_str() {
            "query" | "operationName" | "variables" | "extensions" => {}
            _ => continue,
        }
        if seen.contains(&name) {
            return Err(malformed(format!(
                "The parameter {name} is given twice; give it once."
            )));
        }
        let value = unescaped(value)?;
        if !value.is_empty() {
            match name.as_str() {
                "query" => parameters.query = Some(value),
                "operationName" => parameters.operation_name = Some(value),
                "variables" => parameters.variables = json(&name, &value, limits)?,
                _ => {
                    let extensions: Option<Object<_>> = json(&name, &value, limits)?;
                    parameters.extensions = extensions.map(|Object(extensions)| extensions);
                }
            }
        }
        seen.push(name);
    }
    Ok(parameters)
}

/// A part of a query, without its escapes.
fn unescaped(part: &str) -> Result<String, Malformed> {
    let spaced = part.replace('+', " ");
    match percent_decode_str(&spaced).decode_utf8() {
        Ok(text) => Ok(text.into_owned()),
        Err(_) => Err(malformed("The query of the URL is not UTF-8.".into())),
    }
}

/// A parameter of a GET that is JSON.
fn json<T: DeserializeOwned>(
    name: &str,
    text: &str,
    limits: &Limits,
) -> Result<Option<T>, Malformed> {
    parse(text.as_bytes(), &format!("The parameter {name}"), limits)
}

/// Reads the body of a POST.
pub(super) async fn body(
    headers: &HeaderMap,
    body: Body,
    limit: usize,
    patience: Duration,
    limits: &Limits,
) -> Result<Asked, Malformed> {
    if !media::is_json(headers) {
        return Err((
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            RequestError::new(
                Code::UnsupportedMediaType,
                "The body must be JSON in UTF-8; send it with the header Content-Type: application/json.",
            ),
        ));
    }
    let Ok(coding) = ContentCoding::of(headers) else {
        return Err((
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            RequestError::new(
                Code::UnsupportedMediaType,
                "The body is in a content coding that is not understood; send it with Content-Encoding br, gzip or zstd, or as it is.",
            ),
        ));
    };
    // Whoever says how long it is need not send it to hear that it is too long.
    if said_length(headers).is_some_and(|length| length > limit as u64) {
        return Err(too_long(limit));
    }
    let bytes = collected(body, limit, patience).await?;
    match coding {
        None => asked(&bytes, limits),
        Some(coding) => asked(&decoded(coding, &bytes, limit)?, limits),
    }
}

/// A body out of its content coding.
fn decoded(coding: ContentCoding, body: &[u8], limit: usize) -> Result<Vec<u8>, Malformed> {
    coding.decode(body, limit).map_err(|fault| match fault {
        Undecodable::TooLong => too_long(limit),
        Undecodable::Invalid => malformed(match coding {
            ContentCoding::Zstd => "The body is not in zstd as its Content-Encoding says, something follows behind its end, or its window is larger than 8 MiB.".into(),
            _ => "The body is not compressed as its Content-Encoding says, or something follows behind its end.".into(),
        }),
    })
}

/// Reads a body that has arrived whole.
pub(super) fn asked(bytes: &[u8], limits: &Limits) -> Result<Asked, Malformed> {
    let what = "The body";
    if bytes.trim_ascii_start().starts_with(b"[") {
        let list: Vec<Object<Parameters>> = parse(bytes, what, limits)?;
        Ok(Asked::Many(
            list.into_iter().map(|Object(one)| one).collect(),
        ))
    } else {
        let Object(one) = parse(bytes, what, limits)?;
        Ok(Asked::One(Box::new(one)))
    }
}

async fn collected(body: Body, limit: usize, patience: Duration) -> Result<Vec<u8>, Malformed> {
    let reading = read_whole(Limited::new(body, limit));
    match tokio::time::timeout(patience, reading).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(fault)) if is_too_long(fault.as_ref()) => Err(too_long(limit)),
        Ok(Err(_)) => Err(malformed(
            "The body ends early, or its chunks are not as HTTP has them.".into(),
        )),
        Err(_) => Err((
            StatusCode::REQUEST_TIMEOUT,
            RequestError::new(
                Code::Timeout,
                format!(
                    "The body did not arrive within {} s.",
                    patience.as_secs_f32()
                ),
            ),
        )),
    }
}

/// The bytes of a body, put together as they come. Kept as they came, a body in pieces of a byte would take many times
/// its size.
async fn read_whole(mut body: Limited<Body>) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
    let mut bytes = Vec::new();
    while let Some(frame) = body.frame().await {
        // What is no data are trailers, which mean nothing here.
        if let Ok(data) = frame?.into_data() {
            bytes.extend_from_slice(&data);
        }
    }
    Ok(bytes)
}

/// The length of a body by its head; there is none where it comes in chunks.
fn said_length(headers: &HeaderMap) -> Option<u64> {
    let length = headers.get(header::CONTENT_LENGTH)?;
    length.to_str().ok()?.parse().ok()
}

fn too_long(limit: usize) -> Malformed {
    let limits = Limits {
        body: limit as u64,
        ..Limits::default()
    };
    let fault = limits.body().overrun("body");
    (StatusCode::PAYLOAD_TOO_LARGE, fault)
}

/// Whether a limit is behind an error, however it is wrapped.
fn is_too_long(fault: &(dyn Error + 'static)) -> bool {
    fault.is::<LengthLimitError>() || fault.source().is_some_and(is_too_long)
}

fn parse<T: DeserializeOwned>(text: &[u8], what: &str, limits: &Limits) -> Result<T, Malformed> {
    scan_json(text, limits).map_err(|fault| (StatusCode::BAD_REQUEST, fault))?;
    let mut reader = serde_json::Deserializer::from_slice(text);
    // How deep it goes has just been measured.
    reader.disable_recursion_limit();
    T::deserialize(&mut reader)
        .and_then(|parsed| reader.end().map(|()| parsed))
        .map_err(|fault| malformed(format!("{what} is not a GraphQL request in JSON: {fault}.")))
}

fn malformed(message: String) -> Malformed {
    (
        StatusCode::BAD_REQUEST,
        RequestError::new(Code::BadUserInput, message),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_query_of_a_get_is_read_without_its_escapes() {
        let read = query(
            "query=%7B+__typename%20%7D&operationName=&variables=%7B%22a%22:%5B1%5D%7D&extensions={%22explain%22:true}&query2=x&",
            &Limits::default(),
        )
        .unwrap();
        assert_eq!(read.query.as_deref(), Some("{ __typename }"));
        assert_eq!(read.operation_name, None);
        assert_eq!(
            Value::Object(read.variables.unwrap()),
            serde_json::json!({ "a": [1] })
        );
        assert!(read.extensions.unwrap().explain);
    }

    #[test]
    fn only_an_object_is_a_request() {
        let asked = |text: &str| asked(text.as_bytes(), &Limits::default());
        assert!(asked(r#"{"query":"{a}","extensions":null}"#).is_ok());
        assert!(asked(r#"[{"query":"{a}","extensions":{"persistedQuery":null}}]"#).is_ok());
        for text in [
            r#"[["{a}",null,null,null]]"#,
            r#"{"query":"{a}","extensions":[true,null]}"#,
            r#"{"query":"{a}","extensions":{"persistedQuery":[1,"0"]}}"#,
            r#"{"query":"{a}","query":"{a}"}"#,
            r#"{"query":"{a}","extensions":{},"extensions":{}}"#,
        ] {
            let (status, fault) = asked(text).unwrap_err();
            assert_eq!(
                (status, fault.code),
                (StatusCode::BAD_REQUEST, Code::BadUserInput),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_query_is_refused() {
        for text in [
            "query={a}&query={b}",
            "query=%ff",
            "%ff=1",
            "query={a}&variables=[1]",
            "query={a}&variables={",
            "query={a}&variables={}{}",
            "query={a}&extensions=1",
            "query={a}&extensions=[true,null]",
            "query={a}&extensions={\"persistedQuery\":[1,\"0\"]}",
            "query={a}&extensions={\"persistedQuery\":1}",
        ] {
            let (status, fault) = query(text, &Limits::default()).unwrap_err();
            assert_eq!(
                (status, fault.code),
                (StatusCode::BAD_REQUEST, Code::BadUserInput),
                "{text}"
            );
        }
    }
}
