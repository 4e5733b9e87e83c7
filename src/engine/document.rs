//! From the text of a request to an operation that is known to fit the schema, with the values of its variables.
//!
//! `syntax` reads the document that is planned, `validator` decides whether it is valid and what its variables come to,
//! and async-graphql's executor answers introspection. A document that was found valid is kept, so that it is read and
//! validated once however often it is sent.

use std::sync::Arc;

use apollo_compiler::{ExecutableDocument as CheckedDocument, validation::Valid};
use async_graphql::{
    ValidationMode, Value,
    parser::types::{DocumentOperations, ExecutableDocument, OperationDefinition, OperationType},
};
use moka::sync::Cache;

use super::{
    syntax::{self, Syntax},
    validator::Validator,
};
use crate::{
    answer::Introspection,
    error::{Code, Internal, RequestError},
    guard,
    limits::Limits,
    plan::Variables,
    schema::{PublicSchema, public_schema, sdl},
};

/// The deepest selection that introspection may have. The standard query is 15 deep.
const MAX_DEPTH: usize = 100;

/// How much memory the valid documents that are kept may take, in bytes.
const KEPT: u64 = 64 * 1024 * 1024;

/// What a document takes at most, in bytes: so much whatever it is, and for each byte of its text so much. Both were
/// measured, with many documents of a field each, and with documents that have no byte to spare.
const DOCUMENT: usize = 3 * 1024;
const PER_BYTE: usize = 200;

/// The schema, in the forms in which documents are held against it, and the documents found valid lately.
pub(super) struct Documents {
    validator: Validator,
    sdl: String,
    introspected: PublicSchema,
    valid: Cache<String, Arc<Document>>,
    limits: Limits,
}

/// A valid document, as it is planned and as it is validated.
struct Document {
    planned: ExecutableDocument,
    checked: Valid<CheckedDocument>,
}

/// A request whose document fits the schema.
#[derive(Clone)]
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
    /// Without `introspection` nobody is told what the schema has.
    ///
    /// # Errors
    /// If the declarations do not make a valid schema.
    pub(super) fn new(limits: Limits, introspection: bool) -> Result<Documents, Internal> {
        let sdl = sdl(limits.pages());
        let introspected = public_schema(limits.pages())
            .validation_mode(ValidationMode::Fast)
            .limit_recursive_depth(MAX_DEPTH)
            .finish();
        let valid = Cache::builder()
            .weigher(|text: &String, _| {
                u32::try_from(DOCUMENT + PER_BYTE * text.len()).unwrap_or(u32::MAX)
            })
            .max_capacity(KEPT)
            .build();
        Ok(Documents {
            validator: Validator::new(&sdl, introspection)?,
            sdl,
            introspected,
            valid,
            limits,
        })
    }

    /// The schema in the schema definition language.
    pub(super) fn sdl(&self) -> &str {
        &self.sdl
    }

    /// Parses and validates a document and takes the values of its variables.
    pub(super) fn check(
        &self,
        query: &str,
        operation_name: Option<&str>,
        variables: &serde_json::Value,
    ) -> Result<Checked, Vec<RequestError>> {
        guard::measure_operation_name(operation_name, &self.limits).map_err(|fault| vec![fault])?;
        guard::measure_variables(variables, &self.limits).map_err(|fault| vec![fault])?;
        let document = self.document(query)?;
        // Whether the name is right is told from the document that is planned.
        operation(&document.planned, operation_name)?;
        let validator = &self.validator;
        let variables = validator.coerce(&document.checked, operation_name, variables)?;
        Ok(Checked {
            document,
            variables,
        })
    }

    /// What kind of operation a document asks for, valid or not; `None` where that cannot be told.
    pub(super) fn operation_type(&self, query: &str, name: Option<&str>) -> Option<OperationType> {
        let syntax = parse(query, &self.limits).ok()?;
        operation(&syntax.document, name)
            .ok()
            .map(|operation| operation.ty)
    }

    fn document(&self, query: &str) -> Result<Arc<Document>, Vec<RequestError>> {
        if let Some(document) = self.valid.get(query) {
            return Ok(document);
        }
        let syntax = parse(query, &self.limits).map_err(|fault| vec![fault])?;
        guard::measure(&syntax.document, &self.limits).map_err(|fault| vec![fault])?;
        let checked = self.validator.validate(&syntax.plain)?;
        let document = Arc::new(Document {
            planned: syntax.document,
            checked,
        });
        self.valid.insert(query.to_owned(), Arc::clone(&document));
        Ok(document)
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

/// Reads a document that is not too large to be read.
fn parse<'t>(query: &'t str, limits: &Limits) -> Result<Syntax<'t>, RequestError> {
    guard::scan_document(query, limits)?;
    syntax::parse(query)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passes_the_limits_does_not_overflow_the_stack_of_a_thread() {
        let limits = Limits::default();
        let nested = move |before: &str, open: &str, inside: &str, close: &str, after: &str| {
            let times = limits.nesting as usize - 2;
            let (open, close) = (open.repeat(times), close.repeat(times));
            format!("{{ {before}{open}{inside}{close}{after} }}")
        };
        let documents = [
            nested("nodes(ids: ", "[", "1", "]", ") { id }"),
            nested("divisions(where: ", "{not: ", "{}", "}", ") { totalCount }"),
            nested("", "... { ", "__typename", " }", ""),
            nested("divisions ", "{ nodes ", "{ code }", " }", ""),
        ];
        // As large as that of a worker of the runtime.
        let thread = std::thread::Builder::new().stack_size(2 * 1024 * 1024);
        let checked = thread.spawn(move || {
            let all = Documents::new(limits, true).expect("the schema is sound");
            for document in documents {
                // Nothing of it is valid, or it is deeper than what is not brackets alone may be.
                assert!(
                    all.check(&document, None, &serde_json::Value::Null)
                        .is_err()
                );
            }
        });
        let checked = checked.expect("a thread can be started");
        checked.join().expect("the stack is enough");
    }
}
