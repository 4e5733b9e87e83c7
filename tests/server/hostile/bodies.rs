//! Bodies larger than one may send, however their size is said.

use super::{
    case::{BODY_TOO_LARGE, case, head, json_body, posted},
    withstand::withstand,
};

/// A body in chunks of this size, as many.
fn chunked(size: usize, count: usize) -> Vec<u8> {
    let mut bytes = head(
        "POST /graphql",
        &[
            "Content-Type: application/json",
            "Transfer-Encoding: chunked",
        ],
    );
    for _ in 0..count {
        bytes.extend(format!("{size:x}\r\n").bytes());
        bytes.extend(b" ".repeat(size));
        bytes.extend(b"\r\n");
    }
    bytes.extend(b"0\r\n\r\n");
    bytes
}

#[test]
fn large_bodies() {
    let spaces = |size: usize| b" ".repeat(size);
    withstand(
        &[],
        &[
            case(
                "a byte more than 256 KiB",
                json_body(&spaces(256 * 1024 + 1)),
                BODY_TOO_LARGE,
            ),
            case("1 MiB", json_body(&spaces(1024 * 1024)), BODY_TOO_LARGE),
            case(
                "64 MiB",
                json_body(&spaces(64 * 1024 * 1024)),
                BODY_TOO_LARGE,
            ),
            case(
                "a chunk of 64 MiB",
                chunked(64 * 1024 * 1024, 1),
                BODY_TOO_LARGE,
            ),
            case(
                "64 chunks of 1 MiB",
                chunked(1024 * 1024, 64),
                BODY_TOO_LARGE,
            ),
            case(
                "300,000 chunks of a byte",
                chunked(1, 300_000),
                BODY_TOO_LARGE,
            ),
            case(
                "1 MiB that waits to be asked for",
                posted(
                    &["Content-Type: application/json", "Expect: 100-continue"],
                    &spaces(1024 * 1024),
                ),
                BODY_TOO_LARGE,
            ),
            case(
                "64 MiB of something else",
                posted(&["Content-Type: text/plain"], &spaces(64 * 1024 * 1024)),
                super::case::NOT_JSON,
            ),
        ],
    );
}
