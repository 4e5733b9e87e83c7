//! The operators by which values are compared, and the input types that hold them.
//!
//! Filters are two-valued: a comparison with a missing value is false, and `not` is its exact complement, so `ne` and
//! `notIn` match missing values. What a filter of an object type holds follows from the type's declaration
//! ([`fields_of`]).

use super::declaration::{EnumType, Field, ObjectType, Relation, Scalar, Source};

/// An operator of a filter of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// The same.
    Eq,
    /// Not the same, or missing.
    Ne,
    /// One of a list.
    In,
    /// None of a list, or missing.
    NotIn,
    /// Less.
    Lt,
    /// Less or the same.
    Lte,
    /// More.
    Gt,
    /// More or the same.
    Gte,
    /// Has the text in it.
    Contains,
    /// Begins with the text.
    StartsWith,
    /// Ends with the text.
    EndsWith,
    /// Whether there is no value.
    IsNull,
}

impl Operator {
    /// The key in the input type.
    pub const fn name(self) -> &'static str {
        match self {
            Operator::Eq => "eq",
            Operator::Ne => "ne",
            Operator::In => "in",
            Operator::NotIn => "notIn",
            Operator::Lt => "lt",
            Operator::Lte => "lte",
            Operator::Gt => "gt",
            Operator::Gte => "gte",
            Operator::Contains => "contains",
            Operator::StartsWith => "startsWith",
            Operator::EndsWith => "endsWith",
            Operator::IsNull => "isNull",
        }
    }

    /// Description for the person exploring the schema.
    pub const fn description(self) -> &'static str {
        match self {
            Operator::Eq => "The value is this.",
            Operator::Ne => "The value is not this; a missing value is not.",
            Operator::In => "The value is one of these. An empty list matches nothing.",
            Operator::NotIn => {
                "The value is none of these; a missing value is none. An empty list matches everything."
            }
            Operator::Lt => "The value is less than this.",
            Operator::Lte => "The value is this or less.",
            Operator::Gt => "The value is more than this.",
            Operator::Gte => "The value is this or more.",
            Operator::Contains => "The text has this in it. `%` and `_` are plain characters.",
            Operator::StartsWith => "The text begins with this.",
            Operator::EndsWith => "The text ends with this.",
            Operator::IsNull => "true: there is no value. false: there is one.",
        }
    }
}

/// An input type that compares one value.
pub struct ValueFilter {
    /// GraphQL name.
    pub name: String,
    /// Description for the person exploring the schema.
    pub description: String,
    /// The type of the value.
    pub value: &'static str,
    /// What it can be compared by.
    pub operators: &'static [Operator],
}

const EQUALITY: &[Operator] = &[Operator::Eq, Operator::Ne, Operator::In, Operator::NotIn];
const EQUALITY_OR_NULL: &[Operator] = &[
    Operator::Eq,
    Operator::Ne,
    Operator::In,
    Operator::NotIn,
    Operator::IsNull,
];
const ORDER: &[Operator] = &[
    Operator::Eq,
    Operator::Ne,
    Operator::In,
    Operator::NotIn,
    Operator::Lt,
    Operator::Lte,
    Operator::Gt,
    Operator::Gte,
    Operator::IsNull,
];
const TEXT: &[Operator] = &[
    Operator::Eq,
    Operator::Ne,
    Operator::In,
    Operator::NotIn,
    Operator::Contains,
    Operator::StartsWith,
    Operator::EndsWith,
    Operator::IsNull,
];
const TRUTH: &[Operator] = &[Operator::Eq, Operator::Ne, Operator::IsNull];

/// The filter of global ids.
pub fn id_filter() -> ValueFilter {
    ValueFilter {
        name: "IDFilter".into(),
        description: "Compares a global id. An id of another type, or one not made here, is that of no object; so is an id in other letters.".into(),
        value: "ID",
        operators: EQUALITY,
    }
}

/// The filter of values of a scalar.
pub fn value_filter(scalar: Scalar) -> ValueFilter {
    let (description, operators) = match scalar {
        Scalar::Int => ("Compares a whole number.".into(), ORDER),
        Scalar::Decimal => (
            "Compares a figure, exactly: 0.1 is a tenth, and a number with more than four decimals equals no figure. A number with more digits than a 64-bit floating-point number keeps is an error."
                .into(),
            ORDER,
        ),
        Scalar::String => (
            "Compares a text. Upper and lower case of the letters A to Z are the same; other letters are compared as they are."
                .into(),
            TEXT,
        ),
        Scalar::Boolean => ("Compares a truth.".into(), TRUTH),
        Scalar::Date => (
            "Compares a date. Only days that exist are taken, as in `2007-09-30`.".into(),
            ORDER,
        ),
        Scalar::DateTime => (
            "Compares a date and time, in RFC 3339 with any offset from UTC: `2007-11-08T14:30:00Z` and `2007-11-08T09:30:00-05:00` are the same."
                .into(),
            ORDER,
        ),
        Scalar::Enum(EnumType { name, .. }) => {
            (format!("Compares a value of {name}."), EQUALITY_OR_NULL)
        }
    };
    let value = scalar.type_name();
    ValueFilter {
        name: format!("{value}Filter"),
        description,
        value,
        operators,
    }
}

/// What a key of an object type's filter looks at.
#[derive(Clone, Copy)]
pub enum Subject {
    /// The global id.
    Id,
    /// A column.
    Column(&'static Field),
    /// One row of another table.
    ToOne(&'static Field, &'static ObjectType),
    /// Whether there is such a row.
    Exists(&'static Field),
    /// Rows that refer to the row.
    Children(&'static Field, &'static Relation),
    /// How many rows refer to the row.
    ChildCount(&'static Relation),
    /// The row itself and its ancestors.
    Within(&'static Field, &'static ObjectType),
}

/// The keys of the filter of a type, beside `and`, `or` and `not`, with what each looks at.
pub fn fields_of(object: &'static ObjectType) -> Vec<(String, Subject)> {
    let mut keys = Vec::new();
    let fields = object.fields.iter().chain(object.filter.extra);
    for field in fields.filter(|field| !field.shown_only) {
        let name = || field.name.to_owned();
        match &field.source {
            Source::Id => keys.push((name(), Subject::Id)),
            Source::Column(..) => keys.push((name(), Subject::Column(field))),
            Source::ToOne { target, .. } | Source::Joined { target, .. } => {
                keys.push((name(), Subject::ToOne(field, target)));
                if field.nullable {
                    keys.push((format!("{}Exists", field.name), Subject::Exists(field)));
                }
            }
            Source::Collection(relation) => {
                keys.push((name(), Subject::Children(field, relation)));
                keys.push((
                    relation.count_name.to_owned(),
                    Subject::ChildCount(relation),
                ));
            }
            Source::Ancestors(_, target) => {
                keys.push(("within".to_owned(), Subject::Within(field, target)));
            }
            Source::OfJoined { .. }
            | Source::Embedded { .. }
            | Source::List(_)
            | Source::Previous(_)
            | Source::Change(_)
            | Source::InWords(_)
            | Source::Series(_)
            | Source::Aggregate(_)
            | Source::Members(_) => {}
        }
    }
    keys
}
