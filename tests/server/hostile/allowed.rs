//! As much as a document may have, in the ways that make most work: it is answered, or refused for what it costs.

use serde_json::json;

use super::{
    case::{Expected::Answered, case, document, each, nested, request},
    withstand::withstand,
};

#[test]
fn as_much_as_there_may_be() {
    let aliases = each(45, |n| format!("a{n}: code "));
    let doubling = each(6, |n| {
        format!("fragment f{n} on Division {{ ...f{0} ...f{0} }} ", n + 1)
    });
    let filter = format!("{{ or: [{}] }}", "{} ".repeat(20));
    let variables = each(240, |n| format!("$v{n}: Int = 1 "));
    let positions = each(240, |n| format!("$v{n} "));
    withstand(
        &[],
        &[
            case(
                "a field under one key, 30 times, with fields under 45",
                document(&format!(
                    "{{ divisions {{ nodes {{ {} }} }} }}",
                    each(30, |_| format!("agency {{ {aliases} }} "))
                )),
                Answered,
            ),
            case(
                "the same with the same filter each time",
                document(&format!(
                    "{{ {} }}",
                    each(90, |_| format!(
                        "divisions(where: {filter}) {{ totalCount }} "
                    ))
                )),
                Answered,
            ),
            case(
                "45 fields of a fragment that is spread 90 times",
                document(&format!(
                    "{{ divisions {{ nodes {{ {} }} }} }} fragment f on Agency {{ {} }}",
                    "agency { ...f } ".repeat(90),
                    each(45, |n| format!("a{n}: code "))
                )),
                Answered,
            ),
            case(
                "fragments that double, as often as they may",
                document(&format!(
                    "{{ divisions {{ nodes {{ ...f0 }} }} }} {doubling} fragment f6 on Division {{ code }}"
                )),
                Answered,
            ),
            case(
                "60 inline fragments inside each other",
                document(&nested(30, "{ ... on Query ", "{ __typename }", " }")),
                Answered,
            ),
            case(
                "10 operations of 45 aliases",
                request(&json!({
                    "query": each(10, |n| format!("query q{n} {{ divisions {{ nodes {{ {aliases} }} }} }} ")),
                    "operationName": "q9",
                })),
                Answered,
            ),
            case(
                "240 variables in a filter",
                document(&format!(
                    "query ({variables}) {{ divisions(where: {{ position: {{ in: [{positions}] }} }}) {{ totalCount }} }}"
                )),
                Answered,
            ),
            case(
                "250 conditions",
                document(&format!(
                    "{{ divisions(where: {{ or: [{}] }}) {{ totalCount }} }}",
                    each(250, |n| format!("{{ name: {{ contains: \"{n}\" }} }} "))
                )),
                Answered,
            ),
        ],
    );
}
