//! `Total`: what results come to, for one unit and scope, and `Amount`: a number of it.

use super::{
    declaration::Scalar,
    enums::{CAVEAT, PRECISION, SCOPE},
};

/// GraphQL name of the type of a number that says how to read it.
pub const AMOUNT: &str = "Amount";

/// Description of that type.
pub const AMOUNT_DESCRIPTION: &str = "A number of a total, with how to read it.";

/// A field of `Amount`.
pub struct AmountField {
    /// GraphQL name.
    pub name: &'static str,
    /// Description for the person exploring the schema.
    pub description: &'static str,
    /// What it is.
    pub part: AmountPart,
}

/// What a field of `Amount` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountPart {
    /// The number.
    Value,
    /// How to read it, or null.
    Precision,
}

impl AmountPart {
    /// How the field is written, and whether it may be null.
    pub fn field_type(self) -> (Scalar, bool) {
        match self {
            AmountPart::Value => (Scalar::Decimal, false),
            AmountPart::Precision => (Scalar::Enum(&PRECISION), true),
        }
    }
}

/// The fields of `Amount`.
pub static AMOUNT_FIELDS: &[AmountField] = &[
    AmountField {
        name: "value",
        description: "The number, in the unit of the total.",
        part: AmountPart::Value,
    },
    AmountField {
        name: "precision",
        description: "How to read the number. Null for a sum or mean with the caveat `OVERLAP`: something may be counted twice in it, so it is neither exact nor a bound.",
        part: AmountPart::Precision,
    },
];

/// GraphQL name of the type.
pub const TOTAL: &str = "Total";

/// Description of the type.
pub const TOTAL_DESCRIPTION: &str = "What the results of a collection come to, for one unit and scope. Read `sum` with its precision and the caveats; `atLeast` can be quoted without either. If a figure was published more than once, only the latest report's statement among the results is in the total.";

/// A field of `Total`.
pub struct TotalField {
    /// GraphQL name.
    pub name: &'static str,
    /// Description for the person exploring the schema.
    pub description: &'static str,
    /// What it is.
    pub part: TotalPart,
}

/// What a field of `Total` says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum TotalPart {
    /// The unit of measure.
    Unit,
    /// The scope.
    Scope,
    /// The number of results, parts included.
    Count,
    /// The sum, or null.
    Sum,
    /// How many there are at the least, or null.
    AtLeast,
    /// The mean of the results in the sum, or null.
    Mean,
    /// The smallest figure.
    Min,
    /// The largest figure.
    Max,
    /// The median figure.
    Median,
    /// The figure at a share of them that an argument gives.
    Percentile,
    /// The number of figures published before with another value.
    RestatedCount,
    /// What to know.
    Caveats,
    /// The total as a sentence.
    InWords,
}

/// The argument of `percentile`.
pub const PERCENTILE_SHARE: &str = "p";

/// Description of the argument of `percentile`.
pub const PERCENTILE_SHARE_DESCRIPTION: &str = "The share, from 0 to 1, taken as the decimal it is written as: `0.9` for the 90th percentile. 0 gives the smallest figure, 1 the largest.";

/// How a field of `Total` is typed.
pub enum TotalType {
    /// The object type `UnitOfMeasure`.
    Unit,
    /// A scalar or enum, nullable or not.
    Scalar(Scalar, bool),
    /// An amount, nullable or not.
    Amount {
        /// Whether there may be none.
        nullable: bool,
    },
    /// A list of `Caveat`.
    Caveats,
}

impl TotalPart {
    /// The type of the field.
    pub fn field_type(self) -> TotalType {
        match self {
            TotalPart::Unit => TotalType::Unit,
            TotalPart::Scope => TotalType::Scalar(Scalar::Enum(&SCOPE), false),
            TotalPart::Count | TotalPart::RestatedCount => TotalType::Scalar(Scalar::Int, false),
            TotalPart::Sum | TotalPart::Mean => TotalType::Amount { nullable: true },
            TotalPart::AtLeast => TotalType::Scalar(Scalar::Decimal, true),
            TotalPart::Min | TotalPart::Max | TotalPart::Median | TotalPart::Percentile => {
                TotalType::Amount { nullable: false }
            }
            TotalPart::Caveats => TotalType::Caveats,
            TotalPart::InWords => TotalType::Scalar(Scalar::String, false),
        }
    }
}

