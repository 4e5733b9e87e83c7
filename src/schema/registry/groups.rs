//! Registry entries of groups: their connections, and what they are chosen and ordered by.

use async_graphql::registry::{MetaField, MetaInputValue, MetaType};

use super::{
    connections::{edge, page_info_field},
    inputs::{combined, number_argument, with_default},
    meta::{argument, input_object, meta_field, object, one_of, with_null},
    types::{self, Listed, window_arguments},
};
use crate::schema::{
    declaration::{Connection, GroupType, Scalar},
    enums::{DIRECTION, SCOPE},
    filters::value_filter,
};

const TOTAL_FILTER: &str = "TotalFilter";
const TOTAL_ORDER: &str = "TotalOrder";

/// The field of a connection that puts its rows into groups.
pub(super) fn groups_field(connection: &Connection, groups: &GroupType) -> MetaField {
    let plural = connection.plural;
    let mut arguments = vec![
        argument(
            "by",
            &format!("[{}!]!", groups.dimension.name),
            "What to group by: one or more, each once. There is a group for each combination that occurs.",
        ),
        argument(
            "having",
            &filter_name(groups),
            "Which groups: those whose numbers match. An empty filter matches everything.",
        ),
        argument(
            "orderBy",
            &format!("[{}!]", order_name(groups)),
            "In which order, the first key first; at most 8 keys. Missing values come last either way. Without it, and to break ties: by what they are grouped by, in the order of `by`.",
        ),
    ];
    arguments.extend(window_arguments(Listed::Nested));
    meta_field(
        "groups",
        &format!(
            "All these {plural}, whatever the page, put into groups, with what can be said of each group."
        ),
        with_null(groups.connection_name, false),
        arguments,
    )
}

/// The types of a kind of groups.
pub(super) fn group_types(connection: &Connection, groups: &'static GroupType) -> Vec<MetaType> {
    vec![
        types::object_type(groups.object),
        types::enum_type(groups.dimension),
        edge_type(connection, groups),
        connection_type(connection, groups),
        filter_type(connection, groups),
        order_type(connection, groups),
    ]
}

fn edge_type(connection: &Connection, groups: &GroupType) -> MetaType {
    edge(
        groups.edge_name,
        &format!("groups of {}", connection.plural),
        groups.object.name,
        "The group itself.",
    )
}

fn connection_type(connection: &Connection, groups: &GroupType) -> MetaType {
    object(
        groups.connection_name,
        &format!("Groups of {}: a page of them.", connection.plural),
        [
            meta_field(
                "nodes",
                "The groups of the page.",
                format!("[{}!]!", groups.object.name),
                Vec::new(),
            ),
            meta_field(
                "edges",
                "The groups of the page, each with its cursor.",
                format!("[{}!]!", groups.edge_name),
                Vec::new(),
            ),
            page_info_field(),
            meta_field(
                "totalCount",
                "How many groups there are in all that `having` lets through, whatever the page.",
                "Int!".into(),
                Vec::new(),
            ),
        ],
    )
}

fn filter_name(groups: &GroupType) -> String {
    format!("{}Filter", groups.object.name)
}

fn order_name(groups: &GroupType) -> String {
    format!("{}Order", groups.object.name)
}

/// The counts by which groups are chosen and ordered, with the description of each.
fn counts<'g>(
    connection: &'g Connection,
    groups: &'g GroupType,
) -> impl Iterator<Item = (&'static str, &'static str)> + 'g {
    let of_aggregate = connection.aggregate.fields.iter();
    of_aggregate
        .filter(|field| groups.counts.contains(&field.name))
        .map(|field| (field.name, field.description))
}

fn filter_type(connection: &Connection, groups: &GroupType) -> MetaType {
    let name = filter_name(groups);
    let mut keys = Vec::from(combined(&name));
    let count = value_filter(Scalar::Int).name;
    keys.extend(
        counts(connection, groups).map(|(name, description)| argument(name, &count, description)),
    );
    if groups.has_totals {
        keys.push(argument(
            "total",
            TOTAL_FILTER,
            "By a number of one of their totals.",
        ));
    }
    input_object(
        &name,
        &format!(
            "Chooses groups of {} by their numbers. All keys that are given must match.",
            connection.plural
        ),
        keys,
    )
}

fn order_type(connection: &Connection, groups: &GroupType) -> MetaType {
    let mut keys: Vec<MetaInputValue> = counts(connection, groups)
        .map(|(name, description)| argument(name, DIRECTION.name, description))
        .collect();
    if groups.has_totals {
        keys.push(argument(
            "total",
            TOTAL_ORDER,
            "By a number of one of their totals; last where there is none.",
        ));
    }
    keys.push(argument(
        "key",
        DIRECTION.name,
        "By what they are grouped by, in the order of `by`: objects in their own default order, enums in the order of their values. Where there is nothing, last.",
    ));
    one_of(
        &order_name(groups),
        &format!(
            "What groups of {} are ordered by: exactly one key.",
            connection.plural
        ),
        keys,
    )
}

/// The input types that name a total of a group.
pub(super) fn total_inputs() -> Vec<MetaType> {
    let of = || {
        [
            argument(
                "unit",
                "String!",
                "Code of the unit of the total. A code that no unit has is an error.",
            ),
            with_default(
                argument("scope", SCOPE.name, "Scope of the total."),
                SCOPE.values[0].0,
            ),
        ]
    };
    let figures = value_filter(Scalar::Decimal).name;
    let numbers = [
        argument(
            "sum",
            &figures,
            "How the sum compares. Where there is none, as a missing value does.",
        ),
        argument(
            "atLeast",
            &figures,
            "How `atLeast` compares. Where there is none, as a missing value does.",
        ),
    ];
    let direction = argument(
        "direction",
        &format!("{}!", DIRECTION.name),
        "Which end comes first.",
    );
    vec![
        input_object(
            TOTAL_FILTER,
            "Chooses groups by numbers of one of their totals: the sum, `atLeast`, or both. One of them must be given.",
            of().into_iter().chain(numbers),
        ),
        input_object(
            TOTAL_ORDER,
            "Orders groups by a number of one of their totals. Groups without that number come last.",
            of().into_iter().chain([number_argument(), direction]),
        ),
    ]
}
