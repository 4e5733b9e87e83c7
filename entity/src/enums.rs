//! The coded columns: small integers in the database, words in GraphQL and in data packages.
//!
//! The codes are stored: a value keeps its code for ever, and a new value takes a new one.

use sea_orm::entity::prelude::*;

/// Gives an enum its stored code and its word, both ways, from one table.
macro_rules! coded {
    ($name:ident { $($variant:ident = $code:literal $word:literal),+ $(,)? }) => {
        impl $name {
            /// All values, in the order of their codes.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word for it in the GraphQL schema and in data packages.
            pub const fn graphql_name(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The value of a word, compared exactly; `None` if there is no such value.
            pub fn from_graphql_name(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }

            /// The integer stored for it.
            pub const fn code(self) -> i16 {
                match self { $(Self::$variant => $code),+ }
            }

            /// The value of a stored integer; `None` if there is no such value.
            pub const fn from_code(code: i16) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

/// How to read a figure.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum,
)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum Precision {
    /// The figure itself.
    #[default]
    #[sea_orm(num_value = 0)]
    Exact,
    /// Rounded: "roughly", "approximately", a plain "1.3 million".
    #[sea_orm(num_value = 1)]
    Approximate,
    /// The truth is the figure or more: "more than", "over", "topped".
    #[sea_orm(num_value = 2)]
    LowerBound,
    /// The truth is the figure or less: "under", "at most".
    #[sea_orm(num_value = 3)]
    UpperBound,
}

coded!(Precision {
    Exact = 0 "EXACT",
    Approximate = 1 "APPROXIMATE",
    LowerBound = 2 "LOWER_BOUND",
    UpperBound = 3 "UPPER_BOUND",
});

/// What stretch of time a figure covers.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum,
)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum Scope {
    /// Over the fiscal year.
    #[default]
    #[sea_orm(num_value = 0)]
    Period,
    /// Since the programme began.
    #[sea_orm(num_value = 1)]
    Cumulative,
    /// A stock at a date.
    #[sea_orm(num_value = 2)]
    PointInTime,
}

coded!(Scope {
    Period = 0 "PERIOD",
    Cumulative = 1 "CUMULATIVE",
    PointInTime = 2 "POINT_IN_TIME",
});

/// What kind of quantity a unit measures.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum,
)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum UnitKind {
    /// Things, people or events, counted.
    #[default]
    #[sea_orm(num_value = 0)]
    Count,
    /// An amount in one currency.
    #[sea_orm(num_value = 1)]
    Money,
    /// A weight.
    #[sea_orm(num_value = 2)]
    Mass,
    /// A distance.
    #[sea_orm(num_value = 3)]
    Length,
    /// A surface.
    #[sea_orm(num_value = 4)]
    Area,
    /// A capacity.
    #[sea_orm(num_value = 5)]
    Volume,
    /// A time.
    #[sea_orm(num_value = 6)]
    Duration,
    /// A share or a rate, such as a percentage.
    #[sea_orm(num_value = 7)]
    Ratio,
    /// Anything else.
    #[sea_orm(num_value = 8)]
    Other,
}

coded!(UnitKind {
    Count = 0 "COUNT",
    Money = 1 "MONEY",
    Mass = 2 "MASS",
    Length = 3 "LENGTH",
    Area = 4 "AREA",
    Volume = 5 "VOLUME",
    Duration = 6 "DURATION",
    Ratio = 7 "RATIO",
    Other = 8 "OTHER",
});

/// Along what the results of a metric may be added up.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum,
)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum Additivity {
    /// Across everything.
    #[default]
    #[sea_orm(num_value = 0)]
    Additive,
    /// Across everything but years: stocks.
    #[sea_orm(num_value = 1)]
    SemiAdditive,
    /// Never: ratios.
    #[sea_orm(num_value = 2)]
    NonAdditive,
}

coded!(Additivity {
    Additive = 0 "ADDITIVE",
    SemiAdditive = 1 "SEMI_ADDITIVE",
    NonAdditive = 2 "NON_ADDITIVE",
});

/// How the division or the goal of an initiative is known.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum,
)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum AttributionBasis {
    /// The report names it.
    #[default]
    #[sea_orm(num_value = 0)]
    Stated,
    /// It follows from the subject; a note says how.
    #[sea_orm(num_value = 1)]
    Inferred,
}

coded!(AttributionBasis {
    Stated = 0 "STATED",
    Inferred = 1 "INFERRED",
});

/// What can be searched for.
///
/// The code is a part of the number of a document in the search index; see [`search`](crate::search).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum SearchKind {
    /// Divisions.
    #[sea_orm(num_value = 0)]
    Division,
    /// Initiatives.
    #[sea_orm(num_value = 1)]
    Initiative,
    /// Reported results.
    #[sea_orm(num_value = 2)]
    Result,
    /// Metrics.
    #[sea_orm(num_value = 3)]
    Metric,
}

coded!(SearchKind {
    Division = 0 "DIVISION",
    Initiative = 1 "INITIATIVE",
    Result = 2 "RESULT",
    Metric = 3 "METRIC",
});

#[cfg(test)]
mod tests {
    use sea_orm::Iterable;

    use super::*;

    /// Checks that SeaORM's code, our code and the word agree for every value, in order.
    macro_rules! agrees {
        ($name:ident) => {
            for (place, value) in $name::iter().enumerate() {
                assert_eq!($name::ALL[place], value);
                assert_eq!(usize::try_from(value.code()).unwrap(), place);
                assert_eq!(value.to_value(), value.code());
                assert_eq!($name::from_code(value.code()), Some(value));
                assert_eq!($name::from_graphql_name(value.graphql_name()), Some(value));
            }
            assert_eq!($name::ALL.len(), $name::iter().count());
            assert_eq!($name::from_code(-1), None);
            assert_eq!($name::from_graphql_name("exact"), None);
        };
    }

    #[test]
    fn codes_and_words_agree_both_ways() {
        agrees!(Precision);
        agrees!(Scope);
        agrees!(UnitKind);
        agrees!(Additivity);
        agrees!(AttributionBasis);
        agrees!(SearchKind);
    }
}
