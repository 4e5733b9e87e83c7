//! What of a document is selected: the specification's CollectFields, with `@skip` and `@include`.
//!
//! This is the only place that looks at fragments and directives. It knows type names, but not what fields mean.

use apollo_compiler::{
    Name, Node,
    ast::{DirectiveList, Value as Literal},
    executable::{self, Field, Selection, SelectionSet},
};
use async_graphql::{Number, Pos, Value, indexmap::IndexMap};

use crate::{
    document::{Document, Variables},
    schema::{
        NODE,
        search::{SEARCH_NODE, is_search_node},
    },
};

/// One operation of a document, with its variables.
pub struct Operation<'q> {
    /// The document, for its fragments.
    pub document: &'q Document,
    /// The operation to run.
    pub definition: &'q executable::Operation,
    /// Its variables.
    pub variables: &'q Variables,
}

/// The selected fields of one response key: the first stands for all, since validation lets only equal ones merge.
pub(super) struct Selected<'q> {
    /// Where the value goes in the response.
    pub(super) key: &'q str,
    /// The field.
    pub(super) field: &'q Node<Field>,
    /// All selections under it, to be merged.
    pub(super) sets: Vec<&'q SelectionSet>,
}

impl<'q> Operation<'q> {
    /// The fields selected of an object of type `type_name`, by response key, in the order in which each key comes first.
    pub(super) fn fields(
        &self,
        type_name: &str,
        is_node: bool,
        sets: &[&'q SelectionSet],
    ) -> Vec<Selected<'q>> {
        let mut groups = IndexMap::new();
        for set in sets {
            self.collect(type_name, is_node, set, &mut Vec::new(), &mut groups);
        }
        groups.into_values().collect()
    }

    fn collect(
        &self,
        type_name: &str,
        is_node: bool,
        set: &'q SelectionSet,
        visited: &mut Vec<&'q Name>,
        groups: &mut IndexMap<&'q str, Selected<'q>>,
    ) {
        let applies = |condition: &Name| {
            condition == type_name
                || (is_node && condition == NODE)
                || (condition == SEARCH_NODE && is_search_node(type_name))
        };
        for selection in &set.selections {
            if !self.is_included(selection.directives()) {
                continue;
            }
            match selection {
                Selection::Field(field) => {
                    let key = field.response_key().as_str();
                    groups
                        .entry(key)
                        .or_insert_with(|| Selected {
                            key,
                            field,
                            sets: Vec::new(),
                        })
                        .sets
                        .push(&field.selection_set);
                }
                Selection::InlineFragment(fragment) => {
                    if fragment.type_condition.as_ref().is_none_or(applies) {
                        let set = &fragment.selection_set;
                        self.collect(type_name, is_node, set, visited, groups);
                    }
                }
                Selection::FragmentSpread(spread) => {
                    let name = &spread.fragment_name;
                    if visited.contains(&name) {
                        continue;
                    }
                    visited.push(name);
                    if let Some(fragment) = self.document.tree().fragments.get(name)
                        && applies(fragment.type_condition())
                    {
                        let set = &fragment.selection_set;
                        self.collect(type_name, is_node, set, visited, groups);
                    }
                }
            }
        }
    }

    /// Where the field that these response keys lead to is selected, in fragments on whatever types.
    pub(super) fn locations(&self, path: &[&str]) -> Vec<Pos> {
        let mut sets = vec![&self.definition.selection_set];
        let mut fields = Vec::new();
        for key in path {
            fields.clear();
            for set in &sets {
                self.find(key, set, &mut Vec::new(), &mut fields);
            }
            sets = fields.iter().map(|field| &field.selection_set).collect();
        }
        fields.iter().map(|field| self.position(field)).collect()
    }

    fn find(
        &self,
        key: &str,
        set: &'q SelectionSet,
        visited: &mut Vec<&'q Name>,
        found: &mut Vec<&'q Node<Field>>,
    ) {
        for selection in &set.selections {
            if !self.is_included(selection.directives()) {
                continue;
            }
            match selection {
                Selection::Field(field) => {
                    if field.response_key() == key {
                        found.push(field);
                    }
                }
                Selection::InlineFragment(fragment) => {
                    self.find(key, &fragment.selection_set, visited, found);
                }
                Selection::FragmentSpread(spread) => {
                    let name = &spread.fragment_name;
                    if visited.contains(&name) {
                        continue;
                    }
                    visited.push(name);
                    if let Some(fragment) = self.document.tree().fragments.get(name) {
                        self.find(key, &fragment.selection_set, visited, found);
                    }
                }
            }
        }
    }

    /// Where a part of the document begins.
    pub(super) fn position<T>(&self, part: &Node<T>) -> Pos {
        self.document.position(part.location())
    }

    fn is_included(&self, directives: &DirectiveList) -> bool {
        directives.iter().all(|directive| {
            let condition = || self.resolve(directive.specified_argument_by_name("if")?);
            match directive.name.as_str() {
                "skip" => condition() != Some(Value::Boolean(true)),
                "include" => condition() == Some(Value::Boolean(true)),
                _ => true,
            }
        })
    }

    /// The value of an argument with its variables filled in; `None` where it is a variable without a value. Inside an
    /// object such a variable leaves its key out, inside a list it is null.
    pub(super) fn resolve(&self, value: &Literal) -> Option<Value> {
        Some(match value {
            Literal::Variable(name) => return self.variables.get(name).cloned(),
            Literal::Null => Value::Null,
            Literal::Int(number) => Value::Number(number_of(number.as_str())),
            Literal::Float(number) => Value::Number(number_of(number.as_str())),
            Literal::String(text) => Value::String(text.clone()),
            Literal::Boolean(truth) => Value::Boolean(*truth),
            Literal::Enum(name) => Value::Enum(async_graphql::Name::new(name)),
            Literal::List(items) => Value::List(
                items
                    .iter()
                    .map(|item| self.resolve(item).unwrap_or(Value::Null))
                    .collect(),
            ),
            Literal::Object(entries) => Value::Object(
                entries
                    .iter()
                    .filter_map(|(key, value)| {
                        Some((async_graphql::Name::new(key), self.resolve(value)?))
                    })
                    .collect(),
            ),
        })
    }
}

/// The value of a number; −0 is the whole number that it is. What is further from zero than any number that can be held is
/// the furthest: no type takes it.
fn number_of(written: &str) -> Number {
    let written = if written == "-0" { "0" } else { written };
    written.parse().unwrap_or_else(|_| {
        let furthest = if written.starts_with('-') {
            f64::MIN
        } else {
            f64::MAX
        };
        Number::from_f64(furthest).unwrap_or_else(|| 0.into())
    })
}
