//! Every limit, declared once: its name, default, flag, variable, description, and the words of its error.
//!
//! To add one is to add an entry to the table below: `annals serve --help`, the settings and the errors follow from it, and
//! a test holds the documentation to it. Nothing here may measure anything.

use crate::error::{Code, RequestError};

/// A limit as it is declared.
#[derive(Debug, PartialEq, Eq)]
pub struct Limit {
    /// Its name, as in the documentation and in `extensions.limit`.
    pub name: &'static str,
    /// The flag that sets it, without its dashes.
    pub flag: &'static str,
    /// The environment variable that sets it.
    pub variable: &'static str,
    /// Its value unless it is set.
    pub default: u64,
    /// The least and the most that it may be set to.
    pub range: (u64, u64),
    /// What it is a number of, as in `annals serve --help`.
    pub unit: &'static str,
    /// What there is too much of, in words that stand behind "The document has N".
    pub what: &'static str,
    /// What it limits, in one sentence.
    pub description: &'static str,
}

/// Any number.
const ANY: (u64, u64) = (0, u64::MAX);
/// A number of rows of a page.
const ROWS: (u64, u64) = (0, u32::MAX as u64);
/// A number of things of which there must be one. No semaphore counts much further.
const SOME: (u64, u64) = (1, 1_000_000);
/// A number of bytes of memory: with less than 1 KiB there would be no room for any answer.
const BYTES: (u64, u64) = (1024, 1 << 30);
/// Seconds.
const TIME: (u64, u64) = (1, 3600);

const KIB: u64 = 1024;
const MIB: u64 = 1024 * KIB;

