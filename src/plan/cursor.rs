//! Cursors: a place in an order, as opaque text.
//!
//! A cursor is the base64url form of a JSON array: the name of the node's type, the name of the order (left out for the
//! type's default order), and the value of each of the order's keys. It names a place and not a row, so it stays good
//! when the row is gone.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::Value;
use std::fmt;

use super::order::{KeyValue, Order, OrderKey, Position, PositionValue};

/// Why a text is not the cursor it should be.
#[derive(Debug, PartialEq, Eq)]
pub enum Fault {
    /// It was not made here.
    Foreign,
    /// It belongs to another order.
    OtherOrder,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Fault::Foreign => {
                "this is not a cursor of this API; use one from edges { cursor } or pageInfo"
            }
            Fault::OtherOrder => {
                "this cursor is from a collection in another order; use one from the same field with the same arguments"
            }
        })
    }
}

/// The cursor of a row, from the name of its order and the value of each key of the order.
pub fn encode<'v>(
    type_name: &str,
    order_name: &str,
    values: impl Iterator<Item = KeyValue<'v>>,
) -> String {
    let mut parts = vec![Value::from(type_name)];
    if !order_name.is_empty() {
        parts.push(Value::from(order_name));
    }
    parts.extend(values.map(|value| match value {
        KeyValue::Missing => Value::Null,
        KeyValue::Number(number) => Value::from(number),
        KeyValue::Text(text) => Value::from(text),
    }));
    URL_SAFE_NO_PAD.encode(Value::Array(parts).to_string())
}

/// The place behind a cursor.
///
/// # Errors
/// A text that is not a cursor, or is one of another order.
pub fn decode<B>(cursor: &str, type_name: &str, order: &Order<B>) -> Result<Position, Fault> {
    let plain = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| Fault::Foreign)?;
    let parts: Vec<Value> = serde_json::from_slice(&plain).map_err(|_| Fault::Foreign)?;
    let (of_type, mut rest) = parts.split_first().ok_or(Fault::Foreign)?;
    let of_type = of_type.as_str().ok_or(Fault::Foreign)?;
    if rest.is_empty() {
        return Err(Fault::Foreign);
    }
    if of_type != type_name {
        return Err(Fault::OtherOrder);
    }
    // The default order has one key and no name, so its cursors alone have two parts.
    if !order.name.is_empty() {
        match rest.split_first() {
            Some((name, values)) if *name == order.name.as_str() => rest = values,
            _ => return Err(Fault::OtherOrder),
        }
    }
    if rest.len() != order.keys.len() {
        return Err(Fault::OtherOrder);
    }
    let values = order.keys.iter().zip(rest);
    values
        .map(|(key, value)| position_value(key, value).ok_or(Fault::Foreign))
        .collect::<Result<_, _>>()
        .map(Position)
}

fn position_value<B>(key: &OrderKey<B>, value: &Value) -> Option<PositionValue> {
    match value {
        Value::Null if key.nullable => Some(PositionValue::Missing),
        Value::Number(number) if !key.is_text => number.as_i64().map(PositionValue::Number),
        Value::String(text) if key.is_text => Some(PositionValue::Text(text.clone())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{metric::METRIC, reported_result::REPORTED_RESULT};

    #[test]
    fn a_cursor_leads_back_to_its_place() {
        let order = Order::default_of(&REPORTED_RESULT);
        let place = KeyValue::Text("ICE 7992 000014");
        let cursor = encode("ReportedResult", &order.name, std::iter::once(place));
        assert_eq!(
            decode(&cursor, "ReportedResult", &order),
            Ok(Position(vec![PositionValue::Text(
                "ICE 7992 000014".into()
            )]))
        );
    }

    #[test]
    fn a_cursor_of_another_order_is_told_from_nonsense() {
        let results = Order::default_of(&REPORTED_RESULT);
        let metrics = Order::default_of(&METRIC);
        let place = KeyValue::Text("arrests");
        let cursor = encode("Metric", &metrics.name, std::iter::once(place));
        assert_eq!(
            decode(&cursor, "ReportedResult", &results),
            Err(Fault::OtherOrder)
        );
        for nonsense in ["", "x", "💥", "W10", "WzFd", "eyJhIjoxfQ"] {
            assert_eq!(
                decode(nonsense, "ReportedResult", &results),
                Err(Fault::Foreign),
                "{nonsense}"
            );
        }
    }
}
