//! The arguments of one field, as typed values. What was typed becomes what it means here, and nowhere else.

use apollo_compiler::{Node, executable::Field};
use async_graphql::Value;

use super::{decimal::Decimal, selection::Operation};
use crate::error::{Code, RequestError};

/// The arguments of one field.
pub(super) struct Arguments<'q> {
    operation: &'q Operation<'q>,
    field: &'q Node<Field>,
}

impl<'q> Arguments<'q> {
    pub(super) fn new(operation: &'q Operation<'q>, field: &'q Node<Field>) -> Arguments<'q> {
        Arguments { operation, field }
    }

    /// The value as typed; `None` where the argument is absent, null counting as absent.
    fn value(&self, name: &str) -> Option<Value> {
        let argument = self.field.specified_argument_by_name(name)?;
        match self.operation.resolve(argument) {
            Some(Value::Null) => None,
            value => value,
        }
    }

    /// A fault in the argument `name`.
    pub(super) fn fault(&self, name: &str, what: impl std::fmt::Display) -> RequestError {
        let mut arguments = self.field.arguments.iter();
        let place = match arguments.find(|argument| argument.name == name) {
            Some(argument) => self.operation.position(argument),
            None => self.operation.position(self.field),
        };
        RequestError::new(Code::BadUserInput, format!("{name}: {what}")).at(place)
    }

    /// A fault in a key inside the argument `name`.
    pub(super) fn fault_inside(
        &self,
        name: &str,
        keys: &[String],
        what: impl std::fmt::Display,
    ) -> RequestError {
        let mut fault = self.fault(name, what);
        if !keys.is_empty() {
            fault
                .message
                .insert_str(name.len(), &format!(".{}", keys.join(".")));
        }
        fault
    }

    /// An input object.
    pub(super) fn object(&self, name: &str) -> Option<Value> {
        self.value(name)
    }

    /// An `Int`.
    pub(super) fn int(&self, name: &str) -> Result<Option<i32>, RequestError> {
        match self.value(name) {
            None => Ok(None),
            Some(Value::Number(number)) => number
                .as_i64()
                .and_then(|number| i32::try_from(number).ok())
                .map(Some)
                .ok_or_else(|| self.fault(name, format!("{number} is not a 32-bit whole number"))),
            Some(other) => Err(self.fault(name, format!("{other} is not a whole number"))),
        }
    }

    /// A `Float`, exactly as typed.
    pub(super) fn number(&self, name: &str) -> Result<Option<Decimal>, RequestError> {
        self.value(name)
            .map(|value| {
                let number = match &value {
                    Value::Number(number) => Decimal::of_number(number),
                    _ => None,
                };
                number.ok_or_else(|| self.fault(name, format!("{value} is not a number")))
            })
            .transpose()
    }

    /// A `String`.
    pub(super) fn string(&self, name: &str) -> Result<Option<String>, RequestError> {
        match self.value(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(other) => Err(self.fault(name, format!("{other} is not a string"))),
        }
    }

    /// An `ID`, which may be typed as a string or a whole number.
    pub(super) fn id(&self, name: &str) -> Result<Option<String>, RequestError> {
        self.value(name)
            .map(|value| {
                id_text(&value).ok_or_else(|| self.fault(name, format!("{value} is not an id")))
            })
            .transpose()
    }

    /// A list of `ID`; one id alone is a list of one.
    pub(super) fn ids(&self, name: &str) -> Result<Vec<String>, RequestError> {
        let items = match self.value(name) {
            None => Vec::new(),
            Some(Value::List(items)) => items,
            Some(one) => vec![one],
        };
        items
            .iter()
            .map(|value| {
                id_text(value).ok_or_else(|| self.fault(name, format!("{value} is not an id")))
            })
            .collect()
    }
}

fn id_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        // A whole number larger than any of ours has been taken for a fraction, and is an id of nothing.
        Value::Number(number) if number.as_f64().is_some_and(|number| number.fract() == 0.0) => {
            Some(number.to_string())
        }
        _ => None,
    }
}
