//! What async-graphql does for us: it parses documents, validates them against the schema and answers introspection.

use std::sync::Arc;

use async_graphql::{
    Pos, Response, ServerError, Value,
    extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute},
    parser::{
        self, parse_query,
        types::{DocumentOperations, ExecutableDocument, OperationDefinition},
    },
};

use crate::{
    answer::Introspection,
    error::{Code, RequestError},
    schema::{PublicSchema, public_schema},
};

/// Whether the operation asks for `__schema` or `__type`, which async-graphql then has to answer.
pub(super) struct Introspects(pub(super) bool);

/// The deepest selection that may be validated. The standard introspection query is 15 deep.
const MAX_DEPTH: usize = 100;

/// The schema in a form that validates documents, and executes nothing but introspection.
pub(super) fn validating_schema() -> PublicSchema {
    public_schema()
        .limit_recursive_depth(MAX_DEPTH)
        .extension(StopBeforeExecution)
        .finish()
}

struct StopBeforeExecution;

impl ExtensionFactory for StopBeforeExecution {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(StopBeforeExecution)
    }
}

#[async_graphql::async_trait::async_trait]
impl Extension for StopBeforeExecution {
    async fn execute(
        &self,
        context: &ExtensionContext<'_>,
        operation_name: Option<&str>,
        next: NextExecute<'_>,
    ) -> Response {
        match context.data_opt::<Introspects>() {
            Some(Introspects(true)) => next.run(context, operation_name).await,
            _ => Response::new(Value::Null),
        }
    }
}

/// The answers to introspection, by response key. Fields of ours are there too, as null.
pub(super) fn introspection(response: Response) -> Introspection {
    match response.data {
        Value::Object(values) => values,
        _ => Introspection::new(),
    }
}

/// Parses a document.
pub(super) fn parse(query: &str) -> Result<ExecutableDocument, Vec<RequestError>> {
    parse_query(query).map_err(|error| {
        let places: Vec<Pos> = error.positions().collect();
        let mut fault = RequestError::new(Code::ParseFailed, syntax_message(&error));
        fault.locations = places;
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

/// A fault that async-graphql found in a document.
pub(super) fn fault(error: ServerError) -> RequestError {
    let mut fault = RequestError::new(Code::ValidationFailed, one_line(&error.message));
    fault.locations = error.locations;
    fault
}

fn one_line(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}
