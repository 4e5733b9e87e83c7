//! `SeriesPoint`: what a metric came to in one fiscal year.

/// GraphQL name of the type.
pub const SERIES_POINT: &str = "SeriesPoint";

/// Description of the type.
pub const SERIES_POINT_DESCRIPTION: &str =
    "What the results of a metric come to in one fiscal year, for one scope.";

/// The argument that keeps a series to one agency.
pub const SERIES_AGENCY: &str = "agency";

/// Description of the argument that keeps a series to one agency.
pub const SERIES_AGENCY_DESCRIPTION: &str = "Only what this agency reported: its code, in upper or lower case. With one that is unknown the series is empty.";

/// The argument that chooses the results of a series.
pub const SERIES_WHERE: &str = "where";

/// Description of the argument that chooses the results of a series.
pub const SERIES_WHERE_DESCRIPTION: &str =
    "Only results that match. An empty filter matches everything.";

/// A field of `SeriesPoint`.
pub struct SeriesField {
    /// GraphQL name.
    pub name: &'static str,
    /// Description for the person exploring the schema.
    pub description: &'static str,
    /// What it is.
    pub part: SeriesPart,
}

/// What a field of `SeriesPoint` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeriesPart {
    /// The fiscal year.
    FiscalYear,
    /// What its results come to.
    Total,
    /// The change from the year before, or null.
    Change,
}

/// The fields of `SeriesPoint`.
pub static SERIES_FIELDS: &[SeriesField] = &[
    SeriesField {
        name: "fiscalYear",
        description: "The fiscal year that the results are about.",
        part: SeriesPart::FiscalYear,
    },
    SeriesField {
        name: "total",
        description: "What they come to, in the unit of the metric and with the scope of the point.",
        part: SeriesPart::Total,
    },
    SeriesField {
        name: "change",
        description: "From the sum of the fiscal year before, with the same scope, both of the latest statements; null where one of the two sums is missing.",
        part: SeriesPart::Change,
    },
];
