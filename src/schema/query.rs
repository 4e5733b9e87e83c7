//! `Query`: the root of the schema.

use super::{
    agency::{AGENCIES, AGENCY},
    declaration::{KeyPart, RootField, RootSource, Scalar},
    division::{DIVISION, DIVISIONS},
    goal::GOALS,
    initiative::{INITIATIVE, INITIATIVES},
    metric::{METRIC, METRICS},
    report::{REPORT, REPORTS},
    reported_result::RESULTS,
};

/// Description of the type.
pub const QUERY_DESCRIPTION: &str = "Where every query starts: one object by its id or its natural key, or a whole collection with its page, count and aggregate.";

const AGENCY_CODE: KeyPart = KeyPart {
    name: "agency",
    description: "Code of the agency, in upper or lower case.",
    scalar: Scalar::String,
};

const FISCAL_YEAR: KeyPart = KeyPart {
    name: "fiscalYear",
    description: "Fiscal year of the report.",
    scalar: Scalar::Int,
};

const CODE: KeyPart = KeyPart {
    name: "code",
    description: "Its code, in upper or lower case.",
    scalar: Scalar::String,
};

/// The fields of `Query`.
pub static QUERY_FIELDS: &[RootField] = &[
    RootField {
        name: "node",
        description: "Any object by its global id. Null for an id that is unknown or was not made here.",
        source: RootSource::Node,
    },
    RootField {
        name: "nodes",
        description: "Objects by their global ids, in the order asked for, null where an id is unknown or was not made here. At most 1,000 ids.",
        source: RootSource::Nodes,
    },
    RootField {
        name: "agency",
        description: "An agency by its code. Null where there is none.",
        source: RootSource::Lookup(&AGENCY, &[CODE]),
    },
    RootField {
        name: "report",
        description: "An agency's report of a fiscal year. Null where there is none.",
        source: RootSource::Lookup(&REPORT, &[AGENCY_CODE, FISCAL_YEAR]),
    },
    RootField {
        name: "division",
        description: "A division by its code within its agency. Null where there is none.",
        source: RootSource::Lookup(&DIVISION, &[AGENCY_CODE, CODE]),
    },
    RootField {
        name: "initiative",
        description: "An initiative by its slug within its report. Null where there is none.",
        source: RootSource::Lookup(
            &INITIATIVE,
            &[
                AGENCY_CODE,
                FISCAL_YEAR,
                KeyPart {
                    name: "slug",
                    description: "Its slug, in upper or lower case.",
                    scalar: Scalar::String,
                },
            ],
        ),
    },
    RootField {
        name: "metric",
        description: "A metric by its code. Null where there is none.",
        source: RootSource::Lookup(&METRIC, &[CODE]),
    },
    RootField {
        name: "agencies",
        description: "All agencies.",
        source: RootSource::Collection(&AGENCIES),
    },
    RootField {
        name: "reports",
        description: "All reports of all agencies.",
        source: RootSource::Collection(&REPORTS),
    },
    RootField {
        name: "goals",
        description: "All goals of all reports.",
        source: RootSource::Collection(&GOALS),
    },
    RootField {
        name: "divisions",
        description: "All divisions of all agencies.",
        source: RootSource::Collection(&DIVISIONS),
    },
    RootField {
        name: "initiatives",
        description: "All initiatives of all reports.",
        source: RootSource::Collection(&INITIATIVES),
    },
    RootField {
        name: "results",
        description: "All results of all reports.",
        source: RootSource::Collection(&RESULTS),
    },
    RootField {
        name: "metrics",
        description: "The whole catalogue of metrics.",
        source: RootSource::Collection(&METRICS),
    },
    RootField {
        name: "search",
        description: "Divisions, initiatives, results and metrics by the words in their names, codes and texts.",
        source: RootSource::Search,
    },
];
