//! Packed bodies: small ones that are large, ones that are not what they say, ones without an end.

use std::io::Write;

use flate2::{Compression, write::GzEncoder};

use super::{
    case::{BAD_INPUT, BODY_TOO_LARGE, Expected::Answered, NOT_JSON, case, posted},
    withstand::withstand,
};

/// What a bomb unpacks to, in bytes.
const UNPACKED: usize = 100_000_000;

const TYPENAME: &[u8] = br#"{"query":"{ __typename }"}"#;

pub(super) fn gzip(body: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(body).expect("memory can be written");
    packer.finish().expect("memory can be written")
}

fn brotli(body: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    let settings = brotli::enc::BrotliEncoderParams {
        quality: 5,
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &body[..], &mut packed, &settings).expect("memory can be written");
    packed
}

fn zstd(body: &[u8]) -> Vec<u8> {
    zstd::encode_all(body, 3).expect("memory can be written")
}

/// A body that is said to be packed so.
pub(super) fn packed(encoding: &str, body: &[u8]) -> Vec<u8> {
    posted(
        &[
            "Content-Type: application/json",
            &format!("Content-Encoding: {encoding}"),
        ],
        body,
    )
}

#[test]
fn packed_bodies() {
    let spaces = b" ".repeat(UNPACKED);
    let [gzip_bomb, brotli_bomb, zstd_bomb] = [gzip(&spaces), brotli(&spaces), zstd(&spaces)];
    // Most of all fits into a body that may be sent.
    assert!(brotli_bomb.len() < 1_000 && zstd_bomb.len() < 20_000 && gzip_bomb.len() < 250_000);
    let half = |body: &[u8]| body[..body.len() / 2].to_vec();
    let members = gzip(b"").repeat(12_000);
    let frames = zstd(b"").repeat(12_000);
    // The header of a frame that may be skipped, and nothing in it.
    let skipped = b"\x50\x2a\x4d\x18\x00\x00\x00\x00".repeat(30_000);
    withstand(
        &[],
        &[
            case("a bomb in gzip", packed("gzip", &gzip_bomb), BODY_TOO_LARGE),
            case("a bomb in br", packed("br", &brotli_bomb), BODY_TOO_LARGE),
            case("a bomb in zstd", packed("zstd", &zstd_bomb), BODY_TOO_LARGE),
            case(
                "a bomb in gzip, cut off",
                packed("gzip", &half(&gzip_bomb)),
                BODY_TOO_LARGE,
            ),
            case(
                "a bomb in a bomb",
                packed("gzip", &gzip(&gzip_bomb)),
                BAD_INPUT,
            ),
            case(
                "12,000 empty members in gzip",
                packed("gzip", &members),
                BAD_INPUT,
            ),
            case(
                "12,000 empty frames in zstd",
                packed("zstd", &frames),
                BAD_INPUT,
            ),
            case(
                "30,000 skipped frames in zstd",
                packed("zstd", &skipped),
                BAD_INPUT,
            ),
            case(
                "64 MiB of empty members in gzip",
                packed("gzip", &gzip(b"").repeat(3_200_000)),
                BODY_TOO_LARGE,
            ),
            case(
                "gzip, cut off",
                packed("gzip", &half(&gzip(TYPENAME))),
                BAD_INPUT,
            ),
            case(
                "br, cut off",
                packed("br", &half(&brotli(TYPENAME))),
                BAD_INPUT,
            ),
            case(
                "zstd, cut off",
                packed("zstd", &half(&zstd(TYPENAME))),
                BAD_INPUT,
            ),
            case(
                "gzip that is br",
                packed("gzip", &brotli(TYPENAME)),
                BAD_INPUT,
            ),
            case("br that is gzip", packed("br", &gzip(TYPENAME)), BAD_INPUT),
            case(
                "zstd that is gzip",
                packed("zstd", &gzip(TYPENAME)),
                BAD_INPUT,
            ),
            case(
                "gzip that is not packed",
                packed("gzip", TYPENAME),
                BAD_INPUT,
            ),
            case(
                "gzip that is said to be nothing",
                packed("identity", &gzip(TYPENAME)),
                BAD_INPUT,
            ),
            case("gzip of nothing", packed("gzip", b""), BAD_INPUT),
            case(
                "something behind the end of gzip",
                packed("gzip", &[gzip(TYPENAME), b"{}".to_vec()].concat()),
                BAD_INPUT,
            ),
            case(
                "something behind the end of br",
                packed("br", &[brotli(TYPENAME), b"{}".to_vec()].concat()),
                BAD_INPUT,
            ),
            case(
                "something behind the end of zstd",
                packed("zstd", &[zstd(TYPENAME), b"{}".to_vec()].concat()),
                BAD_INPUT,
            ),
            case(
                "a frame of zstd with a window of 16 MiB",
                packed("zstd", b"\x28\xb5\x2f\xfd\x00\x70\x11\x00\x00{}"),
                BAD_INPUT,
            ),
            case(
                "a frame of zstd with a window of 2 TiB",
                packed("zstd", b"\x28\xb5\x2f\xfd\x00\xf8\x11\x00\x00{}"),
                BAD_INPUT,
            ),
            case("deflate", packed("deflate", TYPENAME), NOT_JSON),
            case("a packing of nobody", packed("rar", TYPENAME), NOT_JSON),
            case(
                "packed twice",
                packed("gzip, gzip", &gzip(&gzip(TYPENAME))),
                NOT_JSON,
            ),
            case(
                "packed twice, in two headers",
                posted(
                    &[
                        "Content-Type: application/json",
                        "Content-Encoding: gzip",
                        "Content-Encoding: br",
                    ],
                    &brotli(&gzip(TYPENAME)),
                ),
                NOT_JSON,
            ),
            case("gzip", packed("gzip", &gzip(TYPENAME)), Answered),
            case("br", packed("br", &brotli(TYPENAME)), Answered),
            case("zstd", packed("zstd", &zstd(TYPENAME)), Answered),
        ],
    );
}
