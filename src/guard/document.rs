//! Walks a parsed document once and adds up what it asks for, each fragment once however often it is spread.

use std::{
    collections::{BTreeMap, HashMap},
    rc::Rc,
};

use async_graphql::{
    Name, Pos, Positioned,
    parser::types::{
        Directive, ExecutableDocument, Field, FragmentDefinition, OperationDefinition, Selection,
        SelectionSet,
    },
};

use super::{
    introspection::{Values, is_introspection, list},
    values::{nesting_of_constant, nesting_of_literal},
};
use crate::{
    error::RequestError,
    limits::{Bound, Limits},
};

/// Makes sure that a document asks for no more than it may.
///
/// A fragment that spreads itself is counted as if it did not: the validator says what is wrong with it.
///
/// # Errors
/// `QUERY_TOO_LARGE`, with the limit, what was found, and where.
pub fn measure(document: &ExecutableDocument, limits: &Limits) -> Result<(), RequestError> {
    let mut measure = Measure {
        limits,
        fragments: &document.fragments,
        known: HashMap::new(),
    };
    let operations = in_order(document.operations.iter().map(|(_, operation)| operation));
    if let Some(last) = operations.last() {
        hold(limits.operations(), operations.len() as u64, last.pos)?;
    }
    for operation in operations {
        measure.operation(operation)?;
    }
    // Those that nothing spreads are validated too.
    let fragments = document.fragments.iter();
    for name in in_order(fragments.map(|(name, fragment)| (name, fragment.pos))) {
        measure.fragment(name, 0)?;
    }
    Ok(())
}

/// The most selections inside each other, whatever is set. The validator takes no more than a hundred.
const MAX_SELECTIONS: u64 = 64;

/// Makes sure that there is no more of something than there may be.
fn hold(bound: Bound, found: u64, place: Pos) -> Result<(), RequestError> {
    match bound.is_passed(found) {
        true => Err(bound.fault("document", found).at(place)),
        false => Ok(()),
    }
}

/// Things by their places in the document: the same document is refused for the same reason each time.
fn in_order<T: Placed>(things: impl Iterator<Item = T>) -> Vec<T::Thing> {
    let placed: BTreeMap<(usize, usize), T::Thing> = things
        .map(|thing| {
            let (place, thing) = thing.placed();
            ((place.line, place.column), thing)
        })
        .collect();
    placed.into_values().collect()
}

trait Placed {
    type Thing;
    fn placed(self) -> (Pos, Self::Thing);
}

impl<'d, T> Placed for &'d Positioned<T> {
    type Thing = &'d Positioned<T>;

    fn placed(self) -> (Pos, Self::Thing) {
        (self.pos, self)
    }
}

impl<'d> Placed for (&'d Name, Pos) {
    type Thing = &'d Name;

    fn placed(self) -> (Pos, Self::Thing) {
        (self.1, self.0)
    }
}

