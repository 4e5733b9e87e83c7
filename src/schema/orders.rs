//! What the rows of a type can be ordered by, as it follows from the type's declaration.

use super::declaration::{Field, ObjectType, Relation, Source};

/// What a key of an object type's order looks at.
#[derive(Clone, Copy)]
pub enum Subject {
    /// A column.
    Column(&'static Field),
    /// One row of another table.
    ToOne(&'static Field, &'static ObjectType),
    /// How many rows refer to the row.
    ChildCount(&'static Relation),
    /// The sum of the row's results of a metric.
    Total(&'static Relation),
}

/// The keys of the order of a type, with what each looks at.
pub fn fields_of(object: &'static ObjectType) -> Vec<(String, Subject)> {
    let mut keys = Vec::new();
    let fields = object.fields.iter().chain(object.filter.extra);
    for field in fields.filter(|field| !field.shown_only) {
        match &field.source {
            Source::Column(..) => keys.push((field.name.to_owned(), Subject::Column(field))),
            Source::ToOne { target, .. } | Source::Joined { target, .. } => {
                keys.push((field.name.to_owned(), Subject::ToOne(field, target)));
            }
            Source::Collection(relation) => {
                keys.push((
                    relation.count_name.to_owned(),
                    Subject::ChildCount(relation),
                ));
                if let Some(name) = relation.total_name {
                    keys.push((name.to_owned(), Subject::Total(relation)));
                }
            }
            Source::Id
            | Source::OfJoined { .. }
            | Source::Embedded { .. }
            | Source::Ancestors(..)
            | Source::List(_)
            | Source::Previous(_)
            | Source::Change(_)
            | Source::InWords(_)
            | Source::Series(_)
            | Source::Aggregate(_)
            | Source::Members(_) => {}
        }
    }
    keys
}
