//! What a request may be like at most, and what it is told where it is more.

use async_graphql::Pos;

use crate::error::{Code, RequestError};

/// The most that a request may have of each. Introspection is bounded by its own two alone, where they differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Lexical tokens of a document, and keys and values of the variables.
    pub tokens: u64,
    /// Brackets inside each other, of any kind, in a document and in the variables; and selections inside each other
    /// through fragments, of which there may be 64 at most.
    pub nesting: u64,
    /// Fields inside each other.
    pub depth: u64,
    /// Aliases in one selection.
    pub aliases: u64,
    /// Fields under the same response key in one selection, its fragments included.
    pub repeats: u64,
    /// Directives in one place.
    pub directives: u64,
    /// Operations in a document.
    pub operations: u64,
    /// Fields of an operation once its fragments are expanded.
    pub fields: u64,
    /// Input objects inside each other, in the arguments and in the variables.
    pub filter_nesting: u64,
    /// Lists of an introspection inside each other: `fields`, `inputFields`, `interfaces`, `possibleTypes`.
    pub introspection_nesting: u64,
    /// Values that an introspection may be answered with, roughly.
    pub introspection_size: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            tokens: 5_000,
            nesting: 200,
            depth: 20,
            aliases: 50,
            repeats: 100,
            directives: 20,
            operations: 10,
            fields: 10_000,
            filter_nesting: 20,
            introspection_nesting: 2,
            introspection_size: 250_000,
        }
    }
}

/// The most selections inside each other, whatever is set. The validator takes no more than a hundred.
const MAX_SELECTIONS: u64 = 64;

/// One of the limits, with the words in which it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Limit {
    /// Its name, as in the documentation and in `extensions.limit`.
    name: &'static str,
    /// What there is too much of, in words that stand behind "The document has N".
    what: &'static str,
    maximum: u64,
}

impl Limits {
    pub(super) fn tokens(&self) -> Limit {
        Limit::new("tokens", "tokens", self.tokens)
    }

    pub(super) fn values(&self) -> Limit {
        Limit::new("tokens", "keys and values of JSON", self.tokens)
    }

    pub(super) fn nesting(&self) -> Limit {
        Limit::new("nesting", "brackets inside each other", self.nesting)
    }

    pub(super) fn selection_nesting(&self) -> Limit {
        let what = "selections inside each other, through its fragments";
        Limit::new("nesting", what, self.nesting.min(MAX_SELECTIONS))
    }

    pub(super) fn depth(&self) -> Limit {
        Limit::new("depth", "fields inside each other", self.depth)
    }

    pub(super) fn aliases(&self) -> Limit {
        Limit::new("aliases", "aliases in one selection", self.aliases)
    }

    pub(super) fn repeats(&self) -> Limit {
        let what = "fields under the same key in one selection";
        Limit::new("repeats", what, self.repeats)
    }

    pub(super) fn directives(&self) -> Limit {
        Limit::new("directives", "directives in one place", self.directives)
    }

    pub(super) fn operations(&self) -> Limit {
        Limit::new("operations", "operations", self.operations)
    }

    pub(super) fn fields(&self) -> Limit {
        let what = "fields once its fragments are expanded";
        Limit::new("fields", what, self.fields)
    }

    pub(super) fn filter_nesting(&self) -> Limit {
        let what = "input objects inside each other";
        Limit::new("filterNesting", what, self.filter_nesting)
    }

    pub(super) fn introspection_nesting(&self) -> Limit {
        let what = "lists of introspection inside each other";
        Limit::new("introspectionNesting", what, self.introspection_nesting)
    }

    pub(super) fn introspection_size(&self) -> Limit {
        let what = "values of introspection to be answered with, roughly";
        Limit::new("introspectionSize", what, self.introspection_size)
    }
}

impl Limit {
    fn new(name: &'static str, what: &'static str, maximum: u64) -> Limit {
        Limit {
            name,
            what,
            maximum,
        }
    }

    /// Whether so much is too much.
    pub(super) fn is_passed(self, found: u64) -> bool {
        found > self.maximum
    }

    /// Makes sure that a document has no more than it may.
    ///
    /// # Errors
    /// `QUERY_TOO_LARGE`, at the place where it was found.
    pub(super) fn hold(self, found: u64, place: Pos) -> Result<(), RequestError> {
        match self.is_passed(found) {
            true => Err(self.fault("document", found).at(place)),
            false => Ok(()),
        }
    }

    /// What is told where a thing has too much.
    pub(super) fn fault(self, thing: &str, found: u64) -> RequestError {
        let Limit {
            name,
            what,
            maximum,
        } = self;
        // What doubles again and again is counted no further than this.
        let many = match found {
            u64::MAX => "far too many".to_owned(),
            found => found.to_string(),
        };
        let message = format!(
            "The {thing} has {many} {what}, more than the {maximum} that one may have; ask for less at once."
        );
        RequestError::new(Code::TooLarge, message)
            .with("limit", name)
            .with("maximum", maximum)
            .with("found", found)
    }
}
