//! Flags of what a request may be like at most.

use clap::{Args, value_parser};

use crate::guard::Limits;

/// Flags of what a request may be like at most.
///
/// What makes parsers and walks recurse is bounded from above by what was tried with the stack of a thread; see the tests
/// of `guard`.
#[derive(Debug, Clone, Args)]
pub(super) struct LimitFlags {
    /// The most tokens of a document, and keys and values of the JSON that it comes with.
    #[arg(long, env = "ANNALS_MAX_TOKENS", default_value_t = Limits::default().tokens, value_name = "N")]
    max_tokens: u64,
    /// The most brackets inside each other.
    #[arg(long, env = "ANNALS_MAX_NESTING", default_value_t = Limits::default().nesting, value_name = "N", value_parser = value_parser!(u64).range(1..=200))]
    max_nesting: u64,
    /// The most fields inside each other.
    #[arg(long, env = "ANNALS_MAX_DEPTH", default_value_t = Limits::default().depth, value_name = "N", value_parser = value_parser!(u64).range(1..=60))]
    max_depth: u64,
    /// The most aliases in one selection.
    #[arg(long, env = "ANNALS_MAX_ALIASES", default_value_t = Limits::default().aliases, value_name = "N")]
    max_aliases: u64,
    /// The most fields under the same response key in one selection.
    #[arg(long, env = "ANNALS_MAX_REPEATS", default_value_t = Limits::default().repeats, value_name = "N")]
    max_repeats: u64,
    /// The most directives in one place.
    #[arg(long, env = "ANNALS_MAX_DIRECTIVES", default_value_t = Limits::default().directives, value_name = "N")]
    max_directives: u64,
    /// The most operations in a document.
    #[arg(long, env = "ANNALS_MAX_OPERATIONS", default_value_t = Limits::default().operations, value_name = "N")]
    max_operations: u64,
    /// The most fields of an operation once its fragments are expanded.
    #[arg(long, env = "ANNALS_MAX_FIELDS", default_value_t = Limits::default().fields, value_name = "N")]
    max_fields: u64,
    /// The most input objects inside each other.
    #[arg(long, env = "ANNALS_MAX_FILTER_NESTING", default_value_t = Limits::default().filter_nesting, value_name = "N", value_parser = value_parser!(u64).range(1..=60))]
    max_filter_nesting: u64,
    /// The most lists of an introspection inside each other.
    #[arg(long, env = "ANNALS_MAX_INTROSPECTION_NESTING", default_value_t = Limits::default().introspection_nesting, value_name = "N")]
    max_introspection_nesting: u64,
    /// The most values that an introspection may be answered with, roughly.
    #[arg(long, env = "ANNALS_MAX_INTROSPECTION_SIZE", default_value_t = Limits::default().introspection_size, value_name = "N")]
    max_introspection_size: u64,
}

impl LimitFlags {
    /// The limits.
    pub(super) fn limits(&self) -> Limits {
        Limits {
            tokens: self.max_tokens,
            nesting: self.max_nesting,
            depth: self.max_depth,
            aliases: self.max_aliases,
            repeats: self.max_repeats,
            directives: self.max_directives,
            operations: self.max_operations,
            fields: self.max_fields,
            filter_nesting: self.max_filter_nesting,
            introspection_nesting: self.max_introspection_nesting,
            introspection_size: self.max_introspection_size,
        }
    }
}
