//! Walks the tree of a document once and adds up what it asks for, each fragment once however often it is spread, before
//! anything grows with it. It takes time in proportion to the text, and does not know whether the document is valid.

mod introspection;
mod values;

use std::{
    collections::{HashMap, HashSet},
    rc::Rc,
};

use apollo_compiler::{
    Node,
    ast::{
        Definition, Directive, Document, Field, FragmentDefinition, OperationDefinition, Selection,
        Value,
    },
    parser::SourceSpan,
};
use async_graphql::Pos;

use super::position::position;
use crate::{
    error::RequestError,
    limits::{Bound, Limits},
};
use introspection::{Values, is_introspection, list};
pub(super) use values::measure_variables;
use values::nesting_of_literal;

/// Makes sure that a document asks for no more than it may. `text` is what its tree was read from.
///
/// A fragment that spreads itself is counted as if it did not: the validator says what is wrong with it.
///
/// # Errors
/// `QUERY_TOO_LARGE`, with the limit, what was found, and where.
pub(super) fn measure(
    document: &Document,
    text: &str,
    limits: &Limits,
) -> Result<(), RequestError> {
    let mut operations = Vec::new();
    let mut fragments = HashMap::new();
    // Those that nothing spreads are validated too.
    let mut names = Vec::new();
    for definition in &document.definitions {
        match definition {
            Definition::OperationDefinition(operation) => operations.push(operation),
            Definition::FragmentDefinition(fragment) => {
                names.push(fragment.name.as_str());
                fragments.insert(fragment.name.as_str(), fragment);
            }
            _ => {}
        }
    }
    let mut measure = Measure {
        text,
        limits,
        fragments,
        known: HashMap::new(),
    };
    if let Some(last) = operations.last() {
        // Several of one name are for the validator to refuse.
        let names: HashSet<_> = operations.iter().map(|operation| &operation.name).collect();
        measure.hold(limits.operations(), names.len() as u64, last.location())?;
    }
    for operation in operations {
        measure.operation(operation)?;
    }
    for name in names {
        measure.fragment(name, 0)?;
    }
    Ok(())
}

/// Makes sure that so many selections may lie inside each other. This is also what bounds the walk.
///
/// # Errors
/// `QUERY_TOO_LARGE`, at this place.
pub(super) fn selections(
    limits: &Limits,
    found: u64,
    place: impl FnOnce() -> Pos,
) -> Result<(), RequestError> {
    let most = limits
        .nesting()
        .of("selections inside each other, through its fragments")
        .at_most(MAX_SELECTIONS);
    match most.is_passed(found) {
        true => Err(most.fault("document", found).at(place())),
        false => Ok(()),
    }
}

/// The most selections inside each other, whatever is set. The validator takes no more than a hundred.
const MAX_SELECTIONS: u64 = 64;

/// Where something stands.
type Place = Option<SourceSpan>;

struct Measure<'d> {
    text: &'d str,
    limits: &'d Limits,
    fragments: HashMap<&'d str, &'d Node<FragmentDefinition>>,
    /// What is known of fragments; nothing yet of one that is being walked.
    known: HashMap<&'d str, Rc<Size<'d>>>,
}

/// What a selection comes to.
#[derive(Clone, Debug, Default)]
struct Size<'d> {
    /// Its fields, those below them, and those of its fragments.
    fields: u64,
    /// Fields inside each other, without those of introspection.
    depth: u64,
    /// The first of the innermost of those.
    deepest: Place,
    /// Selections inside each other, itself included.
    height: u64,
    /// How many of its own fields have an alias.
    aliases: u64,
    /// How many of its own fields have each response key.
    keys: HashMap<&'d str, u64>,
    /// Lists of introspection inside each other.
    lists: u64,
    /// Values of introspection.
    values: Values,
}

impl<'d> Measure<'d> {
    fn operation(&mut self, operation: &'d Node<OperationDefinition>) -> Result<(), RequestError> {
        self.directives(&operation.directives)?;
        for variable in &operation.variables {
            self.directives(&variable.directives)?;
            if let Some(default) = &variable.default_value {
                self.value(default)?;
            }
        }
        let place = operation.location();
        let size = self.selection(&operation.selection_set, 0, place)?;
        self.hold(self.limits.introspection_size(), size.values.of_any, place)?;
        self.hold(self.limits.depth(), size.depth, size.deepest)
    }

