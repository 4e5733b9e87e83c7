//! `Report`: an agency's account of one fiscal year, and `Source`: the document behind it.

use entity::{division, goal, initiative, report, reported_result, revision};

use super::{
    agency::AGENCY,
    declaration::{
        AggregateField, AggregateType, Connection, EmbeddedField, EmbeddedType, FilterType, ListOf,
        Measure, ObjectType, Scalar, Source, Table, collection, column, id, other, to_one,
    },
    division::DIVISIONS,
    goal::GOALS,
    initiative::INITIATIVES,
    reported_result::RESULTS,
    revision::REVISION,
};

/// An agency's account of one fiscal year.
pub static REPORT: ObjectType = ObjectType {
    name: "Report",
    description: "One agency's account of one fiscal year.",
    table: Table {
        name: "report",
        id: &report::Column::Id,
        natural_key: &report::Column::NaturalKey,
        sort_key: &report::Column::SortKey,
    },
    is_node: true,
    fields: &[
        id(),
        to_one(
            "agency",
            &AGENCY,
            &report::Column::AgencyId,
            "The agency that reports.",
        ),
        column(
            "fiscalYear",
            &report::Column::FiscalYear,
            Scalar::Int,
            "The fiscal year it accounts for. A U.S. federal fiscal year N runs from 1 October N−1 to 30 September N.",
        ),
        column(
            "periodStart",
            &report::Column::PeriodStart,
            Scalar::Date,
            "First day of the period.",
        ),
        column(
            "periodEnd",
            &report::Column::PeriodEnd,
            Scalar::Date,
            "Last day of the period.",
        ),
        column(
            "title",
            &report::Column::Title,
            Scalar::String,
            "Title of the report.",
        ),
        column(
            "summary",
            &report::Column::Summary,
            Scalar::String,
            "What it is about: a summary written by `summaryBy`, not a quotation from the source. Null where there is none.",
        )
        .nullable(),
        column(
            "summaryBy",
            &report::Column::SummaryBy,
            Scalar::String,
            "Who wrote `summary`, and `action` and `outcome` of the initiatives: `the author of the data package`, unless the package names somebody.",
        ),
        other(
            "source",
            Source::Embedded {
                target: &SOURCE,
                columns: &[
                    &report::Column::SourceTitle,
                    &report::Column::SourcePublisher,
                    &report::Column::SourceUrl,
                    &report::Column::SourceRetrieved,
                    &report::Column::SourceSha256,
                    &report::Column::SourceLicence,
                ],
                present: None,
            },
            "The document the figures were taken from.",
        ),
        column(
            "revision",
            &report::Column::Revision,
            Scalar::Int,
            "1 when the report was first loaded into this database; grows by one whenever loading it again changed something.",
        ),
        column(
            "publishedAt",
            &report::Column::PublishedAt,
            Scalar::DateTime,
            "When this revision was loaded into this database.",
        ),
        other(
            "revisions",
            Source::List(ListOf {
                target: &REVISION,
                foreign_key: &revision::Column::ReportId,
                descending: &revision::Column::Revision,
            }),
            "All revisions of the report in this database, newest first, with how much each added, changed and removed.",
        ),
        collection(
            "goals",
            &GOALS,
            &report::Column::Id,
            &goal::Column::ReportId,
            "goalCount",
            "The goals or themes it groups its work under.",
        ),
        collection(
            "divisions",
            &DIVISIONS,
            &report::Column::AgencyId,
            &division::Column::AgencyId,
            "divisionCount",
            "The operating parts of the agency that reports.",
        ),
        collection(
            "initiatives",
            &INITIATIVES,
            &report::Column::Id,
            &initiative::Column::ReportId,
            "initiativeCount",
            "What was undertaken.",
        ),
        collection(
            "results",
            &RESULTS,
            &report::Column::Id,
            &reported_result::Column::ReportId,
            "resultCount",
            "All figures of the report.",
        )
        .with_total("total"),
    ],
    filter: FilterType {
        name: "ReportFilter",
        list_name: "ReportListFilter",
        order_name: "ReportOrder",
        extra: &[],
    },
};

/// The document behind a report.
pub static SOURCE: EmbeddedType = EmbeddedType {
    name: "Source",
    description: "The document that a report's figures were taken from.",
    fields: &[
        EmbeddedField {
            name: "title",
            description: "Title of the document.",
            scalar: Scalar::String,
            nullable: false,
        },
        EmbeddedField {
            name: "publisher",
            description: "Who published it; null where that is not recorded.",
            scalar: Scalar::String,
            nullable: true,
        },
        EmbeddedField {
            name: "url",
            description: "Where it was published; null where that is not recorded.",
            scalar: Scalar::String,
            nullable: true,
        },
        EmbeddedField {
            name: "retrieved",
            description: "The day on which it was read; null where that is not recorded.",
            scalar: Scalar::Date,
            nullable: true,
        },
        EmbeddedField {
            name: "sha256",
            description: "SHA-256 of the file that was read, in hexadecimal; null where that is not recorded.",
            scalar: Scalar::String,
            nullable: true,
        },
        EmbeddedField {
            name: "licence",
            description: "The terms under which it may be used; null where they are not recorded.",
            scalar: Scalar::String,
            nullable: true,
        },
    ],
};

/// Reports, by agency, newest fiscal year first.
pub static REPORTS: Connection = Connection {
    name: "ReportConnection",
    edge_name: "ReportEdge",
    plural: "reports",
    default_order: "by agency code, newest fiscal year first",
    ordered_first_by: None,
    node: &REPORT,
    aggregate: &AggregateType {
        name: "ReportAggregate",
        description: "What can be said of all reports of a collection, whatever the page.",
        fields: &[AggregateField {
            name: "count",
            description: "How many reports there are.",
            measure: Measure::Count,
        }],
    },
    groups: None,
};
