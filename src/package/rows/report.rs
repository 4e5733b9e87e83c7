//! `reports.csv`

use entity::keys;

use super::{Cells, Row};

/// One agency's account of one fiscal year.
#[derive(Clone, Debug, PartialEq, Eq)]
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
}

/// The document that a report was taken from.
#[derive(Clone, Debug, PartialEq, Eq)]
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

impl Row for Report {
    const FILE: &'static str = "reports.csv";
    const COLUMNS: &'static [&'static str] = &[
        "agency",
        "fiscal_year",
        "period_start",
        "period_end",
        "title",
        "summary",
        "source_title",
        "source_publisher",
        "source_url",
        "source_retrieved",
        "source_sha256",
        "source_licence",
    ];

    fn read(cells: &mut Cells<'_>) -> Self {
        let report = Self {
            agency: cells.code("agency"),
            fiscal_year: cells.fiscal_year("fiscal_year"),
            period_start: cells.day("period_start"),
            period_end: cells.day("period_end"),
            title: cells.text("title"),
            summary: cells.optional_text("summary"),
            source: Source {
                title: cells.text("source_title"),
                publisher: cells.optional_text("source_publisher"),
                url: cells.optional_text("source_url"),
                retrieved: cells.optional_day("source_retrieved"),
                sha256: cells.optional_text("source_sha256"),
                licence: cells.optional_text("source_licence"),
            },
        };
        if !report.period_end.is_empty() && report.period_end < report.period_start {
            cells.problem(
                "period_end",
                format!(
                    "{:?} is before period_start, {:?}; it must not be",
                    report.period_end, report.period_start
                ),
            );
        }
        if let Some(url) = &report.source.url
            && !url.starts_with("https://")
            && !url.starts_with("http://")
        {
            cells.problem(
                "source_url",
                format!("{url:?} does not begin with https:// or http://"),
            );
        }
        if let Some(sha256) = &report.source.sha256
            && !is_sha256(sha256)
        {
            cells.problem(
                "source_sha256",
                format!("{sha256:?} is not 64 lower-case hexadecimal digits"),
            );
        }
        report
    }

    fn natural_key(&self) -> String {
        keys::report(&self.agency, self.fiscal_year)
    }
}

fn is_sha256(text: &str) -> bool {
    text.len() == 64
        && text
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}
