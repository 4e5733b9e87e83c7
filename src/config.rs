//! What annals was told to do: flags and environment variables, turned into settings once.

mod database;
mod http;
mod limits;
mod packages;

use std::net::SocketAddr;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::{
    engine::Settings,
    plan::{DEFAULT_COST_LIMIT, PageLimits},
};
use database::DatabaseFlag;
use http::HttpFlags;
use limits::LimitFlags;
pub use packages::{Check, CheckFormat, Init, ReportName};

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
    /// Page size of a collection at the root of a query that asks for none.
    #[arg(long, env = "ANNALS_ROOT_PAGE_SIZE", default_value_t = PageLimits::default().root_default, value_name = "ROWS")]
    root_page_size: u32,
    /// Page size of a nested collection that asks for none, under each parent.
    #[arg(long, env = "ANNALS_NESTED_PAGE_SIZE", default_value_t = PageLimits::default().nested_default, value_name = "ROWS")]
    nested_page_size: u32,
    /// The largest page that may be asked for.
    #[arg(long, env = "ANNALS_LARGEST_PAGE_SIZE", default_value_t = PageLimits::default().largest, value_name = "ROWS")]
    largest_page_size: u32,
    /// The most rows that one request may be answered with, as far as its pages tell before anything is read.
    #[arg(long, env = "ANNALS_COST_LIMIT", default_value_t = DEFAULT_COST_LIMIT, value_name = "ROWS")]
    cost_limit: u64,
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

    /// The settings of the HTTP edge.
    pub fn http(&self) -> crate::http::Settings {
        self.http.settings()
    }

    /// The engine's settings.
    pub fn engine(&self) -> Settings {
        Settings {
            pages: PageLimits {
                root_default: self.root_page_size.min(self.largest_page_size),
                nested_default: self.nested_page_size.min(self.largest_page_size),
                largest: self.largest_page_size,
            },
            cost_limit: self.cost_limit,
            explain: !self.no_explain,
            introspection: !self.no_introspection,
            limits: self.limits.limits(),
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
