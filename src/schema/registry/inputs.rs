//! Registry entries of filters and orders.

use async_graphql::registry::{MetaInputValue, MetaType};

use super::meta::{argument, input_object, one_of};
use crate::schema::{
    OBJECT_TYPES,
    declaration::{Connection, Field, ObjectType, Scalar, Source},
    enums::{ADDITIVITY, ATTRIBUTION_BASIS, DIRECTION, PRECISION, SCOPE, TOTAL_NUMBER, UNIT_KIND},
    filters::{Operator, Subject, ValueFilter, fields_of, id_filter, value_filter},
    orders,
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

/// The argument by which a collection of the type is ordered.
pub(super) fn order_argument(connection: &Connection) -> MetaInputValue {
    argument(
        "orderBy",
        &format!("[{}!]", connection.node.filter.order_name),
        &format!(
            "In which order, the first key first; at most 8 keys. Missing values come last either way, and the natural key breaks ties. Without it: {}.",
            connection.default_order
        ),
    )
}

/// The object types whose rows can be chosen and ordered.
fn chosen_types() -> impl Iterator<Item = &'static ObjectType> {
    let objects = OBJECT_TYPES.iter().copied();
    objects.filter(|object| !object.filter.name.is_empty())
}

/// The input types of orders.
pub(super) fn orders() -> Vec<MetaType> {
    chosen_types()
        .map(order_type)
        .chain([total_order_type()])
        .collect()
}

fn order_type(object: &'static ObjectType) -> MetaType {
    let keys = orders::fields_of(object).into_iter().map(|(key, subject)| {
        let (value, description) = match subject {
            orders::Subject::Column(field) => (DIRECTION.name, by_column(field)),
            orders::Subject::ToOne(field, target) => (
                target.filter.order_name,
                format!(
                    "By something of its `{}`; last where there is none.",
                    field.name
                ),
            ),
            orders::Subject::ChildCount(relation) => (
                DIRECTION.name,
                format!("By how many {} it has.", relation.connection.plural),
            ),
            orders::Subject::Total(_) => (
                TOTAL_ORDER,
                "By a number of the total of its results of a metric; last where there is none."
                    .into(),
            ),
        };
        argument(&key, value, &description)
    });
    one_of(
        object.filter.order_name,
        &format!(
            "What objects of the type {} are ordered by: exactly one key.",
            object.name
        ),
        keys,
    )
}

/// The description of an order by a column.
fn by_column(field: &Field) -> String {
    let name = field.name;
    match &field.source {
        Source::Column(_, Scalar::String) => {
            format!("By `{name}`: in the order of Unicode, capitals before small letters.")
        }
        _ => format!("By `{name}`."),
    }
}

const TOTAL_ORDER: &str = "ResultTotalOrder";

/// The same argument with a default, written as in a document.
pub(super) fn with_default(mut argument: MetaInputValue, default: &str) -> MetaInputValue {
    argument.default_value = Some(default.into());
    argument
}

/// The argument that says which number of a total is compared.
pub(super) fn number_argument() -> MetaInputValue {
    with_default(
        argument("by", TOTAL_NUMBER.name, "Which number of the total."),
        TOTAL_NUMBER.values[0].0,
    )
}

fn total_order_type() -> MetaType {
    input_object(
        TOTAL_ORDER,
        "Orders by a number of the total of results, by the rules of totals: where there is no such number, the object comes last.",
        [
            argument(
                "metric",
                "String!",
                "Code of the metric, in whose unit the results are added up. A code that no metric has is an error.",
            ),
            with_default(
                argument(
                    "within",
                    "Boolean",
                    "Whether results of the metrics below it count too.",
                ),
                "true",
            ),
            argument("where", "ResultFilter", "Only results that match."),
            with_default(
                argument("scope", SCOPE.name, "Only results with this scope."),
                SCOPE.values[0].0,
            ),
            number_argument(),
            argument(
                "direction",
                &format!("{}!", DIRECTION.name),
                "Which end comes first.",
            ),
        ],
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
    let objects = chosen_types().flat_map(|object| [object_type(object), list_type(object)]);
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

/// The keys of a filter that combine filters like it.
pub(super) fn combined(filter: &str) -> [MetaInputValue; 3] {
    let list = format!("[{filter}!]");
    [
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
        argument("not", filter, "This does not match."),
    ]
}

fn object_type(object: &'static ObjectType) -> MetaType {
    let name = object.filter.name;
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
        combined(name).into_iter().chain(fields),
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
                "By what it refers to, which must match; where it refers to nothing, no condition holds. An empty filter is no condition. {}",
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
            "It, or one of its ancestors, matches. An empty filter is no condition.".into(),
        ),
    }
}

fn list_type(object: &ObjectType) -> MetaType {
    let name = object.filter.name;
    input_object(
        object.filter.list_name,
        "Chooses by the objects of a collection.",
        [
            argument(
                "some",
                name,
                "At least one matches; an empty filter says that there is one.",
            ),
            argument("every", name, "All match. It holds where there are none."),
            argument("none", name, "None matches. It holds where there are none."),
        ],
    )
}
