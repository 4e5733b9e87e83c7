//! How much an introspection asks for. It is answered from memory, but types have fields, and fields types.

/// The fields through which an introspection comes back to where it was, with many in the place of one.
const LISTS: [&str; 4] = ["fields", "inputFields", "interfaces", "possibleTypes"];

/// How many there are of each, on average and rounded up, in the schema.
const SIZES: [(&str, u64); 8] = [
    ("types", 120),
    ("fields", 6),
    ("inputFields", 6),
    ("interfaces", 1),
    ("possibleTypes", 1),
    ("enumValues", 2),
    ("args", 1),
    ("directives", 6),
];

/// Whether a field at the root begins an introspection.
pub(super) fn is_introspection(name: &str) -> bool {
    matches!(name, "__schema" | "__type")
}

/// How many lists a field adds to those inside each other.
pub(super) fn list(name: &str) -> u64 {
    u64::from(LISTS.contains(&name))
}

/// How many values the answer to a field has, each of which has what is selected below it.
pub(super) fn size(name: &str) -> u64 {
    SIZES
        .iter()
        .find(|(list, _)| *list == name)
        .map_or(1, |(_, size)| *size)
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::{
        parse_schema,
        types::{TypeKind, TypeSystemDefinition},
    };

    use super::*;
    use crate::schema::sdl;

    #[test]
    fn there_are_as_many_of_each_as_in_the_schema() {
        let schema = parse_schema(sdl()).expect("the schema is sound");
        let mut counts = SIZES.map(|(name, _)| (name, 0));
        let mut add = |name: &str, many: usize| {
            let found = counts.iter_mut().find(|(list, _)| *list == name);
            found.expect("the list is one of them").1 += many;
        };
        // Scalars of the specification and the types of introspection itself are not written down.
        let (mut types, mut fields) = (5 + 8, 0);
        for definition in schema.definitions {
            let TypeSystemDefinition::Type(definition) = definition else {
                continue;
            };
            types += 1;
            let (own, interfaces) = match definition.node.kind {
                TypeKind::Object(object) => (object.fields, object.implements.len()),
                TypeKind::Interface(interface) => (interface.fields, interface.implements.len()),
                TypeKind::Enum(values) => {
                    add("enumValues", values.values.len());
                    continue;
                }
                TypeKind::InputObject(object) => {
                    add("inputFields", object.fields.len());
                    continue;
                }
                TypeKind::Union(union) => {
                    add("possibleTypes", union.members.len());
                    continue;
                }
                TypeKind::Scalar => continue,
            };
            fields += own.len();
            add("fields", own.len());
            add("interfaces", interfaces);
            // Whatever implements an interface is a possible type of it.
            add("possibleTypes", interfaces);
            for field in own {
                add("args", field.node.arguments.len());
            }
        }
        for ((name, size), (_, count)) in SIZES.iter().zip(counts) {
            let real = match *name {
                "types" => types,
                "directives" => continue,
                "args" => count.div_ceil(fields),
                _ => count.div_ceil(types),
            };
            assert!(
                *size >= real as u64 && *size <= 2 * real as u64,
                "{name} is {real}, not {size}"
            );
        }
    }
}
