//! Registry entries of scalars, enums, objects, their fields and the root's.

use async_graphql::registry::{MetaEnumValue, MetaField, MetaInputValue, MetaType};

use super::PAGES;
use super::inputs::{order_argument, where_argument};
use super::meta::{DECLARED, argument, by_name, meta_field, object, with_null};
use super::search::search_field;
use crate::limits::grouped;
use crate::schema::{
    NODE, OBJECT_TYPES,
    change::CHANGE,
    declaration::{
        Connection, EmbeddedType, EnumType, Field, ListOf, ObjectType, RootField, RootSource,
        Source,
    },
    series::{
        SERIES_AGENCY, SERIES_AGENCY_DESCRIPTION, SERIES_POINT, SERIES_WHERE,
        SERIES_WHERE_DESCRIPTION,
    },
};

pub(super) struct DateScalar {
    name: &'static str,
    description: &'static str,
    specified_by: &'static str,
}

pub(super) const DATE_SCALARS: &[DateScalar] = &[
    DateScalar {
        name: "Date",
        description: "A day in ISO 8601: `2007-09-30`.",
        specified_by: "https://scalars.graphql.org/andimarek/local-date.html",
    },
    DateScalar {
        name: "DateTime",
        description: "A moment in RFC 3339, in UTC: `2007-11-08T14:30:00Z`.",
        specified_by: "https://scalars.graphql.org/andimarek/date-time.html",
    },
];

pub(super) fn date_scalar(scalar: &DateScalar) -> MetaType {
    MetaType::Scalar {
        name: scalar.name.into(),
        description: Some(scalar.description.into()),
        is_valid: None,
        visible: None,
        inaccessible: false,
        tags: Vec::new(),
        specified_by_url: Some(scalar.specified_by.into()),
        directive_invocations: Vec::new(),
        requires_scopes: Vec::new(),
    }
}

pub(super) fn enum_type(enumeration: &EnumType) -> MetaType {
    MetaType::Enum {
        name: enumeration.name.into(),
        description: Some(enumeration.description.into()),
        enum_values: enumeration
            .values
            .iter()
            .map(|(name, description)| {
                let value = MetaEnumValue {
                    name: (*name).into(),
                    description: Some((*description).into()),
                    deprecation: Default::default(),
                    visible: None,
                    inaccessible: false,
                    tags: Vec::new(),
                    directive_invocations: Vec::new(),
                };
                ((*name).into(), value)
            })
            .collect(),
        visible: None,
        inaccessible: false,
        tags: Vec::new(),
        rust_typename: Some(DECLARED),
        directive_invocations: Vec::new(),
        requires_scopes: Vec::new(),
    }
}

pub(super) fn embedded_type(embedded: &EmbeddedType) -> MetaType {
    object(
        embedded.name,
        embedded.description,
        embedded.fields.iter().map(|field| {
            meta_field(
                field.name,
                field.description,
                with_null(field.scalar.type_name(), field.nullable),
                Vec::new(),
            )
        }),
    )
}

pub(super) fn object_type(declared: &ObjectType) -> MetaType {
    object(
        declared.name,
        declared.description,
        declared.fields.iter().map(object_field),
    )
}

fn object_field(field: &Field) -> MetaField {
    let (type_name, args) = match &field.source {
        Source::Id => (with_null("ID", field.nullable), Vec::new()),
        Source::Column(_, scalar) | Source::OfJoined { scalar, .. } => {
            (with_null(scalar.type_name(), field.nullable), Vec::new())
        }
        Source::Embedded { target, .. } => (with_null(target.name, field.nullable), Vec::new()),
        Source::ToOne { target, .. } | Source::Joined { target, .. } => {
            (with_null(target.name, field.nullable), Vec::new())
        }
        Source::Collection(relation) => (
            with_null(relation.connection.name, false),
            page_arguments(relation.connection, Listed::Nested),
        ),
        Source::Ancestors(_, target) | Source::List(ListOf { target, .. }) => {
            (format!("[{}!]!", target.name), Vec::new())
        }
        Source::Previous(target) => (with_null(target.name, field.nullable), Vec::new()),
        Source::Change(_) => (with_null(CHANGE, field.nullable), Vec::new()),
        Source::InWords(_) => (with_null("String", field.nullable), Vec::new()),
        Source::Series(series) => (
            format!("[{SERIES_POINT}!]!"),
            vec![
                argument(SERIES_AGENCY, "String", SERIES_AGENCY_DESCRIPTION),
                argument(
                    SERIES_WHERE,
                    series.results.connection.node.filter.name,
                    SERIES_WHERE_DESCRIPTION,
                ),
            ],
        ),
        Source::Aggregate(aggregate) => (with_null(aggregate.name, false), Vec::new()),
        Source::Members(connection) => (
            with_null(connection.name, false),
            page_arguments(connection, Listed::Nested),
        ),
    };
    let description = match &field.source {
        Source::Collection(relation) => format!(
            "{} In the order {}.",
            field.description, relation.connection.default_order
        ),
        _ => field.description.into(),
    };
    meta_field(field.name, &description, type_name, args)
}

