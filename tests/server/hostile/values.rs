//! Values that do not fit: numbers too large, texts that are no text, cursors and ids of nobody.

use serde_json::json;

use super::{
    case::{
        BAD_INPUT, Expected, Expected::Answered, NOT_PARSED, NOT_VALID, TOO_LARGE, case, document,
        each, head, json_body, request,
    },
    withstand::withstand,
};

/// A request in JSON with this as its variable `v`, of this type and used so; the text is put in as it is.
fn with_variable(kind: &str, used: &str, value: &str) -> Vec<u8> {
    let query = format!("query ($v: {kind}) {{ {used} }}");
    json_body(
        format!(
            r#"{{"query":{},"variables":{{"v":{value}}}}}"#,
            json!(query)
        )
        .as_bytes(),
    )
}

fn first(value: &str) -> Vec<u8> {
    document(&format!("{{ divisions(first: {value}) {{ totalCount }} }}"))
}

fn first_variable(value: &str) -> Vec<u8> {
    with_variable("Int", "divisions(first: $v) { totalCount }", value)
}

fn value_literal(value: &str) -> Vec<u8> {
    document(&format!(
        "{{ results(where: {{ value: {{ gt: {value} }} }}) {{ totalCount }} }}"
    ))
}

fn value_variable(value: &str) -> Vec<u8> {
    with_variable(
        "Float",
        "results(where: { value: { gt: $v } }) { totalCount }",
        value,
    )
}

#[test]
fn numbers() {
    let digits = "9".repeat(400);
    let long = "9".repeat(100_000);
    withstand(
        &[],
        &[
            case("first: 2147483647", first("2147483647"), BAD_INPUT),
            case("first: 2147483648", first("2147483648"), NOT_VALID),
            case("first: -2147483649", first("-2147483649"), NOT_VALID),
            case("first: 400 digits", first(&digits), NOT_VALID),
            case("first: 100,000 digits", first(&long), NOT_VALID),
            case("first: -0", first("-0"), BAD_INPUT),
            case("first: 1.0", first("1.0"), NOT_VALID),
            case("first: 1e1", first("1e1"), NOT_VALID),
            case("first: 00", first("00"), NOT_PARSED),
            case("first: 0x10", first("0x10"), NOT_PARSED),
            case(
                "first in a variable: 2147483648",
                first_variable("2147483648"),
                BAD_INPUT,
            ),
            case(
                "first in a variable: 9223372036854775808",
                first_variable("9223372036854775808"),
                BAD_INPUT,
            ),
            case(
                "first in a variable: 400 digits",
                first_variable(&digits),
                BAD_INPUT,
            ),
            case("first in a variable: -0", first_variable("-0"), BAD_INPUT),
            case(
                "first in a variable: 1e999",
                first_variable("1e999"),
                BAD_INPUT,
            ),
            case("first in a variable: NaN", first_variable("NaN"), BAD_INPUT),
            case(
                "first in a variable: text",
                first_variable("\"1\""),
                BAD_INPUT,
            ),
            case("a figure of 400 digits", value_literal(&digits), NOT_VALID),
            case("a figure of 1e400", value_literal("1e400"), NOT_VALID),
            case("a figure of 1e308", value_literal("1e308"), Answered),
            case(
                "a figure of 1e999999999999",
                value_literal("1e999999999999"),
                NOT_VALID,
            ),
            case(
                "a figure of 1e-999999999999",
                value_literal("1e-999999999999"),
                Answered,
            ),
            case("a figure of -0.0", value_literal("-0.0"), Answered),
            case(
                "a figure of 100,000 decimals",
                value_literal(&format!("0.{long}")),
                Answered,
            ),
            case(
                "a figure in a variable: 1e400",
                value_variable("1e400"),
                BAD_INPUT,
            ),
            case(
                "a figure in a variable: 100,000 digits",
                value_variable(&long),
                BAD_INPUT,
            ),
            case(
                "a figure in a variable: 1e-400",
                value_variable("1e-400"),
                Answered,
            ),
            case(
                "a year of 2147483647",
                document("{ report(agency: \"ICE\", fiscalYear: 2147483647) { id } }"),
                Answered,
            ),
        ],
    );
}

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
            case("a search for 200 kB", searched(&long), Expected::Answered),
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

#[test]
fn ids_and_cursors() {
    let ids = |count| {
        request(
            &json!({ "query": "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", "variables": { "ids": vec!["x"; count] } }),
        )
    };
    let after = |cursor: &str| {
        request(
            &json!({ "query": "query ($c: String) { divisions(after: $c) { totalCount } }", "variables": { "c": cursor } }),
        )
    };
    let listed = each(10_000, |n| format!("{n} "));
    withstand(
        &[],
        &[
            case("1,001 ids", ids(1_001), BAD_INPUT),
            case("10,000 ids", ids(10_000), TOO_LARGE),
            case(
                "10,000 ids in the document",
                document(&format!("{{ nodes(ids: [{listed}]) {{ id }} }}")),
                TOO_LARGE,
            ),
            case(
                "4,000 numbers to compare with",
                document(&format!(
                    "{{ divisions(where: {{ position: {{ in: [{}] }} }}) {{ totalCount }} }}",
                    each(4_000, |n| format!("{n} "))
                )),
                Answered,
            ),
            case(
                "an id of 200 kB",
                document(&format!(
                    "{{ node(id: \"{}\") {{ id }} }}",
                    "A".repeat(200_000)
                )),
                Answered,
            ),
            case(
                "an empty id",
                document("{ node(id: \"\") { id } }"),
                Answered,
            ),
            case(
                "an id of another kind",
                document("{ node(id: 18446744073709551616) { id } }"),
                BAD_INPUT,
            ),
            case("a cursor of 200 kB", after(&"A".repeat(200_000)), BAD_INPUT),
            case("an empty cursor", after(""), BAD_INPUT),
            case("a cursor of nonsense", after("!!!"), BAD_INPUT),
            case("a cursor of JSON", after("W10"), BAD_INPUT),
            case(
                "a cursor of much JSON",
                after("W1tbW1tbW1tbW1tbW1tbW1tbW1tb"),
                BAD_INPUT,
            ),
            case("a cursor of not UTF-8", after("__79_Pv6"), BAD_INPUT),
            case(
                "a cursor with NUL",
                after("AAAAAAAAAAAAAAAAAAAAAA"),
                BAD_INPUT,
            ),
            case(
                "a cursor that is a text of SQL",
                after("'; DROP TABLE division; --"),
                BAD_INPUT,
            ),
        ],
    );
}
