//! Heads that are no heads: lines, lengths and sizes that lie.

use super::{
    super::process::server,
    case::{
        BAD_INPUT,
        Expected::{Answered, Bare, Closed, Refused},
        case, head,
    },
    wire::{Came, exchange},
    withstand::withstand,
};

const TYPENAME: &str = r#"{"query":"{ __typename }"}"#;

/// A POST of a query with these lines in its head, and with this behind it.
fn post(lines: &str, body: &str) -> Vec<u8> {
    format!("POST /graphql HTTP/1.1\r\nHost: test\r\nConnection: close\r\nContent-Type: application/json\r\n{lines}\r\n\r\n{body}")
        .into_bytes()
}

#[test]
fn request_lines() {
    let long = "a".repeat(100_000);
    withstand(
        &[],
        &[
            case("not HTTP", b"hello\r\n\r\n".to_vec(), Bare(400)),
            case("nothing but newlines", b"\r\n".repeat(50_000), Bare(431)),
            case("NUL", vec![0; 1_000], Bare(400)),
            case(
                "TLS",
                b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec(),
                Bare(400),
            ),
            case("HTTP/0.9", b"GET /graphql\r\n\r\n".to_vec(), Bare(400)),
            case(
                "HTTP/3.0",
                b"GET / HTTP/3.0\r\nHost: test\r\n\r\n".to_vec(),
                Bare(400),
            ),
            case(
                "HTTP/2 without agreement",
                b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(),
                Closed,
            ),
            case(
                "an upgrade to HTTP/2",
                head(
                    "GET /graphql?query=%7B__typename%7D",
                    &["Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAAP__"],
                ),
                Answered,
            ),
            case(
                "a space in the path",
                b"GET /graph ql HTTP/1.1\r\nHost: test\r\n\r\n".to_vec(),
                Bare(400),
            ),
            case(
                "a path without a slash",
                b"GET graphql HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n".to_vec(),
                BAD_INPUT,
            ),
            case(
                "a URL of 100 kB",
                head(&format!("GET /graphql?query={long}"), &[]),
                Bare(431),
            ),
            case(
                "a URL of 60 kB",
                head(&format!("GET /graphql?query={}", "a".repeat(60_000)), &[]),
                Refused(400, "QUERY_TOO_LARGE"),
            ),
            case(
                "1,000 headers",
                head("GET /graphql?query=%7B__typename%7D", &vec!["A: b"; 1_000]),
                Bare(431),
            ),
            case(
                "a header of 100 kB",
                head(
                    "GET /graphql?query=%7B__typename%7D",
                    &[&format!("A: {long}")],
                ),
                Bare(431),
            ),
            case(
                "a header's name of 100 kB",
                head(
                    "GET /graphql?query=%7B__typename%7D",
                    &[&format!("{long}: b")],
                ),
                Bare(431),
            ),
            case(
                "a header without a colon",
                head("GET /graphql?query=%7B__typename%7D", &["nothing"]),
                Bare(400),
            ),
            case(
                "a header with NUL",
                head("GET /graphql?query=%7B__typename%7D", &["A: \0"]),
                Bare(400),
            ),
            case(
                "a header over two lines",
                head("GET /graphql?query=%7B__typename%7D", &["A: b\r\n c"]),
                Bare(400),
            ),
            case(
                "a space before the colon",
                head("GET /graphql?query=%7B__typename%7D", &["A : b"]),
                Bare(400),
            ),
            case(
                "newlines without returns in a header",
                head("GET /graphql?query=%7B__typename%7D", &["A: b\nB: c"]),
                Answered,
            ),
        ],
    );
}

