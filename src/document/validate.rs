//! Whether a document fits the schema, and what its variables come to.
//!
//! apollo-compiler decides it, and `extra_rules` looks for what it leaves open (`docs/decisions/validation.md`). Where
//! introspection is switched off, a fault tells that a document does not fit the schema, and neither what nor where: or else
//! one request would tell of a hundred guessed names which of them there are.

use apollo_compiler::{
    Schema,
    ast::{self, FieldDefinition, Type},
    executable::Operation,
    name,
    response::GraphQLError,
    schema::{Component, ExtendedType},
    validation::{DiagnosticList, Valid},
};
use async_graphql::Pos;

use super::{
    documents::{Document, REQUEST},
    extra_rules::{self, About},
    suggest::suggestion,
    variables::{Unfit, Variables, coerce},
};
use crate::error::{Code, Internal, RequestError};

/// What a client is told of a document that does not fit, where introspection is switched off.
const DOES_NOT_FIT: &str = "the document does not fit the schema; introspection is switched off on this server, so it does not say where: check the document against the schema that you were given";

/// What it is told of variables.
const VALUES_DO_NOT_FIT: &str = "the variables do not have the values that their types need; introspection is switched off on this server, so it does not say which";

/// apollo-compiler's names of the faults that a document has whatever the schema is. What is not listed may be about the
/// schema.
const OF_DOCUMENTS: [&str; 11] = [
    "AmbiguousAnonymousOperation",
    "FragmentNameCollision",
    "OperationNameCollision",
    "RecursiveFragmentDefinition",
    "TypeSystemDefinition",
    "UndefinedFragment",
    "UndefinedVariable",
    "UniqueArgument",
    "UniqueVariable",
    "UnusedFragment",
    "UnusedVariable",
];

/// The schema as documents are held against it.
pub(super) struct Validator {
    schema: Valid<Schema>,
    introspection: bool,
}

impl Validator {
    /// A validator for this schema.
    ///
    /// # Errors
    /// If it is not valid.
    pub(super) fn new(sdl: &str, introspection: bool) -> Result<Validator, Internal> {
        let schema = Schema::parse_and_validate(sdl, "schema.graphql")
            .map_err(|faults| Internal::Broken(faults.errors.to_string()))?;
        Ok(Validator {
            schema: with_is_one_of(schema),
            introspection,
        })
    }

    /// The tree of this text, which is GraphQL.
    ///
    /// # Errors
    /// If apollo-compiler does not read it.
    pub(super) fn tree(&self, text: &str) -> Result<ast::Document, Vec<RequestError>> {
        ast::Document::parse(text, REQUEST).map_err(|found| self.told(first_faults(&found.errors)))
    }

    /// A valid document of this tree and its text.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub(super) fn validate(
        &self,
        tree: &ast::Document,
        text: &str,
    ) -> Result<Document, Vec<RequestError>> {
        let valid = tree
            .to_executable_validate(&self.schema)
            .map_err(|found| self.told(first_faults(&found.errors)))?;
        let document = Document::new(valid, text);
        let faults = extra_rules::faults(&self.schema, &document, self.introspection);
        match faults.is_empty() {
            true => Ok(document),
            false => Err(self.told(faults)),
        }
    }

    /// The values of the variables of an operation.
    ///
    /// # Errors
    /// The first variable whose value does not fit, or that is missing.
    pub(super) fn coerce(
        &self,
        document: &Document,
        operation: &Operation,
        given: &serde_json::Value,
    ) -> Result<Variables, RequestError> {
        coerce(&self.schema, operation, given, &document.tree().sources).map_err(
            |fault| match fault {
                Unfit::Value(_) if !self.introspection => {
                    RequestError::new(Code::BadUserInput, VALUES_DO_NOT_FIT)
                }
                Unfit::Variables(fault) | Unfit::Value(fault) => fault,
            },
        )
    }

    /// The same fault, with a name that may have been meant.
    fn helped(&self, mut fault: RequestError) -> RequestError {
        if let Some(name) = suggestion(&self.schema, &fault.message) {
            fault.message.push_str(&format!("; did you mean `{name}`?"));
        }
        fault
    }

    /// The faults as the client is told of them.
    fn told(&self, faults: Vec<(About, RequestError)>) -> Vec<RequestError> {
        let is_about_schema = faults.iter().any(|(about, _)| *about == About::Schema);
        if is_about_schema && !self.introspection {
            let fault = RequestError::new(Code::ValidationFailed, DOES_NOT_FIT);
            return vec![fault];
        }
        let faults = faults.into_iter().map(|(_, fault)| fault);
        match self.introspection {
            true => faults.map(|fault| self.helped(fault)).collect(),
            false => faults.collect(),
        }
    }
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
fn first_faults(found: &DiagnosticList) -> Vec<(About, RequestError)> {
    const MISSING_SELECTION: &str = "must have a subselection set";
    let (missing, others): (Vec<_>, Vec<_>) = found
        .iter()
        .map(|fault| {
            let about = match fault.error.unstable_error_name() {
                Some(name) if OF_DOCUMENTS.contains(&name) => About::Document,
                _ => About::Schema,
            };
            (about, located(Code::ValidationFailed, fault.to_json()))
        })
        .partition(|(_, fault)| fault.message.contains(MISSING_SELECTION));
    if others.is_empty() { missing } else { others }
}

pub(super) fn located(code: Code, error: GraphQLError) -> RequestError {
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
