//! `Change`: from one year's figure, or sum, to the next year's.

use super::{declaration::Scalar, enums::PRECISION};

/// GraphQL name of the type.
pub const CHANGE: &str = "Change";

/// Description of the type.
pub const CHANGE_DESCRIPTION: &str = "What changed from the fiscal year before. There is none where one of the two numbers is missing, where both are bounds the same way (the difference of two lower bounds says nothing), and where the difference has more than 15 significant digits.";

/// A field of `Change`.
pub struct ChangeField {
    /// GraphQL name.
    pub name: &'static str,
    /// Description for the person exploring the schema.
    pub description: &'static str,
    /// What it is.
    pub part: ChangePart,
}

/// What a field of `Change` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangePart {
    /// The earlier number.
    From,
    /// The later number.
    To,
    /// The difference.
    Absolute,
    /// The difference in hundredths of the earlier number, or null.
    Percent,
    /// How to read the difference.
    Precision,
}

impl ChangePart {
    /// How the field is written, and whether it may be null.
    pub fn field_type(self) -> (Scalar, bool) {
        match self {
            ChangePart::From | ChangePart::To | ChangePart::Absolute => (Scalar::Decimal, false),
            ChangePart::Percent => (Scalar::Decimal, true),
            ChangePart::Precision => (Scalar::Enum(&PRECISION), true),
        }
    }
}

/// The fields of `Change`.
pub static CHANGE_FIELDS: &[ChangeField] = &[
    ChangeField {
        name: "from",
        description: "The number of the fiscal year before, in the unit.",
        part: ChangePart::From,
    },
    ChangeField {
        name: "to",
        description: "The number of the year itself, in the unit.",
        part: ChangePart::To,
    },
    ChangeField {
        name: "absolute",
        description: "`to` less `from`, in the unit. Read it with `precision`.",
        part: ChangePart::Absolute,
    },
    ChangeField {
        name: "percent",
        description: "The difference in percent of `from` without its sign, so that it rises with the number: from -10 to -5 is 50. 50 means half as much again. To four decimals, half away from zero. Null where `from` is 0.",
        part: ChangePart::Percent,
    },
    ChangeField {
        name: "precision",
        description: "How to read the difference: what is a lower bound of `from` is an upper bound of it. Null where one of the two numbers has no precision, as a sum with the caveat `OVERLAP`.",
        part: ChangePart::Precision,
    },
];
