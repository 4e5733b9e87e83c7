//! Much inside of much: brackets of documents, of values, and of JSON.

use serde_json::json;

use super::{
    case::{
        BAD_INPUT, Expected::Answered, NOT_JSON, NOT_PARSED, NOT_VALID, TOO_LARGE, case, document,
        head, json_body, nested, posted, request,
    },
    withstand::withstand,
};

/// A document that takes its filter from a variable.
const FILTERED: &str = "query ($where: DivisionFilter) { divisions(where: $where) { totalCount } }";

/// A request in JSON with this filter as its variable; the text is put in as it is.
fn filtered(filter: &str) -> Vec<u8> {
    json_body(format!(r#"{{"query":"{FILTERED}","variables":{{"where":{filter}}}}}"#).as_bytes())
}

fn where_literal(filter: &str) -> Vec<u8> {
    document(&format!(
        "{{ divisions(where: {filter}) {{ totalCount }} }}"
    ))
}

#[test]
fn selections() {
    let up_and_down = |times| {
        format!(
            "{{ agencies {{ nodes {} }} }}",
            nested(times, "{ divisions { nodes { agency ", "{ code }", " } } }")
        )
    };
    withstand(
        &[],
        &[
            case("21 deep", document(&up_and_down(6)), TOO_LARGE),
            case("180 deep", document(&up_and_down(59)), TOO_LARGE),
            case(
                "2,000 deep",
                document(&nested(2_000, "{a", "", "}")),
                TOO_LARGE,
            ),
            case(
                "100,000 deep",
                document(&nested(100_000, "{", "", "}")),
                TOO_LARGE,
            ),
            case(
                "100,000 deep and unclosed",
                document(&"{".repeat(100_000)),
                TOO_LARGE,
            ),
            case(
                "100,000 deep and unclosed, with names",
                document(&"{a".repeat(100_000)),
                TOO_LARGE,
            ),
            case(
                "2,000 inline fragments",
                document(&nested(2_000, "{...", "{__typename}", "}")),
                TOO_LARGE,
            ),
            case(
                "60 inline fragments",
                document(&nested(60, "{... on Query ", "{__typename}", "}")),
                Answered,
            ),
            case(
                "closed 4,000 times",
                document(&"}".repeat(4_000)),
                NOT_PARSED,
            ),
            case(
                "100,000 mixed brackets",
                document(&"{[(".repeat(33_333)),
                TOO_LARGE,
            ),
        ],
    );
}

#[test]
fn literals() {
    withstand(
        &[],
        &[
            case(
                "a list of lists, 150 deep",
                where_literal(&format!("{{ and: {} }}", nested(150, "[", "", "]"))),
                NOT_VALID,
            ),
            case(
                "a list of lists, 2,000 deep",
                where_literal(&format!("{{ and: {} }}", nested(2_000, "[", "", "]"))),
                TOO_LARGE,
            ),
            case(
                "a list of lists, 100,000 deep and unclosed",
                where_literal(&"[".repeat(100_000)),
                TOO_LARGE,
            ),
            case(
                "objects, 2,000 deep",
                where_literal(&nested(2_000, "{not:", "{}", "}")),
                TOO_LARGE,
            ),
            case(
                "objects, 100,000 deep and unclosed",
                document(&format!("{{ divisions(where: {}", "{a:".repeat(80_000))),
                TOO_LARGE,
            ),
            case(
                "objects in an unknown argument",
                document(&format!(
                    "{{ divisions(x: {}) {{ totalCount }} }}",
                    nested(1_000, "{a:", "1", "}")
                )),
                TOO_LARGE,
            ),
            case(
                "objects in a directive",
                document(&format!(
                    "{{ __typename @a(b: {}) }}",
                    nested(1_000, "{a:", "1", "}")
                )),
                TOO_LARGE,
            ),
            case(
                "a list of lists as a default",
                document(&format!(
                    "query ($a: [Int] = {}) {{ __typename }}",
                    nested(1_000, "[", "", "]")
                )),
                TOO_LARGE,
            ),
            case(
                "a type of 100 lists",
                document(&format!(
                    "query ($a: {}) {{ __typename }}",
                    nested(100, "[", "Int", "]")
                )),
                NOT_VALID,
            ),
            case(
                "a type of 4 lists where one is meant",
                document("query ($a: [[[[ID!]]]]!) { nodes(ids: $a) { id } }"),
                NOT_VALID,
            ),
            case(
                "a type of 2,000 lists",
                document(&format!(
                    "query ($a: {}) {{ __typename }}",
                    nested(2_000, "[", "Int", "]")
                )),
                TOO_LARGE,
            ),
            case(
                "a type of 100,000 lists, unclosed",
                document(&format!("query ($a: {}", "[".repeat(100_000))),
                TOO_LARGE,
            ),
        ],
    );
}

#[test]
fn filters() {
    let none = nested(10, r#"{"not":{"and":["#, "{}", "]}}");
    withstand(
        &[],
        &[
            case("not, 60 deep", where_literal(&nested(60, "{not:", "{}", "}")), TOO_LARGE),
            case("and, 60 deep", where_literal(&nested(60, "{and:[", "{}", "]}")), TOO_LARGE),
            case("or, 60 deep", where_literal(&nested(60, "{or:[", "{}", "]}")), TOO_LARGE),
            case("or, each in two", where_literal(&nested(12, "{or:[{}, {not:", "{}", "}]}")), TOO_LARGE),
            case(
                "through relations, to and fro",
                where_literal(&nested(15, "{agency:{divisions:{some:", "{}", "}}}")),
                TOO_LARGE,
            ),
            case(
                "through every result",
                where_literal(&nested(25, "{initiatives:{every:{division:", "{}", "}}}")),
                TOO_LARGE,
            ),
            case("not, 60 deep, in a variable", filtered(&nested(60, r#"{"not":"#, "{}", "}")), TOO_LARGE),
            case("and, 60 deep, in a variable", filtered(&nested(60, r#"{"and":["#, "{}", "]}")), TOO_LARGE),
            case(
                "half in the document and half in a variable",
                json_body(format!(
                    r#"{{"query":"query ($where: DivisionFilter) {{ divisions(where: {}) {{ totalCount }} }}","variables":{{"where":{none}}}}}"#,
                    nested(10, "{not:", "$where", "}")
                ).as_bytes()),
                TOO_LARGE,
            ),
            case(
                "through relations, in a variable",
                filtered(&nested(15, r#"{"agency":{"divisions":{"some":"#, "{}", "}}}")),
                TOO_LARGE,
            ),
        ],
    );
}

#[test]
fn json() {
    let query = "{ divisions { totalCount } }";
    let beside = |text: &str| json_body(format!(r#"{{"query":"{query}",{text}}}"#).as_bytes());
    let got = |parameters: &str| head(&format!("GET /graphql?{parameters}"), &[]);
    withstand(
        &[],
        &[
            case(
                "lists in a variable, 2,000 deep",
                filtered(&nested(2_000, "[", "", "]")),
                TOO_LARGE,
            ),
            case(
                "lists in a variable, 100,000 deep",
                filtered(&nested(100_000, "[", "", "]")),
                TOO_LARGE,
            ),
            case(
                "objects in a variable, 40,000 deep",
                filtered(&nested(40_000, r#"{"a":"#, "1", "}")),
                TOO_LARGE,
            ),
            case(
                "lists in a variable that nobody declares",
                beside(&format!(
                    r#""variables":{{"a":{}}}"#,
                    nested(100_000, "[", "", "]")
                )),
                TOO_LARGE,
            ),
            case(
                "lists beside the query",
                beside(&format!(r#""other":{}"#, nested(100_000, "[", "", "]"))),
                TOO_LARGE,
            ),
            case(
                "lists in the extensions",
                beside(&format!(
                    r#""extensions":{{"a":{}}}"#,
                    nested(100_000, "[", "", "]")
                )),
                TOO_LARGE,
            ),
            case(
                "objects in the extensions",
                beside(&format!(
                    r#""extensions":{}"#,
                    nested(40_000, r#"{"a":"#, "1", "}")
                )),
                TOO_LARGE,
            ),
            case(
                "lists as the query",
                json_body(format!(r#"{{"query":{}}}"#, nested(100_000, "[", "", "]")).as_bytes()),
                TOO_LARGE,
            ),
            case(
                "lists as the name of the operation",
                beside(&format!(
                    r#""operationName":{}"#,
                    nested(100_000, "[", "", "]")
                )),
                TOO_LARGE,
            ),
            case(
                "lists alone",
                json_body(nested(100_000, "[", "", "]").as_bytes()),
                TOO_LARGE,
            ),
            case(
                "lists alone, unclosed",
                json_body("[".repeat(200_000).as_bytes()),
                TOO_LARGE,
            ),
            case(
                "objects alone, unclosed",
                json_body(r#"{"query":"#.repeat(20_000).as_bytes()),
                TOO_LARGE,
            ),
            case(
                "lists of a text of brackets",
                request(&json!({ "query": query, "variables": { "a": "[".repeat(100_000) } })),
                Answered,
            ),
            case(
                "lists in the variables of a GET",
                got(&format!(
                    "query={{__typename}}&variables={{%22a%22:{}",
                    "[".repeat(60_000)
                )),
                TOO_LARGE,
            ),
            case(
                "lists in the extensions of a GET",
                got(&format!(
                    "query={{__typename}}&extensions={}",
                    "[".repeat(60_000)
                )),
                TOO_LARGE,
            ),
            case(
                "selections in the query of a GET",
                got(&format!("query={}", "{a".repeat(30_000))),
                TOO_LARGE,
            ),
            case(
                "190 deep, and not JSON",
                beside(&format!(r#""variables":{}"#, "[".repeat(190))),
                BAD_INPUT,
            ),
            case(
                "lists in another media type",
                posted(
                    &["Content-Type: text/plain"],
                    nested(100_000, "[", "", "]").as_bytes(),
                ),
                NOT_JSON,
            ),
        ],
    );
}
