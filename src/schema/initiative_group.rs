//! `InitiativeGroup`: initiatives that have something in common, and `InitiativeDimension`: what that may be.

use entity::{initiative, report};

use super::{
    agency::AGENCY,
    declaration::{
        Dimension, EnumType, FilterType, GroupType, ObjectType, Scalar, Source, Table, column,
        dimension, other, to_one,
    },
    division::DIVISION,
    goal::GOAL,
    initiative::{INITIATIVE, INITIATIVES},
    report::REPORT,
};

/// What initiatives are grouped by.
static INITIATIVE_DIMENSION: EnumType = EnumType {
    name: "InitiativeDimension",
    description: "What initiatives may be grouped by.",
    values: &[
        ("AGENCY", "The agency that reports them."),
        ("REPORT", "The report that tells of them."),
        ("FISCAL_YEAR", "The fiscal year of that report."),
        (
            "GOAL",
            "The goal they serve; those without one are a group too.",
        ),
        (
            "DIVISION",
            "The division they belong to; those without one are a group too.",
        ),
    ],
};

/// Initiatives that have something in common.
static INITIATIVE_GROUP: ObjectType = ObjectType {
    name: "InitiativeGroup",
    description: "Initiatives that have in common what they were grouped by. What they were not grouped by is null here.",
    table: Table {
        name: INITIATIVE.table.name,
        id: INITIATIVE.table.id,
        natural_key: INITIATIVE.table.natural_key,
        sort_key: INITIATIVE.table.sort_key,
    },
    is_node: false,
    fields: &[
        to_one(
            "agency",
            &AGENCY,
            &initiative::Column::AgencyId,
            "Their agency; null unless grouped by AGENCY.",
        )
        .nullable(),
        to_one(
            "report",
            &REPORT,
            &initiative::Column::ReportId,
            "Their report; null unless grouped by REPORT.",
        )
        .nullable(),
        column(
            "fiscalYear",
            &report::Column::FiscalYear,
            Scalar::Int,
            "The fiscal year of their reports; null unless grouped by FISCAL_YEAR.",
        )
        .nullable(),
        to_one(
            "goal",
            &GOAL,
            &initiative::Column::GoalId,
            "Their goal; null unless grouped by GOAL, and for the group of those that have none.",
        )
        .nullable(),
        to_one(
            "division",
            &DIVISION,
            &initiative::Column::DivisionId,
            "Their division; null unless grouped by DIVISION, and for the group of those that have none.",
        )
        .nullable(),
        other(
            "aggregate",
            Source::Aggregate(INITIATIVES.aggregate),
            "What can be said of the initiatives of the group.",
        ),
        other(
            "initiatives",
            Source::Members(&INITIATIVES),
            "The initiatives of the group; `where` chooses among them.",
        ),
    ],
    filter: FilterType::NONE,
};

/// Groups of initiatives.
pub static INITIATIVE_GROUPS: GroupType = GroupType {
    object: &INITIATIVE_GROUP,
    connection_name: "InitiativeGroupConnection",
    edge_name: "InitiativeGroupEdge",
    dimension: &INITIATIVE_DIMENSION,
    dimensions: &[
        dimension("agency"),
        dimension("report"),
        Dimension {
            field: "fiscalYear",
            through: Some((&initiative::Column::ReportId, &REPORT)),
        },
        dimension("goal"),
        dimension("division"),
    ],
    counts: &["count", "resultCount"],
    has_totals: false,
};
