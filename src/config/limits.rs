//! Flags of the limits, made from their declarations.

use clap::{Arg, ArgMatches, Args, Command, Error, FromArgMatches, value_parser};

use crate::limits::{LIMITS, Limits};

/// Flags of the limits: one for each that is declared.
#[derive(Debug, Clone)]
pub(super) struct LimitFlags(pub(super) Limits);

impl Args for LimitFlags {
    fn augment_args(command: Command) -> Command {
        command.args(LIMITS.iter().map(|limit| {
            let (least, most) = limit.range;
            Arg::new(limit.flag)
                .long(limit.flag)
                .env(limit.variable)
                .value_name(limit.unit)
                .help(limit.description.trim_end_matches('.'))
                .default_value(limit.default.to_string())
                .value_parser(value_parser!(u64).range(least..=most))
        }))
    }

    fn augment_args_for_update(command: Command) -> Command {
        LimitFlags::augment_args(command)
    }
}

impl FromArgMatches for LimitFlags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<LimitFlags, Error> {
        Ok(LimitFlags(Limits::set(|limit| {
            let value = matches.get_one::<u64>(limit.flag);
            value.copied().unwrap_or(limit.default)
        })))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = LimitFlags::from_arg_matches(matches)?;
        Ok(())
    }
}
