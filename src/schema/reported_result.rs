//! `ReportedResult`: one reported figure.

use entity::{agency, initiative, reported_result};

use super::{
    agency::AGENCY,
    declaration::{
        AggregateField, AggregateType, ChangeOf, Connection, FigureInWords, FilterType, Measure,
        ObjectType, Scalar, Source, Table, collection, column, id, other, to_one, to_one_repeated,
    },
    division::DIVISION,
    enums::{PRECISION, SCOPE},
    goal::GOAL,
    initiative::INITIATIVE,
    metric::METRIC,
    report::REPORT,
    result_group::RESULT_GROUPS,
    unit_of_measure::{UNIT_IN_WORDS, UNIT_OF_MEASURE},
};

/// One reported figure.
pub static REPORTED_RESULT: ObjectType = ObjectType {
    name: "ReportedResult",
    description: "One reported figure of one initiative.",
    table: Table {
        name: "reported_result",
        id: &reported_result::Column::Id,
        natural_key: &reported_result::Column::NaturalKey,
        sort_key: &reported_result::Column::SortKey,
    },
    is_node: true,
    fields: &[
        id(),
        column(
            "key",
            &reported_result::Column::Key,
            Scalar::String,
            "Short name, unique within the initiative: `criminal-arrests`.",
        ),
        to_one(
            "initiative",
            &INITIATIVE,
            &reported_result::Column::InitiativeId,
            "The initiative it came of.",
        ),
        to_one_repeated(
            "report",
            &REPORT,
            &reported_result::Column::ReportId,
            &reported_result::Column::InitiativeId,
            &initiative::Column::ReportId,
            "The report that gives it.",
        ),
        to_one_repeated(
            "division",
            &DIVISION,
            &reported_result::Column::DivisionId,
            &reported_result::Column::InitiativeId,
            &initiative::Column::DivisionId,
            "The division of its initiative; null where that has none.",
        )
        .nullable(),
        to_one(
            "metric",
            &METRIC,
            &reported_result::Column::MetricId,
            "What is counted, weighed or paid: an entry of the catalogue.",
        ),
        to_one(
            "unit",
            &UNIT_OF_MEASURE,
            &reported_result::Column::UnitId,
            "What the figure is counted in: the unit of its metric.",
        ),
        column(
            "position",
            &reported_result::Column::Position,
            Scalar::Int,
            "Its place among the report's results, from 1, in the order of the source.",
        ),
        column(
            "label",
            &reported_result::Column::Label,
            Scalar::String,
            "What the figure is, in words: `Criminal arrests`.",
        ),
        column(
            "value",
            &reported_result::Column::Value,
            Scalar::Decimal,
            "The figure as printed, in the unit; exact to 15 significant digits and four decimals. Read it with `precision`.",
        ),
        column(
            "target",
            &reported_result::Column::Target,
            Scalar::Decimal,
            "What was aimed for, in the unit; null where the report does not say.",
        )
        .nullable(),
        column(
            "attainment",
            &reported_result::Column::Attainment,
            Scalar::Decimal,
            "`value` divided by `target`, to four decimals: 1.05 is 5 percent more than the target. Null where there is no target or it is 0, and where the figure is not `EXACT`. Whether more is better, it does not say.",
        )
        .nullable(),
        column(
            "precision",
            &reported_result::Column::Precision,
            Scalar::Enum(&PRECISION),
            "How to read the figure: whether it is exact, rounded or a bound.",
        ),
        column(
            "fiscalYear",
            &reported_result::Column::FiscalYear,
            Scalar::Int,
            "The fiscal year the figure is about; mostly, but not always, the report's.",
        ),
        column(
            "scope",
            &reported_result::Column::Scope,
            Scalar::Enum(&SCOPE),
            "Whether it is of the year, a running total, or a stock at a date.",
        ),
        column(
            "asOf",
            &reported_result::Column::AsOf,
            Scalar::String,
            "The month or day that the source gives for it, in ISO 8601 (`2007-06`); null where it gives none.",
        )
        .nullable(),
        column(
            "isRecord",
            &reported_result::Column::IsRecord,
            Scalar::Boolean,
            "Whether the source calls the figure a record.",
        ),
        column(
            "note",
            &reported_result::Column::Note,
            Scalar::String,
            "What to know about the figure; null where there is nothing.",
        )
        .nullable(),
        column(
            "sourcePlace",
            &reported_result::Column::SourcePlace,
            Scalar::String,
            "Where in the source the figure is: page, row, and what stands around it, in the words of the data package's author. Null where that is not recorded; `initiative { sourcePlace }` then says where the source tells of the initiative.",
        )
        .nullable(),
        to_one(
            "partOf",
            &REPORTED_RESULT,
            &reported_result::Column::PartOfId,
            "The figure it is a part of, and with which it must not be added up; null where it stands by itself.",
        )
        .nullable(),
        collection(
            "parts",
            &RESULTS,
            &reported_result::Column::Id,
            &reported_result::Column::PartOfId,
            "partCount",
            "The figures that are parts of this one.",
        ),
        other(
            "previous",
            Source::Previous(&REPORTED_RESULT),
            "The figure of the fiscal year before: of the same agency, initiative (by its slug), metric and scope, as the latest report that gives it states it. Null where there is none, and where that report has more than one that fits.",
        )
        .nullable(),
        other(
            "change",
            Source::Change(ChangeOf {
                result: &REPORTED_RESULT,
                value: &reported_result::Column::Value,
                precision: &reported_result::Column::Precision,
            }),
            "What changed from `previous`, the latest statement of the year before, to this figure; null where there is none.",
        )
        .nullable(),
        column(
            "isSuperseded",
            &reported_result::Column::IsSuperseded,
            Scalar::Boolean,
            "Whether a later report publishes this figure again: one of the same agency, initiative (by its slug), metric, scope and fiscal year, with the same value or another.",
        ),
        to_one(
            "supersededBy",
            &REPORTED_RESULT,
            &reported_result::Column::SupersededById,
            "The latest statement of this figure; null where no later report has one. Where the latest report has several, the first by position.",
        )
        .nullable()
        .shown_only(),
        collection(
            "statements",
            &STATEMENTS,
            &reported_result::Column::FigureId,
            &reported_result::Column::FigureId,
            "statementCount",
            "All statements of this figure, itself included: the results of the same agency, initiative (by its slug), metric, scope and fiscal year in the reports that publish it. Only itself where just one report does.",
        )
        .shown_only(),
        other(
            "inWords",
            Source::InWords(&IN_WORDS),
            "The figure as a sentence that may be printed, with the agency and the initiative it is of: \"Criminal arrests: 863 arrests in fiscal year 2007 (ICE, Worksite enforcement).\"",
        ),
    ],
    filter: FilterType {
        name: "ResultFilter",
        list_name: "ResultListFilter",
        order_name: "ResultOrder",
        extra: &[to_one_repeated(
            "goal",
            &GOAL,
            &reported_result::Column::GoalId,
            &reported_result::Column::InitiativeId,
            &initiative::Column::GoalId,
            "By the goal of its initiative.",
        )
        .nullable()],
    },
};

