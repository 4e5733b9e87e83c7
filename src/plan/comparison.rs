//! Comparisons of values: what an operator and its value mean, in the numbers and texts that are stored.

use async_graphql::Value;

use super::{
    dates::date_test,
    decimal::Decimal,
    input::{Fault, entries, items, unfit},
};
use crate::schema::{
    declaration::{ObjectType, Scalar},
    filters::Operator,
    node_id,
};

/// The decimals that figures are stored with.
const DECIMALS: u32 = 4;

/// A comparison that is true or false of any value, a missing one included.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// There is no value.
    IsMissing,
    /// One of these whole numbers.
    OneOf(Vec<i64>),
    /// One of these texts, to the letter.
    OneOfTexts(Vec<String>),
    /// One of these texts, which are in lower case, whatever the case of the letters A to Z.
    OneOfWords(Vec<String>),
    /// At most this number.
    AtMost(i64),
    /// At least this number.
    AtLeast(i64),
    /// Before this text in the order of bytes, or equal to it.
    TextAtMost {
        /// The text.
        text: String,
        /// Whether the text itself counts.
        inclusive: bool,
    },
    /// Behind this text in the order of bytes, or equal to it.
    TextAtLeast {
        /// The text.
        text: String,
        /// Whether the text itself counts.
        inclusive: bool,
    },
    /// Has this text in it, which is in lower case.
    Contains(String),
    /// Begins with this text, which is in lower case.
    StartsWith(String),
    /// Ends with this text, which is in lower case.
    EndsWith(String),
}

/// A comparison of a number that is true or false, of a missing one too.
#[derive(Debug, PartialEq, Eq)]
pub enum NumberTest {
    /// There is no number.
    IsMissing,
    /// It is one of these.
    OneOf(Vec<i128>),
    /// It is at most this.
    AtMost(i128),
    /// It is at least this.
    AtLeast(i128),
}

impl From<NumberTest> for Test {
    /// The same of what is stored in 64 bits: no stored number is beyond them.
    fn from(test: NumberTest) -> Test {
        match test {
            NumberTest::IsMissing => Test::IsMissing,
            NumberTest::OneOf(numbers) => Test::OneOf(
                numbers
                    .into_iter()
                    .filter_map(|number| i64::try_from(number).ok())
                    .collect(),
            ),
            NumberTest::AtMost(most) if most < i64::MIN.into() => Test::OneOf(Vec::new()),
            NumberTest::AtMost(most) => Test::AtMost(i64::try_from(most).unwrap_or(i64::MAX)),
            NumberTest::AtLeast(least) if least > i64::MAX.into() => Test::OneOf(Vec::new()),
            NumberTest::AtLeast(least) => Test::AtLeast(i64::try_from(least).unwrap_or(i64::MIN)),
        }
    }
}

/// A test, and whether it must hold or must not.
pub(super) type Tested = Result<(Test, bool), Fault>;

/// The operators of a filter of a value, none of which is null.
pub(super) fn operators(value: &Value) -> Result<Vec<(Operator, &Value)>, Fault> {
    const ALL: [Operator; 12] = [
        Operator::Eq,
        Operator::Ne,
        Operator::In,
        Operator::NotIn,
        Operator::Lt,
        Operator::Lte,
        Operator::Gt,
        Operator::Gte,
        Operator::Contains,
        Operator::StartsWith,
        Operator::EndsWith,
        Operator::IsNull,
    ];
    let mut operators = Vec::new();
    for (key, value) in entries(value) {
        let operator = ALL
            .into_iter()
            .find(|operator| operator.name() == key)
            .ok_or_else(|| Fault::new("there is no such operator").under(key))?;
        match (operator, value) {
            (Operator::In | Operator::NotIn, Value::Null) => {
                let what = "null is not a list; send a list, or leave the key out";
                return Err(Fault::new(what).under(key));
            }
            (_, Value::Null) => return Err(null_value().under(key)),
            _ => operators.push((operator, value)),
        }
    }
    Ok(operators)
}

pub(super) fn null_value() -> Fault {
    Fault::new("null is no value to compare with; use isNull, or leave it out")
}

pub(super) fn test(scalar: Scalar, operator: Operator, value: &Value) -> Tested {
    if operator == Operator::IsNull {
        return Ok((Test::IsMissing, *value == Value::Boolean(true)));
    }
    match scalar {
        Scalar::Int | Scalar::Boolean | Scalar::Enum(_) => {
            let read = |value: &Value| code(scalar, value).map(Decimal::whole);
            number_test(operator, value, 0, read).map(stored)
        }
        Scalar::Decimal => figure_test(operator, value).map(stored),
        Scalar::String => word_test(operator, value),
        Scalar::Date | Scalar::DateTime => date_test(scalar, operator, value),
    }
}

/// The same test of what is stored.
fn stored((test, holds): (NumberTest, bool)) -> (Test, bool) {
    (test.into(), holds)
}

/// The whole number that a value of a scalar is stored as.
fn code(scalar: Scalar, value: &Value) -> Option<i64> {
    match (scalar, value) {
        (Scalar::Int, Value::Number(number)) => number.as_i64(),
        (Scalar::Boolean, Value::Boolean(truth)) => Some(i64::from(*truth)),
        (Scalar::Enum(enumeration), value) => {
            let name = match value {
                Value::Enum(name) => name.as_str(),
                Value::String(name) => name.as_str(),
                _ => return None,
            };
            let place = enumeration
                .values
                .iter()
                .position(|(known, _)| *known == name)?;
            i64::try_from(place).ok()
        }
        _ => None,
    }
}