impl TotalType {
    /// The type in SDL.
    pub fn sdl(&self) -> String {
        match self {
            TotalType::Unit => "UnitOfMeasure!".into(),
            TotalType::Scalar(scalar, true) => scalar.type_name().into(),
            TotalType::Scalar(scalar, false) => format!("{}!", scalar.type_name()),
            TotalType::Amount { nullable: true } => AMOUNT.into(),
            TotalType::Amount { nullable: false } => format!("{AMOUNT}!"),
            TotalType::Caveats => format!("[{}!]!", CAVEAT.name),
        }
    }
}

/// The fields of `Total`.
pub static TOTAL_FIELDS: &[TotalField] = &[
    TotalField {
        name: "unit",
        description: "The unit that all results of the total are counted in.",
        part: TotalPart::Unit,
    },
    TotalField {
        name: "scope",
        description: "The scope that all results of the total have.",
        part: TotalPart::Scope,
    },
    TotalField {
        name: "count",
        description: "How many figures are in the total: parts of other figures included, superseded statements not.",
        part: TotalPart::Count,
    },
    TotalField {
        name: "sum",
        description: "The sum of the figures, without those that are part of another figure in the same total. Its precision: one lower bound makes the whole a lower bound; null with `OVERLAP`. Null where adding up would mislead; the caveats say why.",
        part: TotalPart::Sum,
    },
    TotalField {
        name: "mean",
        description: "The sum over the number of figures in it, to four decimals, half away from zero, with the precision of the sum. Null where there is no sum, and where the mean has more than 15 significant digits (`TOO_LARGE`).",
        part: TotalPart::Mean,
    },
    TotalField {
        name: "atLeast",
        description: "The number that can be quoted without a footnote: how many there are at the least, whatever overlaps and whatever the reports leave out. Only exact figures and lower bounds count, and between initiatives the larger one, except where the catalogue says that what they count cannot be the same. Null where no figure proves anything, and with `MIXED_METRICS`, `MIXED_YEARS` and `NON_ADDITIVE`.",
        part: TotalPart::AtLeast,
    },
    TotalField {
        name: "min",
        description: "The smallest figure, as it was reported.",
        part: TotalPart::Min,
    },
    TotalField {
        name: "max",
        description: "The largest figure, as it was reported.",
        part: TotalPart::Max,
    },
    TotalField {
        name: "median",
        description: "The smallest figure with at least half of the figures at or below it; always a reported figure, never an average of two.",
        part: TotalPart::Median,
    },
    TotalField {
        name: "percentile",
        description: "The smallest figure with at least the share `p` of the figures at or below it; always a reported figure. An alias for each lets one total have several.",
        part: TotalPart::Percentile,
    },
    TotalField {
        name: "restatedCount",
        description: "How many figures have an earlier statement with another value among the results. The latest report's value is in the total.",
        part: TotalPart::RestatedCount,
    },
    TotalField {
        name: "caveats",
        description: "What to know before quoting the total: why a sum is missing, or what makes it doubtful. Empty where nothing does.",
        part: TotalPart::Caveats,
    },
    TotalField {
        name: "inWords",
        description: "The total as a sentence that may be printed: what the figures add up to and how sure that is, or why they are not added up, and how many there are at the least.",
        part: TotalPart::InWords,
    },
];

/// The argument of `total` that names a unit.
pub const TOTAL_UNIT: &str = "unit";

/// Description of that argument.
pub const TOTAL_UNIT_DESCRIPTION: &str =
    "Code of the unit of the total, in upper or lower case: `USD`.";

/// The argument of `total` that names a scope.
pub const TOTAL_SCOPE: &str = "scope";

/// Description of that argument.
pub const TOTAL_SCOPE_DESCRIPTION: &str = "Scope of the total.";
