//! What `where` asks for, as plain data.
//!
//! A filter is two-valued: whatever it is made of is true or false of a row and never unknown, so `not` is its exact
//! complement. An empty filter is no condition, of what a row refers to as of the row itself.

use async_graphql::Value;

use super::{
    comparison::{Test, Tested, count_test, id_test, null_value, operators, test},
    extent,
    input::{Fault, entries},
};
use crate::schema::{
    declaration::{Closure, ColumnRef, ObjectType, Relation, Source},
    filters::{Operator, Subject, fields_of},
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
            "and" => each(object, value).map(all_of),
            "or" => each(object, value).map(Filter::Any),
            "not" => keys(object, value).map(|filter| Filter::Not(Box::new(filter))),
            _ => match fields.iter().find(|(name, _)| name == key) {
                Some((_, subject)) => by_subject(object, *subject, value),
                None => Err(Fault::new("there is no such key")),
            },
        };
        all.push(planned.map_err(|fault| fault.under(key))?);
    }
    Ok(all_of(all))
}

/// All of them hold; those that are no conditions need not be looked at.
fn all_of(mut filters: Vec<Filter>) -> Filter {
    filters.retain(|filter| !filter.is_empty());
    match filters.pop() {
        Some(one) if filters.is_empty() => one,
        last => {
            filters.extend(last);
            Filter::All(filters)
        }
    }
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
            Source::ToOne { key, .. } | Source::Joined { key, .. } => Ok(keys(target, value)?
                .unless_empty(|filter| Filter::ToOne {
                    key: *key,
                    nullable: field.nullable,
                    target,
                    filter,
                })),
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
                let (test, holds) =
                    count_test(operator, value).map_err(|fault| fault.under(operator.name()))?;
                let counted = Filter::ChildCount {
                    relation,
                    test: test.into(),
                };
                all.push(if holds { counted } else { counted.negated() });
            }
            Ok(Filter::All(all))
        }
        Subject::Within(field, target) => match &field.source {
            Source::Ancestors(closure, _) => {
                Ok(keys(target, value)?.unless_empty(|filter| Filter::Within {
                    closure,
                    target,
                    filter,
                }))
            }
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

impl Filter {
    /// Both, where there are two.
    pub(super) fn both(one: Option<Filter>, other: Option<Filter>) -> Option<Filter> {
        match (one, other) {
            (Some(one), Some(other)) => Some(Filter::All(vec![one, other])),
            (one, other) => one.or(other),
        }
    }

    /// Whether it holds no condition: `{}`, and what is made of nothing else. What it is about need not even be there.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Filter::All(filters) => filters.iter().all(Filter::is_empty),
            Filter::Any(filters) => filters.iter().any(Filter::is_empty),
            _ => false,
        }
    }

    /// A condition that it must hold elsewhere, if it is one.
    fn unless_empty(self, elsewhere: impl FnOnce(Box<Filter>) -> Filter) -> Filter {
        match self.is_empty() {
            true => Filter::All(Vec::new()),
            false => elsewhere(Box::new(self)),
        }
    }

    /// The exact complement.
    #[must_use]
    pub fn negated(self) -> Filter {
        Filter::Not(Box::new(self))
    }
}
