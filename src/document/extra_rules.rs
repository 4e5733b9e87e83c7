//! What a valid document must hold to beyond what apollo-compiler looks for: keys of input objects that are given once,
//! `@oneOf` objects with exactly one key, variables only where their type may stand, however deep in a value, and no fields
//! under one key that ask for different things (`conflicts`). And no introspection where it is switched off.
//!
//! It looks only at documents that apollo-compiler found valid, so that types and names are known to be right.

use std::collections::HashSet;

use apollo_compiler::{
    Name, Node, Schema,
    ast::{Argument, DirectiveList, InputValueDefinition, Type, Value, VariableDefinition},
    executable::{Operation, Selection, SelectionSet},
    parser::SourceSpan,
    response::{JsonMap, JsonValue},
    schema::{ExtendedType, InputObjectType},
};

use super::{conflicts::conflicts, documents::Document};
use crate::error::{Code, RequestError};

/// What a fault is about, which decides whether it may be told where introspection is switched off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    /// The document alone: it would be wrong whatever the schema is.
    Document,
    /// Whether the document fits the schema.
    Schema,
}

/// The faults of a document that apollo-compiler found valid.
pub(super) fn faults(
    schema: &Schema,
    document: &Document,
    introspection: bool,
) -> Vec<(About, RequestError)> {
    let mut faults = Vec::new();
    for operation in document.tree().operations.iter() {
        Check {
            schema,
            document,
            operation,
            introspection,
            visited: HashSet::new(),
            faults: &mut faults,
        }
        .operation();
    }
    for field in conflicts(document.tree()) {
        let key = field.response_key();
        let message = format!(
            "fields under the key `{key}` have different arguments; give one of them an alias"
        );
        let fault = RequestError::new(Code::ValidationFailed, message);
        let fault = (
            About::Document,
            fault.at(document.position(field.location())),
        );
        if !faults.contains(&fault) {
            faults.push(fault);
        }
    }
    // Fragments are kept in no order.
    faults.sort_by_key(|(_, fault)| {
        fault
            .locations
            .first()
            .map(|place| (place.line, place.column))
    });
    faults
}

/// The first `@oneOf` object without exactly one key in the values of variables, which apollo-compiler found of the right
/// types: the name of its variable, and of its type.
pub(super) fn ambiguous<'o>(
    schema: &'o Schema,
    operation: &'o Operation,
    values: &JsonMap,
) -> Option<(&'o Node<VariableDefinition>, &'o InputObjectType)> {
    operation.variables.iter().find_map(|variable| {
        let value = values.get(variable.name.as_str())?;
        let object = ambiguous_object(schema, &variable.ty, value)?;
        Some((variable, object))
    })
}

fn ambiguous_object<'s>(
    schema: &'s Schema,
    ty: &Type,
    value: &JsonValue,
) -> Option<&'s InputObjectType> {
    match value {
        JsonValue::Array(items) => items
            .iter()
            .find_map(|item| ambiguous_object(schema, ty.item_type(), item)),
        JsonValue::Object(entries) => {
            let object = input_object(schema, ty)?;
            let is_clear = entries.len() == 1 && !entries.iter().any(|(_, value)| value.is_null());
            if is_one_of(object) && !is_clear {
                return Some(object);
            }
            entries.iter().find_map(|(name, value)| {
                let field = object.fields.get(name.as_str())?;
                ambiguous_object(schema, &field.ty, value)
            })
        }
        _ => None,
    }
}

/// Goes through one operation and the fragments it spreads, each once.
struct Check<'d> {
    schema: &'d Schema,
    document: &'d Document,
    operation: &'d Operation,
    introspection: bool,
    visited: HashSet<&'d Name>,
    faults: &'d mut Vec<(About, RequestError)>,
}

/// What a value is for.
#[derive(Clone, Copy)]
struct Expected<'s> {
    ty: &'s Type,
    /// Whether something else stands there if a variable has no value.
    has_default: bool,
    /// Whether it is the one key of a `@oneOf` object.
    is_one: bool,
}

impl<'s> Expected<'s> {
    fn of(definition: &'s InputValueDefinition) -> Expected<'s> {
        Expected {
            ty: &definition.ty,
            has_default: definition.default_value.is_some(),
            is_one: false,
        }
    }
}

impl<'d> Check<'d> {
    fn operation(&mut self) {
        let operation = self.operation;
        for variable in &operation.variables {
            if let Some(value) = &variable.default_value {
                let expected = Expected {
                    ty: &variable.ty,
                    has_default: false,
                    is_one: false,
                };
                self.value(value, expected);
            }
            self.directives(&variable.directives);
        }
        self.directives(&operation.directives);
        self.selections(&operation.selection_set);
    }

