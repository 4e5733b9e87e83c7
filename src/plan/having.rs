//! What `having` asks for, as plain data: which groups, by their numbers.
//!
//! Like a filter it is two-valued: a comparison with a missing sum is false, and `not` is the exact complement.

use async_graphql::Value;

use super::{
    decimal::Decimal,
    filter::{Fault, entries, items, operators, unfit},
    group::{TotalRef, total_ref},
    tree::Aggregated,
};
use crate::schema::{
    declaration::{Connection, GroupType, Measure, Scalar},
    filters::Operator,
};

/// A condition on a group.
pub enum Having {
    /// All hold; true of none.
    All(Vec<Having>),
    /// One holds; false of none.
    Any(Vec<Having>),
    /// Does not hold.
    Not(Box<Having>),
    /// The count at this place in [`Aggregated::counts`] compares.
    Count(usize, NumberTest),
    /// The sum of a total, in ten-thousandths, compares.
    Sum(TotalRef, NumberTest),
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

/// The decimals that sums are kept with.
const DECIMALS: u32 = 4;

/// Reads the coerced value of a filter of groups. What it looks at is asked for in `aggregated`.
pub(super) fn having(
    connection: &Connection,
    groups: &GroupType,
    value: &Value,
    aggregated: &mut Aggregated,
) -> Result<Having, Fault> {
    let mut all = Vec::new();
    for (key, value) in entries(value) {
        if *value == Value::Null {
            continue;
        }
        let mut inner = |value: &Value| having(connection, groups, value, aggregated);
        let read = match key {
            "and" => items(value)
                .iter()
                .map(inner)
                .collect::<Result<_, _>>()
                .map(Having::All),
            "or" => items(value)
                .iter()
                .map(inner)
                .collect::<Result<_, _>>()
                .map(Having::Any),
            "not" => inner(value).map(|inner| Having::Not(Box::new(inner))),
            "total" => sum(value, aggregated),
            _ => match measure(connection, groups, key) {
                Some(measure) => {
                    let place = aggregated.count(measure);
                    tests(value, Scalar::Int, |test| Having::Count(place, test))
                }
                None => Err(Fault::new("there is no such key")),
            },
        };
        all.push(read.map_err(|fault| fault.under(key))?);
    }
    Ok(Having::All(all))
}

/// How a count is counted by which groups may be chosen and ordered.
pub(super) fn measure(connection: &Connection, groups: &GroupType, name: &str) -> Option<Measure> {
    let mut fields = connection.aggregate.fields.iter();
    fields
        .find(|field| field.name == name && groups.counts.contains(&name))
        .map(|field| field.measure)
}

fn sum(value: &Value, aggregated: &mut Aggregated) -> Result<Having, Fault> {
    let total = total_ref(value, aggregated)?;
    let sum = entries(value)
        .find(|(key, value)| *key == "sum" && **value != Value::Null)
        .map(|(_, value)| value)
        .ok_or_else(|| Fault::new("say how the sum compares").under("sum"))?;
    tests(sum, Scalar::Decimal, |test| {
        Having::Sum(total.clone(), test)
    })
    .map_err(|fault| fault.under("sum"))
}

/// The comparisons of one number, all of which must hold.
fn tests(
    value: &Value,
    scalar: Scalar,
    condition: impl Fn(NumberTest) -> Having,
) -> Result<Having, Fault> {
    let mut all = Vec::new();
    for (operator, value) in operators(value)? {
        let (test, holds) =
            number_test(operator, value, scalar).map_err(|fault| fault.under(operator.name()))?;
        let condition = condition(test);
        all.push(match holds {
            true => condition,
            false => Having::Not(Box::new(condition)),
        });
    }
    Ok(Having::All(all))
}

/// A test, and whether it must hold or must not. A number between two that can be is neither.
fn number_test(
    operator: Operator,
    value: &Value,
    scalar: Scalar,
) -> Result<(NumberTest, bool), Fault> {
    let decimals = match scalar {
        Scalar::Decimal => DECIMALS,
        _ => 0,
    };
    let read = |value: &Value| match value {
        Value::Number(number) => Decimal::of_number(number)
            .map(|number| number.units(decimals))
            .ok_or_else(|| unfit(value)),
        _ => Err(unfit(value)),
    };
    let one_of = |values: &[Value]| {
        let numbers = values.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let exact = numbers.into_iter().filter(|(_, is_exact)| *is_exact);
        Ok(NumberTest::OneOf(exact.map(|(number, _)| number).collect()))
    };
    Ok(match operator {
        Operator::Eq | Operator::Ne | Operator::In | Operator::NotIn => (
            one_of(items(value))?,
            matches!(operator, Operator::Eq | Operator::In),
        ),
        // Less than a number is not at least it, and a missing one is neither.
        Operator::Lt => {
            let (floor, is_exact) = read(value)?;
            let most = floor.saturating_sub(i128::from(is_exact));
            (NumberTest::AtMost(most), true)
        }
        Operator::Lte => (NumberTest::AtMost(read(value)?.0), true),
        Operator::Gt => (NumberTest::AtLeast(read(value)?.0.saturating_add(1)), true),
        Operator::Gte => {
            let (floor, is_exact) = read(value)?;
            let least = floor.saturating_add(i128::from(!is_exact));
            (NumberTest::AtLeast(least), true)
        }
        Operator::IsNull => (NumberTest::IsMissing, *value == Value::Boolean(true)),
        _ => return Err(Fault::new("there is no such operator for a number")),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn test(operator: Operator, value: serde_json::Value) -> (NumberTest, bool) {
        let value = Value::from_json(value).expect("a value");
        number_test(operator, &value, Scalar::Decimal)
            .map_err(|fault| fault.what)
            .expect("a test")
    }

    #[test]
    fn sums_compare_exactly_beyond_64_bits() {
        let large = test(Operator::Gt, json!(1e18)).0;
        assert_eq!(large, NumberTest::AtLeast(10_i128.pow(22) + 1));
        assert_eq!(
            test(Operator::Lt, json!(1e300)).0,
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
            assert_eq!(test(operator, json!(0.00001)).0, expected, "{operator:?}");
        }
    }
}
