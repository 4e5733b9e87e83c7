//! Much of the same: names, fields, directives, operations, and what lies between them.

use serde_json::json;

use super::{
    case::{Expected::Answered, NOT_VALID, TOO_COMPLEX, TOO_LARGE, case, document, each, request},
    withstand::withstand,
};

#[test]
fn names_and_fields() {
    let aliases = |count| each(count, |n| format!("a{n}: divisions {{ totalCount }} "));
    let columns = each(50, |n| format!("c{n}: code "));
    let long = "a".repeat(200_000);
    withstand(
        &[],
        &[
            case(
                "51 aliases",
                document(&format!("{{ {} }}", aliases(51))),
                TOO_LARGE,
            ),
            case(
                "900 aliases",
                document(&format!("{{ {} }}", aliases(900))),
                TOO_LARGE,
            ),
            case(
                "aliases of what costs nothing",
                document(&format!(
                    "{{ {} }}",
                    each(1000, |n| format!("a{n}: __typename "))
                )),
                TOO_LARGE,
            ),
            case(
                "aliases in fragments of one selection",
                document(&format!(
                    "{{ {} }}",
                    each(60, |n| format!(
                        "... {{ a{n}: agencies {{ totalCount }} }} "
                    ))
                )),
                TOO_LARGE,
            ),
            case(
                "50 aliases at each level",
                document(&format!(
                    "{{ {} }}",
                    each(50, |n| format!(
                        "a{n}: divisions {{ nodes {{ {columns} }} }} "
                    ))
                )),
                TOO_LARGE,
            ),
            case(
                "one response key 101 times",
                document(&format!(
                    "{{ {} }}",
                    "divisions { totalCount } ".repeat(101)
                )),
                TOO_LARGE,
            ),
            case(
                "one response key 4,000 times",
                document(&format!("{{ {} }}", "__typename ".repeat(4_000))),
                TOO_LARGE,
            ),
            case(
                "10,000 fields",
                document(&format!("{{ {} }}", "__typename ".repeat(10_000))),
                TOO_LARGE,
            ),
            case(
                "pages of pages",
                document(
                    "{ results(first: 1000) { nodes { report { results(first: 1000) { nodes { report { results(first: 1000) { nodes { id } } } } } } } } }",
                ),
                TOO_COMPLEX,
            ),
            case(
                "a name of 200,000 letters",
                document(&format!("{{ {long} }}")),
                TOO_LARGE,
            ),
            case(
                "an alias of 200,000 letters on an unknown field",
                document(&format!("{{ {long}: nothing }}")),
                TOO_LARGE,
            ),
            case(
                "an argument's name of 200,000 letters",
                document(&format!("{{ divisions({long}: 1) {{ totalCount }} }}")),
                TOO_LARGE,
            ),
        ],
    );
}

#[test]
fn directives() {
    let included = |count| "@include(if: true) ".repeat(count);
    let unknown = "@a ".repeat(1_000);
    withstand(
        &[],
        &[
            case(
                "21 on a field",
                document(&format!("{{ __typename {} }}", included(21))),
                TOO_LARGE,
            ),
            case(
                "700 on a field",
                document(&format!("{{ __typename {} }}", included(700))),
                TOO_LARGE,
            ),
            case(
                "1,000 unknown ones on a field",
                document(&format!("{{ __typename {unknown} }}")),
                TOO_LARGE,
            ),
            case(
                "1,000 on an operation",
                document(&format!("query {unknown} {{ __typename }}")),
                TOO_LARGE,
            ),
            case(
                "1,000 on a fragment",
                document(&format!(
                    "{{ ...a }} fragment a on Query {unknown} {{ __typename }}"
                )),
                TOO_LARGE,
            ),
            case(
                "1,000 on a spread",
                document(&format!(
                    "{{ ...a {unknown} }} fragment a on Query {{ __typename }}"
                )),
                TOO_LARGE,
            ),
            case(
                "1,000 on an inline fragment",
                document(&format!("{{ ... {unknown} {{ __typename }} }}")),
                TOO_LARGE,
            ),
            case(
                "1,000 on a variable",
                document(&format!(
                    "query ($a: Int {unknown}) {{ divisions(first: $a) {{ totalCount }} }}"
                )),
                TOO_LARGE,
            ),
            case(
                "one twice",
                document("{ __typename @skip(if: false) @skip(if: false) }"),
                NOT_VALID,
            ),
        ],
    );
}

#[test]
fn operations() {
    let named = |count| each(count, |n| format!("query q{n} {{ __typename }} "));
    withstand(
        &[],
        &[
            case(
                "11",
                request(&json!({ "query": named(11), "operationName": "q0" })),
                TOO_LARGE,
            ),
            case("900", document(&named(900)), TOO_LARGE),
            case("5,000", document(&named(5_000)), TOO_LARGE),
            case(
                "900 of one name",
                document(&"query q { __typename } ".repeat(900)),
                NOT_VALID,
            ),
            case(
                "900 without a name",
                document(&"{ __typename } ".repeat(900)),
                NOT_VALID,
            ),
        ],
    );
}

#[test]
fn what_is_no_token_is_free() {
    let within = |text: &str| document(&format!("{{ divisions {{ {text} totalCount }} }}"));
    withstand(
        &[],
        &[
            case("100,000 commas", within(&",".repeat(100_000)), Answered),
            case("100,000 newlines", within(&"\n".repeat(100_000)), Answered),
            case("100,000 spaces", within(&" ".repeat(100_000)), Answered),
            case("50,000 comments", within(&"#\n".repeat(50_000)), Answered),
            case(
                "a comment of 200,000 letters",
                within(&format!("#{}\n", "a".repeat(200_000))),
                Answered,
            ),
            case(
                "250 byte order marks",
                within(&"\u{feff}".repeat(250)),
                Answered,
            ),
        ],
    );
}
