//! Documents with thousands of faults: the answer is short all the same. That it is, `verdict` says for every case.

use super::{
    case::{BAD_INPUT, NOT_VALID, TOO_LARGE, case, document, each, request},
    withstand::withstand,
};
use serde_json::json;

#[test]
fn thousands_of_faults() {
    let letters = "x".repeat(100);
    withstand(
        &[],
        &[
            case(
                "1,000 unknown fields",
                document(&format!(
                    "{{ {} }}",
                    each(1_000, |n| format!("unknown{n} "))
                )),
                NOT_VALID,
            ),
            case(
                "1,500 long unknown fields",
                document(&format!(
                    "{{ {} }}",
                    each(1_500, |n| format!("{letters}{n} "))
                )),
                NOT_VALID,
            ),
            case(
                "1,000 unknown arguments",
                document(&format!(
                    "{{ divisions({}) {{ totalCount }} }}",
                    each(1_000, |n| format!("unknown{n}: 1 "))
                )),
                NOT_VALID,
            ),
            case(
                "1,000 unknown variables",
                document(&format!(
                    "{{ divisions(where: {{ or: [{}] }}) {{ totalCount }} }}",
                    "$v ".repeat(1_000)
                )),
                NOT_VALID,
            ),
            case(
                "1,000 unknown keys of an input",
                document(&format!(
                    "{{ divisions(where: {{ {} }}) {{ totalCount }} }}",
                    each(1_000, |n| format!("k{n}: 1 "))
                )),
                NOT_VALID,
            ),
            case(
                "1,000 wrong values",
                document(&format!(
                    "{{ divisions(where: {{ code: {{ in: [{}] }} }}) {{ totalCount }} }}",
                    "{} ".repeat(1_000)
                )),
                NOT_VALID,
            ),
            case(
                "an unknown value of 100,000 letters",
                document(&format!(
                    "{{ divisions(orderBy: [{{ code: {} }}]) {{ totalCount }} }}",
                    "X".repeat(100_000)
                )),
                TOO_LARGE,
            ),
            case(
                "a message of 100,000 newlines",
                document(&format!(
                    "{{ divisions(orderBy: [{{ code: \"\"\"{}\"\"\" }}]) {{ totalCount }} }}",
                    "a\n".repeat(50_000)
                )),
                NOT_VALID,
            ),
            case(
                "1,000 wrong values in a variable",
                request(&json!({
                    "query": "query ($w: DivisionFilter) { divisions(where: $w) { totalCount } }",
                    "variables": { "w": { "code": { "in": vec![1; 1_000] } } },
                })),
                BAD_INPUT,
            ),
            case(
                "a wrong key of 100,000 letters in a variable",
                request(&json!({
                    "query": "query ($w: DivisionFilter) { divisions(where: $w) { totalCount } }",
                    "variables": { "w": { "x".repeat(100_000): 1 } },
                })),
                BAD_INPUT,
            ),
            case(
                "fields that conflict, each with each",
                document(&format!(
                    "{{ divisions {{ nodes {{ {} }} }} }}",
                    each(49, |n| format!(
                        "a: {} ",
                        ["code", "name", "id", "position"][n % 4]
                    ))
                )),
                NOT_VALID,
            ),
        ],
    );
}
