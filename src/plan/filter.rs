//! What `where` asks for, as plain data.
//!
//! A filter is two-valued: whatever it is made of is true or false of a row and never unknown, so `not` is its exact
//! complement.

use async_graphql::Value;

use super::{decimal::Decimal, extent};
use crate::schema::{
    declaration::{Closure, ColumnRef, ObjectType, Relation, Scalar, Source},
    filters::{Operator, Subject, fields_of},
    node_id,
};

/// A condition on the rows of a type.
#[derive(Clone)]
pub enum Filter {
    /// All hold; true of none.
    All(Vec<Filter>),
    /// One holds; false of none.
    Any(Vec<Filter>),
    /// Does not hold.
    Not(Box<Filter>),
    /// A column compares.
    Column {
        /// The column.
        column: ColumnRef,
        /// Whether it may have no value.
        nullable: bool,
        /// How.
        test: Test,
    },
    /// The row that `key` refers to matches; false where it refers to none.
    ToOne {
        /// The column that refers to it.
        key: ColumnRef,
        /// Whether it may refer to none.
        nullable: bool,
        /// The other type.
        target: &'static ObjectType,
        /// What it must match.
        filter: Box<Filter>,
    },
    /// At least one of the rows that refer to the row matches.
    Some {
        /// How they refer to it.
        relation: &'static Relation,
        /// What one must match.
        filter: Box<Filter>,
    },
    /// The number of rows that refer to the row compares.
    ChildCount {
        /// How they refer to it.
        relation: &'static Relation,
        /// How.
        test: Test,
    },
    /// The row or one of its ancestors matches.
    Within {
        /// Where ancestors are recorded.
        closure: &'static Closure,
        /// The type of all of them.
        target: &'static ObjectType,
        /// What one must match.
        filter: Box<Filter>,
    },
}

/// A comparison that is true or false of any value, a missing one included.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// There is no value.
    IsMissing,
    /// One of these whole numbers.
    OneOf(Vec<i64>),
    /// One of these texts, to the letter.
    OneOfTexts(Vec<String>),
    /// One of these texts, which are in lower case, whatever the case of the letters A to Z.
    OneOfWords(Vec<String>),
    /// At most this number.
    AtMost(i64),
    /// At least this number.
    AtLeast(i64),
    /// Before this text in the order of bytes, or equal to it.
    TextAtMost {
        /// The text.
        text: String,
        /// Whether the text itself counts.
        inclusive: bool,
    },
    /// Behind this text in the order of bytes, or equal to it.
    TextAtLeast {
        /// The text.
        text: String,
        /// Whether the text itself counts.
        inclusive: bool,
    },
    /// Has this text in it, which is in lower case.
    Contains(String),
    /// Begins with this text, which is in lower case.
    StartsWith(String),
    /// Ends with this text, which is in lower case.
    EndsWith(String),
}

/// What is wrong with an input object, and the keys that lead there.
pub(super) struct Fault {
    pub(super) path: Vec<String>,
    pub(super) what: String,
}

impl Fault {
    pub(super) fn new(what: impl Into<String>) -> Fault {
        Fault {
            path: Vec::new(),
            what: what.into(),
        }
    }

    pub(super) fn under(mut self, key: &str) -> Fault {
        self.path.insert(0, key.to_owned());
        self
    }
}

type Planned = Result<Filter, Fault>;

/// The filter that a coerced value of the type's input type stands for.
pub(super) fn filter(object: &'static ObjectType, value: &Value) -> Planned {
    extent::checked(keys(object, value)?)
}

/// All keys of an object of the type's input type, however many and deep.
fn keys(object: &'static ObjectType, value: &Value) -> Planned {
    let fields = fields_of(object);
    let mut all = Vec::new();
    for (key, value) in entries(value) {
        if *value == Value::Null && !key.ends_with("Exists") {
            continue;
        }
        let planned = match key {
            "and" => each(object, value).map(Filter::All),
            "or" => each(object, value).map(Filter::Any),
            "not" => keys(object, value).map(|filter| Filter::Not(Box::new(filter))),
            _ => match fields.iter().find(|(name, _)| name == key) {
                Some((_, subject)) => by_subject(object, *subject, value),
                None => Err(Fault::new("there is no such key")),
            },
        };
        all.push(planned.map_err(|fault| fault.under(key))?);
    }
    Ok(Filter::All(all))
}

fn each(object: &'static ObjectType, value: &Value) -> Result<Vec<Filter>, Fault> {
    match value {
        Value::List(items) => items.iter().map(|item| keys(object, item)).collect(),
        one => Ok(vec![keys(object, one)?]),
    }
}

