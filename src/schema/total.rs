//! `Total`: what results come to, for one unit and scope.

use super::{
    declaration::Scalar,
    enums::{CAVEAT, PRECISION, SCOPE},
};

/// GraphQL name of the type.
pub const TOTAL: &str = "Total";

/// Description of the type.
pub const TOTAL_DESCRIPTION: &str = "What the results of a collection come to, for one unit and scope. Every number says what it is worth: read `sum` with `precision` and `caveats`.";

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
    /// How to read the sum, or null.
    Precision,
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
    /// What to know.
    Caveats,
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
    /// A list of `Caveat`.
    Caveats,
}

impl TotalPart {
    /// The type of the field.
    pub fn field_type(self) -> TotalType {
        match self {
            TotalPart::Unit => TotalType::Unit,
            TotalPart::Scope => TotalType::Scalar(Scalar::Enum(&SCOPE), false),
            TotalPart::Count => TotalType::Scalar(Scalar::Int, false),
            TotalPart::Sum | TotalPart::Mean => TotalType::Scalar(Scalar::Decimal, true),
            TotalPart::Precision => TotalType::Scalar(Scalar::Enum(&PRECISION), true),
            TotalPart::Min | TotalPart::Max | TotalPart::Median | TotalPart::Percentile => {
                TotalType::Scalar(Scalar::Decimal, false)
            }
            TotalPart::Caveats => TotalType::Caveats,
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
        description: "How many results are in the total, parts of other results included.",
        part: TotalPart::Count,
    },
    TotalField {
        name: "sum",
        description: "The sum of the figures, without those that are part of another figure in the same total. Null where adding up would lie; the caveats say why.",
        part: TotalPart::Sum,
    },
    TotalField {
        name: "precision",
        description: "How to read the sum: one lower bound makes the whole a lower bound. Null where there is no sum.",
        part: TotalPart::Precision,
    },
    TotalField {
        name: "mean",
        description: "The sum over the number of results in it, to four decimals, half away from zero. Null where there is no sum.",
        part: TotalPart::Mean,
    },
    TotalField {
        name: "min",
        description: "The smallest figure.",
        part: TotalPart::Min,
    },
    TotalField {
        name: "max",
        description: "The largest figure.",
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
        name: "caveats",
        description: "What to know before quoting the total: why a sum is missing, or what makes it doubtful. Empty where nothing does.",
        part: TotalPart::Caveats,
    },
];
