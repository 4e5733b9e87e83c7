//! What `having` asks for, as plain data: which groups, by their numbers.
//!
//! Like a filter it is two-valued: a comparison with a missing number is false, and `not` is the exact complement.

use async_graphql::Value;

use super::{
    aggregated::Aggregated,
    codes::Codes,
    comparison::{NumberTest, count_test, figure_test, operators},
    group::{TotalNumber, TotalRef, total_ref},
    input::{Fault, entries, given, items},
};
use crate::schema::{
    declaration::{Connection, GroupType, Measure},
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
    /// A number of a total, in ten-thousandths, compares.
    Total(TotalRef, TotalNumber, NumberTest),
}

/// Reads the coerced value of a filter of groups. What it looks at is asked for in `aggregated`.
pub(super) fn having(
    connection: &Connection,
    groups: &GroupType,
    value: &Value,
    codes: Codes<'_>,
    aggregated: &mut Aggregated,
) -> Result<Having, Fault> {
    let mut all = Vec::new();
    for (key, value) in entries(value) {
        if *value == Value::Null {
            continue;
        }
        let mut inner = |value: &Value| having(connection, groups, value, codes, aggregated);
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
            "total" => total(value, codes, aggregated),
            _ => match measure(connection, groups, key) {
                Some(measure) => {
                    let place = aggregated.count(measure);
                    tests(value, count_test, |test| Having::Count(place, test))
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

fn total(value: &Value, codes: Codes<'_>, aggregated: &mut Aggregated) -> Result<Having, Fault> {
    let total = total_ref(value, codes, aggregated)?;
    let mut all = Vec::new();
    for (name, number) in [("sum", TotalNumber::Sum), ("atLeast", TotalNumber::AtLeast)] {
        let Some(compared) = given(value, name) else {
            continue;
        };
        let condition = |test| Having::Total(total.clone(), number, test);
        let tests = tests(compared, figure_test, condition).map_err(|fault| fault.under(name))?;
        all.push(tests);
    }
    if all.is_empty() {
        return Err(Fault::new("say how `sum` or `atLeast` compares"));
    }
    Ok(Having::All(all))
}

/// The comparisons of one number, all of which must hold.
fn tests(
    value: &Value,
    test: impl Fn(Operator, &Value) -> Result<(NumberTest, bool), Fault>,
    condition: impl Fn(NumberTest) -> Having,
) -> Result<Having, Fault> {
    let mut all = Vec::new();
    for (operator, value) in operators(value)? {
        let (test, holds) = test(operator, value).map_err(|fault| fault.under(operator.name()))?;
        let condition = condition(test);
        all.push(match holds {
            true => condition,
            false => Having::Not(Box::new(condition)),
        });
    }
    Ok(Having::All(all))
}
