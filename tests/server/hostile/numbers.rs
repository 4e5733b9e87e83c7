//! Numbers that do not fit.

use serde_json::json;

use super::{
    case::{BAD_INPUT, Expected::Answered, NOT_PARSED, NOT_VALID, case, document, json_body},
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
            case("first: -0", first("-0"), Answered),
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
            case("first in a variable: -0", first_variable("-0"), Answered),
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
                BAD_INPUT,
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
