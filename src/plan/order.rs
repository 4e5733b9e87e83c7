//! In what order a collection is listed: its keys, and how places in the order compare.
//!
//! An order is always total: its last key is one that no two rows share. Missing values come last in both directions.

use std::{cmp::Ordering, sync::Arc};

use async_graphql::Value;

use super::{
    aggregated::Totals,
    codes::Codes,
    extent::MAX_RELATIONS,
    filter::{Filter, filter},
    group::{TotalNumber, total_number},
    input::{Fault, given, items, only_entry, word},
    order_name::{key_text, order_by_text, order_name},
};
use crate::schema::{
    declaration::{ColumnRef, Connection, ObjectType, Relation, Scalar, Source},
    enums::SCOPE,
    orders::{Subject, fields_of},
    reported_result::REPORTED_RESULT,
};

/// The most keys that may be asked for.
const MAX_KEYS: usize = 8;

/// An order of the rows of a type, or of something else that has keys to compare.
#[derive(Clone)]
pub struct Order<B = OrderBy> {
    /// Its keys, the deciding one last.
    pub keys: Vec<OrderKey<B>>,
    /// What tells its cursors from those of other orders; empty for the default order of the type.
    pub name: String,
}

/// One key of an order.
#[derive(Clone)]
pub struct OrderKey<B = OrderBy> {
    /// What is compared.
    pub by: B,
    /// Whether large values come first.
    pub descending: bool,
    /// Whether the value may be missing.
    pub nullable: bool,
    /// Whether the value is a text, and not a whole number.
    pub is_text: bool,
}

/// What the rows of a type are ordered by.
#[derive(Clone)]
pub enum OrderBy {
    /// A column.
    Column(ColumnRef),
    /// Something of the row that `key` refers to.
    Related {
        /// The column that refers to it.
        key: ColumnRef,
        /// The other type.
        target: &'static ObjectType,
        /// What of it.
        by: Box<OrderBy>,
    },
    /// How many rows refer to the row.
    ChildCount(&'static Relation),
    /// A number of the total of the row's results: the part over [`NUMBER_BASE`], missing where there is no such
    /// number.
    TotalHigh(Arc<OrderTotal>),
    /// The rest of that number, from 0.
    TotalLow(Arc<OrderTotal>),
}

/// A number of a total may not fit 64 bits, so as a key it is two: the multiples of this, rounded down, and the rest.
pub const NUMBER_BASE: i64 = 1_000_000_000;

/// Which results of a row are totaled to order it.
pub struct OrderTotal {
    /// How the results refer to the row.
    pub relation: &'static Relation,
    /// The natural key of the metric, in whose unit they are.
    pub metric: String,
    /// Whether results of the metrics below it count too.
    pub within: bool,
    /// The code of their scope.
    pub scope: i64,
    /// What they must match.
    pub filter: Option<Filter>,
    /// Which number of the total is compared.
    pub number: TotalNumber,
    /// What to total.
    pub totals: Totals,
}

/// A value of a key, in a row or in a cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyValue<'v> {
    /// There is none.
    Missing,
    /// A whole number.
    Number(i64),
    /// A text.
    Text(&'v str),
}

/// A place in an order: a value for each of its keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position(pub Vec<PositionValue>);

/// A value of a [`Position`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PositionValue {
    /// There is none.
    Missing,
    /// A whole number.
    Number(i64),
    /// A text.
    Text(String),
}

impl Position {
    /// The value for the key at this place.
    pub fn value(&self, key: usize) -> KeyValue<'_> {
        match &self.0[key] {
            PositionValue::Missing => KeyValue::Missing,
            PositionValue::Number(number) => KeyValue::Number(*number),
            PositionValue::Text(text) => KeyValue::Text(text),
        }
    }
}

impl Order {
    /// The order in which a collection is listed where no other is asked for.
    pub fn default_of(object: &'static ObjectType) -> Order {
        Order {
            keys: vec![unique(object.table.sort_key)],
            name: String::new(),
        }
    }
}

