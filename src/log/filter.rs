//! The filter in `ANNALS_LOG`. One that cannot be used is an error: whoever set it would look in vain for lines.

use std::env::{self, VarError};

use tracing_subscriber::{
    EnvFilter,
    filter::{LevelFilter, ParseError},
};

/// What is logged where nothing else is asked for. The migrator reports each start at length; that it failed would be an
/// error of ours.
const DEFAULT: &str = "info,sea_orm_migration=warn";

/// Why `ANNALS_LOG` cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The variable is not UTF-8.
    #[error("ANNALS_LOG is not UTF-8; write a level such as info, or TARGET=LEVEL")]
    NotText,
    /// A part of it is a single word and not a level. The filter would take it for a target and hide all others.
    #[error(
        "ANNALS_LOG has {0:?}, which is not a level; \
         write error, warn, info, debug, trace or off, or TARGET=LEVEL"
    )]
    NoLevel(String),
    /// It is not a filter.
    #[error("ANNALS_LOG is not a filter ({0}); write a level such as info, or TARGET=LEVEL")]
    NoFilter(#[from] ParseError),
}

/// The filter that the environment asks for. An empty one is none.
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
    fn levels_and_targets_are_filters_and_words_are_not() {
        for usable in [
            DEFAULT,
            "off",
            "DEBUG",
            "warn,annals=debug",
            "annals::load=trace,hyper=info",
            "warn,annals[request{id}]=trace",
        ] {
            assert!(parse(usable).is_ok(), "{usable}");
        }
        for unusable in [
            "inf",
            "verbose",
            "warn,annals",
            "annals=loud",
            "=,=",
            "a=b=c",
        ] {
            assert!(parse(unusable).is_err(), "{unusable}");
        }
    }
}
