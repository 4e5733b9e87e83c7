//! `Goal`: a strategic goal or theme of a report.

use entity::{goal, initiative, reported_result};

use super::{
    declaration::{
        AggregateField, AggregateType, Connection, FilterType, Measure, ObjectType, Scalar, Table,
        collection, column, id, to_one,
    },
    initiative::INITIATIVES,
    report::REPORT,
    reported_result::RESULTS,
};

/// A strategic goal or theme of a report.
pub static GOAL: ObjectType = ObjectType {
    name: "Goal",
    description: "A strategic goal or theme that a report groups its work under.",
    table: Table {
        name: "goal",
        id: &goal::Column::Id,
        natural_key: &goal::Column::NaturalKey,
        sort_key: &goal::Column::SortKey,
    },
    is_node: true,
    fields: &[
        id(),
        to_one(
            "report",
            &REPORT,
            &goal::Column::ReportId,
            "The report whose goal it is.",
        ),
        column(
            "code",
            &goal::Column::Code,
            Scalar::String,
            "Short name, unique within the report: `financial-crime`.",
        ),
        column("name", &goal::Column::Name, Scalar::String, "Name."),
        column(
            "position",
            &goal::Column::Position,
            Scalar::Int,
            "Its place among the report's goals, from 1.",
        ),
        collection(
            "initiatives",
            &INITIATIVES,
            &goal::Column::Id,
            &initiative::Column::GoalId,
            "initiativeCount",
            "The initiatives attributed to it; each says in `goalAttribution` on what basis.",
        ),
        collection(
            "results",
            &RESULTS,
            &goal::Column::Id,
            &reported_result::Column::GoalId,
            "resultCount",
            "The results of the initiatives attributed to it.",
        )
        .with_total("total"),
    ],
    filter: FilterType {
        name: "GoalFilter",
        list_name: "GoalListFilter",
        order_name: "GoalOrder",
        extra: &[],
    },
};

/// Goals, by report and position.
pub static GOALS: Connection = Connection {
    name: "GoalConnection",
    edge_name: "GoalEdge",
    plural: "goals",
    default_order: "by report and position",
    ordered_first_by: None,
    node: &GOAL,
    aggregate: &AggregateType {
        name: "GoalAggregate",
        description: "What can be said of all goals of a collection, whatever the page.",
        fields: &[AggregateField {
            name: "count",
            description: "How many goals there are.",
            measure: Measure::Count,
        }],
    },
    groups: None,
};
