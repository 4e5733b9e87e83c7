//! How many input objects lie inside each other in an argument.

use apollo_compiler::ast::Value as Literal;
use serde_json::Value;

use crate::{error::RequestError, limits::Limits};

/// Makes sure that no variable has more input objects inside each other than it may.
///
/// # Errors
/// `QUERY_TOO_LARGE`, with the name of the variable.
pub(in crate::document) fn measure_variables(
    variables: &Value,
    limits: &Limits,
) -> Result<(), RequestError> {
    let Value::Object(variables) = variables else {
        return Ok(());
    };
    let limit = limits.filter_nesting();
    for (name, value) in variables {
        let nesting = nesting(value, |value, inside| match value {
            Value::Array(items) => {
                inside.extend(items);
                false
            }
            Value::Object(entries) => {
                inside.extend(entries.values());
                true
            }
            _ => false,
        });
        if limit.is_passed(nesting) {
            let name: String = name.chars().take(100).collect();
            return Err(limit.fault(&format!("variable ${name}"), nesting));
        }
    }
    Ok(())
}

/// How many input objects lie inside each other in a literal.
pub(super) fn nesting_of_literal(literal: &Literal) -> u64 {
    nesting(literal, |literal, inside| match literal {
        Literal::List(items) => {
            inside.extend(items.iter().map(|item| &**item));
            false
        }
        Literal::Object(entries) => {
            inside.extend(entries.iter().map(|(_, value)| &**value));
            true
        }
        _ => false,
    })
}

/// How many objects lie inside each other. `open` gives what lies inside a value, and whether the value is an object.
/// What waits to be looked at is kept in a list, since a variable may be deeper than a stack.
fn nesting<'v, V>(value: &'v V, open: impl Fn(&'v V, &mut Vec<&'v V>) -> bool) -> u64 {
    let mut deepest = 0;
    let mut waiting = vec![(value, 0)];
    let mut inside = Vec::new();
    while let Some((value, around)) = waiting.pop() {
        let objects = around + u64::from(open(value, &mut inside));
        deepest = deepest.max(objects);
        waiting.extend(inside.drain(..).map(|value| (value, objects)));
    }
    deepest
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn objects_are_counted_and_lists_are_not() {
        let limits = Limits {
            filter_nesting: 3,
            ..Limits::default()
        };
        let three = json!({ "a": [[[{ "and": [{ "or": {} }, {}] }]]], "b": 1, "c": {} });
        assert_eq!(measure_variables(&three, &limits), Ok(()));
        assert_eq!(measure_variables(&Value::Null, &limits), Ok(()));
        let four = json!({ "a": {}, "where": { "and": [{ "not": { "or": [{}] } }] } });
        let fault = measure_variables(&four, &limits).unwrap_err();
        assert_eq!(
            fault.message,
            "The variable $where has 4 input objects inside each other, more than the 3 that one may have; ask for less at once."
        );
    }
}
