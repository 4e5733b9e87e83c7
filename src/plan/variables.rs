//! The values of an operation's variables.
//!
//! They have been coerced before: types are right, defaults are filled in, and a variable that is not here was not
//! sent and has no default.

use std::collections::HashMap;

use async_graphql::{Name, Value};

/// The values of the variables of one operation.
#[derive(Clone, Debug, Default)]
pub struct Variables(HashMap<String, Value>);

impl Variables {
    /// Takes coerced values.
    pub fn new(values: HashMap<String, Value>) -> Variables {
        Variables(values)
    }

    /// The value of a variable; `None` where it was not sent and has no default.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// The values in the form that async-graphql takes them.
    pub fn to_request(&self) -> async_graphql::Variables {
        let mut variables = async_graphql::Variables::default();
        for (name, value) in &self.0 {
            variables.insert(Name::new(name), value.clone());
        }
        variables
    }
}
