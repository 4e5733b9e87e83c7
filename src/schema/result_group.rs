//! `ResultGroup`: results that have something in common, and `ResultDimension`: what that may be.

use entity::{metric, reported_result};

use super::{
    agency::AGENCY,
    declaration::{
        Dimension, EnumType, FilterType, GroupType, ObjectType, Scalar, Source, Table, column,
        dimension, other, to_one,
    },
    division::DIVISION,
    enums::{PRECISION, SCOPE},
    goal::GOAL,
    initiative::INITIATIVE,
    metric::METRIC,
    report::REPORT,
    reported_result::{REPORTED_RESULT, RESULTS},
    unit_of_measure::UNIT_OF_MEASURE,
};

/// What results are grouped by.
static RESULT_DIMENSION: EnumType = EnumType {
    name: "ResultDimension",
    description: "What results may be grouped by.",
    values: &[
        ("AGENCY", "The agency that reports them."),
        ("REPORT", "The report that gives them."),
        ("FISCAL_YEAR", "The fiscal year they are about."),
        (
            "GOAL",
            "The goal of their initiative; those without one are a group too.",
        ),
        (
            "DIVISION",
            "The division of their initiative; those without one are a group too.",
        ),
        ("INITIATIVE", "The initiative they came of."),
        ("METRIC", "The metric they are of."),
        (
            "ROOT_METRIC",
            "The root of their metric's tree in the catalogue: all kinds of arrests together. What is under one root may be added up.",
        ),
        ("UNIT", "The unit they are counted in."),
        ("SCOPE", "The span of time they cover."),
        ("PRECISION", "How they are to be read."),
    ],
};

/// Results that have something in common.
static RESULT_GROUP: ObjectType = ObjectType {
    name: "ResultGroup",
    description: "Results that have in common what they were grouped by. What they were not grouped by is null here.",
    table: Table {
        name: REPORTED_RESULT.table.name,
        id: REPORTED_RESULT.table.id,
        natural_key: REPORTED_RESULT.table.natural_key,
        sort_key: REPORTED_RESULT.table.sort_key,
    },
    is_node: false,
    fields: &[
        to_one(
            "agency",
            &AGENCY,
            &reported_result::Column::AgencyId,
            "Their agency; null unless grouped by AGENCY.",
        )
        .nullable(),
        to_one(
            "report",
            &REPORT,
            &reported_result::Column::ReportId,
            "Their report; null unless grouped by REPORT.",
        )
        .nullable(),
        column(
            "fiscalYear",
            &reported_result::Column::FiscalYear,
            Scalar::Int,
            "The fiscal year they are about; null unless grouped by FISCAL_YEAR.",
        )
        .nullable(),
        to_one(
            "goal",
            &GOAL,
            &reported_result::Column::GoalId,
            "Their goal; null unless grouped by GOAL, and for the group of those that have none.",
        )
        .nullable(),
        to_one(
            "division",
            &DIVISION,
            &reported_result::Column::DivisionId,
            "Their division; null unless grouped by DIVISION, and for the group of those that have none.",
        )
        .nullable(),
        to_one(
            "initiative",
            &INITIATIVE,
            &reported_result::Column::InitiativeId,
            "Their initiative; null unless grouped by INITIATIVE.",
        )
        .nullable(),
        to_one(
            "metric",
            &METRIC,
            &reported_result::Column::MetricId,
            "Their metric; null unless grouped by METRIC.",
        )
        .nullable(),
        to_one(
            "rootMetric",
            &METRIC,
            &metric::Column::RootId,
            "The root of their metric's tree in the catalogue; null unless grouped by ROOT_METRIC.",
        )
        .nullable(),
        to_one(
            "unit",
            &UNIT_OF_MEASURE,
            &reported_result::Column::UnitId,
            "Their unit; null unless grouped by UNIT.",
        )
        .nullable(),
        column(
            "scope",
            &reported_result::Column::Scope,
            Scalar::Enum(&SCOPE),
            "Their scope; null unless grouped by SCOPE.",
        )
        .nullable(),
        column(
            "precision",
            &reported_result::Column::Precision,
            Scalar::Enum(&PRECISION),
            "How they are to be read; null unless grouped by PRECISION.",
        )
        .nullable(),
        other(
            "aggregate",
            Source::Aggregate(RESULTS.aggregate),
            "What can be said of the results of the group.",
        ),
        other(
            "results",
            Source::Members(&RESULTS),
            "The results of the group; `where` chooses among them.",
        ),
    ],
    filter: FilterType::NONE,
};

/// Groups of results.
pub static RESULT_GROUPS: GroupType = GroupType {
    object: &RESULT_GROUP,
    connection_name: "ResultGroupConnection",
    edge_name: "ResultGroupEdge",
    dimension: &RESULT_DIMENSION,
    dimensions: &[
        dimension("agency"),
        dimension("report"),
        dimension("fiscalYear"),
        dimension("goal"),
        dimension("division"),
        dimension("initiative"),
        dimension("metric"),
        Dimension {
            field: "rootMetric",
            through: Some((&reported_result::Column::MetricId, &METRIC)),
        },
        dimension("unit"),
        dimension("scope"),
        dimension("precision"),
    ],
    counts: &["count"],
    has_totals: true,
};
