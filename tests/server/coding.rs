//! How responses are compressed, as the client asks for it, and the schema as a file, which is compressed once.

use std::io::Read;

use super::{
    http::{body_bytes, get, path, send},
    process::{Server, server},
};

/// A query whose answer is worth compressing.
const LONG: &str = "{ results(first: 100) { nodes { key initiative { name } metric { name } } } }";

/// The coding and the body of an answer to a client that accepts these.
fn ask(server: &Server, path: &str, accepts: &str) -> (Option<String>, Vec<u8>) {
    let accepts = format!("Accept-Encoding: {accepts}");
    let (head, body) = body_bytes(server.address, path, &[&accepts]);
    assert!(head.starts_with("HTTP/1.1 200 "), "{accepts}: {head}");
    let coding = head
        .lines()
        .find_map(|line| line.strip_prefix("content-encoding: "));
    let length = head.contains("transfer-encoding: chunked");
    (
        coding.map(str::to_owned),
        if length { whole(&body) } else { body },
    )
}

/// A body out of its chunks.
fn whole(mut chunks: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    loop {
        let end = chunks.windows(2).position(|two| two == b"\r\n");
        let end = end.expect("a chunk has a line with its size");
        let size = std::str::from_utf8(&chunks[..end]).expect("a size is text");
        let size = usize::from_str_radix(size, 16).expect("a size is a number");
        if size == 0 {
            return body;
        }
        body.extend(&chunks[end + 2..][..size]);
        chunks = &chunks[end + 2 + size + 2..];
    }
}

/// A body out of its coding.
fn decoded(coding: Option<&str>, body: &[u8]) -> Vec<u8> {
    let mut text = Vec::new();
    match coding {
        Some("br") => brotli::Decompressor::new(body, 4096).read_to_end(&mut text),
        Some("gzip") => flate2::read::GzDecoder::new(body).read_to_end(&mut text),
        _ => {
            text.extend(body);
            Ok(0)
        }
    }
    .expect("it is in its coding");
    text
}

#[test]
fn an_answer_is_in_the_coding_that_the_client_likes_best_and_never_in_zstd() {
    let (server, _folder) = server(&[]);
    let long = path(&[("query", LONG)]);
    let plain = [&long, "/schema.graphql"].map(|path| (path, ask(&server, path, "identity").1));
    assert!(plain[0].1.starts_with(b"{\"data\":{"));
    for (accepts, expected) in [
        // Node 20 announces zstd, and what is built on it cannot read it.
        ("gzip, deflate, br, zstd", Some("br")),
        ("zstd, gzip", Some("gzip")),
        ("zstd", None),
        ("gzip;q=1, br;q=0.5", Some("gzip")),
        ("gzip;q=0", None),
        ("*", Some("br")),
        ("", None),
        // Where nothing is acceptable the header is disregarded.
        ("identity;q=0", None),
        ("*;q=0", None),
        ("zstd, *;q=0", None),
    ] {
        for (path, plain) in &plain {
            let (coding, body) = ask(&server, path, accepts);
            assert_eq!(coding.as_deref(), expected, "{path} {accepts}");
            let text = decoded(expected, &body);
            assert!(text == *plain, "{path} {accepts}: it says something else");
        }
    }
}

#[test]
fn a_short_answer_is_compressed_only_for_who_refuses_what_is_not() {
    let (server, _folder) = server(&[]);
    let short = path(&[("query", "{ __typename }")]);
    let answer = b"{\"data\":{\"__typename\":\"Query\"}}";
    for (accepts, expected) in [
        ("br, gzip", None),
        ("gzip, identity;q=0", Some("gzip")),
        ("br, *;q=0", Some("br")),
    ] {
        let (coding, body) = ask(&server, &short, accepts);
        assert_eq!(coding.as_deref(), expected, "{accepts}");
        assert_eq!(decoded(expected, &body), answer, "{accepts}");
    }
    // What has no body has no coding.
    let tag = get(server.address, &short);
    let known = format!("If-None-Match: {}", tag.header("etag").unwrap());
    let refuses = "Accept-Encoding: gzip, identity;q=0";
    let again = send(server.address, "GET", &short, &[&known, refuses]);
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    assert_eq!(again.header("content-encoding"), None);
}

#[test]
fn the_schema_is_known_by_its_tag() {
    let (server, _folder) = server(&[]);
    let file = get(server.address, "/schema.graphql");
    assert_eq!(
        file.header("content-type"),
        Some("text/plain; charset=utf-8")
    );
    assert_eq!(file.header("cache-control"), Some("public, no-cache"));
    assert_eq!(file.header("vary"), Some("accept-encoding"));
    let tag = file.header("etag").expect("the schema has a tag");
    let known = format!("If-None-Match: {tag}");
    for accepts in ["Accept-Encoding: br", "Accept-Encoding: gzip, identity;q=0"] {
        let again = send(server.address, "GET", "/schema.graphql", &[&known, accepts]);
        assert_eq!((again.status, again.body.as_str()), (304, ""));
        assert_eq!(again.header("etag"), Some(tag));
        assert_eq!(again.header("content-encoding"), None);
    }
    let other = send(
        server.address,
        "GET",
        "/schema.graphql",
        &["If-None-Match: \"other\""],
    );
    assert_eq!(other.body, file.body);
}
