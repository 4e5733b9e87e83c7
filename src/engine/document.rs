//! From the text of a request to an operation that is known to fit the schema, with the values of its variables.
//!
//! Two libraries share this. async-graphql's parser gives the document that is planned, and its executor answers
//! introspection. apollo-compiler decides whether a document is valid and what its variables come to, since it does so
//! as the specification says (`docs/decisions/validation.md`). A document that was found valid is kept, so that it is
//! parsed and validated once however often it is sent.

use std::sync::Arc;

use apollo_compiler::{
    ExecutableDocument as CheckedDocument, Schema as CheckedSchema,
    executable::Operation as CheckedOperation,
    request::coerce_variable_values,
    response::{GraphQLError, JsonValue},
    validation::Valid,
};
use async_graphql::{
    Pos, ValidationMode, Value,
    parser::{
        self, parse_query,
        types::{DocumentOperations, ExecutableDocument, OperationDefinition, OperationType},
    },
};
use moka::sync::Cache;

use crate::{
    answer::Introspection,
    error::{Code, Internal, RequestError},
    plan::Variables,
    schema::{self, PublicSchema, public_schema},
};

/// The deepest selection that introspection may have. The standard query is 15 deep.
const MAX_DEPTH: usize = 100;

/// How much text of valid documents is kept, in bytes. What is made of a text takes several times its size.
const KEPT_TEXT: u64 = 4 * 1024 * 1024;

/// The schema, in the forms in which documents are checked against it, and the documents found valid lately.
pub(super) struct Documents {
    checked: Valid<CheckedSchema>,
    introspected: PublicSchema,
    valid: Cache<String, Arc<Document>>,
}

/// A valid document, as each of the two libraries reads it.
struct Document {
    planned: ExecutableDocument,
    checked: Valid<CheckedDocument>,
}

/// A request whose document fits the schema.
pub(super) struct Checked {
    document: Arc<Document>,
    /// The values of the variables.
    pub(super) variables: Variables,
}

impl Checked {
    /// The document as it is planned.
    pub(super) fn document(&self) -> &ExecutableDocument {
        &self.document.planned
    }
}

impl Documents {
    /// # Errors
    /// If the declarations do not make a valid schema.
    pub(super) fn new() -> Result<Documents, Internal> {
        let sdl = schema::sdl();
        let checked = CheckedSchema::parse_and_validate(sdl, "schema.graphql")
            .map_err(|faults| Internal::Broken(faults.errors.to_string()))?;
        let introspected = public_schema()
            .validation_mode(ValidationMode::Fast)
            .limit_recursive_depth(MAX_DEPTH)
            .finish();
        let valid = Cache::builder()
            .weigher(|text: &String, _| u32::try_from(text.len()).unwrap_or(u32::MAX))
            .max_capacity(KEPT_TEXT)
            .build();
        Ok(Documents {
            checked,
            introspected,
            valid,
        })
    }

    /// Parses and validates a document and takes the values of its variables.
    pub(super) fn check(
        &self,
        query: &str,
        operation_name: Option<&str>,
        variables: &serde_json::Value,
    ) -> Result<Checked, Vec<RequestError>> {
        let document = self.document(query)?;
        // Whether the name is right is told from the document that is planned.
        operation(&document.planned, operation_name)?;
        let operation = document
            .checked
            .operations
            .get(operation_name)
            .map_err(|fault| {
                vec![located(
                    Code::OperationResolutionFailure,
                    fault.to_graphql_error(&document.checked.sources),
                )]
            })?;
        let variables = self.coerce(&document.checked, operation, variables)?;
        Ok(Checked {
            document,
            variables,
        })
    }

    fn document(&self, query: &str) -> Result<Arc<Document>, Vec<RequestError>> {
        if let Some(document) = self.valid.get(query) {
            return Ok(document);
        }
        let planned = parse(query)?;
        let checked = CheckedDocument::parse_and_validate(&self.checked, query, "request")
            .map_err(|faults| first_faults(faults.errors.iter().map(|fault| fault.to_json())))?;
        let document = Arc::new(Document { planned, checked });
        self.valid.insert(query.to_owned(), Arc::clone(&document));
        Ok(document)
    }

    fn coerce(
        &self,
        document: &CheckedDocument,
        operation: &CheckedOperation,
        given: &serde_json::Value,
    ) -> Result<Variables, Vec<RequestError>> {
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
        coerce_variable_values(&self.checked, operation, &given)
            .map(|coerced| {
                let values = coerced
                    .iter()
                    .map(|(name, value)| (name.as_str().to_owned(), constant(value)));
                Variables::new(values.collect())
            })
            .map_err(|fault| {
                vec![located(
                    Code::BadUserInput,
                    fault.to_graphql_error(&document.sources),
                )]
            })
    }

    /// The answers to `__schema` and `__type`, by response key. Fields of ours are there too, as null.
    pub(super) async fn introspect(
        &self,
        checked: &Checked,
        operation_name: Option<&str>,
    ) -> Introspection {
        let mut request = async_graphql::Request::new("").variables(checked.variables.to_request());
        request.operation_name = operation_name.map(str::to_owned);
        request.set_parsed_query(checked.document().clone());
        match self.introspected.execute(request).await.data {
            Value::Object(values) => values,
            _ => Introspection::new(),
        }
    }
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

fn parse(query: &str) -> Result<ExecutableDocument, Vec<RequestError>> {
    parse_query(query).map_err(|error| {
        let mut fault = RequestError::new(Code::ParseFailed, syntax_message(&error));
        fault.locations = error.positions().collect();
        vec![fault]
    })
}

/// What the parser says, in one line: it draws the place, which the location tells already.
fn syntax_message(error: &parser::Error) -> String {
    let text = error.to_string();
    let reason = text
        .lines()
        .rev()
        .find_map(|line| line.trim_start().strip_prefix("= "))
        .unwrap_or(text.lines().next().unwrap_or_default());
    format!("The document is not GraphQL: {reason}.")
}

/// What kind of operation a document asks for, valid or not; `None` where that cannot be told.
pub(super) fn operation_type(query: &str, name: Option<&str>) -> Option<OperationType> {
    let document = parse(query).ok()?;
    operation(&document, name)
        .ok()
        .map(|operation| operation.ty)
}

/// The operation to run.
pub(super) fn operation<'d>(
    document: &'d ExecutableDocument,
    name: Option<&str>,
) -> Result<&'d OperationDefinition, Vec<RequestError>> {
    let fault =
        |message: String| vec![RequestError::new(Code::OperationResolutionFailure, message)];
    match (&document.operations, name) {
        (DocumentOperations::Single(operation), None) => Ok(&operation.node),
        (DocumentOperations::Single(_), Some(name)) => Err(fault(format!(
            "operationName is \"{name}\", but the document's only operation has no name; leave operationName out."
        ))),
        (DocumentOperations::Multiple(operations), Some(name)) => operations
            .get(name)
            .map(|operation| &operation.node)
            .ok_or_else(|| {
                fault(format!(
                    "There is no operation named \"{name}\" in the document."
                ))
            }),
        (DocumentOperations::Multiple(operations), None) => {
            let mut all = operations.values();
            match (all.next(), all.next()) {
                (Some(operation), None) => Ok(&operation.node),
                _ => Err(fault(
                    "The document has several operations; name one in operationName.".into(),
                )),
            }
        }
    }
}
