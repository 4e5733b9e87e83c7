//! Names that may have been meant where a name is unknown. It decides nothing.
//!
//! What is unknown is told only in apollo-compiler's messages, so they are read here. A message that is not understood
//! has no suggestion.

use apollo_compiler::{Schema, schema::ExtendedType};

/// The name that may have been meant by the unknown one that a fault is about.
pub(super) fn suggestion(schema: &Schema, message: &str) -> Option<String> {
    let (unknown, place) = unknown(message)?;
    closest(unknown, names(schema, place)?).map(str::to_owned)
}

/// The unknown name, and where it is unknown: a type, a field as `Type.field`, or a directive.
fn unknown(message: &str) -> Option<(&str, &str)> {
    let mut quoted = message.split('`').skip(1).step_by(2);
    let (first, second) = (quoted.next()?, quoted.next());
    match second {
        Some(field) if message.contains("does not have a field") => Some((field, first)),
        Some(place) if message.contains("is not supported by") => Some((first, place)),
        Some(place) if message.contains("does not exist on") => Some((first, place)),
        _ => None,
    }
}

/// The name that may have been meant by one that is unknown: at most a third of its letters are others.
pub fn closest<'n>(unknown: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let most = (unknown.len() / 3).max(1);
    names
        .into_iter()
        // Names are no closer than their lengths are, and what is unknown may be as long as a request.
        .filter(|name| name.len().abs_diff(unknown.len()) <= most)
        .map(|name| (strsim::osa_distance(unknown, name), name))
        .filter(|(distance, _)| *distance <= most)
        .min()
        .map(|(_, name)| name)
}

/// All names that are known there.
fn names<'s>(schema: &'s Schema, place: &str) -> Option<Vec<&'s str>> {
    if let Some(directive) = place.strip_prefix('@') {
        let definition = schema.directive_definitions.get(directive)?;
        let arguments = definition.arguments.iter();
        return Some(arguments.map(|argument| argument.name.as_str()).collect());
    }
    if let Some((type_name, field)) = place.split_once('.') {
        let definition = schema.type_field(type_name, field).ok()?;
        let arguments = definition.arguments.iter();
        return Some(arguments.map(|argument| argument.name.as_str()).collect());
    }
    Some(match schema.types.get(place)? {
        ExtendedType::Object(object) => object.fields.keys().map(|name| name.as_str()).collect(),
        ExtendedType::Interface(interface) => {
            interface.fields.keys().map(|name| name.as_str()).collect()
        }
        ExtendedType::InputObject(input) => input.fields.keys().map(|name| name.as_str()).collect(),
        ExtendedType::Enum(of) => of.values.keys().map(|name| name.as_str()).collect(),
        _ => return None,
    })
}
