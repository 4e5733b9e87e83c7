//! How much the arguments of an operation come to, once its fragments and variables are expanded: a list in a variable is
//! taken apart wherever it is used.

use apollo_compiler::ast::Value as Literal;
use async_graphql::Value;

use super::{planner::Planner, selection::Selected};
use crate::error::RequestError;

/// What a value takes in a plan, in bytes, beside its letters.
const VALUE: u64 = 64;

impl Planner<'_> {
    /// Adds the arguments of a field.
    ///
    /// # Errors
    /// `QUERY_TOO_LARGE` where they come to too much.
    pub(super) fn take_arguments(&mut self, selected: &Selected<'_>) -> Result<(), RequestError> {
        let arguments = selected.field.arguments.iter();
        let bytes: u64 = arguments
            .map(|argument| self.literal(&argument.value))
            .sum();
        self.argument_bytes += bytes;
        let most = self.limits.arguments();
        match most.is_passed(self.argument_bytes) {
            true => Err(self.here(
                most.overrun("operation")
                    .at(self.operation.position(selected.field)),
            )),
            false => Ok(()),
        }
    }

    fn literal(&self, literal: &Literal) -> u64 {
        VALUE
            + match literal {
                Literal::Variable(name) => self.operation.variables.get(name).map_or(0, value),
                Literal::String(text) => text.len() as u64,
                Literal::List(items) => items.iter().map(|item| self.literal(item)).sum(),
                Literal::Object(entries) => {
                    entries.iter().map(|(_, item)| self.literal(item)).sum()
                }
                _ => 0,
            }
    }
}

fn value(constant: &Value) -> u64 {
    VALUE
        + match constant {
            Value::String(text) => text.len() as u64,
            Value::List(items) => items.iter().map(value).sum(),
            Value::Object(entries) => entries.values().map(value).sum(),
            _ => 0,
        }
}
