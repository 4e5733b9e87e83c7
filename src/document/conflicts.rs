//! Fields under one response key that ask for different things, where apollo-compiler takes them for the same: it finds a
//! list the same as a longer one that begins like it. Of all else that may conflict it is the judge.

use std::collections::{HashMap, HashSet};

use apollo_compiler::{
    ExecutableDocument, Name, Node,
    ast::{Argument, Value},
    executable::{Field, Selection, SelectionSet},
};

/// A field whose arguments are not those of an earlier one under the same response key, in each place where there is one.
///
/// The document has been found valid but for that: fragments end, and are not too many to be written out.
pub(super) fn conflicts(document: &ExecutableDocument) -> Vec<&Node<Field>> {
    let mut conflicts = Vec::new();
    for operation in document.operations.iter() {
        find(document, &[&operation.selection_set], &mut conflicts);
    }
    conflicts
}

/// Looks through selections of the same object, and then through what lies below each of their fields together.
fn find<'d>(
    document: &'d ExecutableDocument,
    selections: &[&'d SelectionSet],
    conflicts: &mut Vec<&'d Node<Field>>,
) {
    let mut fields = Fields::default();
    for selection in selections {
        fields.add(document, selection);
    }
    for fields in fields.0.into_values() {
        let Some((first, others)) = fields.split_first() else {
            continue;
        };
        let other = others
            .iter()
            .find(|other| !same_arguments(&first.arguments, &other.arguments));
        conflicts.extend(other.copied());
        let below: Vec<&SelectionSet> = fields.iter().map(|field| &field.selection_set).collect();
        find(document, &below, conflicts);
    }
}

/// Fields of selections with their fragments written out, by the type they are asked of and their response keys. Those of
/// other types are never answered together.
#[derive(Default)]
struct Fields<'d>(HashMap<(&'d Name, &'d Name), Vec<&'d Node<Field>>>);

impl<'d> Fields<'d> {
    fn add(&mut self, document: &'d ExecutableDocument, selection: &'d SelectionSet) {
        let mut waiting = vec![selection];
        let mut spread = HashSet::new();
        while let Some(selection) = waiting.pop() {
            for item in &selection.selections {
                match item {
                    Selection::Field(field) => {
                        let key = (&selection.ty, field.response_key());
                        self.0.entry(key).or_default().push(field);
                    }
                    Selection::InlineFragment(fragment) => waiting.push(&fragment.selection_set),
                    Selection::FragmentSpread(fragment) => {
                        let name = &fragment.fragment_name;
                        if let Some(fragment) = document.fragments.get(name)
                            && spread.insert(name)
                        {
                            waiting.push(&fragment.selection_set);
                        }
                    }
                }
            }
        }
    }
}

fn same_arguments(some: &[Node<Argument>], others: &[Node<Argument>]) -> bool {
    some.iter().all(|one| {
        let other = others.iter().find(|other| other.name == one.name);
        other.is_none_or(|other| same_value(&one.value, &other.value))
    })
}

/// Whether two values that apollo-compiler takes for the same have lists of the same lengths.
fn same_value(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::List(one), Value::List(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .zip(other)
                    .all(|(one, other)| same_value(one, other))
        }
        (Value::Object(one), Value::Object(others)) => one.iter().all(|(name, one)| {
            let other = others.iter().find(|(other, _)| other == name);
            other.is_none_or(|(_, other)| same_value(one, other))
        }),
        _ => true,
    }
}
