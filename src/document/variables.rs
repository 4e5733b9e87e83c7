//! The values of an operation's variables.
//!
//! They are coerced here: types are right, defaults are filled in, and a variable that is not among them was not sent and
//! has no default.

use std::collections::HashMap;

use apollo_compiler::{
    Schema,
    executable::Operation,
    parser::SourceMap,
    request::coerce_variable_values,
    response::{GraphQLError, JsonValue},
    validation::Valid,
};
use async_graphql::{Name, Value};

use super::{
    extra_rules::ambiguous,
    numeric_coercion::{put_stand_ins, take_stand_ins_back},
    validate::located,
};
use crate::error::{Code, RequestError};

/// The values of the variables of one operation.
#[derive(Clone, Debug, Default)]
pub struct Variables(HashMap<String, Value>);

impl Variables {
    /// The value of a variable; `None` where it was not sent and has no default.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// All names and values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }
}

/// Why there are no values.
pub(super) enum Unfit {
    /// The variables are no object.
    Variables(RequestError),
    /// The value of a variable does not fit its type, or is missing; what is told says what the schema has.
    Value(RequestError),
}

/// The values of the variables of an operation, from those that were sent.
///
/// # Errors
/// The first variable whose value does not fit, or that is missing.
pub(super) fn coerce(
    schema: &Valid<Schema>,
    operation: &Operation,
    given: &serde_json::Value,
    sources: &SourceMap,
) -> Result<Variables, Unfit> {
    let unfit = |fault| Unfit::Value(located(Code::BadUserInput, fault));
    let given = match JsonValue::from(given.clone()) {
        JsonValue::Object(given) => given,
        JsonValue::Null => Default::default(),
        _ => {
            return Err(Unfit::Variables(RequestError::new(
                Code::BadUserInput,
                "variables must be an object, with a key for each variable.",
            )));
        }
    };
    let mut readable = given.clone();
    for variable in &operation.variables {
        if let Some(value) = readable.get_mut(variable.name.as_str()) {
            put_stand_ins(schema, &variable.ty, value);
        }
    }
    let mut values = coerce_variable_values(schema, operation, &readable)
        .map_err(|fault| unfit(fault.to_graphql_error(sources)))?
        .into_inner();
    take_stand_ins_back(&mut values, &given);
    if let Some((variable, object)) = ambiguous(schema, operation, &values) {
        let message = format!(
            "variable `${}`: `{}` takes exactly one key, and not null; several go into a list of objects",
            variable.name, object.name
        );
        let place = variable.location();
        return Err(unfit(GraphQLError::new(message, place, sources)));
    }
    let values = values
        .iter()
        .map(|(name, value)| (name.as_str().to_owned(), constant(value)));
    Ok(Variables(values.collect()))
}

/// A coerced value as the planner reads it.
fn constant(value: &JsonValue) -> Value {
    match value {
        JsonValue::Null => Value::Null,
        JsonValue::Bool(truth) => Value::Boolean(*truth),
        JsonValue::Number(number) => Value::Number(number.clone()),
        JsonValue::String(text) => Value::String(text.as_str().to_owned()),
        JsonValue::Array(items) => Value::List(items.iter().map(constant).collect()),
        JsonValue::Object(entries) => Value::Object(
            entries
                .iter()
                .map(|(key, value)| (Name::new(key.as_str()), constant(value)))
                .collect(),
        ),
    }
}