fn by_subject(object: &'static ObjectType, subject: Subject, value: &Value) -> Planned {
    match subject {
        Subject::Id => by_value(object.table.natural_key, false, value, |operator, value| {
            id_test(object, operator, value)
        }),
        Subject::Column(field) => match &field.source {
            Source::Column(column, scalar) => {
                by_value(*column, field.nullable, value, |operator, value| {
                    test(*scalar, operator, value)
                })
            }
            _ => Err(Fault::new("there is no such key")),
        },
        Subject::ToOne(field, target) => match &field.source {
            Source::ToOne { key, .. } | Source::Joined { key, .. } => Ok(Filter::ToOne {
                key: *key,
                nullable: field.nullable,
                target,
                filter: Box::new(keys(target, value)?),
            }),
            _ => Err(Fault::new("there is no such key")),
        },
        Subject::Exists(field) => match (&field.source, value) {
            (Source::ToOne { key, .. }, Value::Boolean(exists)) => {
                let missing = Filter::Column {
                    column: *key,
                    nullable: true,
                    test: Test::IsMissing,
                };
                Ok(if *exists { missing.negated() } else { missing })
            }
            _ => Err(null_value()),
        },
        Subject::Children(_, relation) => by_children(relation, value),
        Subject::ChildCount(relation) => {
            let mut all = Vec::new();
            for (operator, value) in operators(value)? {
                let (test, holds) = test(Scalar::Int, operator, value)
                    .map_err(|fault| fault.under(operator.name()))?;
                let counted = Filter::ChildCount { relation, test };
                all.push(if holds { counted } else { counted.negated() });
            }
            Ok(Filter::All(all))
        }
        Subject::Within(field, target) => match &field.source {
            Source::Ancestors(closure, _) => Ok(Filter::Within {
                closure,
                target,
                filter: Box::new(keys(target, value)?),
            }),
            _ => Err(Fault::new("there is no such key")),
        },
    }
}

fn by_children(relation: &'static Relation, value: &Value) -> Planned {
    let node = relation.connection.node;
    let mut all = Vec::new();
    for (key, value) in entries(value) {
        if *value == Value::Null {
            continue;
        }
        let filter = keys(node, value).map_err(|fault| fault.under(key))?;
        let some = |filter| Filter::Some {
            relation,
            filter: Box::new(filter),
        };
        all.push(match key {
            "some" => some(filter),
            "none" => some(filter).negated(),
            _ => some(filter.negated()).negated(),
        });
    }
    Ok(Filter::All(all))
}

/// A test, and whether it must hold or must not.
pub(super) type Tested = Result<(Test, bool), Fault>;

fn by_value(
    column: ColumnRef,
    nullable: bool,
    value: &Value,
    test: impl Fn(Operator, &Value) -> Tested,
) -> Planned {
    let mut all = Vec::new();
    for (operator, value) in operators(value)? {
        let (test, holds) = test(operator, value).map_err(|fault| fault.under(operator.name()))?;
        let compared = Filter::Column {
            column,
            nullable,
            test,
        };
        all.push(if holds { compared } else { compared.negated() });
    }
    Ok(Filter::All(all))
}

/// The operators of a filter of a value. A list that is null is as if absent; a value that is null is a fault.
pub(super) fn operators(value: &Value) -> Result<Vec<(Operator, &Value)>, Fault> {
    const ALL: [Operator; 12] = [
        Operator::Eq,
        Operator::Ne,
        Operator::In,
        Operator::NotIn,
        Operator::Lt,
        Operator::Lte,
        Operator::Gt,
        Operator::Gte,
        Operator::Contains,
        Operator::StartsWith,
        Operator::EndsWith,
        Operator::IsNull,
    ];
    let mut operators = Vec::new();
    for (key, value) in entries(value) {
        let operator = ALL
            .into_iter()
            .find(|operator| operator.name() == key)
            .ok_or_else(|| Fault::new("there is no such operator").under(key))?;
        match (operator, value) {
            (Operator::In | Operator::NotIn, Value::Null) => {}
            (_, Value::Null) => return Err(null_value().under(key)),
            _ => operators.push((operator, value)),
        }
    }
    Ok(operators)
}

fn null_value() -> Fault {
    Fault::new("null is no value to compare with; use isNull, or leave it out")
}

pub(super) fn test(scalar: Scalar, operator: Operator, value: &Value) -> Tested {
    if operator == Operator::IsNull {
        return Ok((Test::IsMissing, *value == Value::Boolean(true)));
    }
    match scalar {
        Scalar::Int | Scalar::Boolean | Scalar::Enum(_) => {
            let scale = |value: &Value| code(scalar, value).map(Decimal::whole);
            number_test(operator, value, 0, scale)
        }
        Scalar::Decimal => number_test(operator, value, 4, |value| match value {
            Value::Number(number) => Decimal::of_number(number),
            _ => None,
        }),
        Scalar::String => word_test(operator, value),
        Scalar::Date | Scalar::DateTime => text_test(operator, value),
    }
}

/// The whole number that a value of a scalar is stored as.
fn code(scalar: Scalar, value: &Value) -> Option<i64> {
    match (scalar, value) {
        (Scalar::Int, Value::Number(number)) => number.as_i64(),
        (Scalar::Boolean, Value::Boolean(truth)) => Some(i64::from(*truth)),
        (Scalar::Enum(enumeration), value) => {
            let name = match value {
                Value::Enum(name) => name.as_str(),
                Value::String(name) => name.as_str(),
                _ => return None,
            };
            let place = enumeration
                .values
                .iter()
                .position(|(known, _)| *known == name)?;
            i64::try_from(place).ok()
        }
        _ => None,
    }
}

