//! What is no GraphQL request in HTTP: methods, media types, bodies of another form.

use serde_json::json;

use super::{
    case::{
        BAD_INPUT, Expected,
        Expected::{Answered, Bare, Refused},
        NOT_JSON, TOO_LARGE, case, head, json_body, posted,
    },
    withstand::withstand,
};

/// Another method than one may use.
const NOT_ALLOWED: Expected = Refused(405, "METHOD_NOT_ALLOWED");
/// No media type that answers are in.
const NOT_ACCEPTABLE: Expected = Refused(406, "NOT_ACCEPTABLE");
/// A list of requests.
const BATCH: Expected = Refused(400, "BATCH_REFUSED");

const TYPENAME: &str = r#"{"query":"{ __typename }"}"#;

#[test]
fn methods() {
    let asked = |method: &str| head(&format!("{method} /graphql?query=%7B__typename%7D"), &[]);
    let long = "A".repeat(10_000);
    withstand(
        &[],
        &[
            case("PUT", asked("PUT"), NOT_ALLOWED),
            case("DELETE", asked("DELETE"), NOT_ALLOWED),
            case("PATCH", asked("PATCH"), NOT_ALLOWED),
            case("TRACE", asked("TRACE"), NOT_ALLOWED),
            case("a method of nobody", asked("BREW"), NOT_ALLOWED),
            case("a method of 10,000 letters", asked(&long), NOT_ALLOWED),
            case("a method in lower case", asked("post"), NOT_ALLOWED),
            case("CONNECT", head("CONNECT localhost:80", &[]), Bare(404)),
            case(
                "another server's path",
                head("GET http://localhost/nothing", &[]),
                Bare(404),
            ),
            case(
                "a mutation with GET",
                head("GET /graphql?query=mutation%7Ba%7D", &[]),
                NOT_ALLOWED,
            ),
            case(
                "a subscription with GET",
                head("GET /graphql?query=subscription%7Ba%7D", &[]),
                NOT_ALLOWED,
            ),
            case(
                "a mutation among queries with GET",
                head(
                    "GET /graphql?query=query%20a%7B__typename%7Dmutation%20b%7Ba%7D&operationName=b",
                    &[],
                ),
                NOT_ALLOWED,
            ),
            case("GET of nothing", head("GET /graphql", &[]), BAD_INPUT),
            case(
                "the query twice",
                head(
                    "GET /graphql?query=%7B__typename%7D&query=%7B__typename%7D",
                    &[],
                ),
                BAD_INPUT,
            ),
            case(
                "the variables twice",
                head(
                    "GET /graphql?query=%7B__typename%7D&variables=%7B%7D&variables=%7B%7D",
                    &[],
                ),
                BAD_INPUT,
            ),
            case(
                "variables that are no JSON",
                head("GET /graphql?query=%7B__typename%7D&variables=%7B", &[]),
                BAD_INPUT,
            ),
            case(
                "variables that are a list",
                head("GET /graphql?query=%7B__typename%7D&variables=%5B%5D", &[]),
                BAD_INPUT,
            ),
            case(
                "10,000 parameters",
                head(
                    &format!(
                        "GET /graphql?query=%7B__typename%7D{}",
                        "&a=b".repeat(10_000)
                    ),
                    &[],
                ),
                Answered,
            ),
            case(
                "a path out of the site",
                head("GET /../../../../etc/passwd", &[]),
                Bare(404),
            ),
            case(
                "a path out of the site, in escapes",
                head("GET /%2e%2e/%2e%2e/etc/passwd", &[]),
                Bare(404),
            ),
            case("a path with NUL", head("GET /graphql%00", &[]), Bare(404)),
        ],
    );
}

#[test]
fn media_types() {
    let of = |headers: &[&str]| posted(headers, TYPENAME.as_bytes());
    withstand(
        &[],
        &[
            case("text/plain", of(&["Content-Type: text/plain"]), NOT_JSON),
            case("a form", posted(&["Content-Type: application/x-www-form-urlencoded"], b"query=%7B__typename%7D"), NOT_JSON),
            case("a form of parts", posted(&["Content-Type: multipart/form-data; boundary=x"], b"--x\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n{}\r\n--x--\r\n"), NOT_JSON),
            case("application/graphql", posted(&["Content-Type: application/graphql"], b"{ __typename }"), NOT_JSON),
            case("no media type", of(&[]), NOT_JSON),
            case("an empty media type", of(&["Content-Type:"]), NOT_JSON),
            case("two media types", of(&["Content-Type: text/plain", "Content-Type: application/json"]), NOT_JSON),
            case("two media types in a line", of(&["Content-Type: application/json, text/plain"]), NOT_JSON),
            case("JSON in UTF-16", of(&["Content-Type: application/json; charset=utf-16"]), NOT_JSON),
            case("JSON in UTF-7", of(&["Content-Type: application/json; charset=utf-7"]), NOT_JSON),
            case("a media type of 50,000 letters", of(&[&format!("Content-Type: application/{}", "j".repeat(50_000))]), NOT_JSON),
            case("a media type that is not UTF-8", [&b"POST /graphql HTTP/1.1\r\nHost: test\r\nConnection: close\r\nContent-Type: \xff\xfe\r\nContent-Length: 2\r\n\r\n{}"[..]].concat(), NOT_JSON),
            case("JSON in the name of something else", of(&["Content-Type: application/jsonp"]), NOT_JSON),
            case("answers in HTML alone", accepting("text/html"), NOT_ACCEPTABLE),
            case("answers in nothing", accepting("application/json;q=0, */*;q=0"), NOT_ACCEPTABLE),
            case("answers in another charset", accepting("application/json; charset=utf-16"), NOT_ACCEPTABLE),
            case("10,000 wishes", accepting(&"text/html,".repeat(5_000)), NOT_ACCEPTABLE),
            case("a wish that is none", accepting(";;;q=,,/"), NOT_ACCEPTABLE),
        ],
    );
}