impl Order {
    /// The order in which this collection is listed where no other is asked for.
    pub(super) fn default_in(connection: &Connection) -> Order {
        let mut order = Order::default_of(connection.node);
        if let Some(column) = connection.ordered_first_by {
            let first = OrderKey {
                by: OrderBy::Column(column),
                descending: false,
                nullable: false,
                is_text: false,
            };
            order.keys.insert(0, first);
            order.name = column.name().to_owned();
        }
        order
    }
}

impl<B> Order<B> {
    /// How two places compare; each is given by the values of its keys.
    pub fn compare<'l, 'r>(
        &self,
        left: impl Fn(usize) -> KeyValue<'l>,
        right: impl Fn(usize) -> KeyValue<'r>,
    ) -> Ordering {
        self.keys
            .iter()
            .enumerate()
            .map(|(place, key)| key.compare(left(place), right(place)))
            .find(|ordering| ordering.is_ne())
            .unwrap_or(Ordering::Equal)
    }

    /// How two positions compare.
    pub fn compare_positions(&self, left: &Position, right: &Position) -> Ordering {
        self.compare(|key| left.value(key), |key| right.value(key))
    }
}

impl<B> OrderKey<B> {
    fn compare(&self, left: KeyValue<'_>, right: KeyValue<'_>) -> Ordering {
        let ordering = match (left, right) {
            (KeyValue::Missing, KeyValue::Missing) => return Ordering::Equal,
            (KeyValue::Missing, _) => return Ordering::Greater,
            (_, KeyValue::Missing) => return Ordering::Less,
            (KeyValue::Number(left), KeyValue::Number(right)) => left.cmp(&right),
            (KeyValue::Text(left), KeyValue::Text(right)) => left.cmp(right),
            (KeyValue::Number(_), KeyValue::Text(_)) => Ordering::Less,
            (KeyValue::Text(_), KeyValue::Number(_)) => Ordering::Greater,
        };
        if self.descending {
            ordering.reverse()
        } else {
            ordering
        }
    }
}

/// A text that no two rows share.
fn unique(column: ColumnRef) -> OrderKey {
    OrderKey {
        by: OrderBy::Column(column),
        descending: false,
        nullable: false,
        is_text: true,
    }
}

/// The order that the coerced value of `orderBy` stands for.
pub(super) fn order(
    connection: &Connection,
    value: Option<&Value>,
    codes: Codes<'_>,
) -> Result<Order, Fault> {
    let object = connection.node;
    let items = value.map_or(&[][..], items);
    if items.is_empty() {
        return Ok(Order::default_in(connection));
    }
    check_number(items)?;
    let mut keys = Vec::new();
    for (place, item) in items.iter().enumerate() {
        let planned =
            keys_of(object, item, codes, 0).map_err(|fault| fault.under(&place.to_string()))?;
        keys.extend(planned);
    }
    keys.push(unique(object.table.natural_key));
    let texts: Vec<String> = keys
        .iter()
        .map(|key| key_text(key, order_by_text))
        .collect();
    Ok(Order {
        name: order_name(&texts),
        keys,
    })
}

/// An order has few keys.
pub(super) fn check_number(items: &[Value]) -> Result<(), Fault> {
    if items.len() > MAX_KEYS {
        return Err(Fault::new(format!(
            "{} keys are more than the {MAX_KEYS} an order may have",
            items.len()
        )));
    }
    Ok(())
}