macro_rules! limits {
    ($($(#[doc = $line:literal])+ $field:ident: $name:literal, $flag:literal, $variable:literal, $default:expr, $range:expr, $unit:literal, $what:literal;)+) => {
        /// What is allowed at most. Introspection is bounded by its own two limits alone, where they differ.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct Limits {
            $($(#[doc = $line])+ pub $field: u64,)+
        }

        /// All limits, in the order of [`Limits::set`].
        pub static LIMITS: &[Limit] = &[
            $(Limit {
                name: $name,
                flag: $flag,
                variable: $variable,
                default: $default,
                range: $range,
                unit: $unit,
                what: $what,
                description: concat!($($line),+).trim_ascii(),
            },)+
        ];

        impl Default for Limits {
            fn default() -> Limits {
                Limits { $($field: $default,)+ }
            }
        }

        impl Limits {
            /// The limits with these values, which are given for one limit after the other.
            pub fn set(mut value: impl FnMut(&'static Limit) -> u64) -> Limits {
                let mut limits = LIMITS.iter();
                let mut next = |default| limits.next().map_or(default, &mut value);
                Limits { $($field: next($default),)+ }
            }

            $(
                #[doc = concat!("The limit `", $name, "`, to be held.")]
                pub fn $field(&self) -> Bound {
                    Bound::new($name, $what, self.$field)
                }
            )+
        }
    };
}

// The order is that of `annals serve --help`. What makes parsers and walks recurse is bounded from above by what was tried
// with the stack of a thread; see the tests of `document`.
limits! {
    /// Page size of a collection at the root of a query that asks for none.
    root_page_size: "rootPageSize", "root-page-size", "ANNALS_ROOT_PAGE_SIZE", 100, ROWS, "ROWS", "rows";
    /// Page size of a nested collection that asks for none, under each parent.
    nested_page_size: "nestedPageSize", "nested-page-size", "ANNALS_NESTED_PAGE_SIZE", 25, ROWS, "ROWS", "rows";
    /// The largest page that may be asked for; the two defaults are held to it.
    largest_page_size: "largestPageSize", "largest-page-size", "ANNALS_LARGEST_PAGE_SIZE", 1_000, ROWS, "ROWS", "rows";
    /// The most rows that one request may be answered with, as estimated before anything is read.
    cost: "cost", "cost-limit", "ANNALS_COST_LIMIT", 100_000, ANY, "ROWS", "rows";
    /// The most rows that may have to be looked at for one request, as estimated before anything is read.
    work: "work", "work-limit", "ANNALS_WORK_LIMIT", 5_000_000, ANY, "ROWS", "rows";
    /// The most groups that one field may be put into, before a page is cut from them.
    groups: "groups", "max-groups", "ANNALS_MAX_GROUPS", 125_000, ANY, "N", "groups";

    /// The most bytes of a body, as it is sent and as it is unpacked.
    body: "body", "max-body", "ANNALS_MAX_BODY", 256 * KIB, ANY, "BYTES", "bytes";
    /// The most tokens of a document, and the most keys and values of the JSON that it comes in.
    tokens: "tokens", "max-tokens", "ANNALS_MAX_TOKENS", 5_000, ANY, "N", "tokens";
    /// The most bytes of a name: of an alias, fragment, variable, operation, or anything else that a document names.
    name_length: "nameLength", "max-name", "ANNALS_MAX_NAME", 256, (64, 64 * KIB), "BYTES", "bytes";
    /// The most brackets of any kind inside each other, in a document and in JSON, and selections inside each other through fragments.
    nesting: "nesting", "max-nesting", "ANNALS_MAX_NESTING", 200, (1, 200), "N", "brackets inside each other";
    /// The most operations of a document.
    operations: "operations", "max-operations", "ANNALS_MAX_OPERATIONS", 10, ANY, "N", "operations";
    /// The most fields inside each other.
    depth: "depth", "max-depth", "ANNALS_MAX_DEPTH", 20, (1, 60), "N", "fields inside each other";
    /// The most aliases in one selection.
    aliases: "aliases", "max-aliases", "ANNALS_MAX_ALIASES", 50, ANY, "N", "aliases in one selection";
    /// The most fields under one response key in one selection, its fragments included.
    repeats: "repeats", "max-repeats", "ANNALS_MAX_REPEATS", 100, ANY, "N", "fields under the same key in one selection";
    /// The most directives in one place.
    directives: "directives", "max-directives", "ANNALS_MAX_DIRECTIVES", 20, ANY, "N", "directives in one place";
    /// The most fields of an operation once its fragments are expanded.
    fields: "fields", "max-fields", "ANNALS_MAX_FIELDS", 10_000, ANY, "N", "fields once its fragments are expanded";
    /// The most bytes of all arguments of an operation once its fragments and variables are expanded; a value counts as 64, and its letters.
    arguments: "arguments", "max-arguments", "ANNALS_MAX_ARGUMENTS", 2 * MIB, ANY, "BYTES", "bytes of arguments, once its fragments and variables are expanded,";
    /// The most input objects inside each other, in an argument or a variable.
    filter_nesting: "filterNesting", "max-filter-nesting", "ANNALS_MAX_FILTER_NESTING", 20, (1, 60), "N", "input objects inside each other";
    /// The most lists of an introspection inside each other: `fields`, `inputFields`, `interfaces`, `possibleTypes`.
    introspection_nesting: "introspectionNesting", "max-introspection-nesting", "ANNALS_MAX_INTROSPECTION_NESTING", 2, ANY, "N", "lists of introspection inside each other";
    /// The most values that an introspection may be answered with, where what it asks of one type is asked of the longest; a description counts as ten.
    introspection_size: "introspectionSize", "max-introspection-size", "ANNALS_MAX_INTROSPECTION_SIZE", 200_000, ANY, "N", "values of introspection to be answered with, roughly";
    /// The most bytes of memory for what is loaded for one request.
    loaded: "loaded", "max-loaded", "ANNALS_MAX_LOADED", 64 * MIB, BYTES, "BYTES", "bytes";
    /// The most bytes of an answer before it is compressed; those of a batch count together.
    answer: "answer", "max-answer", "ANNALS_MAX_ANSWER", 16 * MIB, BYTES, "BYTES", "bytes";

    /// The most initiatives and results of a report that is served as a file under `/data/`.
    download: "download", "max-download", "ANNALS_MAX_DOWNLOAD", 20_000, ANY, "ROWS", "rows";

    /// The most requests in one body; 0 refuses lists of requests.
    batch: "batch", "max-batch", "ANNALS_MAX_BATCH", 0, ANY, "N", "requests";
    /// The most seconds that a request may take; then its SQL and the writing of its answer are stopped.
    timeout: "timeout", "timeout", "ANNALS_TIMEOUT", 10, TIME, "SECONDS", "seconds";
    /// The most seconds that a client may take to send a head, to send a body, to take in what it is sent, or to ask for something else on an open connection.
    client_timeout: "clientTimeout", "client-timeout", "ANNALS_CLIENT_TIMEOUT", 20, TIME, "SECONDS", "seconds";
    /// The most connections at once; one more is told 503 and closed.
    connections: "connections", "max-connections", "ANNALS_MAX_CONNECTIONS", 1_024, SOME, "N", "connections";
    /// The most connections at once of one address, or of one network of 64 bits in IPv6; those of `--trusted-proxies` have no such limit.
    connections_per_address: "connectionsPerAddress", "max-connections-per-address", "ANNALS_MAX_CONNECTIONS_PER_ADDRESS", 256, SOME, "N", "connections";
    /// The most requests that read from the database at once, each through a reader of its own; 0 for as many as there are cores.
    executing: "executing", "max-executing", "ANNALS_MAX_EXECUTING", 0, (0, 256), "N", "requests";
    /// The most requests that wait until a reader is free, first come, first served; one more is answered 503.
    queued: "queued", "max-queued", "ANNALS_MAX_QUEUED", 256, ANY, "N", "requests";
    /// The most bytes of answers that are being sent at once, to all clients together.
    pending: "pending", "max-pending", "ANNALS_MAX_PENDING", 128 * MIB, BYTES, "BYTES", "bytes";
    /// The most bytes of answers that are kept in memory; 0 keeps none.
    cache: "cache", "cache-size", "ANNALS_CACHE_SIZE", 64 * MIB, ANY, "BYTES", "bytes";
    /// The most seconds that others may keep the answer to a GET without asking again whether it is still true.
    cache_max_age: "cacheMaxAge", "cache-max-age", "ANNALS_CACHE_MAX_AGE", 0, (0, u32::MAX as u64), "SECONDS", "seconds";
}

impl Limit {
    /// A number as it is written for people: bytes in KiB and MiB where they are whole, digits in groups of three.
    pub fn shown(&self, number: u64) -> String {
        match (self.unit, number) {
            ("BYTES", 1..) if number.is_multiple_of(MIB) => format!("{} MiB", number / MIB),
            ("BYTES", 1..) if number.is_multiple_of(KIB) => format!("{} KiB", number / KIB),
            _ => grouped(number),
        }
    }
}

/// A number with its digits in groups of three.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A limit with the value that it was set to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    name: &'static str,
    what: &'static str,
    /// The most there may be.
    pub maximum: u64,
}

impl Bound {
    fn new(name: &'static str, what: &'static str, maximum: u64) -> Bound {
        Bound {
            name,
            what,
            maximum,
        }
    }

    /// The same limit, of something else.
    #[must_use]
    pub fn of(self, what: &'static str) -> Bound {
        Bound { what, ..self }
    }

    /// The same limit where there may be no more than so much, whatever is set.
    #[must_use]
    pub fn at_most(self, maximum: u64) -> Bound {
        Bound {
            maximum: self.maximum.min(maximum),
            ..self
        }
    }

    /// The most there may be, in memory.
    pub fn bytes(self) -> usize {
        usize::try_from(self.maximum).unwrap_or(usize::MAX)
    }

    /// Whether so much is too much.
    pub fn is_passed(self, found: u64) -> bool {
        found > self.maximum
    }

    /// What is told where a thing has too much.
    pub fn fault(self, thing: &str, found: u64) -> RequestError {
        let Bound { what, maximum, .. } = self;
        // What doubles again and again is counted no further than this.
        let many = match found {
            u64::MAX => "far too many".to_owned(),
            found => found.to_string(),
        };
        self.named(format!(
            "The {thing} has {many} {what}, more than the {maximum} that one may have; ask for less at once."
        ))
        .with("found", found)
    }

    /// What is told where a thing was given up as soon as it had too much.
    pub fn overrun(self, thing: &str) -> RequestError {
        let Bound { what, maximum, .. } = self;
        self.named(format!(
            "The {thing} has more than the {maximum} {what} that one may have; ask for less at once."
        ))
    }

    fn named(self, message: String) -> RequestError {
        RequestError::new(Code::TooLarge, message)
            .with("limit", self.name)
            .with("maximum", self.maximum)
    }
}

/// How large pages may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageLimits {
    /// Page of a root field that asks for no size.
    pub root_default: u32,
    /// Page of a nested field that asks for no size, under each parent.
    pub nested_default: u32,
    /// The largest page that may be asked for.
    pub largest: u32,
}

impl Limits {
    /// How large pages may be.
    pub fn pages(&self) -> PageLimits {
        let size = |rows: u64| u32::try_from(rows.min(self.largest_page_size)).unwrap_or(u32::MAX);
        PageLimits {
            root_default: size(self.root_page_size),
            nested_default: size(self.nested_page_size),
            largest: size(self.largest_page_size),
        }
    }
}

impl Default for PageLimits {
    fn default() -> PageLimits {
        Limits::default().pages()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_default_is_within_its_range_and_each_name_is_there_once() {
        for (place, limit) in LIMITS.iter().enumerate() {
            let (least, most) = limit.range;
            assert!((least..=most).contains(&limit.default), "{limit:?}");
            let earlier = &LIMITS[..place];
            assert!(
                earlier.iter().all(|other| other.name != limit.name
                    && other.flag != limit.flag
                    && other.variable != limit.variable),
                "{limit:?}"
            );
        }
    }

    #[test]
    fn limits_are_set_one_after_the_other() {
        let set = Limits::set(|limit| match limit.name {
            "tokens" => 1,
            "cacheMaxAge" => 2,
            _ => limit.default,
        });
        let expected = Limits {
            tokens: 1,
            cache_max_age: 2,
            ..Limits::default()
        };
        assert_eq!(set, expected);
    }

    #[test]
    fn numbers_are_written_for_people() {
        let limit = |unit| Limit {
            unit,
            ..Limit {
                name: "",
                flag: "",
                variable: "",
                default: 0,
                range: ANY,
                unit: "",
                what: "",
                description: "",
            }
        };
        for (unit, number, text) in [
            ("BYTES", 0, "0"),
            ("BYTES", 256 * KIB, "256 KiB"),
            ("BYTES", 64 * MIB, "64 MiB"),
            ("BYTES", 1_000_000, "1,000,000"),
            ("N", 1_024, "1,024"),
            ("N", 999, "999"),
        ] {
            assert_eq!(limit(unit).shown(number), text);
        }
    }
}
