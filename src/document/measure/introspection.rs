//! How much an introspection asks for. It is answered from memory, but types have fields, and fields types.

/// The fields through which an introspection comes back to where it was, with many in the place of one.
const LISTS: [&str; 4] = ["fields", "inputFields", "interfaces", "possibleTypes"];

/// The lists of an introspection: how many each has on average over the whole schema, rounded up, and where it is longest.
const SIZES: [(&str, u64, u64); 8] = [
    ("types", 120, 120),
    ("fields", 6, 27),
    ("inputFields", 6, 30),
    ("interfaces", 1, 1),
    ("possibleTypes", 1, 8),
    ("enumValues", 2, 20),
    ("args", 1, 8),
    ("directives", 6, 6),
];

/// How many values a description counts as: it is a sentence or two, where the others are words.
const DESCRIPTION: u64 = 10;

/// How many values the answer to an introspection has.
///
/// What is asked of all types comes to the average of each. What is asked of one may be asked of the one that has most,
/// and a client that means harm knows which that is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Values {
    /// Where it is asked of all types, or of what all of them have: for each on average.
    of_each: u64,
    /// Where it is asked of any one.
    pub(super) of_any: u64,
}

impl Values {
    /// The values of a field with what is selected below it.
    pub(super) fn of_field(name: &str, below: Values) -> Values {
        let size = SIZES.iter().find(|(list, ..)| *list == name);
        let (mean, longest) = size.map_or((1, 1), |(_, mean, longest)| (*mean, *longest));
        let times = |many: u64, below: u64| below.saturating_add(1).saturating_mul(many);
        match name {
            "description" => Values {
                of_each: DESCRIPTION,
                of_any: DESCRIPTION,
            },
            "types" => {
                let all = times(mean, below.of_each);
                Values {
                    of_each: all,
                    of_any: all,
                }
            }
            "fields" | "inputFields" | "enumValues" | "args" => Values {
                of_each: times(mean, below.of_each),
                of_any: times(longest, below.of_any),
            },
            // These lead to types of the client's choice.
            _ => Values {
                of_each: times(mean, below.of_any),
                of_any: times(longest, below.of_any),
            },
        }
    }

    /// The values of two parts of a selection.
    pub(super) fn and(self, other: Values) -> Values {
        Values {
            of_each: self.of_each.saturating_add(other.of_each),
            of_any: self.of_any.saturating_add(other.of_any),
        }
    }
}

/// Whether a field at the root begins an introspection.
pub(super) fn is_introspection(name: &str) -> bool {
    matches!(name, "__schema" | "__type")
}

/// How many lists a field adds to those inside each other.
pub(super) fn list(name: &str) -> u64 {
    u64::from(LISTS.contains(&name))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use async_graphql::parser::{
        parse_schema,
        types::{TypeKind, TypeSystemDefinition},
    };

    use super::*;
    use crate::{limits::PageLimits, schema::sdl};

    /// How many there are of a list: in all, and where it is longest.
    #[derive(Default)]
    struct Count {
        all: usize,
        longest: usize,
    }

    #[test]
    fn there_are_as_many_of_each_as_in_the_schema() {
        let schema = parse_schema(sdl(PageLimits::default())).expect("the schema is sound");
        let mut counts: HashMap<&str, Count> = HashMap::new();
        let mut add = |name, many: usize| {
            let count = counts.entry(name).or_default();
            count.all += many;
            count.longest = count.longest.max(many);
        };
        // Scalars of the specification and the types of introspection itself are not written down.
        let mut types = 5 + 8;
        let mut possible: HashMap<String, usize> = HashMap::new();
        for definition in schema.definitions {
            let TypeSystemDefinition::Type(definition) = definition else {
                continue;
            };
            types += 1;
            let (fields, interfaces) = match definition.node.kind {
                TypeKind::Object(object) => (object.fields, object.implements),
                TypeKind::Interface(interface) => (interface.fields, interface.implements),
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
            add("fields", fields.len());
            add("interfaces", interfaces.len());
            for interface in interfaces {
                *possible.entry(interface.node.to_string()).or_default() += 1;
            }
            for field in fields {
                add("args", field.node.arguments.len());
            }
        }
        for of_interface in possible.into_values() {
            add("possibleTypes", of_interface);
        }
        let fields = counts["fields"].all;
        for (name, mean, longest) in SIZES {
            let (real, most) = match name {
                "types" => (types, types),
                "directives" => continue,
                "args" => (counts[name].all.div_ceil(fields), counts[name].longest),
                _ => (counts[name].all.div_ceil(types), counts[name].longest),
            };
            let within = |size: u64, real: usize| (real..=2 * real).contains(&(size as usize));
            assert!(
                within(mean, real),
                "{name} is {real} on average, not {mean}"
            );
            assert!(
                within(longest, most),
                "{name} is {most} at most, not {longest}"
            );
        }
    }
}