/// The keys that one item of `orderBy` stands for: mostly one, two for a sum. `relations` counts those that led here.
fn keys_of(
    object: &'static ObjectType,
    item: &Value,
    codes: Codes<'_>,
    relations: usize,
) -> Result<Vec<OrderKey>, Fault> {
    if relations > MAX_RELATIONS {
        return Err(Fault::new(format!(
            "an order may lead over {MAX_RELATIONS} relations at most"
        )));
    }
    let (name, value) = only_entry(item)?;
    let fields = fields_of(object);
    let subject = fields
        .iter()
        .find(|(known, _)| known == name)
        .map(|(_, subject)| *subject)
        .ok_or_else(|| Fault::new("there is no such key").under(name))?;
    let under = |fault: Fault| fault.under(name);
    match subject {
        Subject::Column(field) => match &field.source {
            Source::Column(column, scalar) => Ok(vec![OrderKey {
                by: OrderBy::Column(*column),
                descending: is_descending(value).map_err(under)?,
                nullable: field.nullable,
                is_text: matches!(scalar, Scalar::String | Scalar::Date | Scalar::DateTime),
            }]),
            _ => Err(under(Fault::new("there is no such key"))),
        },
        Subject::ToOne(field, target) => match &field.source {
            Source::ToOne { key, .. } | Source::Joined { key, .. } => {
                let keys = keys_of(target, value, codes, relations + 1).map_err(under)?;
                Ok(keys
                    .into_iter()
                    .map(|inner| OrderKey {
                        by: OrderBy::Related {
                            key: *key,
                            target,
                            by: Box::new(inner.by),
                        },
                        nullable: inner.nullable || field.nullable,
                        ..inner
                    })
                    .collect())
            }
            _ => Err(under(Fault::new("there is no such key"))),
        },
        Subject::ChildCount(relation) => Ok(vec![OrderKey {
            by: OrderBy::ChildCount(relation),
            descending: is_descending(value).map_err(under)?,
            nullable: false,
            is_text: false,
        }]),
        Subject::Total(relation) => {
            let (total, descending) = total(relation, value, codes).map_err(under)?;
            let total = Arc::new(total);
            let key = |by| OrderKey {
                by,
                descending,
                nullable: true,
                is_text: false,
            };
            Ok(vec![
                key(OrderBy::TotalHigh(Arc::clone(&total))),
                key(OrderBy::TotalLow(total)),
            ])
        }
    }
}

pub(super) fn is_descending(value: &Value) -> Result<bool, Fault> {
    match word(value) {
        Some("ASC") => Ok(false),
        Some("DESC") => Ok(true),
        _ => Err(Fault::new("the direction is ASC or DESC")),
    }
}

fn total(
    relation: &'static Relation,
    value: &Value,
    codes: Codes<'_>,
) -> Result<(OrderTotal, bool), Fault> {
    let get = |name: &str| given(value, name);
    let metric = get("metric")
        .and_then(word)
        .ok_or_else(|| Fault::new("name a metric by its code").under("metric"))?;
    codes
        .check_metric(metric)
        .map_err(|fault| fault.under("metric"))?;
    let direction = get("direction")
        .ok_or_else(|| Fault::new("the direction is ASC or DESC").under("direction"))?;
    let filter = get("where")
        .map(|value| filter(&REPORTED_RESULT, value))
        .transpose()
        .map_err(|fault| fault.under("where"))?;
    let scope = scope(get("scope"))?;
    let mut totals = Totals::new();
    totals.needs.judged = true;
    Ok((
        OrderTotal {
            relation,
            metric: metric.to_ascii_lowercase(),
            within: get("within") != Some(&Value::Boolean(false)),
            scope,
            filter,
            number: total_number(get("by"))?,
            totals,
        },
        is_descending(direction)?,
    ))
}

/// The code of the scope that was named, that of a period where none was.
pub(super) fn scope(value: Option<&Value>) -> Result<i64, Fault> {
    let name = value.and_then(word).unwrap_or(SCOPE.values[0].0);
    SCOPE
        .values
        .iter()
        .position(|(known, _)| *known == name)
        .and_then(|place| i64::try_from(place).ok())
        .ok_or_else(|| Fault::new("there is no such scope").under("scope"))
}
