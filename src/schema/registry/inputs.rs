//! Registry entries of filters.

use async_graphql::registry::{MetaInputValue, MetaType};

use super::meta::{argument, input_object};
use crate::schema::{
    OBJECT_TYPES,
    declaration::{ObjectType, Scalar, Source},
    enums::{ADDITIVITY, ATTRIBUTION_BASIS, PRECISION, SCOPE, UNIT_KIND},
    filters::{Operator, Subject, ValueFilter, fields_of, id_filter, value_filter},
};

/// The argument by which a collection of the type is filtered.
pub(super) fn where_argument(object: &ObjectType, plural: &str) -> MetaInputValue {
    argument(
        "where",
        object.filter.name,
        &format!(
            "Which {plural}: page, count and aggregate are of those that match. An empty filter matches everything."
        ),
    )
}

/// All input types, in any order; those that nothing uses are pruned by the registry.
pub(super) fn filters() -> Vec<MetaType> {
    let scalars = [
        Scalar::Int,
        Scalar::Decimal,
        Scalar::String,
        Scalar::Boolean,
        Scalar::Date,
        Scalar::DateTime,
        Scalar::Enum(&PRECISION),
        Scalar::Enum(&SCOPE),
        Scalar::Enum(&UNIT_KIND),
        Scalar::Enum(&ADDITIVITY),
        Scalar::Enum(&ATTRIBUTION_BASIS),
    ];
    let values = scalars
        .into_iter()
        .map(value_filter)
        .chain([id_filter()])
        .map(|filter| value_type(&filter));
    let objects = OBJECT_TYPES
        .iter()
        .flat_map(|object| [object_type(object), list_type(object)]);
    values.chain(objects).collect()
}

fn value_type(filter: &ValueFilter) -> MetaType {
    input_object(
        &filter.name,
        &filter.description,
        filter.operators.iter().map(|operator| {
            let value = match operator {
                Operator::In | Operator::NotIn => format!("[{}!]", filter.value),
                Operator::IsNull => "Boolean".into(),
                _ => filter.value.into(),
            };
            argument(operator.name(), &value, operator.description())
        }),
    )
}

fn object_type(object: &'static ObjectType) -> MetaType {
    let name = object.filter.name;
    let list = format!("[{name}!]");
    let combined = [
        argument(
            "and",
            &list,
            "All of these match. An empty list matches everything.",
        ),
        argument(
            "or",
            &list,
            "One of these matches. An empty list matches nothing.",
        ),
        argument("not", name, "This does not match."),
    ];
    let fields = fields_of(object).into_iter().map(|(key, subject)| {
        let (value, description) = key_of(subject);
        argument(&key, &value, &description)
    });
    input_object(
        name,
        &format!(
            "Chooses objects of the type {}. All keys that are given must match.",
            object.name
        ),
        combined.into_iter().chain(fields),
    )
}

/// The type and the description of a key.
fn key_of(subject: Subject) -> (String, String) {
    match subject {
        Subject::Id => (id_filter().name, "By its global id.".into()),
        Subject::Column(field) => {
            let scalar = match &field.source {
                Source::Column(_, scalar) => *scalar,
                _ => Scalar::String,
            };
            (value_filter(scalar).name, field.description.into())
        }
        Subject::ToOne(field, target) => (
            target.filter.name.into(),
            format!(
                "By what it refers to, which must match; where there is nothing, nothing matches. {}",
                field.description
            ),
        ),
        Subject::Exists(field) => (
            "Boolean".into(),
            format!("Whether there is a value of `{}`.", field.name),
        ),
        Subject::Children(field, relation) => (
            relation.connection.node.filter.list_name.into(),
            format!(
                "By its {}. {}",
                relation.connection.plural, field.description
            ),
        ),
        Subject::ChildCount(relation) => (
            value_filter(Scalar::Int).name,
            format!("By how many {} it has.", relation.connection.plural),
        ),
        Subject::Within(_, target) => (
            target.filter.name.into(),
            "It, or one of its ancestors, matches.".into(),
        ),
    }
}

fn list_type(object: &ObjectType) -> MetaType {
    let name = object.filter.name;
    input_object(
        object.filter.list_name,
        "Chooses by the objects of a collection.",
        [
            argument("some", name, "At least one matches."),
            argument("every", name, "All match. It holds where there are none."),
            argument("none", name, "None matches. It holds where there are none."),
        ],
    )
}