pub(super) fn root_field(field: &RootField) -> MetaField {
    match &field.source {
        RootSource::Node => meta_field(
            field.name,
            field.description,
            NODE.into(),
            vec![argument("id", "ID!", "The global id.")],
        ),
        RootSource::Nodes => meta_field(
            field.name,
            field.description,
            format!("[{NODE}]!"),
            vec![argument("ids", "[ID!]!", "The global ids, at most 1,000.")],
        ),
        RootSource::Lookup(target, parts) => meta_field(
            field.name,
            field.description,
            target.name.into(),
            parts
                .iter()
                .map(|part| {
                    argument(
                        part.name,
                        &format!("{}!", part.scalar.type_name()),
                        part.description,
                    )
                })
                .collect(),
        ),
        RootSource::Collection(connection) => meta_field(
            field.name,
            &format!(
                "{} In the order {}.",
                field.description, connection.default_order
            ),
            with_null(connection.name, false),
            page_arguments(connection, Listed::AtRoot),
        ),
        RootSource::Search => search_field(field.name, field.description),
    }
}

/// Where a list is asked for.
#[derive(Clone, Copy)]
pub(super) enum Listed {
    /// At the root.
    AtRoot,
    /// Under the rows of another list.
    Nested,
}

pub(super) fn page_arguments(connection: &Connection, listed: Listed) -> Vec<MetaInputValue> {
    let mut arguments = vec![
        where_argument(connection.node, connection.plural),
        order_argument(connection),
    ];
    arguments.extend(window_arguments(listed));
    arguments
}

/// The arguments that cut a page.
pub(super) fn window_arguments(listed: Listed) -> [MetaInputValue; 4] {
    let pages = PAGES.get();
    let most = grouped(pages.largest.into());
    let default = match listed {
        Listed::AtRoot => grouped(pages.root_default.into()),
        Listed::Nested => format!("{} under each parent", grouped(pages.nested_default.into())),
    };
    [
        argument(
            "first",
            "Int",
            &format!(
                "At most this many, from the start or after `after`. 0 is allowed, {most} is the most. Without `first` and `last`: {default}."
            ),
        ),
        argument(
            "after",
            "String",
            "Only what comes after the edge with this cursor.",
        ),
        argument(
            "last",
            "Int",
            "At most this many, from the end or before `before`. Not together with `first`.",
        ),
        argument(
            "before",
            "String",
            "Only what comes before the edge with this cursor.",
        ),
    ]
}

pub(super) fn node_interface() -> MetaType {
    MetaType::Interface {
        name: NODE.into(),
        description: Some("An object that can be asked for again by its global id.".into()),
        fields: by_name([meta_field(
            "id",
            "Global id, opaque; the same in every database.",
            "ID!".into(),
            Vec::new(),
        )]),
        possible_types: OBJECT_TYPES
            .iter()
            .filter(|object| object.is_node)
            .map(|object| object.name.to_owned())
            .collect(),
        extends: false,
        inaccessible: false,
        tags: Vec::new(),
        keys: None,
        visible: None,
        rust_typename: Some(DECLARED),
        directive_invocations: Vec::new(),
        requires_scopes: Vec::new(),
    }
}
