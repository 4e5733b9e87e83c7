//! The values of an operation's variables, with defaults applied and types checked: the specification's CoerceVariableValues.
//!
//! async-graphql checks the shape of each value; this module decides presence, defaults and nulls, in one place.

use async_graphql::{
    Name, Pos, Value,
    parser::types::{OperationDefinition, Type},
};
use std::collections::HashMap;

use crate::error::{Code, RequestError};

/// The values of the variables of one operation.
#[derive(Debug, Default)]
pub struct Variables(HashMap<Name, Value>);

impl Variables {
    /// Takes what was sent for the variables that the operation defines; anything else is ignored, as the
    /// specification has it.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` for a variable that must have a value and has none, or is null.
    pub fn coerce(
        operation: &OperationDefinition,
        given: &async_graphql::Variables,
    ) -> Result<Variables, RequestError> {
        let mut values = HashMap::new();
        for definition in &operation.variable_definitions {
            let name = &definition.node.name.node;
            let variable_type = &definition.node.var_type.node;
            match given.get(name) {
                Some(Value::Null) if !variable_type.nullable => {
                    return Err(missing(name, variable_type, "is null", definition.pos));
                }
                Some(value) => {
                    values.insert(name.clone(), value.clone());
                }
                None => match &definition.node.default_value {
                    Some(default) => {
                        values.insert(name.clone(), default.node.clone());
                    }
                    None if !variable_type.nullable => {
                        return Err(missing(name, variable_type, "was not sent", definition.pos));
                    }
                    None => {}
                },
            }
        }
        Ok(Variables(values))
    }

    /// The value of a variable; `None` where it was not sent and has no default.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// The values in the form that async-graphql takes them.
    pub fn to_request(&self) -> async_graphql::Variables {
        let mut variables = async_graphql::Variables::default();
        for (name, value) in &self.0 {
            variables.insert(name.clone(), value.clone());
        }
        variables
    }
}

fn missing(name: &Name, variable_type: &Type, what: &str, position: Pos) -> RequestError {
    RequestError::new(
        Code::BadUserInput,
        format!("The variable ${name} of type {variable_type} {what}; send a value for it."),
    )
    .at(position)
}
