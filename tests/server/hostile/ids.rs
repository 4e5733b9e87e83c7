//! Ids and cursors of nobody.

use serde_json::json;

use super::{
    case::{BAD_INPUT, Expected::Answered, TOO_LARGE, case, document, each, request},
    withstand::withstand,
};

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
                "a number of more than 64 bits as an id",
                document("{ node(id: 18446744073709551616) { id } }"),
                Answered,
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