/// What the sentence of a figure is made of.
static IN_WORDS: FigureInWords = FigureInWords {
    initiative: &INITIATIVE,
    initiative_key: &reported_result::Column::InitiativeId,
    initiative_name: &initiative::Column::Name,
    agency: &AGENCY,
    agency_key: &reported_result::Column::AgencyId,
    agency_code: &agency::Column::Code,
    unit: &UNIT_OF_MEASURE,
    unit_key: &reported_result::Column::UnitId,
    unit_columns: UNIT_IN_WORDS,
    label: &reported_result::Column::Label,
    value: &reported_result::Column::Value,
    precision: &reported_result::Column::Precision,
    fiscal_year: &reported_result::Column::FiscalYear,
    scope: &reported_result::Column::Scope,
    as_of: &reported_result::Column::AsOf,
    is_superseded: &reported_result::Column::IsSuperseded,
};

/// The statements of one figure, oldest first. Its type is that of [`RESULTS`].
static STATEMENTS: Connection = Connection {
    name: RESULTS.name,
    edge_name: RESULTS.edge_name,
    plural: RESULTS.plural,
    default_order: "by the fiscal year of the report, oldest first, and position",
    ordered_first_by: Some(&reported_result::Column::StatementNumber),
    node: RESULTS.node,
    aggregate: RESULTS.aggregate,
    groups: RESULTS.groups,
};

/// Results, by report and position.
pub static RESULTS: Connection = Connection {
    name: "ReportedResultConnection",
    edge_name: "ReportedResultEdge",
    plural: "results",
    default_order: "by report and position",
    ordered_first_by: None,
    node: &REPORTED_RESULT,
    aggregate: &AggregateType {
        name: "ResultAggregate",
        description: "What can be said of all results of a collection, whatever the page.",
        fields: &[
            AggregateField {
                name: "count",
                description: "How many results there are.",
                measure: Measure::Count,
            },
            AggregateField {
                name: "recordSettingCount",
                description: "How many of them the source calls a record.",
                measure: Measure::CountTrue(&reported_result::Column::IsRecord),
            },
            AggregateField {
                name: "initiativeCount",
                description: "How many different initiatives they came of.",
                measure: Measure::CountDistinct(&reported_result::Column::InitiativeId),
            },
            AggregateField {
                name: "metricCount",
                description: "How many different metrics they are of.",
                measure: Measure::CountDistinct(&reported_result::Column::MetricId),
            },
            AggregateField {
                name: "totals",
                description: "What they come to: one total for each unit and scope, by unit code, then scope. Empty where there are no results. Unlike units are never added up.",
                measure: Measure::Totals,
            },
            AggregateField {
                name: "total",
                description: "What those of one unit and scope come to; null where there are none.",
                measure: Measure::Total,
            },
        ],
    },
    groups: Some(&RESULT_GROUPS),
};
