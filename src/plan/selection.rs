//! What of a document is selected: the specification's CollectFields, with `@skip` and `@include`.
//!
//! This is the only place that looks at fragments and directives. It knows type names, but not what fields mean.

use async_graphql::{
    Name, Pos, Positioned, Value,
    indexmap::IndexMap,
    parser::types::{
        Directive, ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet,
    },
};

use super::variables::Variables;
use crate::schema::{
    NODE,
    search::{SEARCH_NODE, is_search_node},
};

/// One operation of a document, with its variables.
pub struct Operation<'q> {
    /// The document, for its fragments.
    pub document: &'q ExecutableDocument,
    /// The operation to run.
    pub definition: &'q OperationDefinition,
    /// Its variables.
    pub variables: &'q Variables,
}

/// The selected fields of one response key: the first stands for all, since validation lets only equal ones merge.
pub(super) struct Selected<'q> {
    /// Where the value goes in the response.
    pub(super) key: &'q str,
    /// The field.
    pub(super) field: &'q Positioned<Field>,
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
        for selection in &set.items {
            if !self.is_included(selection.node.directives()) {
                continue;
            }
            match &selection.node {
                Selection::Field(field) => {
                    let key = field.node.response_key().node.as_str();
                    groups
                        .entry(key)
                        .or_insert_with(|| Selected {
                            key,
                            field,
                            sets: Vec::new(),
                        })
                        .sets
                        .push(&field.node.selection_set.node);
                }
                Selection::InlineFragment(fragment) => {
                    let condition = fragment.node.type_condition.as_ref();
                    if condition.is_none_or(|condition| applies(&condition.node.on.node)) {
                        let set = &fragment.node.selection_set.node;
                        self.collect(type_name, is_node, set, visited, groups);
                    }
                }
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    if visited.contains(&name) {
                        continue;
                    }
                    visited.push(name);
                    if let Some(fragment) = self.document.fragments.get(name)
                        && applies(&fragment.node.type_condition.node.on.node)
                    {
                        let set = &fragment.node.selection_set.node;
                        self.collect(type_name, is_node, set, visited, groups);
                    }
                }
            }
        }
    }

    /// Where the field that these response keys lead to is selected, in fragments on whatever types.
    pub(super) fn locations(&self, path: &[&str]) -> Vec<Pos> {
        let mut sets = vec![&self.definition.selection_set.node];
        let mut fields = Vec::new();
        for key in path {
            fields.clear();
            for set in &sets {
                self.find(key, set, &mut Vec::new(), &mut fields);
            }
            sets = fields
                .iter()
                .map(|field| &field.node.selection_set.node)
                .collect();
        }
        fields.iter().map(|field| field.pos).collect()
    }

    fn find(
        &self,
        key: &str,
        set: &'q SelectionSet,
        visited: &mut Vec<&'q Name>,
        found: &mut Vec<&'q Positioned<Field>>,
    ) {
        for selection in &set.items {
            if !self.is_included(selection.node.directives()) {
                continue;
            }
            match &selection.node {
                Selection::Field(field) => {
                    if field.node.response_key().node == key {
                        found.push(field);
                    }
                }
                Selection::InlineFragment(fragment) => {
                    self.find(key, &fragment.node.selection_set.node, visited, found);
                }
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    if visited.contains(&name) {
                        continue;
                    }
                    visited.push(name);
                    if let Some(fragment) = self.document.fragments.get(name) {
                        self.find(key, &fragment.node.selection_set.node, visited, found);
                    }
                }
            }
        }
    }

    fn is_included(&self, directives: &[Positioned<Directive>]) -> bool {
        directives.iter().all(|directive| {
            let condition = || {
                let value = &directive.node.get_argument("if")?.node;
                self.resolve(value)
            };
            match directive.node.name.node.as_str() {
                "skip" => condition() != Some(Value::Boolean(true)),
                "include" => condition() == Some(Value::Boolean(true)),
                _ => true,
            }
        })
    }

    /// The value of an argument with its variables filled in; `None` where it is a variable without a value. Inside an
    /// object such a variable leaves its key out, inside a list it is null.
    pub(super) fn resolve(&self, value: &async_graphql_value::Value) -> Option<Value> {
        use async_graphql_value::Value as Typed;
        Some(match value {
            Typed::Variable(name) => return self.variables.get(name).cloned(),
            Typed::Null => Value::Null,
            Typed::Number(number) => Value::Number(number.clone()),
            Typed::String(text) => Value::String(text.clone()),
            Typed::Boolean(truth) => Value::Boolean(*truth),
            Typed::Binary(bytes) => Value::Binary(bytes.clone()),
            Typed::Enum(name) => Value::Enum(name.clone()),
            Typed::List(items) => Value::List(
                items
                    .iter()
                    .map(|item| self.resolve(item).unwrap_or(Value::Null))
                    .collect(),
            ),
            Typed::Object(entries) => Value::Object(
                entries
                    .iter()
                    .filter_map(|(key, value)| Some((key.clone(), self.resolve(value)?)))
                    .collect(),
            ),
        })
    }
}
