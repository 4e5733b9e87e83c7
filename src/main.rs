//! The `annals` binary: reads the command line and carries the command out.

use std::process::ExitCode;

use annals::{cli, config::Cli};
use clap::Parser;

fn main() -> ExitCode {
    cli::run(Cli::parse().into_command())
}
