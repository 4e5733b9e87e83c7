//! Whether a document fits the schema, and what its variables come to.
//!
//! apollo-compiler decides it, and `check` looks for what it leaves open (`docs/decisions/validation.md`). Where
//! introspection is switched off, no fault may name anything of the schema that the client did not name.

use apollo_compiler::{
    ExecutableDocument, Schema,
    ast::{FieldDefinition, Type},
    collections::HashSet,
    name,
    parser::{SourceMap, SourceSpan},
    request::coerce_variable_values,
    response::{GraphQLError, JsonValue},
    schema::{Component, ExtendedType},
    validation::Valid,
};
use async_graphql::{Pos, Value};

use super::{
    check,
    numbers::{put_stand_ins, take_stand_ins_back},
    suggest::suggestion,
};
use crate::{
    error::{Code, Internal, RequestError},
    plan::Variables,
    schema,
};

/// The schema as documents are held against it.
pub(super) struct Validator {
    schema: Valid<Schema>,
    introspection: bool,
}

impl Validator {
    /// # Errors
    /// If the declarations do not make a valid schema.
    pub(super) fn new(introspection: bool) -> Result<Validator, Internal> {
        let schema = Schema::parse_and_validate(schema::sdl(), "schema.graphql")
            .map_err(|faults| Internal::Broken(faults.errors.to_string()))?;
        Ok(Validator {
            schema: with_is_one_of(schema),
            introspection,
        })
    }

    /// The schema of this text, which is GraphQL, as a valid document.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub(super) fn validate(
        &self,
        text: &str,
    ) -> Result<Valid<ExecutableDocument>, Vec<RequestError>> {
        let told = |faults: Vec<RequestError>| match self.introspection {
            true => faults.into_iter().map(|fault| self.helped(fault)).collect(),
            false => faults
                .into_iter()
                .map(|fault| self.hidden(fault, text))
                .collect(),
        };
        let document = ExecutableDocument::parse_and_validate(&self.schema, text, "request")
            .map_err(|found| {
                told(first_faults(
                    found.errors.iter().map(|fault| fault.to_json()),
                ))
            })?;
        let faults = check::faults(&self.schema, &document, self.introspection);
        match faults.is_empty() {
            true => Ok(document),
            false => Err(told(faults)),
        }
    }

    /// The values of the variables of an operation.
    ///
    /// # Errors
    /// The first variable whose value does not fit, or that is missing.
    pub(super) fn coerce(
        &self,
        text: &str,
        document: &Valid<ExecutableDocument>,
        operation_name: Option<&str>,
        given: &serde_json::Value,
    ) -> Result<Variables, Vec<RequestError>> {
        let refused = |code, error: GraphQLError| {
            let fault = located(code, error);
            vec![match self.introspection {
                true => fault,
                false => self.hidden(fault, &format!("{text} {given}")),
            }]
        };
        let sources = &document.sources;
        let operation = document.operations.get(operation_name).map_err(|fault| {
            refused(
                Code::OperationResolutionFailure,
                fault.to_graphql_error(sources),
            )
        })?;
        let given = match JsonValue::from(given.clone()) {
            JsonValue::Object(given) => given,
            JsonValue::Null => Default::default(),
            _ => {
                return Err(vec![RequestError::new(
                    Code::BadUserInput,
                    "variables must be an object, with a key for each variable.",
                )]);
            }
        };
        let mut readable = given.clone();
        for variable in &operation.variables {
            if let Some(value) = readable.get_mut(variable.name.as_str()) {
                put_stand_ins(&self.schema, &variable.ty, value);
            }
        }
        let mut values = coerce_variable_values(&self.schema, operation, &readable)
            .map_err(|fault| refused(Code::BadUserInput, fault.to_graphql_error(sources)))?
            .into_inner();
        take_stand_ins_back(&mut values, &given);
        if let Some((variable, object)) = check::ambiguous(&self.schema, operation, &values) {
            let message = format!(
                "variable `${}`: `{}` takes exactly one key, and not null; several go into a list of objects",
                variable.name, object.name
            );
            let error = GraphQLError::new(message, variable.location(), sources);
            return Err(refused(Code::BadUserInput, error));
        }
        let values = values
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), constant(value)));
        Ok(Variables::new(values.collect()))
    }

    /// The same fault, with a name that may have been meant.
    fn helped(&self, mut fault: RequestError) -> RequestError {
        if let Some(name) = suggestion(&self.schema, &fault.message) {
            fault.message.push_str(&format!("; did you mean `{name}`?"));
        }
        fault
    }

    /// The same fault, without a word that would tell what the schema has: names in quotes and names of types are left
    /// only where the client wrote them.
    fn hidden(&self, mut fault: RequestError, written: &str) -> RequestError {
        let written: HashSet<&str> = words(written).collect();
        let is_told = fault.message.split('`').enumerate().all(|(place, part)| {
            let is_quoted = place % 2 == 1;
            words(part).all(|word| {
                written.contains(word) || !is_quoted && !self.schema.types.contains_key(word)
            })
        });
        if !is_told {
            fault.message = match fault.code {
                Code::BadUserInput => "the variables do not fit their types".into(),
                _ => "the document does not fit the schema at this place".into(),
            };
        }
        fault
    }
}

/// Words as names are written.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
        .filter(|word| !word.is_empty())
}

/// The schema with a field of introspection that apollo-compiler does not know.
fn with_is_one_of(schema: Valid<Schema>) -> Valid<Schema> {
    let mut schema = schema.into_inner();
    if let Some(ExtendedType::Object(introspected)) = schema.types.get_mut("__Type") {
        let field = FieldDefinition {
            description: None,
            name: name!("isOneOf"),
            arguments: Vec::new(),
            ty: Type::Named(name!("Boolean")),
            directives: Default::default(),
        };
        let fields = &mut introspected.make_mut().fields;
        fields.insert(name!("isOneOf"), Component::new(field));
    }
    // One more nullable field of a scalar makes no schema invalid.
    Valid::assume_valid(schema)
}

/// The faults of a document. Where a selection holds nothing but unknown fields, the validator also finds it missing;
/// that second fault would mislead beside the first.
fn first_faults(faults: impl Iterator<Item = GraphQLError>) -> Vec<RequestError> {
    const MISSING_SELECTION: &str = "must have a subselection set";
    let (missing, others): (Vec<_>, Vec<_>) = faults
        .map(|fault| located(Code::ValidationFailed, fault))
        .partition(|fault| fault.message.contains(MISSING_SELECTION));
    if others.is_empty() { missing } else { others }
}

fn located(code: Code, error: GraphQLError) -> RequestError {
    let message = error.message.split_whitespace().collect::<Vec<_>>();
    let mut fault = RequestError::new(code, message.join(" "));
    fault.locations = error
        .locations
        .iter()
        .map(|place| Pos {
            line: place.line,
            column: place.column,
        })
        .collect();
    fault
}

/// Where something begins, if it stands in a document.
pub(super) fn position(place: Option<SourceSpan>, sources: &SourceMap) -> Vec<Pos> {
    place
        .and_then(|place| place.line_column(sources))
        .map(|place| Pos {
            line: place.line,
            column: place.column,
        })
        .into_iter()
        .collect()
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
                .map(|(key, value)| (async_graphql::Name::new(key.as_str()), constant(value)))
                .collect(),
        ),
    }
}
