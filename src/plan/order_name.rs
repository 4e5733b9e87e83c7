//! Short names for orders, by which a cursor is told from one of another order.
//!
//! A name follows from the order as it is planned and not from how it was typed, so that `100` and `1e2`, a literal and a
//! variable, or `eq` and an `in` of one value have the same cursors.

use super::{
    comparison::Test,
    filter::Filter,
    order::{OrderBy, OrderKey, OrderTotal},
};
use crate::schema::declaration::Relation;

/// A short name for what these parts say together: the same for the same parts, and hardly ever the same for two.
pub(super) fn order_name(parts: &[String]) -> String {
    let mut hash = Fnv::default();
    for part in parts {
        hash.bytes(part.as_bytes());
        // No part has this byte, being UTF-8.
        hash.bytes(&[0xff]);
    }
    format!("{:016x}", hash.0)
}

/// What a key says, `by` saying what it compares.
pub(super) fn key_text<B>(key: &OrderKey<B>, by: impl Fn(&B) -> String) -> String {
    let direction = if key.descending { "desc" } else { "asc" };
    format!("{} {direction}", by(&key.by))
}

/// What a key of rows compares.
pub(super) fn order_by_text(by: &OrderBy) -> String {
    match by {
        OrderBy::Column(column) => column.name().into(),
        OrderBy::Related { key, by, .. } => format!("{}.{}", key.name(), order_by_text(by)),
        OrderBy::ChildCount(relation) => format!("count {}", relation_text(relation)),
        OrderBy::TotalHigh(total) => total_text(total),
        OrderBy::TotalLow(_) => "rest of the number".into(),
    }
}

fn total_text(total: &OrderTotal) -> String {
    let OrderTotal {
        relation,
        metric,
        within,
        scope,
        filter,
        number,
        // What is totaled follows from the rest.
        totals: _,
    } = total;
    let relation = relation_text(relation);
    let filter = filter.as_ref().map_or_else(everything, filter_text);
    format!("{number:?} {relation} {metric:?} {within} {scope} {filter}")
}

fn relation_text(relation: &Relation) -> String {
    let table = relation.connection.node.table.name;
    format!("{table}.{}", relation.foreign_key.name())
}

/// What a filter says, the same however its conditions are put together.
fn filter_text(filter: &Filter) -> String {
    match filter {
        Filter::All(_) | Filter::Any(_) => combined_text(filter),
        Filter::Not(inner) => match twice_negated(filter) {
            Some(same) => filter_text(same),
            None => format!("not({})", filter_text(inner)),
        },
        Filter::Column { column, test, .. } => format!("{} {}", column.name(), test_text(test)),
        Filter::ToOne { key, filter, .. } => format!("{}({})", key.name(), filter_text(filter)),
        Filter::Some { relation, filter } => {
            format!("some {}({})", relation_text(relation), filter_text(filter))
        }
        Filter::ChildCount { relation, test } => {
            format!("count {} {}", relation_text(relation), test_text(test))
        }
        Filter::Within { filter, .. } => format!("within({})", filter_text(filter)),
    }
}

/// The filter that a filter is the complement of the complement of.
fn twice_negated(filter: &Filter) -> Option<&Filter> {
    let Filter::Not(once) = filter else {
        return None;
    };
    match &**once {
        Filter::Not(twice) => Some(twice_negated(twice).unwrap_or(twice)),
        _ => None,
    }
}

/// What is true of everything.
fn everything() -> String {
    "all()".into()
}

/// Conditions joined by the same word are in no order, and one alone needs no word.
fn combined_text(filter: &Filter) -> String {
    if filter.is_empty() {
        return everything();
    }
    let (word, is_all) = match filter {
        Filter::All(_) => ("all", true),
        _ => ("any", false),
    };
    let mut texts = Vec::new();
    let mut waiting = vec![filter];
    while let Some(next) = waiting.pop() {
        match twice_negated(next).unwrap_or(next) {
            Filter::All(filters) if is_all => waiting.extend(filters),
            Filter::Any(filters) if !is_all => waiting.extend(filters),
            other if is_all && other.is_empty() => {}
            other => texts.push(filter_text(other)),
        }
    }
    texts.sort_unstable();
    texts.dedup();
    match texts.as_slice() {
        [one] => one.clone(),
        _ => format!("{word}({})", texts.join(", ")),
    }
}

