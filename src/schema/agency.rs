//! `Agency`: a reporting body.

use entity::{agency, division, initiative, report, reported_result};

use super::{
    declaration::{
        AggregateField, AggregateType, Connection, FilterType, Measure, ObjectType, Scalar, Table,
        collection, column, id,
    },
    division::DIVISIONS,
    initiative::INITIATIVES,
    report::REPORTS,
    reported_result::RESULTS,
};

/// A public body that reports on its work.
pub static AGENCY: ObjectType = ObjectType {
    name: "Agency",
    description: "A public body that reports every year what it undertook and what came of it.",
    table: Table {
        name: "agency",
        id: &agency::Column::Id,
        natural_key: &agency::Column::NaturalKey,
        sort_key: &agency::Column::Code,
    },
    is_node: true,
    fields: &[
        id(),
        column(
            "code",
            &agency::Column::Code,
            Scalar::String,
            "Short name by which the agency is known and looked up: `ICE`.",
        ),
        column(
            "name",
            &agency::Column::Name,
            Scalar::String,
            "Full name.",
        ),
        column(
            "department",
            &agency::Column::Department,
            Scalar::String,
            "The department or ministry it belongs to; null where it belongs to none or none is recorded.",
        )
        .nullable(),
        collection(
            "reports",
            &REPORTS,
            &agency::Column::Id,
            &report::Column::AgencyId,
            "reportCount",
            "Its annual reports.",
        ),
        collection(
            "divisions",
            &DIVISIONS,
            &agency::Column::Id,
            &division::Column::AgencyId,
            "divisionCount",
            "Its operating parts.",
        ),
        collection(
            "initiatives",
            &INITIATIVES,
            &agency::Column::Id,
            &initiative::Column::AgencyId,
            "initiativeCount",
            "The initiatives of all its reports.",
        ),
        collection(
            "results",
            &RESULTS,
            &agency::Column::Id,
            &reported_result::Column::AgencyId,
            "resultCount",
            "The results of all its reports.",
        )
        .with_total("total"),
    ],
    filter: FilterType {
        name: "AgencyFilter",
        list_name: "AgencyListFilter",
        order_name: "AgencyOrder",
        extra: &[],
    },
};

/// Agencies, by code.
pub static AGENCIES: Connection = Connection {
    name: "AgencyConnection",
    edge_name: "AgencyEdge",
    plural: "agencies",
    default_order: "by code",
    ordered_first_by: None,
    node: &AGENCY,
    aggregate: &AggregateType {
        name: "AgencyAggregate",
        description: "What can be said of all agencies of a collection, whatever the page.",
        fields: &[AggregateField {
            name: "count",
            description: "How many agencies there are.",
            measure: Measure::Count,
        }],
    },
    groups: None,
};
