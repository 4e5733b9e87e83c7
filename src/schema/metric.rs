//! `Metric`: an entry in the catalogue of indicators.

use entity::{metric, metric_ancestor, reported_result};

use super::{
    agency::AGENCY,
    declaration::{
        AggregateField, AggregateType, Closure, Connection, FilterType, Measure, ObjectType,
        Relation, Scalar, SeriesOf, Source, Table, collection, column, id, other, to_one,
    },
    enums::ADDITIVITY,
    reported_result::RESULTS,
    unit_of_measure::UNIT_OF_MEASURE,
};

/// An entry in the catalogue of indicators.
pub static METRIC: ObjectType = ObjectType {
    name: "Metric",
    description: "An entry in the catalogue of indicators, which all reports share. The catalogue is a tree: criminal arrests and administrative arrests are arrests.",
    table: Table {
        name: "metric",
        id: &metric::Column::Id,
        natural_key: &metric::Column::NaturalKey,
        sort_key: &metric::Column::Code,
    },
    is_node: true,
    fields: &[
        id(),
        column(
            "code",
            &metric::Column::Code,
            Scalar::String,
            "Short name by which it is looked up: `arrests`.",
        ),
        column("name", &metric::Column::Name, Scalar::String, "Name."),
        column(
            "description",
            &metric::Column::Description,
            Scalar::String,
            "What is counted and what is not; null where the name says it all.",
        )
        .nullable(),
        other(
            "unit",
            Source::Joined {
                target: &UNIT_OF_MEASURE,
                key: &metric::Column::UnitId,
            },
            "What its figures are counted in.",
        ),
        column(
            "additivity",
            &metric::Column::Additivity,
            Scalar::Enum(&ADDITIVITY),
            "Over what its figures may be added up.",
        ),
        column(
            "childrenAreExclusive",
            &metric::Column::ChildrenAreExclusive,
            Scalar::Boolean,
            "Whether what is counted under one child is counted under no other, so that the children's totals never overlap: a fine is not a seizure.",
        ),
        to_one(
            "parent",
            &METRIC,
            &metric::Column::ParentId,
            "The more general metric above it; null for a root of the catalogue.",
        )
        .nullable(),
        other(
            "ancestors",
            Source::Ancestors(
                &Closure {
                    table: "metric_ancestor",
                    descendant: &metric_ancestor::Column::MetricId,
                    ancestor: &metric_ancestor::Column::AncestorId,
                    distance: &metric_ancestor::Column::Depth,
                },
                &METRIC,
            ),
            "All metrics above it, from its parent up to the root; empty for a root of the catalogue.",
        ),
        collection(
            "children",
            &METRICS,
            &metric::Column::Id,
            &metric::Column::ParentId,
            "childCount",
            "The metrics right below it.",
        ),
        collection(
            "results",
            &RESULTS,
            &metric::Column::Id,
            &reported_result::Column::MetricId,
            "resultCount",
            "The results of exactly this metric; those of the metrics below it are theirs.",
        )
        .with_total("total"),
        other(
            "series",
            Source::Series(SeriesOf {
                results: Relation {
                    connection: &RESULTS,
                    parent_key: &metric::Column::Id,
                    foreign_key: &reported_result::Column::MetricId,
                    count_name: "resultCount",
                    total_name: None,
                },
                agency_key: &reported_result::Column::AgencyId,
                agency: &AGENCY,
                year: &reported_result::Column::FiscalYear,
            }),
            "What the results of exactly this metric come to, year by year: one point for each fiscal year and scope that has results, by year, then scope. The results of all agencies together, unless one is named. Of a figure that several reports publish, the latest statement counts.",
        ),
    ],
    filter: FilterType {
        name: "MetricFilter",
        list_name: "MetricListFilter",
        order_name: "MetricOrder",
        extra: &[],
    },
};

/// Metrics, by code.
pub static METRICS: Connection = Connection {
    name: "MetricConnection",
    edge_name: "MetricEdge",
    plural: "metrics",
    default_order: "by code",
    ordered_first_by: None,
    node: &METRIC,
    aggregate: &AggregateType {
        name: "MetricAggregate",
        description: "What can be said of all metrics of a collection, whatever the page.",
        fields: &[AggregateField {
            name: "count",
            description: "How many metrics there are.",
            measure: Measure::Count,
        }],
    },
    groups: None,
};
