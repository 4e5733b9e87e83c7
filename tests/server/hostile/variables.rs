//! Variables by the thousand, declared and given.

use serde_json::{Map, Value, json};

use super::{
    case::{
        BODY_TOO_LARGE, Expected::Answered, NOT_VALID, TOO_LARGE, case, document, each, request,
    },
    withstand::withstand,
};

#[test]
fn variables() {
    let declared = |count| each(count, |n| format!("$v{n}: Int "));
    let keys = |count| {
        let keys: Map<String, Value> = (0..count).map(|n| (format!("k{n}"), json!(n))).collect();
        request(&json!({ "query": "{ divisions { totalCount } }", "variables": keys }))
    };
    let used = each(49, |n| {
        format!("a{n}: divisions(first: $v{n}) {{ totalCount }} ")
    });
    withstand(
        &[],
        &[
            case(
                "1,200 declared",
                document(&format!("query ({}) {{ __typename }}", declared(1_200))),
                NOT_VALID,
            ),
            case(
                "5,000 declared",
                document(&format!("query ({}) {{ __typename }}", declared(5_000))),
                TOO_LARGE,
            ),
            case(
                "one declared 1,000 times",
                document(&format!(
                    "query ({}) {{ divisions(first: $v) {{ totalCount }} }}",
                    "$v: Int ".repeat(1_000)
                )),
                NOT_VALID,
            ),
            case(
                "49 declared and used",
                document(&format!("query ({}) {{ {used} }}", declared(49))),
                Answered,
            ),
            case("10,000 given that nobody declares", keys(10_000), TOO_LARGE),
            case(
                "100,000 given that nobody declares",
                keys(100_000),
                BODY_TOO_LARGE,
            ),
        ],
    );
}
