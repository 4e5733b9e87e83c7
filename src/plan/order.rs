//! In what order a collection is listed: its keys, and how places in the order compare.
//!
//! An order is always total: its last key is one that no two rows share. Missing values come last in both directions.

use std::{cmp::Ordering, sync::Arc};

use async_graphql::Value;

use super::{
    extent::MAX_RELATIONS,
    filter::{Fault, Filter, entries, filter, items},
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
    /// The sum of the row's results: the part over [`SUM_BASE`](crate::sql::SUM_BASE), missing where there is no sum.
    SumHigh(Arc<OrderTotal>),
    /// The rest of that sum, from 0.
    SumLow(Arc<OrderTotal>),
}

/// Which results of a row are added up to order it.
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
pub(super) fn order(connection: &Connection, value: Option<&Value>) -> Result<Order, Fault> {
    let object = connection.node;
    let items = value.map_or(&[][..], items);
    if items.is_empty() {
        return Ok(Order::default_of(object));
    }
    check_number(items)?;
    let mut keys = Vec::new();
    for (place, item) in items.iter().enumerate() {
        let planned = keys_of(object, item, 0).map_err(|fault| fault.under(&place.to_string()))?;
        keys.extend(planned);
    }
    keys.push(unique(object.table.natural_key));
    Ok(Order {
        keys,
        name: name(items),
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
                let keys = keys_of(target, value, relations + 1).map_err(under)?;
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
            let (total, descending) = total(relation, value).map_err(under)?;
            let total = Arc::new(total);
            let key = |by| OrderKey {
                by,
                descending,
                nullable: true,
                is_text: false,
            };
            Ok(vec![
                key(OrderBy::SumHigh(Arc::clone(&total))),
                key(OrderBy::SumLow(total)),
            ])
        }
    }
}

/// The one entry that an object with one key has.
pub(super) fn only_entry(value: &Value) -> Result<(&str, &Value), Fault> {
    let mut all = entries(value);
    match (all.next(), all.next()) {
        (Some((name, Value::Null)), None) => {
            Err(Fault::new("null is no direction; leave the key out").under(name))
        }
        (Some(entry), None) => Ok(entry),
        _ => Err(Fault::new(
            "give exactly one key here; an order by several is a list",
        )),
    }
}

pub(super) fn is_descending(value: &Value) -> Result<bool, Fault> {
    match word(value) {
        Some("ASC") => Ok(false),
        Some("DESC") => Ok(true),
        _ => Err(Fault::new("the direction is ASC or DESC")),
    }
}

/// What an enum value or a string says.
pub(super) fn word(value: &Value) -> Option<&str> {
    match value {
        Value::Enum(name) => Some(name.as_str()),
        Value::String(text) => Some(text),
        _ => None,
    }
}

fn total(relation: &'static Relation, value: &Value) -> Result<(OrderTotal, bool), Fault> {
    let get = |name: &str| {
        entries(value)
            .find(|(key, value)| *key == name && **value != Value::Null)
            .map(|(_, value)| value)
    };
    let metric = get("metric")
        .and_then(word)
        .ok_or_else(|| Fault::new("name a metric by its code").under("metric"))?;
    let direction = get("direction")
        .ok_or_else(|| Fault::new("the direction is ASC or DESC").under("direction"))?;
    let filter = get("where")
        .map(|value| filter(&REPORTED_RESULT, value))
        .transpose()
        .map_err(|fault| fault.under("where"))?;
    let scope = scope(get("scope"))?;
    Ok((
        OrderTotal {
            relation,
            metric: metric.to_ascii_lowercase(),
            within: get("within") != Some(&Value::Boolean(false)),
            scope,
            filter,
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

/// A short name for what was typed: the same for the same order, and hardly ever the same for two.
pub(super) fn name(items: &[Value]) -> String {
    let mut hash = Fnv::default();
    for item in items {
        hash.value(item);
    }
    format!("{:016x}", hash.0)
}

/// The 64-bit hash of Fowler, Noll and Vo (FNV-1a), which is the same in every version and process.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    /// A value without the difference between an enum in a document and its name in a variable, and without what is as
    /// if absent: null, and the defaults of a total, which only a variable brings with it.
    fn value(&mut self, value: &Value) {
        match value {
            Value::Object(entries) => {
                let mut entries: Vec<_> = entries
                    .iter()
                    .filter(|(key, value)| !is_as_if_absent(key, value))
                    .collect();
                entries.sort_by_key(|(key, _)| key.as_str());
                self.bytes(b"{");
                for (key, value) in entries {
                    self.bytes(key.as_bytes());
                    self.bytes(b":");
                    self.value(value);
                }
                self.bytes(b"}");
            }
            Value::List(items) => {
                self.bytes(b"[");
                items.iter().for_each(|item| self.value(item));
                self.bytes(b"]");
            }
            Value::Enum(name) => self.value(&Value::String(name.to_string())),
            other => {
                self.bytes(other.to_string().as_bytes());
                self.bytes(b",");
            }
        }
    }
}

fn is_as_if_absent(key: &str, value: &Value) -> bool {
    match key {
        "within" if *value == Value::Boolean(true) => true,
        "scope" if word(value) == Some(SCOPE.values[0].0) => true,
        _ => *value == Value::Null,
    }
}