/// What a test says; the values of a list are in no order.
fn test_text(test: &Test) -> String {
    let listed = match test.clone() {
        Test::OneOf(mut numbers) => {
            numbers.sort_unstable();
            numbers.dedup();
            Test::OneOf(numbers)
        }
        Test::OneOfTexts(texts) => Test::OneOfTexts(sorted(texts)),
        Test::OneOfWords(words) => Test::OneOfWords(sorted(words)),
        other => other,
    };
    format!("{listed:?}")
}

fn sorted(mut texts: Vec<String>) -> Vec<String> {
    texts.sort_unstable();
    texts.dedup();
    texts
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
}

#[cfg(test)]
mod tests {
    use async_graphql::Value;
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::{plan::filter::filter, schema::reported_result::REPORTED_RESULT};

    fn text(typed: Json) -> String {
        let typed = Value::from_json(typed).expect("a value");
        let planned = filter(&REPORTED_RESULT, &typed).map_err(|fault| fault.what);
        filter_text(&planned.expect("a filter"))
    }

    #[test]
    fn filters_that_say_the_same_have_one_text() {
        for (one, other) in [
            (
                json!({}),
                json!({ "and": [{}], "value": {}, "metric": { "unit": {} } }),
            ),
            (json!({ "or": [{}, { "value": { "eq": 1 } }] }), json!({})),
            (
                json!({ "value": { "gt": 100 } }),
                json!({ "value": { "gt": 1e2 } }),
            ),
            (
                json!({ "value": { "eq": 100 } }),
                json!({ "value": { "in": [100.0, 100] } }),
            ),
            (
                json!({ "fiscalYear": { "in": 7 } }),
                json!({ "fiscalYear": { "in": [7] } }),
            ),
            (
                json!({ "fiscalYear": { "in": [7, 6] } }),
                json!({ "fiscalYear": { "in": [6, 7, 6] } }),
            ),
            (
                json!({ "key": { "eq": "Arrests" } }),
                json!({ "key": { "in": ["ARRESTS"] } }),
            ),
            (
                json!({ "key": { "eq": "a" }, "value": { "lt": 1, "gt": 0 } }),
                json!({ "and": [{ "value": { "gt": 0 } }, { "value": { "lt": 1 }, "key": { "eq": "a" } }] }),
            ),
            (
                json!({ "not": { "not": { "key": { "eq": "a" } } } }),
                json!({ "key": { "eq": "a" } }),
            ),
            (
                json!({ "or": [{ "key": { "eq": "a" } }] }),
                json!({ "key": { "eq": "a" } }),
            ),
            (
                json!({ "key": { "ne": "a" } }),
                json!({ "not": { "key": { "eq": "a" } } }),
            ),
        ] {
            assert_eq!(text(one.clone()), text(other.clone()), "{one} {other}");
        }
    }

    #[test]
    fn filters_that_say_something_else_have_another_text() {
        let texts: Vec<String> = [
            json!({}),
            json!({ "or": [] }),
            json!({ "key": { "eq": "a" } }),
            json!({ "key": { "ne": "a" } }),
            json!({ "label": { "eq": "a" } }),
            json!({ "key": { "in": [] } }),
            json!({ "key": { "notIn": [] } }),
            json!({ "key": { "in": ["a, b"] } }),
            json!({ "key": { "in": ["a", "b"] } }),
            json!({ "key": { "in": ["a\", \"b"] } }),
            json!({ "key": { "eq": "a" }, "label": { "eq": "b" } }),
            json!({ "or": [{ "key": { "eq": "a" } }, { "label": { "eq": "b" } }] }),
            json!({ "metric": { "code": { "eq": "a" } } }),
            json!({ "metric": { "within": { "code": { "eq": "a" } } } }),
            json!({ "initiative": { "resultCount": { "eq": 1 } } }),
            json!({ "initiative": { "results": { "some": {} } } }),
            json!({ "divisionExists": true }),
            json!({ "goalExists": true }),
        ]
        .into_iter()
        .map(text)
        .collect();
        for (place, one) in texts.iter().enumerate() {
            assert!(!texts[..place].contains(one), "{one}");
        }
    }

    #[test]
    fn parts_are_told_apart() {
        let name = |parts: &[&str]| {
            let parts: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
            order_name(&parts)
        };
        assert_ne!(name(&["a", "b"]), name(&["ab"]));
        assert_ne!(name(&[]), name(&[""]));
    }
}