/// An ordinary query of a client that wants its answer so.
fn accepting(accept: &str) -> Vec<u8> {
    format!(
        "POST /graphql HTTP/1.1\r\nHost: test\r\nConnection: close\r\nAccept: {accept}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{TYPENAME}",
        TYPENAME.len()
    )
    .into_bytes()
}

#[test]
fn bodies_of_another_form() {
    let batch = |count: usize| {
        json_body(
            json!(vec![json!({ "query": "{ __typename }" }); count])
                .to_string()
                .as_bytes(),
        )
    };
    let of = |body: &str| json_body(body.as_bytes());
    withstand(
        &[],
        &[
            case("nothing", of(""), BAD_INPUT),
            case("white space", of(&" ".repeat(100_000)), BAD_INPUT),
            case("null", of("null"), BAD_INPUT),
            case("a text", of("\"{ __typename }\""), BAD_INPUT),
            case("a number", of("1"), BAD_INPUT),
            case("a truth", of("true"), BAD_INPUT),
            case("an empty object", of("{}"), BAD_INPUT),
            case(
                "an object cut off",
                of(r#"{"query":"{ __typename }""#),
                BAD_INPUT,
            ),
            case(
                "two objects",
                of(&format!("{TYPENAME}{TYPENAME}")),
                BAD_INPUT,
            ),
            case(
                "a comment in JSON",
                of(&format!("/* */{TYPENAME}")),
                BAD_INPUT,
            ),
            case(
                "the query twice in JSON",
                of(r#"{"query":"{ __typename }","query":"{ __typename }"}"#),
                BAD_INPUT,
            ),
            case(
                "a query of another form",
                of(r#"{"query":["{ __typename }"]}"#),
                BAD_INPUT,
            ),
            case(
                "an empty query",
                of(r#"{"query":""}"#),
                Refused(400, "GRAPHQL_PARSE_FAILED"),
            ),
            case(
                "a name of another form",
                of(r#"{"query":"{ __typename }","operationName":1}"#),
                BAD_INPUT,
            ),
            case(
                "variables of another form",
                of(r#"{"query":"{ __typename }","variables":"{}"}"#),
                BAD_INPUT,
            ),
            case(
                "extensions of another form",
                of(r#"{"query":"{ __typename }","extensions":[]}"#),
                BAD_INPUT,
            ),
            case(
                "extensions that are a list of their values",
                of(r#"{"query":"{ __typename }","extensions":[true,null]}"#),
                BAD_INPUT,
            ),
            case(
                "a hash in a list",
                of(&format!(
                    r#"{{"query":"{{ __typename }}","extensions":{{"persistedQuery":[1,"{}"]}}}}"#,
                    "0".repeat(64)
                )),
                BAD_INPUT,
            ),
            case(
                "a hash of another form",
                of(r#"{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"../../etc"}}}"#),
                BAD_INPUT,
            ),
            case(
                "another version of hashes",
                of(&format!(
                    r#"{{"extensions":{{"persistedQuery":{{"version":2,"sha256Hash":"{}"}}}}}}"#,
                    "0".repeat(64)
                )),
                BAD_INPUT,
            ),
            case(
                "a hash of nothing",
                of(&format!(
                    r#"{{"extensions":{{"persistedQuery":{{"version":1,"sha256Hash":"{}"}}}}}}"#,
                    "0".repeat(64)
                )),
                Refused(400, "PERSISTED_QUERY_NOT_FOUND"),
            ),
            case(
                "a hash of another document",
                of(&format!(
                    r#"{{"query":"{{ __typename }}","extensions":{{"persistedQuery":{{"version":1,"sha256Hash":"{}"}}}}}}"#,
                    "0".repeat(64)
                )),
                BAD_INPUT,
            ),
            case("an empty list", of("[]"), BATCH),
            case("a list of one", batch(1), BATCH),
            case("a list of 1,000", batch(1_000), BATCH),
            case("a list of 2,000", batch(2_000), TOO_LARGE),
            case("a list of lists", of("[[],[]]"), BAD_INPUT),
            case(
                "a list of nulls",
                of(&format!("[{}null]", "null,".repeat(1_000))),
                BAD_INPUT,
            ),
            case(
                "an operation that is not there",
                of(r#"{"query":"query a { __typename }","operationName":"b"}"#),
                Refused(400, "OPERATION_RESOLUTION_FAILURE"),
            ),
            case(
                "a mutation",
                of(r#"{"query":"mutation { a }"}"#),
                Refused(400, "GRAPHQL_VALIDATION_FAILED"),
            ),
            case(
                "a subscription",
                of(r#"{"query":"subscription { a }"}"#),
                Refused(400, "GRAPHQL_VALIDATION_FAILED"),
            ),
        ],
    );
    // Where lists are taken, they are taken up to the limit, and each of the requests is held to its own.
    withstand(
        &["--max-batch", "3"],
        &[
            case("a list of 4 where 3 are taken", batch(4), BATCH),
            case("a list of 1,000 where 3 are taken", batch(1_000), BATCH),
            case("an empty list where 3 are taken", of("[]"), BATCH),
            case(
                "a list of lists of values",
                of(r#"[["{ __typename }",null,null,null]]"#),
                BAD_INPUT,
            ),
        ],
    );
}