fn word_test(operator: Operator, value: &Value) -> Tested {
    let word = |value: &Value| Ok(text(value)?.to_ascii_lowercase());
    Ok(match operator {
        Operator::Eq | Operator::Ne => (
            Test::OneOfWords(vec![word(value)?]),
            operator == Operator::Eq,
        ),
        Operator::In | Operator::NotIn => (
            Test::OneOfWords(items(value).iter().map(word).collect::<Result<_, _>>()?),
            operator == Operator::In,
        ),
        Operator::Contains => (Test::Contains(word(value)?), true),
        Operator::StartsWith => (Test::StartsWith(word(value)?), true),
        Operator::EndsWith => (Test::EndsWith(word(value)?), true),
        _ => return Err(Fault::new("there is no such operator for a text")),
    })
}

/// Ids are compared by natural key; one of another type is that of no row.
pub(super) fn id_test(object: &'static ObjectType, operator: Operator, value: &Value) -> Tested {
    let natural_key = |value: &Value| {
        let id = match value {
            Value::Number(number) => number.to_string(),
            other => text(other)?,
        };
        Ok(node_id::decode(&id)
            .filter(|(target, _)| target.name == object.name)
            .map(|(_, natural_key)| natural_key))
    };
    let keys = items(value)
        .iter()
        .map(natural_key)
        .collect::<Result<Vec<_>, _>>()?;
    let holds = matches!(operator, Operator::Eq | Operator::In);
    Ok((
        Test::OneOfTexts(keys.into_iter().flatten().collect()),
        holds,
    ))
}

fn text(value: &Value) -> Result<String, Fault> {
    match value {
        Value::String(text) => Ok(text.clone()),
        other => Err(unfit(other)),
    }
}

/// Compares numbers that are kept with so many decimals, exactly: a number between two that can be is neither.
fn number_test(
    operator: Operator,
    value: &Value,
    decimals: u32,
    read: impl Fn(&Value) -> Option<Decimal>,
) -> Result<(NumberTest, bool), Fault> {
    let read = |value: &Value| read(value).ok_or_else(|| unfit(value));
    let exact = |value: &Value| Ok(read(value)?.exactly(decimals));
    let one_of = |values: &[Value]| {
        let numbers = values.iter().map(exact).collect::<Result<Vec<_>, _>>()?;
        Ok(NumberTest::OneOf(numbers.into_iter().flatten().collect()))
    };
    Ok(match operator {
        Operator::Eq | Operator::In => (one_of(items(value))?, true),
        Operator::Ne | Operator::NotIn => (one_of(items(value))?, false),
        Operator::Lt => {
            let most = read(value)?.ceiling(decimals).saturating_sub(1);
            (NumberTest::AtMost(most), true)
        }
        Operator::Lte => (NumberTest::AtMost(read(value)?.floor(decimals)), true),
        Operator::Gt => {
            let least = read(value)?.floor(decimals).saturating_add(1);
            (NumberTest::AtLeast(least), true)
        }
        Operator::Gte => (NumberTest::AtLeast(read(value)?.ceiling(decimals)), true),
        Operator::IsNull => (NumberTest::IsMissing, *value == Value::Boolean(true)),
        _ => return Err(Fault::new("there is no such operator for a number")),
    })
}

/// Compares a whole number.
pub(super) fn count_test(operator: Operator, value: &Value) -> Result<(NumberTest, bool), Fault> {
    number_test(operator, value, 0, |value| {
        code(Scalar::Int, value).map(Decimal::whole)
    })
}

/// Compares a figure, or a sum of figures, in ten-thousandths.
pub(super) fn figure_test(operator: Operator, value: &Value) -> Result<(NumberTest, bool), Fault> {
    number_test(operator, value, DECIMALS, |value| match value {
        Value::Number(number) => Decimal::of_number(number),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn figure(operator: Operator, value: serde_json::Value) -> NumberTest {
        let value = Value::from_json(value).expect("a value");
        let tested = figure_test(operator, &value).map_err(|fault| fault.what);
        tested.expect("a test").0
    }

    #[test]
    fn sums_compare_exactly_beyond_64_bits() {
        let large = figure(Operator::Gt, json!(1e18));
        assert_eq!(large, NumberTest::AtLeast(10_i128.pow(22) + 1));
        assert_eq!(
            figure(Operator::Lt, json!(1e300)),
            NumberTest::AtMost(i128::MAX - 1)
        );
    }

    #[test]
    fn a_number_between_two_is_neither() {
        let tests = [
            (Operator::Eq, NumberTest::OneOf(Vec::new())),
            (Operator::Lt, NumberTest::AtMost(0)),
            (Operator::Lte, NumberTest::AtMost(0)),
            (Operator::Gt, NumberTest::AtLeast(1)),
            (Operator::Gte, NumberTest::AtLeast(1)),
        ];
        for (operator, expected) in tests {
            assert_eq!(figure(operator, json!(0.00001)), expected, "{operator:?}");
        }
    }

    #[test]
    fn numbers_out_of_reach_are_beyond_all_that_are_stored() {
        let stored = |operator, value| Test::from(figure(operator, value));
        let none = Test::OneOf(Vec::new());
        for (operator, value, expected) in [
            (Operator::Eq, json!(1e300), none.clone()),
            (Operator::Lte, json!(1e300), Test::AtMost(i64::MAX)),
            (Operator::Lt, json!(1e300), Test::AtMost(i64::MAX)),
            (Operator::Gte, json!(-1e300), Test::AtLeast(i64::MIN)),
            (Operator::Gt, json!(1e300), none.clone()),
            (Operator::Lte, json!(-1e300), none),
        ] {
            assert_eq!(
                stored(operator, value.clone()),
                expected,
                "{operator:?} {value}"
            );
        }
    }
}
