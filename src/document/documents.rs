//! Documents that fit the schema. One that was found valid is kept, so that it is read and validated once however often
//! it is sent.

use std::sync::Arc;

use apollo_compiler::{
    ExecutableDocument,
    ast::{self, OperationType},
    executable::Operation,
    parser::SourceSpan,
    validation::Valid,
};
use async_graphql::Pos;
use moka::sync::Cache;

use super::{
    measure::{measure, measure_variables},
    position::Lines,
    syntax,
    validate::Validator,
    variables::Variables,
};
use crate::{
    error::{Code, Internal, RequestError},
    limits::Limits,
};

/// How much memory the valid documents that are kept may take, in bytes.
const KEPT: u64 = 64 * 1024 * 1024;

/// What a document takes at most, in bytes: so much whatever it is, and for each byte of its text so much. Both were
/// measured, with many documents of a field each, and with documents that have no byte to spare.
const DOCUMENT: usize = 3 * 1024;
const PER_BYTE: usize = 200;

/// The documents found valid lately, and what others are held against.
pub struct Documents {
    validator: Validator,
    valid: Cache<String, Arc<Document>>,
    limits: Limits,
}

/// A valid document: the one tree that is planned, with the types of the schema.
#[derive(Debug)]
pub struct Document {
    tree: Valid<ExecutableDocument>,
    lines: Lines,
}

impl Document {
    /// A document and the text that it was read from.
    pub(super) fn new(tree: Valid<ExecutableDocument>, text: &str) -> Document {
        let lines = Lines::of(text);
        Document { tree, lines }
    }

    /// Its operations and fragments.
    pub fn tree(&self) -> &Valid<ExecutableDocument> {
        &self.tree
    }

    /// The operation to run.
    ///
    /// # Errors
    /// `OPERATION_RESOLUTION_FAILURE` where the name names none, or there is no name and several operations.
    pub fn operation(&self, name: Option<&str>) -> Result<&Operation, RequestError> {
        let fault = |message| RequestError::new(Code::OperationResolutionFailure, message);
        let operations = &self.tree.operations;
        match name {
            Some(name) if operations.anonymous.is_some() => Err(fault(format!(
                "operationName is \"{name}\", but the document's only operation has no name; leave operationName out."
            ))),
            Some(name) => operations.get(Some(name)).map_err(|_| {
                fault(format!(
                    "There is no operation named \"{name}\" in the document."
                ))
            }),
            None => operations.get(None).map_err(|_| {
                fault("The document has several operations; name one in operationName.".into())
            }),
        }
        .map(|operation| &**operation)
    }

    /// Where a part of it begins.
    pub fn position(&self, part: Option<SourceSpan>) -> Pos {
        part.and_then(|part| {
            let source = self.tree.sources.get(&part.file_id())?;
            Some(self.lines.position(source.source_text(), part.offset()))
        })
        .unwrap_or_default()
    }
}

impl Documents {
    /// Documents over the schema of this text. Without `introspection` nobody is told what the schema has.
    ///
    /// # Errors
    /// If the schema is not valid.
    pub fn new(sdl: &str, limits: Limits, introspection: bool) -> Result<Documents, Internal> {
        let valid = Cache::builder()
            .weigher(|text: &String, _| {
                u32::try_from(DOCUMENT + PER_BYTE * text.len()).unwrap_or(u32::MAX)
            })
            .max_capacity(KEPT)
            .build();
        Ok(Documents {
            validator: Validator::new(sdl, introspection)?,
            valid,
            limits,
        })
    }

    /// Reads a document and takes the values of its variables for the operation of this name.
    ///
    /// # Errors
    /// All that is wrong with the first of them that is wrong.
    pub fn check(
        &self,
        text: &str,
        operation_name: Option<&str>,
        variables: &serde_json::Value,
    ) -> Result<(Arc<Document>, Variables), Vec<RequestError>> {
        self.measure_operation_name(operation_name)
            .and_then(|()| measure_variables(variables, &self.limits))
            .map_err(|fault| vec![fault])?;
        let document = self.document(text)?;
        let operation = document
            .operation(operation_name)
            .map_err(|fault| vec![fault])?;
        let variables = self
            .validator
            .coerce(&document, operation, variables)
            .map_err(|fault| vec![fault])?;
        Ok((document, variables))
    }

    /// What kind of operation a document asks for, valid or not; `None` where that cannot be told.
    pub fn operation_type(&self, text: &str, name: Option<&str>) -> Option<OperationType> {
        let text = syntax::read(text, &self.limits).ok()?;
        let tree = ast::Document::parse(text, REQUEST).ok()?;
        let mut operations = tree.definitions.iter().filter_map(|definition| {
            let operation = definition.as_operation_definition()?;
            let is_meant = name.is_none() || operation.name.as_deref() == name;
            is_meant.then_some(operation.operation_type)
        });
        let first = operations.next();
        first.filter(|_| operations.next().is_none())
    }

    fn document(&self, text: &str) -> Result<Arc<Document>, Vec<RequestError>> {
        if let Some(document) = self.valid.get(text) {
            return Ok(document);
        }
        let readable = syntax::read(text, &self.limits).map_err(|fault| vec![fault])?;
        let tree = self.validator.tree(&readable)?;
        measure(&tree, &readable, &self.limits).map_err(|fault| vec![fault])?;
        let document = Arc::new(self.validator.validate(&tree, &readable)?);
        self.valid.insert(text.to_owned(), Arc::clone(&document));
        Ok(document)
    }

    /// Makes sure that the name of the operation to run is no longer than a name of a document may be.
    fn measure_operation_name(&self, name: Option<&str>) -> Result<(), RequestError> {
        let length = name.map_or(0, str::len) as u64;
        let most = self.limits.name_length();
        match most.is_passed(length) {
            true => Err(most.fault("operationName", length)),
            false => Ok(()),
        }
    }
}

/// What apollo-compiler calls the text of a request.
pub(super) const REQUEST: &str = "request";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::sdl;

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
            let all =
                Documents::new(&sdl(limits.pages()), limits, true).expect("the schema is sound");
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

    #[test]
    fn an_operation_name_is_as_long_as_a_name_may_be() {
        let limits = Limits {
            name_length: 64,
            ..Limits::default()
        };
        let all = Documents::new(&sdl(limits.pages()), limits, true).expect("the schema is sound");
        assert_eq!(all.measure_operation_name(None), Ok(()));
        assert_eq!(all.measure_operation_name(Some(&"a".repeat(64))), Ok(()));
        let fault = all
            .measure_operation_name(Some(&"a".repeat(65)))
            .unwrap_err();
        assert!(
            fault.message.starts_with("The operationName has 65"),
            "{}",
            fault.message
        );
    }
}
