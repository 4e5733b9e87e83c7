//! The commands for data packages.

use std::{path::PathBuf, str::FromStr};

use clap::{Args, ValueEnum};

use super::database::DatabaseFlag;

/// Settings of `annals check`.
#[derive(Debug, Clone, Args)]
pub struct Check {
    /// The packages: folders, .zip or .xlsx files.
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