#[test]
fn hosts_and_targets() {
    let query = "/graphql?query=%7B__typename%7D";
    let asked = |target: &str, version: &str, hosts: &str| {
        format!("GET {target} {version}\r\nConnection: close\r\n{hosts}\r\n").into_bytes()
    };
    let host = |hosts: &str| asked(query, "HTTP/1.1", hosts);
    let target = |target: &str| asked(target, "HTTP/1.1", "Host: test\r\n");
    withstand(
        &[],
        &[
            case("no host", host(""), BAD_INPUT),
            case(
                "no host in HTTP/1.0",
                asked(query, "HTTP/1.0", ""),
                Answered,
            ),
            case("an empty host", host("Host:\r\n"), Answered),
            case("a host and a port", host("Host: [::1]:8000\r\n"), Answered),
            case(
                "a host twice",
                host("Host: test\r\nHost: test\r\n"),
                BAD_INPUT,
            ),
            case(
                "two hosts",
                host("Host: test\r\nHost: other\r\n"),
                BAD_INPUT,
            ),
            case(
                "two hosts in a line",
                host("Host: test, other\r\n"),
                BAD_INPUT,
            ),
            case(
                "two hosts in HTTP/1.0",
                asked(query, "HTTP/1.0", "Host: a\r\nHost: b\r\n"),
                BAD_INPUT,
            ),
            case("a host with a user", host("Host: user@test\r\n"), BAD_INPUT),
            case(
                "a host with a path",
                host("Host: test/graphql\r\n"),
                BAD_INPUT,
            ),
            case(
                "a host with a port that is none",
                host("Host: test:port\r\n"),
                BAD_INPUT,
            ),
            case(
                "a whole URL",
                target(&format!("http://test{query}")),
                Answered,
            ),
            case(
                "a URL of ftp",
                target(&format!("ftp://test{query}")),
                BAD_INPUT,
            ),
            case("a URL of a file", target("file:///etc/passwd"), Bare(400)),
            case(
                "a URL of nobody",
                target(&format!("annals://test{query}")),
                BAD_INPUT,
            ),
            case("a bare host", target("test:80"), BAD_INPUT),
            case("an asterisk", target("*"), BAD_INPUT),
        ],
    );
}

