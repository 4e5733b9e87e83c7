//! Texts that are too long, or no texts.

use serde_json::json;

use super::{
    case::{BAD_INPUT, Expected::Answered, NOT_PARSED, case, document, head, json_body, request},
    withstand::withstand,
};

/// Bytes in a JSON body around a document's string, as they are.
fn raw_string(inside: &[u8]) -> Vec<u8> {
    let mut body = br#"{"query":"{ agency(code: \""#.to_vec();
    body.extend(inside);
    body.extend(br#"\") { code } }"}"#);
    json_body(&body)
}

#[test]
fn texts() {
    let long = "a".repeat(200_000);
    let searched = |text: &str| {
        request(
            &json!({ "query": "query ($t: String!) { search(text: $t) { totalCount } }", "variables": { "t": text } }),
        )
    };
    withstand(
        &[],
        &[
            case(
                "a text of 200 kB",
                document(&format!("{{ agency(code: \"{long}\") {{ code }} }}")),
                Answered,
            ),
            case("a search for 200 kB", searched(&long), Answered),
            case(
                "a search for 50,000 words",
                searched(&"a ".repeat(50_000)),
                BAD_INPUT,
            ),
            case(
                "a search of syntax",
                searched("\" OR 1=1 -- NEAR(a b) *:*"),
                Answered,
            ),
            case(
                "a search of nothing but signs",
                searched("\"*()-"),
                BAD_INPUT,
            ),
            case("a search with NUL", searched("immi\u{0}gration"), Answered),
            case(
                "NUL in an argument",
                document("{ agency(code: \"a\\u0000b\") { code } }"),
                Answered,
            ),
            case("NUL in a document", document("{ \u{0} }"), NOT_PARSED),
            case(
                "control characters in a document",
                document("{ \u{1}\u{7f} }"),
                NOT_PARSED,
            ),
            case("NUL, raw, in JSON", raw_string(b"\0"), BAD_INPUT),
            case(
                "bytes that are not UTF-8",
                raw_string(b"\xff\xfe"),
                BAD_INPUT,
            ),
            case("an overlong slash", raw_string(b"\xc0\xaf"), BAD_INPUT),
            case(
                "an encoded surrogate",
                raw_string(b"\xed\xa0\x80"),
                BAD_INPUT,
            ),
            case(
                "a text cut off in a letter",
                raw_string(b"\xe2\x82"),
                BAD_INPUT,
            ),
            case(
                "half a surrogate pair in JSON",
                raw_string(br"\ud800"),
                BAD_INPUT,
            ),
            case("the other half", raw_string(br"\udc00"), BAD_INPUT),
            case(
                "half a pair in GraphQL",
                document(r#"{ agency(code: "\ud83d") { code } }"#),
                NOT_PARSED,
            ),
            case(
                "half a pair in braces",
                document(r#"{ agency(code: "\u{d800}") { code } }"#),
                NOT_PARSED,
            ),
            case(
                "beyond Unicode",
                document(r#"{ agency(code: "\u{110000}") { code } }"#),
                NOT_PARSED,
            ),
            case(
                "an escape of 50,000 digits",
                document(&format!(
                    "{{ agency(code: \"\\u{{{}41}}\") {{ code }} }}",
                    "0".repeat(50_000)
                )),
                Answered,
            ),
            case(
                "an escape of nothing",
                document(r#"{ agency(code: "\u{}") { code } }"#),
                NOT_PARSED,
            ),
            case(
                "half a pair in a block",
                document("{ agency(code: \"\"\"\\ud800\"\"\") { code } }"),
                Answered,
            ),
            case(
                "a block of 100,000 lines",
                document(&format!(
                    "{{ agency(code: \"\"\"{}\"\"\") {{ code }} }}",
                    "\n a".repeat(50_000)
                )),
                Answered,
            ),
            case(
                "a block without an end",
                document(&format!("{{ agency(code: \"\"\"{}", "\"\" ".repeat(20_000))),
                NOT_PARSED,
            ),
            case(
                "a text without an end",
                document("{ agency(code: \"a"),
                NOT_PARSED,
            ),
            case(
                "a byte order mark before the body",
                json_body("\u{feff}{\"query\":\"{ __typename }\"}".as_bytes()),
                BAD_INPUT,
            ),
            case(
                "UTF-16",
                json_body(
                    &"{\"query\":\"{ __typename }\"}"
                        .bytes()
                        .flat_map(|byte| [byte, 0])
                        .collect::<Vec<_>>(),
                ),
                BAD_INPUT,
            ),
            case(
                "not UTF-8 in a URL",
                head("GET /graphql?query=%7B%ff%7D", &[]),
                BAD_INPUT,
            ),
            case(
                "NUL in a URL",
                head("GET /graphql?query=%7B%00%7D", &[]),
                NOT_PARSED,
            ),
            case(
                "half an escape in a URL",
                head("GET /graphql?query=%7B%e2%82%7D", &[]),
                BAD_INPUT,
            ),
            case(
                "words from right to left in a name",
                document("{ \u{202e}eman }"),
                NOT_PARSED,
            ),
        ],
    );
}
