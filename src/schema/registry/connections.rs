//! Registry entries of connections, edges, pages, aggregates and totals.

use async_graphql::registry::{MetaField, MetaInputValue, MetaType};

use super::groups::groups_field;
use super::inputs::with_default;
use super::meta::{argument, meta_field, object, with_null};
use crate::schema::{
    declaration::{AggregateType, Connection, Measure},
    enums::SCOPE,
    total::{
        AMOUNT, AMOUNT_DESCRIPTION, AMOUNT_FIELDS, PERCENTILE_SHARE, PERCENTILE_SHARE_DESCRIPTION,
        TOTAL, TOTAL_DESCRIPTION, TOTAL_FIELDS, TOTAL_SCOPE, TOTAL_SCOPE_DESCRIPTION, TOTAL_UNIT,
        TOTAL_UNIT_DESCRIPTION, TotalPart,
    },
};

pub(super) fn edge_type(connection: &Connection) -> MetaType {
    edge(
        connection.edge_name,
        connection.plural,
        connection.node.name,
        "The object itself.",
    )
}

/// A thing of a page with its cursor.
pub(super) fn edge(name: &str, plural: &str, node: &str, description: &str) -> MetaType {
    object(
        name,
        &format!("One of the {plural} of a page, with its place in the order."),
        [
            meta_field(
                "cursor",
                "Its place in the order, for `after` and `before`; opaque.",
                "String!".into(),
                Vec::new(),
            ),
            meta_field("node", description, with_null(node, false), Vec::new()),
        ],
    )
}

/// The field of a connection that says where its page lies.
pub(super) fn page_info_field() -> MetaField {
    meta_field(
        "pageInfo",
        "Whether there is more, and the cursors to go on from.",
        "PageInfo!".into(),
        Vec::new(),
    )
}

pub(super) fn connection_type(connection: &Connection) -> MetaType {
    let plural = connection.plural;
    let groups = connection
        .groups
        .map(|groups| groups_field(connection, groups));
    object(
        connection.name,
        &format!("A collection of {plural}: a page of it, and what can be said of all of it."),
        [
            meta_field(
                "nodes",
                &format!("The {plural} of the page."),
                format!("[{}!]!", connection.node.name),
                Vec::new(),
            ),
            meta_field(
                "edges",
                &format!("The {plural} of the page, each with its cursor."),
                format!("[{}!]!", connection.edge_name),
                Vec::new(),
            ),
            page_info_field(),
            meta_field(
                "totalCount",
                &format!("How many {plural} there are in all, whatever the page."),
                "Int!".into(),
                Vec::new(),
            ),
            meta_field(
                "aggregate",
                &format!("What can be said of all these {plural}, whatever the page."),
                with_null(connection.aggregate.name, false),
                Vec::new(),
            ),
        ]
        .into_iter()
        .chain(groups),
    )
}

pub(super) fn aggregate_type(aggregate: &AggregateType) -> MetaType {
    object(
        aggregate.name,
        aggregate.description,
        aggregate.fields.iter().map(|field| {
            let (type_name, arguments) = match field.measure {
                Measure::Totals => (format!("[{TOTAL}!]!"), Vec::new()),
                Measure::Total => (TOTAL.into(), total_arguments()),
                _ => ("Int!".into(), Vec::new()),
            };
            meta_field(field.name, field.description, type_name, arguments)
        }),
    )
}

fn total_arguments() -> Vec<MetaInputValue> {
    vec![
        argument(TOTAL_UNIT, "String!", TOTAL_UNIT_DESCRIPTION),
        with_default(
            argument(TOTAL_SCOPE, SCOPE.name, TOTAL_SCOPE_DESCRIPTION),
            SCOPE.values[0].0,
        ),
    ]
}

pub(super) fn amount_type() -> MetaType {
    object(
        AMOUNT,
        AMOUNT_DESCRIPTION,
        AMOUNT_FIELDS.iter().map(|field| {
            let (scalar, nullable) = field.part.field_type();
            let type_name = with_null(scalar.type_name(), nullable);
            meta_field(field.name, field.description, type_name, Vec::new())
        }),
    )
}

pub(super) fn total_type() -> MetaType {
    object(
        TOTAL,
        TOTAL_DESCRIPTION,
        TOTAL_FIELDS.iter().map(|field| {
            let arguments = match field.part {
                TotalPart::Percentile => vec![argument(
                    PERCENTILE_SHARE,
                    "Float!",
                    PERCENTILE_SHARE_DESCRIPTION,
                )],
                _ => Vec::new(),
            };
            meta_field(
                field.name,
                field.description,
                field.part.field_type().sdl(),
                arguments,
            )
        }),
    )
}

pub(super) fn page_info_type() -> MetaType {
    let flag = |name, description| meta_field(name, description, "Boolean!".into(), Vec::new());
    let cursor = |name, description| meta_field(name, description, "String".into(), Vec::new());
    object(
        "PageInfo",
        "Where a page lies in its collection. Both flags are exact in both directions.",
        [
            flag("hasNextPage", "Whether anything comes after the page."),
            flag("hasPreviousPage", "Whether anything comes before the page."),
            cursor(
                "startCursor",
                "Cursor of the first edge, for `before`; null on an empty page.",
            ),
            cursor(
                "endCursor",
                "Cursor of the last edge, for `after`; null on an empty page.",
            ),
        ],
    )
}
