//! `Division`: an operating part of an agency.

use entity::{division, initiative, reported_result};

use super::{
    agency::AGENCY,
    declaration::{
        AggregateField, AggregateType, Connection, FilterType, Measure, ObjectType, Scalar, Table,
        collection, column, id, to_one,
    },
    initiative::INITIATIVES,
    reported_result::RESULTS,
};

/// An operating part of an agency.
pub static DIVISION: ObjectType = ObjectType {
    name: "Division",
    description: "An operating part of an agency.",
    table: Table {
        name: "division",
        id: &division::Column::Id,
        natural_key: &division::Column::NaturalKey,
        sort_key: &division::Column::SortKey,
    },
    is_node: true,
    fields: &[
        id(),
        to_one(
            "agency",
            &AGENCY,
            &division::Column::AgencyId,
            "The agency it is part of.",
        ),
        column(
            "code",
            &division::Column::Code,
            Scalar::String,
            "Short name, unique within the agency: `OI`.",
        ),
        column(
            "name",
            &division::Column::Name,
            Scalar::String,
            "Full name.",
        ),
        column(
            "position",
            &division::Column::Position,
            Scalar::Int,
            "Its place among the agency's divisions, from 1.",
        ),
        collection(
            "initiatives",
            &INITIATIVES,
            &division::Column::Id,
            &initiative::Column::DivisionId,
            "initiativeCount",
            "The initiatives attributed to it, in all years; each says in `divisionAttribution` on what basis.",
        ),
        collection(
            "results",
            &RESULTS,
            &division::Column::Id,
            &reported_result::Column::DivisionId,
            "resultCount",
            "The results of the initiatives attributed to it, in all years.",
        )
        .with_total("total"),
    ],
    filter: FilterType {
        name: "DivisionFilter",
        list_name: "DivisionListFilter",
        order_name: "DivisionOrder",
        extra: &[],
    },
};

/// Divisions, by agency and position.
pub static DIVISIONS: Connection = Connection {
    name: "DivisionConnection",
    edge_name: "DivisionEdge",
    plural: "divisions",
    default_order: "by agency code and position",
    ordered_first_by: None,
    node: &DIVISION,
    aggregate: &AggregateType {
        name: "DivisionAggregate",
        description: "What can be said of all divisions of a collection, whatever the page.",
        fields: &[AggregateField {
            name: "count",
            description: "How many divisions there are.",
            measure: Measure::Count,
        }],
    },
    groups: None,
};
