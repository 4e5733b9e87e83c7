//! The commands for data packages.

use std::{path::PathBuf, str::FromStr};

use clap::{Args, ValueEnum};

use super::{LogFormat, database::DatabaseFlag};

/// Settings of `annals check`.
#[derive(Debug, Clone, Args)]
pub struct Check {
    /// The packages: folders, .zip, .xlsx or StratML files.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How the result is written.
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    pub format: CheckFormat,
}

/// How the result of a check is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For people: one problem a line, in colors on a terminal unless NO_COLOR is set.
    Text,
    /// One JSON document, for machines.
    Json,
}

/// Settings of `annals init`.
#[derive(Debug, Clone, Args)]
pub struct Init {
    /// The folder to write; it must be empty or absent.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Take agency, divisions, metrics and units from this report in the database, for the next fiscal year.
    #[arg(long, value_name = "AGENCY/YEAR")]
    pub like: Option<ReportName>,
    #[command(flatten)]
    database: DatabaseFlag,
}

impl Init {
    /// The database to take a report from.
    pub fn database_url(&self) -> String {
        self.database.url()
    }
}

/// Settings of `annals import`.
#[derive(Debug, Clone, Args)]
pub struct Import {
    /// The packages: folders, .zip, .xlsx or StratML files. Each is imported as a whole or not at all.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Write nothing: only show what would be different.
    #[arg(long)]
    pub dry_run: bool,
    /// Remove goals, initiatives and results that are stored and not in the package. Without it, such a package is refused.
    #[arg(long)]
    pub allow_removals: bool,
    /// Change agencies, divisions, metrics and units that are stored with another content, for all reports that use them. Without it, such a package is refused.
    #[arg(long)]
    pub update_catalogue: bool,
    /// How the log is written.
    #[arg(long, env = "ANNALS_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text)]
    pub log_format: LogFormat,
    #[command(flatten)]
    database: DatabaseFlag,
}

impl Import {
    /// The database to write into.
    pub fn database_url(&self) -> String {
        self.database.url()
    }
}

/// Settings of `annals export`.
#[derive(Debug, Clone, Args)]
pub struct Export {
    /// The folder to write into; it is made if it is absent. Files of an earlier export are written over.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Only the reports of this agency.
    #[arg(long, value_name = "CODE")]
    pub agency: Option<String>,
    /// Only the reports of this fiscal year.
    #[arg(long, value_name = "YEAR")]
    pub fiscal_year: Option<i32>,
    /// What is written.
    #[arg(long, value_enum, default_value_t = ExportFormat::Package)]
    pub format: ExportFormat,
    #[command(flatten)]
    database: DatabaseFlag,
}

impl Export {
    /// The database to read from.
    pub fn database_url(&self) -> String {
        self.database.url()
    }
}

/// What `annals export` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// A data package for each report, in a folder of its own.
    Package,
    /// A StratML document (ISO 17469) for each report.
    Stratml,
    /// results.csv: one row for each result with all names beside it, for spreadsheets.
    CsvFlat,
    /// results.ndjson: the same as one JSON object a line.
    Ndjson,
}

/// Settings of `annals remove`.
#[derive(Debug, Clone, Args)]
pub struct Remove {
    /// Code of the agency.
    #[arg(long, value_name = "CODE")]
    pub agency: String,
    /// Fiscal year of the report.
    #[arg(long, value_name = "YEAR")]
    pub fiscal_year: i32,
    /// Remove it. Without this, what would be removed is only shown.
    #[arg(long)]
    pub yes: bool,
    /// How the log is written.
    #[arg(long, env = "ANNALS_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text)]
    pub log_format: LogFormat,
    #[command(flatten)]
    database: DatabaseFlag,
}

impl Remove {
    /// The database to remove it from.
    pub fn database_url(&self) -> String {
        self.database.url()
    }
}

/// A report on the command line: `ICE/2007`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportName {
    /// Code of the agency.
    pub agency: String,
    /// Fiscal year.
    pub fiscal_year: i32,
}

impl FromStr for ReportName {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.rsplit_once('/')
            .filter(|(agency, _)| !agency.is_empty())
            .and_then(|(agency, year)| {
                Some(Self {
                    agency: agency.to_owned(),
                    fiscal_year: year.parse().ok()?,
                })
            })
            .ok_or("write the agency's code, a slash and the fiscal year, like ICE/2007")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_named_by_agency_and_year() {
        let name: ReportName = "ICE/2007".parse().unwrap();
        assert_eq!((name.agency.as_str(), name.fiscal_year), ("ICE", 2007));
        for other in ["ICE", "ICE/", "/2007", "ICE/FY07", ""] {
            assert!(other.parse::<ReportName>().is_err(), "{other}");
        }
    }
}
