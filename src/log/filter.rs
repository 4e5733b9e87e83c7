//! Parses the filter in `ANNALS_LOG`. An invalid one is an error, not ignored: the operator would miss the lines.

use std::env::{self, VarError};

use tracing_subscriber::{
    EnvFilter,
    filter::{LevelFilter, ParseError},
};

/// The filter when `ANNALS_LOG` is not set. The migrator logs every start at length; its failures are our own errors.
const DEFAULT: &str = "info,sea_orm_migration=warn";

/// Why `ANNALS_LOG` is not valid.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The variable is not UTF-8.
    #[error("ANNALS_LOG is not UTF-8; write a level such as info, or TARGET=LEVEL")]
    NotText,
    /// A part is a single word that is not a level. tracing would take it for a target and hide all others.
    #[error(
        "ANNALS_LOG has {0:?}, which is not a level; \
         write error, warn, info, debug, trace or off, or TARGET=LEVEL"
    )]
    NoLevel(String),
    /// tracing cannot parse it.
    #[error("ANNALS_LOG is not a filter ({0}); write a level such as info, or TARGET=LEVEL")]
    NoFilter(#[from] ParseError),
}

/// The filter from the environment. An empty variable counts as not set.
pub(super) fn from_environment() -> Result<EnvFilter, LogError> {
    match env::var("ANNALS_LOG") {
        Ok(text) if !text.trim().is_empty() => parse(&text),
        Err(VarError::NotUnicode(_)) => Err(LogError::NotText),
        Ok(_) | Err(VarError::NotPresent) => parse(DEFAULT),
    }
}

fn parse(text: &str) -> Result<EnvFilter, LogError> {
    let is_word = |part: &str| {
        part.chars()
            .all(|letter| letter.is_alphanumeric() || "_-:.".contains(letter))
    };
    for part in text.split(',').map(str::trim) {
        if is_word(part) && part.parse::<LevelFilter>().is_err() {
            return Err(LogError::NoLevel(part.to_owned()));
        }
    }
    Ok(EnvFilter::builder().parse(text)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_and_targets_are_valid_and_other_words_are_not() {
        for valid in [
            DEFAULT,
            "off",
            "DEBUG",
            "warn,annals=debug",
            "annals::load=trace,hyper=info",
            "warn,annals[request{id}]=trace",
        ] {
            assert!(parse(valid).is_ok(), "{valid}");
        }
        for invalid in [
            "inf",
            "verbose",
            "warn,annals",
            "annals=loud",
            "=,=",
            "a=b=c",
        ] {
            assert!(parse(invalid).is_err(), "{invalid}");
        }
    }
}