/// Both a length and chunks: hyper goes by the chunks, and what follows behind them is never taken for a request.
#[test]
fn nothing_is_smuggled_behind_a_body_with_two_lengths() {
    let (server, _folder) = server(&[]);
    let size = TYPENAME.len();
    for lines in [
        format!(
            "Content-Length: {}\r\nTransfer-Encoding: chunked",
            size + 12
        ),
        format!(
            "Transfer-Encoding: chunked\r\nContent-Length: {}",
            size + 12
        ),
    ] {
        let sent = format!(
            "POST /graphql HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n{lines}\r\n\r\n\
             {size:x}\r\n{TYPENAME}\r\n0\r\n\r\nGET /nothing HTTP/1.1\r\nHost: test\r\n\r\n"
        );
        match exchange(server.address, sent.as_bytes()) {
            Ok(Came::Response(response)) => {
                assert_eq!(response.header("connection"), Some("close"), "{lines}");
                assert_eq!(response.body, r#"{"data":{"__typename":"Query"}}"#);
            }
            other => panic!("{lines}: {other:?}"),
        }
    }
}

#[test]
fn a_head_that_is_not_clear_ends_the_connection() {
    let (server, _folder) = server(&[]);
    let unclear =
        "POST /graphql HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n";
    let ordinary = "GET /healthz HTTP/1.1\r\nHost: test\r\n\r\n";
    match exchange(server.address, [unclear, ordinary].concat().as_bytes()) {
        Ok(Came::Response(response)) => {
            assert_eq!(response.status, 501);
            assert_eq!(response.header("connection"), Some("close"));
            assert_eq!(response.code(), "BAD_USER_INPUT");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn lengths() {
    let right = format!("Content-Length: {}", TYPENAME.len());
    let chunked = "Transfer-Encoding: chunked";
    let smuggled = "0\r\n\r\nGET /nothing HTTP/1.1\r\nHost: test\r\n\r\n";
    withstand(
        &["--client-timeout", "1"],
        &[
            case(
                "shorter than the body",
                post("Content-Length: 10", TYPENAME),
                BAD_INPUT,
            ),
            case(
                "longer than the body",
                post("Content-Length: 1000", TYPENAME),
                Refused(408, "TIMEOUT"),
            ),
            case("of nothing", post("Content-Length: 0", TYPENAME), BAD_INPUT),
            case("negative", post("Content-Length: -1", TYPENAME), Bare(400)),
            case(
                "a plus sign",
                post("Content-Length: +26", TYPENAME),
                Bare(400),
            ),
            case(
                "no number",
                post("Content-Length: many", TYPENAME),
                Bare(400),
            ),
            case(
                "hexadecimal",
                post("Content-Length: 0x1a", TYPENAME),
                Bare(400),
            ),
            case(
                "of 64 bits",
                post("Content-Length: 18446744073709551615", TYPENAME),
                Bare(431),
            ),
            case(
                "of more than 64 bits",
                post("Content-Length: 18446744073709551616", TYPENAME),
                Bare(400),
            ),
            case(
                "of 4 GiB",
                post("Content-Length: 4294967296", TYPENAME),
                Refused(413, "QUERY_TOO_LARGE"),
            ),
            case(
                "two that differ",
                post(&format!("{right}\r\nContent-Length: 3"), TYPENAME),
                Bare(400),
            ),
            case(
                "two that differ, in a line",
                post(&format!("{right}, 3"), TYPENAME),
                Bare(400),
            ),
            case("none", post("A: b", TYPENAME), BAD_INPUT),
            case(
                "a length beside chunks",
                post(&format!("{right}\r\n{chunked}"), smuggled),
                Bare(400),
            ),
            case(
                "chunks beside a length",
                post(&format!("{chunked}\r\n{right}"), smuggled),
                Bare(400),
            ),
            case(
                "chunks twice",
                post(&format!("{chunked}\r\n{chunked}"), "0\r\n\r\n"),
                Bare(400),
            ),
            case(
                "chunks of something else",
                post("Transfer-Encoding: identity", TYPENAME),
                Bare(400),
            ),
            case(
                "chunks of gzip",
                post("Transfer-Encoding: gzip, chunked", "0\r\n\r\n"),
                Refused(501, "BAD_USER_INPUT"),
            ),
            case(
                "chunks of gzip, in two lines",
                post(
                    &format!("Transfer-Encoding: gzip\r\n{chunked}"),
                    "0\r\n\r\n",
                ),
                Refused(501, "BAD_USER_INPUT"),
            ),
            case(
                "chunks in capitals",
                post(
                    "Transfer-Encoding: CHUNKED",
                    &format!("1a\r\n{TYPENAME}\r\n0\r\n\r\n"),
                ),
                Answered,
            ),
            case(
                "chunks hidden by a letter",
                post("Transfer-Encoding: xchunked", TYPENAME),
                Bare(400),
            ),
            case(
                "chunks before gzip",
                post("Transfer-Encoding: chunked, gzip", "0\r\n\r\n"),
                Bare(400),
            ),
            case(
                "a chunk of no size",
                post(chunked, "zz\r\n{}\r\n0\r\n\r\n"),
                BAD_INPUT,
            ),
            case(
                "a chunk of a negative size",
                post(chunked, "-1\r\n{}\r\n0\r\n\r\n"),
                BAD_INPUT,
            ),
            case(
                "a chunk of more than 64 bits",
                post(chunked, "fffffffffffffffff\r\n{}\r\n0\r\n\r\n"),
                BAD_INPUT,
            ),
            case(
                "a chunk of a very large size",
                post(chunked, "ffffffffffffff\r\n{}"),
                Refused(408, "TIMEOUT"),
            ),
            case(
                "a chunk that ends early",
                post(chunked, "2\r\n{}x\r\n0\r\n\r\n"),
                BAD_INPUT,
            ),
            case(
                "chunks without an end",
                post(chunked, "2\r\n{}\r\n"),
                Refused(408, "TIMEOUT"),
            ),
            case(
                "a chunk's extension of 100 kB",
                post(
                    chunked,
                    &format!("2;{}\r\n{{}}\r\n0\r\n\r\n", "a".repeat(100_000)),
                ),
                BAD_INPUT,
            ),
            case(
                "trailers of 100 kB",
                post(
                    chunked,
                    &format!("2\r\n{{}}\r\n0\r\nA: {}\r\n\r\n", "a".repeat(100_000)),
                ),
                BAD_INPUT,
            ),
            case(
                "an expectation of nobody",
                post(&format!("{right}\r\nExpect: miracles"), TYPENAME),
                Answered,
            ),
            case(
                "a length in HTTP/1.0 with chunks",
                format!("POST /graphql HTTP/1.0\r\n{chunked}\r\n\r\n0\r\n\r\n").into_bytes(),
                Bare(400),
            ),
            case(
                "half a head",
                b"POST /graphql HTTP/1.1\r\nHost: te".to_vec(),
                Closed,
            ),
            case("nothing", Vec::new(), Closed),
        ],
    );
}