struct Measure<'d> {
    limits: &'d Limits,
    fragments: &'d HashMap<Name, Positioned<FragmentDefinition>>,
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
    deepest: Pos,
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
    fn operation(
        &mut self,
        operation: &'d Positioned<OperationDefinition>,
    ) -> Result<(), RequestError> {
        self.directives(&operation.node.directives)?;
        for variable in &operation.node.variable_definitions {
            self.directives(&variable.node.directives)?;
            if let Some(default) = &variable.node.default_value {
                let nesting = nesting_of_constant(&default.node);
                hold(self.limits.filter_nesting(), nesting, default.pos)?;
            }
        }
        let selection = &operation.node.selection_set;
        let size = self.selection(selection, 0)?;
        hold(
            self.limits.introspection_size(),
            size.values.of_any,
            selection.pos,
        )?;
        hold(self.limits.depth(), size.depth, size.deepest)
    }

    /// What a fragment comes to, so many selections deep in an operation or another fragment.
    fn fragment(&mut self, name: &'d str, around: u64) -> Result<Rc<Size<'d>>, RequestError> {
        if let Some(known) = self.known.get(name) {
            return Ok(Rc::clone(known));
        }
        let Some(fragment) = self.fragments.get(name) else {
            return Ok(Rc::default());
        };
        // For as long as it is walked it comes to nothing where it is spread.
        self.known.insert(name, Rc::default());
        self.directives(&fragment.node.directives)?;
        let size = Rc::new(self.selection(&fragment.node.selection_set, around)?);
        self.known.insert(name, Rc::clone(&size));
        Ok(size)
    }

    /// What a selection comes to that is so many selections deep.
    fn selection(
        &mut self,
        selection: &'d Positioned<SelectionSet>,
        around: u64,
    ) -> Result<Size<'d>, RequestError> {
        let limits = self.limits;
        let mut size = Size::default();
        self.nested(around + 1, selection.pos)?;
        for item in &selection.node.items {
            match &item.node {
                Selection::Field(field) => {
                    let below = self.field(field, around + 1)?;
                    size.merge(&below, item.pos, limits)?;
                }
                Selection::InlineFragment(fragment) => {
                    self.directives(&fragment.node.directives)?;
                    let below = self.selection(&fragment.node.selection_set, around + 1)?;
                    size.merge(&below, item.pos, limits)?;
                }
                Selection::FragmentSpread(spread) => {
                    self.directives(&spread.node.directives)?;
                    let below = self.fragment(&spread.node.fragment_name.node, around + 1)?;
                    self.nested(around + 1 + below.height, item.pos)?;
                    size.merge(&below, item.pos, limits)?;
                }
            }
        }
        size.height += 1;
        Ok(size)
    }

    /// What a field comes to, as if it were alone in its selection.
    fn field(
        &mut self,
        field: &'d Positioned<Field>,
        around: u64,
    ) -> Result<Size<'d>, RequestError> {
        let limits = self.limits;
        let name = field.node.name.node.as_str();
        self.directives(&field.node.directives)?;
        for (_, argument) in &field.node.arguments {
            let nesting = nesting_of_literal(&argument.node);
            hold(limits.filter_nesting(), nesting, argument.pos)?;
        }
        let selection = &field.node.selection_set;
        let below = match selection.node.items.is_empty() {
            true => Size::default(),
            false => self.selection(selection, around)?,
        };
        let mut size = Size {
            fields: below.fields.saturating_add(1),
            depth: below.depth + 1,
            deepest: match below.depth {
                0 => field.pos,
                _ => below.deepest,
            },
            height: below.height,
            aliases: u64::from(field.node.alias.is_some()),
            keys: HashMap::from([(field.node.response_key().node.as_str(), 1)]),
            lists: below.lists + list(name),
            values: Values::of_field(name, below.values),
        };
        if is_introspection(name) {
            hold(limits.introspection_nesting(), size.lists, field.pos)?;
            // The standard introspection is nearly as deep as a query may be.
            size.depth = 1;
        }
        Ok(size)
    }

    /// Makes sure that so many selections may lie inside each other. This is also what bounds the walk.
    fn nested(&self, height: u64, place: Pos) -> Result<(), RequestError> {
        let selections = self
            .limits
            .nesting()
            .of("selections inside each other, through its fragments")
            .at_most(MAX_SELECTIONS);
        hold(selections, height, place)
    }

    /// Measures the directives of one place.
    fn directives(&self, directives: &[Positioned<Directive>]) -> Result<(), RequestError> {
        if let Some(last) = directives.last() {
            let found = directives.len() as u64;
            hold(self.limits.directives(), found, last.pos)?;
        }
        for directive in directives {
            for (_, argument) in &directive.node.arguments {
                let nesting = nesting_of_literal(&argument.node);
                hold(self.limits.filter_nesting(), nesting, argument.pos)?;
            }
        }
        Ok(())
    }
}

impl<'d> Size<'d> {
    /// Adds what another part of the same selection comes to.
    fn merge(&mut self, part: &Size<'d>, place: Pos, limits: &Limits) -> Result<(), RequestError> {
        self.fields = self.fields.saturating_add(part.fields);
        // Whoever repeats keys without end is found out here, before they are counted one by one.
        hold(limits.fields(), self.fields, place)?;
        if part.depth > self.depth {
            self.depth = part.depth;
            self.deepest = part.deepest;
        }
        self.height = self.height.max(part.height);
        self.aliases = self.aliases.saturating_add(part.aliases);
        hold(limits.aliases(), self.aliases, place)?;
        self.lists = self.lists.max(part.lists);
        self.values = self.values.and(part.values);
        for (key, repeats) in &part.keys {
            let all = self.keys.entry(key).or_default();
            *all = all.saturating_add(*repeats);
            hold(limits.repeats(), *all, place)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