    /// What a fragment comes to, so many selections deep in an operation or another fragment.
    fn fragment(&mut self, name: &'d str, around: u64) -> Result<Rc<Size<'d>>, RequestError> {
        if let Some(known) = self.known.get(name) {
            return Ok(Rc::clone(known));
        }
        let Some(fragment) = self.fragments.get(name).copied() else {
            return Ok(Rc::default());
        };
        // For as long as it is walked it comes to nothing where it is spread.
        self.known.insert(name, Rc::default());
        self.directives(&fragment.directives)?;
        let size = self.selection(&fragment.selection_set, around, fragment.location())?;
        let size = Rc::new(size);
        self.known.insert(name, Rc::clone(&size));
        Ok(size)
    }

    /// What a selection comes to that is so many selections deep, of what stands at this place.
    fn selection(
        &mut self,
        selection: &'d [Selection],
        around: u64,
        place: Place,
    ) -> Result<Size<'d>, RequestError> {
        let mut size = Size::default();
        self.nested(around + 1, place)?;
        for item in selection {
            let place = item.location();
            match item {
                Selection::Field(field) => {
                    let below = self.field(field, around + 1)?;
                    self.merge(&mut size, &below, place)?;
                }
                Selection::InlineFragment(fragment) => {
                    self.directives(&fragment.directives)?;
                    let below = self.selection(&fragment.selection_set, around + 1, place)?;
                    self.merge(&mut size, &below, place)?;
                }
                Selection::FragmentSpread(spread) => {
                    self.directives(&spread.directives)?;
                    let below = self.fragment(&spread.fragment_name, around + 1)?;
                    self.nested(around + 1 + below.height, place)?;
                    self.merge(&mut size, &below, place)?;
                }
            }
        }
        size.height += 1;
        Ok(size)
    }

    /// What a field comes to, as if it were alone in its selection.
    fn field(&mut self, field: &'d Node<Field>, around: u64) -> Result<Size<'d>, RequestError> {
        let name = field.name.as_str();
        let place = field.location();
        self.directives(&field.directives)?;
        for argument in &field.arguments {
            self.value(&argument.value)?;
        }
        let below = match field.selection_set.is_empty() {
            true => Size::default(),
            false => self.selection(&field.selection_set, around, place)?,
        };
        let mut size = Size {
            fields: below.fields.saturating_add(1),
            depth: below.depth + 1,
            deepest: match below.depth {
                0 => place,
                _ => below.deepest,
            },
            height: below.height,
            aliases: u64::from(field.alias.is_some()),
            keys: HashMap::from([(field.response_name().as_str(), 1)]),
            lists: below.lists + list(name),
            values: Values::of_field(name, below.values),
        };
        if is_introspection(name) {
            self.hold(self.limits.introspection_nesting(), size.lists, place)?;
            // The standard introspection is nearly as deep as a query may be.
            size.depth = 1;
        }
        Ok(size)
    }

    /// Adds what another part of the same selection comes to.
    fn merge(
        &self,
        size: &mut Size<'d>,
        part: &Size<'d>,
        place: Place,
    ) -> Result<(), RequestError> {
        size.fields = size.fields.saturating_add(part.fields);
        // Whoever repeats keys without end is found out here, before they are counted one by one.
        self.hold(self.limits.fields(), size.fields, place)?;
        if part.depth > size.depth {
            size.depth = part.depth;
            size.deepest = part.deepest;
        }
        size.height = size.height.max(part.height);
        size.aliases = size.aliases.saturating_add(part.aliases);
        self.hold(self.limits.aliases(), size.aliases, place)?;
        size.lists = size.lists.max(part.lists);
        size.values = size.values.and(part.values);
        for (key, repeats) in &part.keys {
            let all = size.keys.entry(key).or_default();
            *all = all.saturating_add(*repeats);
            self.hold(self.limits.repeats(), *all, place)?;
        }
        Ok(())
    }

    fn nested(&self, height: u64, place: Place) -> Result<(), RequestError> {
        selections(self.limits, height, || self.pos(place))
    }

    /// Measures the directives of one place.
    fn directives(&self, directives: &[Node<Directive>]) -> Result<(), RequestError> {
        if let Some(last) = directives.last() {
            let found = directives.len() as u64;
            self.hold(self.limits.directives(), found, last.location())?;
        }
        for directive in directives {
            for argument in &directive.arguments {
                self.value(&argument.value)?;
            }
        }
        Ok(())
    }

    fn value(&self, value: &Node<Value>) -> Result<(), RequestError> {
        let nesting = nesting_of_literal(value);
        self.hold(self.limits.filter_nesting(), nesting, value.location())
    }

    /// Makes sure that there is no more of something than there may be.
    fn hold(&self, bound: Bound, found: u64, place: Place) -> Result<(), RequestError> {
        match bound.is_passed(found) {
            true => Err(bound.fault("document", found).at(self.pos(place))),
            false => Ok(()),
        }
    }

    fn pos(&self, place: Place) -> Pos {
        position(self.text, place.map_or(0, |place| place.offset()))
    }
}

#[cfg(test)]
mod tests;