/// Compares numbers that are stored with so many decimals, exactly: a number between two stored ones is neither.
fn number_test(
    operator: Operator,
    value: &Value,
    decimals: u32,
    read: impl Fn(&Value) -> Option<Decimal>,
) -> Tested {
    let read = |value: &Value| read(value).ok_or_else(|| unfit(value));
    let exact = |value: &Value| Ok(read(value)?.exactly(decimals));
    Ok(match operator {
        Operator::Eq | Operator::Ne => (
            Test::OneOf(exact(value)?.into_iter().collect()),
            operator == Operator::Eq,
        ),
        Operator::In | Operator::NotIn => {
            let numbers = items(value)
                .iter()
                .map(exact)
                .collect::<Result<Vec<_>, _>>()?;
            (
                Test::OneOf(numbers.into_iter().flatten().collect()),
                operator == Operator::In,
            )
        }
        Operator::Lt => match read(value)?.ceiling(decimals).checked_sub(1) {
            Some(most) => (Test::AtMost(most), true),
            None => (Test::OneOf(Vec::new()), true),
        },
        Operator::Lte => (Test::AtMost(read(value)?.floor(decimals)), true),
        Operator::Gt => match read(value)?.floor(decimals).checked_add(1) {
            Some(least) => (Test::AtLeast(least), true),
            None => (Test::OneOf(Vec::new()), true),
        },
        Operator::Gte => (Test::AtLeast(read(value)?.ceiling(decimals)), true),
        _ => return Err(Fault::new("there is no such operator for a number")),
    })
}

fn word_test(operator: Operator, value: &Value) -> Tested {
    let word = |value: &Value| Ok(text(value)?.to_ascii_lowercase());
    Ok(match operator {
        Operator::Eq | Operator::Ne => (
            Test::OneOfWords(vec![word(value)?]),
            operator == Operator::Eq,
        ),
        Operator::In | Operator::NotIn => (
            Test::OneOfWords(items(value).iter().map(word).collect::<Result<_, _>>()?),
            operator == Operator::In,
        ),
        Operator::Contains => (Test::Contains(word(value)?), true),
        Operator::StartsWith => (Test::StartsWith(word(value)?), true),
        Operator::EndsWith => (Test::EndsWith(word(value)?), true),
        _ => return Err(Fault::new("there is no such operator for a text")),
    })
}

fn text_test(operator: Operator, value: &Value) -> Tested {
    Ok(match operator {
        Operator::Eq | Operator::Ne => (
            Test::OneOfTexts(vec![text(value)?]),
            operator == Operator::Eq,
        ),
        Operator::In | Operator::NotIn => (
            Test::OneOfTexts(items(value).iter().map(text).collect::<Result<_, _>>()?),
            operator == Operator::In,
        ),
        Operator::Lt | Operator::Lte => (
            Test::TextAtMost {
                text: text(value)?,
                inclusive: operator == Operator::Lte,
            },
            true,
        ),
        Operator::Gt | Operator::Gte => (
            Test::TextAtLeast {
                text: text(value)?,
                inclusive: operator == Operator::Gte,
            },
            true,
        ),
        _ => return Err(Fault::new("there is no such operator for a date")),
    })
}

/// Ids are compared by natural key; one of another type is that of no row.
fn id_test(object: &'static ObjectType, operator: Operator, value: &Value) -> Tested {
    let natural_key = |value: &Value| {
        let id = match value {
            Value::Number(number) => number.to_string(),
            other => text(other)?,
        };
        Ok(node_id::decode(&id)
            .filter(|(target, _)| target.name == object.name)
            .map(|(_, natural_key)| natural_key))
    };
    let keys = items(value)
        .iter()
        .map(natural_key)
        .collect::<Result<Vec<_>, _>>()?;
    let holds = matches!(operator, Operator::Eq | Operator::In);
    Ok((
        Test::OneOfTexts(keys.into_iter().flatten().collect()),
        holds,
    ))
}

fn text(value: &Value) -> Result<String, Fault> {
    match value {
        Value::String(text) => Ok(text.clone()),
        other => Err(unfit(other)),
    }
}

pub(super) fn unfit(value: &Value) -> Fault {
    Fault::new(format!("{value} cannot be compared with it"))
}

/// The items of a list; one value alone is a list of one.
pub(super) fn items(value: &Value) -> &[Value] {
    match value {
        Value::List(items) => items,
        one => std::slice::from_ref(one),
    }
}

pub(super) fn entries(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let entries = match value {
        Value::Object(entries) => Some(entries),
        _ => None,
    };
    entries
        .into_iter()
        .flatten()
        .map(|(key, value)| (key.as_str(), value))
}

impl Filter {
    /// The exact complement.
    #[must_use]
    pub fn negated(self) -> Filter {
        Filter::Not(Box::new(self))
    }
}
