//! What annals was told to do: flags and environment variables, turned into settings once.

mod database;
mod http;
mod limits;
mod packages;

use std::{net::SocketAddr, num::NonZeroUsize};

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::{engine::Settings, store::cores};
use database::DatabaseFlag;
use http::HttpFlags;
use limits::LimitFlags;
pub use packages::{Check, CheckFormat, Export, ExportFormat, Import, Init, Remove, ReportName};

/// Annual performance reports as one typed GraphQL API.
#[derive(Debug, Parser)]
#[command(name = "annals", version, args_conflicts_with_subcommands = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: Serve,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Open the database, bring it up to date, load the built-in report if there is none, and answer requests. This is what happens without a command.
    Serve(Box<Serve>),
    /// Check data packages without a database: every problem with its place and what to do. The exit code is 1 if there is an error.
    Check(Check),
    /// Write a data package to begin with: headers, a worked row in each file, and a README.
    Init(Init),
    /// Load data packages into the database. Importing a package again changes nothing; a changed one is a new revision of its reports.
    Import(Import),
    /// Write reports from the database as data packages or as one table.
    Export(Export),
    /// Take a report out of the database. What other reports use stays.
    Remove(Remove),
    /// Print the schema in the schema definition language.
    Schema,
}

/// Settings of `annals serve`.
#[derive(Debug, Clone, Args)]
pub struct Serve {
    #[command(flatten)]
    database: DatabaseFlag,
    /// The address to listen on.
    #[arg(
        long,
        env = "ANNALS_LISTEN",
        default_value = "127.0.0.1:8000",
        value_name = "ADDRESS"
    )]
    pub listen: SocketAddr,
    /// How the log is written.
    #[arg(long, env = "ANNALS_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text)]
    pub log_format: LogFormat,
    /// Ignore requests to explain: do not tell clients which SQL was run and what a request may cost.
    #[arg(long, env = "ANNALS_NO_EXPLAIN", value_parser = clap::builder::FalseyValueParser::new())]
    no_explain: bool,
    /// Do not tell clients what the schema has: no introspection, no suggestions in errors, no /schema.graphql.
    #[arg(long, env = "ANNALS_NO_INTROSPECTION", value_parser = clap::builder::FalseyValueParser::new())]
    no_introspection: bool,
    #[command(flatten)]
    http: HttpFlags,
    #[command(flatten)]
    limits: LimitFlags,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for machines.
    Json,
}

impl Cli {
    /// The command, `serve` where none was given.
    pub fn into_command(self) -> Command {
        self.command
            .unwrap_or_else(|| Command::Serve(Box::new(self.serve)))
    }
}

impl Serve {
    /// The database to open.
    pub fn database_url(&self) -> String {
        self.database.url()
    }

    /// How many requests read from the database at once.
    pub fn readers(&self) -> NonZeroUsize {
        let executing = usize::try_from(self.limits.0.executing).unwrap_or(usize::MAX);
        NonZeroUsize::new(executing).unwrap_or_else(cores)
    }

    /// The settings of the HTTP edge.
    pub fn http(&self) -> crate::http::Settings {
        self.http.settings(&self.limits.0)
    }

    /// The engine's settings.
    pub fn engine(&self) -> Settings {
        Settings {
            explain: !self.no_explain,
            introspection: !self.no_introspection,
            limits: self.limits.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn serve_is_the_command_without_a_command() {
        let cli = Cli::parse_from(["annals", "--listen", "127.0.0.1:9"]);
        match cli.into_command() {
            Command::Serve(serve) => assert_eq!(serve.listen.port(), 9),
            other => panic!("serve was expected, not {other:?}"),
        }
    }

    #[test]
    fn credentials_need_a_list_of_origins() {
        let refused = Cli::try_parse_from(["annals", "serve", "--cors-credentials"]);
        assert!(refused.is_err());
        let listed = "--cors-origins=https://a.example,https://b.example";
        let cli = Cli::parse_from(["annals", "serve", listed, "--cors-credentials"]);
        match cli.into_command() {
            Command::Serve(serve) => assert_eq!(
                serve.http().origins,
                crate::http::Origins::Listed {
                    origins: ["https://a.example", "https://b.example"]
                        .map(axum::http::HeaderValue::from_static)
                        .into(),
                    credentials: true,
                }
            ),
            other => panic!("serve was expected, not {other:?}"),
        }
    }
}