    fn selections(&mut self, set: &'d SelectionSet) {
        for selection in &set.selections {
            self.directives(selection.directives());
            match selection {
                Selection::Field(field) => {
                    if !self.introspection && matches!(field.name.as_str(), "__schema" | "__type") {
                        let message = "introspection is switched off on this server".into();
                        self.fault(About::Document, field.name.location(), message);
                    }
                    self.arguments(&field.arguments, &field.definition.arguments);
                    self.selections(&field.selection_set);
                }
                Selection::InlineFragment(fragment) => self.selections(&fragment.selection_set),
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) =
                        self.document.tree().fragments.get(&spread.fragment_name)
                        && self.visited.insert(&fragment.name)
                    {
                        self.directives(&fragment.directives);
                        self.selections(&fragment.selection_set);
                    }
                }
            }
        }
    }

    fn directives(&mut self, directives: &'d DirectiveList) {
        for directive in directives {
            if let Some(definition) = self.schema.directive_definitions.get(&directive.name) {
                self.arguments(&directive.arguments, &definition.arguments);
            }
        }
    }

    fn arguments(
        &mut self,
        arguments: &'d [Node<Argument>],
        definitions: &'d [Node<InputValueDefinition>],
    ) {
        for argument in arguments {
            let definition = definitions.iter().find(|known| known.name == argument.name);
            if let Some(definition) = definition {
                self.value(&argument.value, Expected::of(definition));
            }
        }
    }

    fn value(&mut self, value: &'d Node<Value>, expected: Expected<'d>) {
        match &**value {
            Value::Variable(name) => self.variable(value, name, expected),
            Value::List(items) => {
                let item = Expected {
                    ty: expected.ty.item_type(),
                    has_default: false,
                    is_one: false,
                };
                for value in items {
                    self.value(value, item);
                }
            }
            Value::Object(entries) => self.object(value, entries, expected),
            _ => {}
        }
    }

    fn object(
        &mut self,
        value: &'d Node<Value>,
        entries: &'d [(Name, Node<Value>)],
        expected: Expected<'d>,
    ) {
        let mut seen = HashSet::new();
        for (name, entry) in entries {
            if !seen.insert(name) {
                let message = format!("the key `{name}` is given twice");
                self.fault(About::Document, entry.location(), message);
            }
        }
        let Some(object) = input_object(self.schema, expected.ty) else {
            return;
        };
        let is_one = is_one_of(object);
        if is_one && (entries.len() != 1 || entries.iter().any(|(_, entry)| entry.is_null())) {
            let name = &object.name;
            self.fault(
                About::Schema,
                value.location(),
                format!("`{name}` takes exactly one key, and not null; several go into a list of objects"),
            );
        }
        for (name, entry) in entries {
            if let Some(field) = object.fields.get(name) {
                let expected = Expected {
                    is_one,
                    ..Expected::of(field)
                };
                self.value(entry, expected);
            }
        }
    }

    fn variable(&mut self, value: &'d Node<Value>, name: &Name, expected: Expected<'d>) {
        let mut variables = self.operation.variables.iter();
        let Some(variable) = variables.find(|variable| variable.name == *name) else {
            return;
        };
        let default = variable.default_value.as_ref();
        let never_null = default.is_some_and(|default| !default.is_null()) || expected.has_default;
        let strict = expected.is_one || expected.ty.is_non_null();
        let fits = if strict && !variable.ty.is_non_null() {
            let nullable = expected.ty.clone().nullable();
            never_null && variable.ty.is_assignable_to(&nullable)
        } else {
            variable.ty.is_assignable_to(expected.ty)
        };
        if !fits {
            let (given, wanted) = (&variable.ty, expected.ty.clone());
            let wanted = if strict { wanted.non_null() } else { wanted };
            self.fault(
                About::Schema,
                value.location(),
                format!(
                    "variable `${name}` of type `{given}` cannot stand where `{wanted}` is expected"
                ),
            );
        }
    }

    fn fault(&mut self, about: About, place: Option<SourceSpan>, message: String) {
        let fault = RequestError::new(Code::ValidationFailed, message);
        let fault = (about, fault.at(self.document.position(place)));
        // A fragment is looked at under each operation that spreads it.
        if !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
    }
}

fn input_object<'s>(schema: &'s Schema, ty: &Type) -> Option<&'s InputObjectType> {
    match schema.types.get(ty.inner_named_type())? {
        ExtendedType::InputObject(object) => Some(object),
        _ => None,
    }
}

fn is_one_of(object: &InputObjectType) -> bool {
    object.directives.has("oneOf")
}
