//! `Initiative`: something undertaken, and `Attribution`: how it is known whose it is.

use entity::{initiative, report, reported_result};

use super::{
    declaration::{
        AggregateField, AggregateType, Connection, EmbeddedField, EmbeddedType, FilterType,
        Measure, ObjectType, Scalar, Source, Table, collection, column, id, other, to_one,
    },
    division::DIVISION,
    enums::ATTRIBUTION_BASIS,
    goal::GOAL,
    initiative_group::INITIATIVE_GROUPS,
    report::REPORT,
    reported_result::RESULTS,
};

/// Something undertaken.
pub static INITIATIVE: ObjectType = ObjectType {
    name: "Initiative",
    description: "Something an agency undertook, and what came of it.",
    table: Table {
        name: "initiative",
        id: &initiative::Column::Id,
        natural_key: &initiative::Column::NaturalKey,
        sort_key: &initiative::Column::SortKey,
    },
    is_node: true,
    fields: &[
        id(),
        to_one(
            "report",
            &REPORT,
            &initiative::Column::ReportId,
            "The report that tells of it.",
        ),
        to_one(
            "division",
            &DIVISION,
            &initiative::Column::DivisionId,
            "The division it belongs to; null where the report names none and none follows from the subject.",
        )
        .nullable(),
        other(
            "divisionAttribution",
            Source::Embedded {
                target: &ATTRIBUTION,
                columns: &[
                    &initiative::Column::DivisionBasis,
                    &initiative::Column::DivisionNote,
                ],
                present: Some(&initiative::Column::DivisionBasis),
            },
            "How it is known that it belongs to the division; null where it belongs to none.",
        )
        .nullable(),
        to_one(
            "goal",
            &GOAL,
            &initiative::Column::GoalId,
            "The goal it serves; null where the report names none and none follows from the subject.",
        )
        .nullable(),
        other(
            "goalAttribution",
            Source::Embedded {
                target: &ATTRIBUTION,
                columns: &[
                    &initiative::Column::GoalBasis,
                    &initiative::Column::GoalNote,
                ],
                present: Some(&initiative::Column::GoalBasis),
            },
            "How it is known that it serves the goal; null where it serves none.",
        )
        .nullable(),
        column(
            "position",
            &initiative::Column::Position,
            Scalar::Int,
            "Its place among the report's initiatives, from 1, in the order of the source.",
        ),
        column(
            "slug",
            &initiative::Column::Slug,
            Scalar::String,
            "Short name for links, unique within the report: `worksite-enforcement`. The same undertaking keeps its slug from year to year.",
        ),
        column("name", &initiative::Column::Name, Scalar::String, "Name."),
        column(
            "action",
            &initiative::Column::Action,
            Scalar::String,
            "What was done: a summary written by `summaryBy`, not a quotation from the source.",
        ),
        column(
            "outcome",
            &initiative::Column::Outcome,
            Scalar::String,
            "What came of it: a summary written by `summaryBy`, not a quotation from the source. An initiative without any figure has its outcome here alone.",
        ),
        other(
            "summaryBy",
            Source::OfJoined {
                target: &REPORT,
                key: &initiative::Column::ReportId,
                column: &report::Column::SummaryBy,
                scalar: Scalar::String,
            },
            "Who wrote `action` and `outcome`: `the author of the data package`, unless the package names somebody.",
        ),
        column(
            "sourcePlace",
            &initiative::Column::SourcePlace,
            Scalar::String,
            "Where the source tells of it: `action/result pair 6`.",
        ),
        collection(
            "results",
            &RESULTS,
            &initiative::Column::Id,
            &reported_result::Column::InitiativeId,
            "resultCount",
            "The figures reported of it.",
        )
        .with_total("total"),
    ],
    filter: FilterType {
        name: "InitiativeFilter",
        list_name: "InitiativeListFilter",
        order_name: "InitiativeOrder",
        extra: &[],
    },
};

/// How it is known whose an initiative is.
pub static ATTRIBUTION: EmbeddedType = EmbeddedType {
    name: "Attribution",
    description: "How it is known that an initiative belongs to a division or serves a goal.",
    fields: &[
        EmbeddedField {
            name: "basis",
            description: "Whether the report says so or it was inferred.",
            scalar: Scalar::Enum(&ATTRIBUTION_BASIS),
            nullable: false,
        },
        EmbeddedField {
            name: "note",
            description: "Why it was inferred; may be null where the report says so.",
            scalar: Scalar::String,
            nullable: true,
        },
    ],
};

/// Initiatives, by report and position.
pub static INITIATIVES: Connection = Connection {
    name: "InitiativeConnection",
    edge_name: "InitiativeEdge",
    plural: "initiatives",
    default_order: "by report and position",
    ordered_first_by: None,
    node: &INITIATIVE,
    aggregate: &AggregateType {
        name: "InitiativeAggregate",
        description: "What can be said of all initiatives of a collection, whatever the page.",
        fields: &[
            AggregateField {
                name: "count",
                description: "How many initiatives there are.",
                measure: Measure::Count,
            },
            AggregateField {
                name: "resultCount",
                description: "How many results these initiatives have together.",
                measure: Measure::CountReferring {
                    table: "reported_result",
                    foreign_key: &reported_result::Column::InitiativeId,
                },
            },
        ],
    },
    groups: Some(&INITIATIVE_GROUPS),
};
