//! `reports.csv`

use entity::keys;

use super::{Reference, Row};
use crate::package::column::{
    Code, Column, Day, FiscalYear, Kind, Sha256, Text, Url, optional, required,
};
use crate::package::problem::Rule;

/// One agency's account of one fiscal year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Code of the agency.
    pub agency: String,
    /// The fiscal year that it is about.
    pub fiscal_year: i32,
    /// First day of the period, `YYYY-MM-DD`.
    pub period_start: String,
    /// Last day of the period, `YYYY-MM-DD`.
    pub period_end: String,
    /// Title.
    pub title: String,
    /// What it says, in a few sentences, if anybody has written it.
    pub summary: Option<String>,
    /// Where it was taken from.
    pub source: Source,
    /// Who wrote the summary, and the actions and outcomes of the initiatives.
    pub summary_by: String,
}

/// The document that a report was taken from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Title.
    pub title: String,
    /// Who published it, if known.
    pub publisher: Option<String>,
    /// Where it was found, if it is on the web.
    pub url: Option<String>,
    /// The day it was found there, `YYYY-MM-DD`, if known.
    pub retrieved: Option<String>,
    /// SHA-256 of the file, 64 lower-case hexadecimal digits, if known.
    pub sha256: Option<String>,
    /// Its licence, if known.
    pub licence: Option<String>,
}

impl Report {
    /// Who wrote the summaries of a package that does not say.
    pub(in crate::package) const PACKAGE_AUTHOR: &str = "the author of the data package";
}

impl Row for Report {
    const FILE: &'static str = "reports.csv";
    const TITLE: &'static str = "Reports";
    const DESCRIPTION: &'static str =
        "One agency's account of one fiscal year, with the document it was taken from.";
    const KEY: &'static [&'static str] = &["agency", "fiscal_year"];
    const REFERENCES: &'static [Reference] = &[Reference::AGENCY];
    const COLUMNS: &'static [Column<Self>] = &[
        required!(
            "agency",
            Code,
            agency,
            "EXA",
            "Code of the agency (agencies.csv)."
        ),
        required!(
            "fiscal_year",
            FiscalYear,
            fiscal_year,
            "2025",
            "Fiscal year that the report is about. US federal fiscal year N runs from 1 October N-1 to 30 September N."
        ),
        required!(
            "period_start",
            Day,
            period_start,
            "2024-10-01",
            "First day of the period."
        ),
        Column {
            read: |cell, row| {
                row.period_end = cell.required::<Day>();
                if !row.period_end.is_empty() && row.period_end < row.period_start {
                    let message = format!(
                        "{:?} is before period_start, {:?}",
                        row.period_end, row.period_start
                    );
                    cell.problem(Rule::BadDate, message, "it must not be");
                }
            },
            ..required!(
                "period_end",
                Day,
                period_end,
                "2025-09-30",
                "Last day of the period."
            )
        },
        required!(
            "title",
            Text,
            title,
            "Fiscal Year 2025 Annual Report",
            "Title shown for the report."
        ),
        optional!(
            "summary",
            Text,
            summary,
            "",
            "What the report covers, in the package author's own words."
        ),
        required!(
            "source_title",
            Text,
            source.title,
            "Fiscal Year 2025 Annual Report",
            "Title of the source document."
        ),
        optional!(
            "source_publisher",
            Text,
            source.publisher,
            "Example Agency",
            "Who published the source document."
        ),
        optional!(
            "source_url",
            Url,
            source.url,
            "https://example.org/annual-report-2025.pdf",
            "Where the source document was published."
        ),
        optional!(
            "source_retrieved",
            Day,
            source.retrieved,
            "2026-01-15",
            "Day on which the source document was retrieved."
        ),
        optional!(
            "source_sha256",
            Sha256,
            source.sha256,
            "",
            "SHA-256 of the source document, or of the text that the data was taken from, in lower-case hexadecimal."
        ),
        optional!(
            "source_licence",
            Text,
            source.licence,
            "Public domain",
            "Terms under which the source document may be used."
        ),
        Column {
            name: "summary_by",
            required: false,
            shape: Text::SHAPE,
            description: "Who wrote the summaries: summary, and action and outcome of each initiative. Where it is empty: the author of the data package.",
            example: "Example Data Project",
            read: |cell, row| {
                let writer = cell.optional::<Text>();
                row.summary_by = writer.unwrap_or_else(|| Report::PACKAGE_AUTHOR.to_owned());
            },
            write: |row| Text::write(&row.summary_by),
        },
    ];

    fn natural_key(&self) -> String {
        keys::report(&self.agency, self.fiscal_year)
    }
}
