//! Whether a row matches a filter, said in plain Rust over all rows.
//!
//! Written from the words of the issue: filters are two-valued, a comparison with a missing value is false, `not` is the
//! exact complement, and an empty filter is no condition, of what a row refers to either. It reads the filter as it is sent, and knows nothing of how it is planned.

use std::{cell::RefCell, collections::HashMap};

use serde_json::Value;

use super::{
    facts::{Fact, Kind, Row, Scalar, kind},
    model::Model,
};

/// What must be known to judge rows by one filter.
pub(super) struct Judge<'w> {
    model: &'w Model,
    facts: &'w HashMap<String, Row>,
    /// What was found out already, by the place of a filter in memory and the id of a row.
    known: RefCell<HashMap<(usize, String), bool>>,
}

impl<'w> Judge<'w> {
    /// A judge for one filter, which must stay where it is.
    pub(super) fn new(model: &'w Model, facts: &'w HashMap<String, Row>) -> Judge<'w> {
        Judge {
            model,
            facts,
            known: RefCell::default(),
        }
    }

    /// Whether the row of a type with this id matches.
    pub(super) fn matches(&self, of: &'static str, id: &str, filter: &Value) -> bool {
        let question = (std::ptr::from_ref(filter).addr(), id.to_owned());
        if let Some(known) = self.known.borrow().get(&question) {
            return *known;
        }
        let entries = filter.as_object().expect("a filter is an object");
        let mut entries = entries.iter().filter(|(_, value)| !value.is_null());
        let matches = entries.all(|(key, value)| self.entry(kind(of), id, key, value));
        self.known.borrow_mut().insert(question, matches);
        matches
    }

    fn entry(&self, kind: &'static Kind, id: &str, key: &str, value: &Value) -> bool {
        let one = |filter: &Value| self.matches(kind.name, id, filter);
        match key {
            "and" => return items(value).iter().all(one),
            "or" => return items(value).iter().any(one),
            "not" => return !one(value),
            "id" => return of_ids(id, value),
            "within" => {
                let parent = self.facts[id].one("parent");
                return one(value)
                    || parent.is_some_and(|parent| self.entry(kind, parent, key, value));
            }
            _ => {}
        }
        if let Some((_, scalar)) = kind.own.iter().find(|(field, _)| *field == key) {
            return of_values(self.facts[id].own(key), *scalar, value);
        }
        if let Some((_, target)) = kind.one.iter().find(|(field, _)| *field == key) {
            if is_empty(value) {
                return true;
            }
            let related = self.facts[id].one(key);
            return related.is_some_and(|related| self.matches(target, related, value));
        }
        if let Some(field) = key.strip_suffix("Exists") {
            return value == &Value::Bool(self.facts[id].one(field).is_some());
        }
        if let Some((_, child, _)) = kind.many.iter().find(|(field, ..)| *field == key) {
            return self.of_children(child, id, value);
        }
        let (_, child, _) = kind
            .many
            .iter()
            .find(|(.., count)| *count == key)
            .expect(key);
        let count = Fact::Number(self.model.under(child, id).len() as i128);
        of_values(Some(&count), Scalar::Int, value)
    }

    fn of_children(&self, child: &'static str, id: &str, value: &Value) -> bool {
        let children = self.model.under(child, id);
        let entries = value.as_object().expect("a filter of a list is an object");
        let mut entries = entries.iter().filter(|(_, filter)| !filter.is_null());
        entries.all(|(key, filter)| {
            let matches =
                |child_row: &&super::model::Row| self.matches(child, &child_row.id, filter);
            match key.as_str() {
                "some" => children.iter().any(matches),
                "every" => children.iter().all(matches),
                "none" => !children.iter().any(matches),
                other => panic!("there is no {other}"),
            }
        })
    }
}

/// Whether a filter compares nothing: what it is about need not be there.
fn is_empty(filter: &Value) -> bool {
    let mut entries = filter.as_object().expect("a filter is an object").iter();
    entries.all(|(key, value)| match (key.as_str(), value) {
        ("and", Value::Array(items)) => items.iter().all(is_empty),
        ("or", Value::Array(items)) => items.iter().any(is_empty),
        ("not" | "some" | "every" | "none", value) => value.is_null(),
        (_, Value::Object(_)) => is_empty(value),
        (_, value) => value.is_null(),
    })
}

fn items(value: &Value) -> &[Value] {
    value.as_array().expect("this is a list")
}

fn of_ids(id: &str, value: &Value) -> bool {
    let entries = value.as_object().expect("a filter of ids is an object");
    entries
        .iter()
        .all(|(operator, value)| match operator.as_str() {
            "eq" => value == id,
            "ne" => value != id,
            "in" => items(value).iter().any(|item| item == id),
            "notIn" => items(value).iter().all(|item| item != id),
            other => panic!("there is no {other}"),
        })
}

/// Whether a value compares as a filter of values says.
pub(super) fn of_values(fact: Option<&Fact>, scalar: Scalar, value: &Value) -> bool {
    let entries = value.as_object().expect("a filter of values is an object");
    entries.iter().all(|(operator, value)| {
        let same = |value: &Value| fact.is_some_and(|fact| compare(fact, scalar, value).is_eq());
        match operator.as_str() {
            "eq" => same(value),
            "ne" => !same(value),
            "in" => items(value).iter().any(same),
            "notIn" => !items(value).iter().any(same),
            "isNull" => value == &Value::Bool(fact.is_none()),
            "lt" => fact.is_some_and(|fact| compare(fact, scalar, value).is_lt()),
            "lte" => fact.is_some_and(|fact| compare(fact, scalar, value).is_le()),
            "gt" => fact.is_some_and(|fact| compare(fact, scalar, value).is_gt()),
            "gte" => fact.is_some_and(|fact| compare(fact, scalar, value).is_ge()),
            "contains" => folded(fact).is_some_and(|text| text.contains(&part(value))),
            "startsWith" => folded(fact).is_some_and(|text| text.starts_with(&part(value))),
            "endsWith" => folded(fact).is_some_and(|text| text.ends_with(&part(value))),
            other => panic!("there is no {other}"),
        }
    })
}

/// How a value is to what a filter says; texts without the case of the letters A to Z.
fn compare(fact: &Fact, scalar: Scalar, value: &Value) -> std::cmp::Ordering {
    match (fact, scalar) {
        (Fact::Text(text), Scalar::Text) => text.to_ascii_lowercase().cmp(&part(value)),
        (Fact::Text(text), _) => text.as_str().cmp(value.as_str().expect("a day is a text")),
        // Both in hundred-thousandths, so that what lies between two figures has a place.
        (Fact::Number(number), Scalar::Decimal) => (number * 10).cmp(&hundred_thousandths(value)),
        (Fact::Number(number), _) => (number * 100_000).cmp(&match (scalar, value) {
            (Scalar::Word(words), Value::String(word)) => {
                let place = words.iter().position(|known| known == word);
                place.expect("this is a word of the type") as i128 * 100_000
            }
            (_, Value::Bool(truth)) => i128::from(*truth) * 100_000,
            _ => hundred_thousandths(value),
        }),
    }
}

fn folded(fact: Option<&Fact>) -> Option<String> {
    match fact? {
        Fact::Text(text) => Some(text.to_ascii_lowercase()),
        Fact::Number(_) => None,
    }
}

fn part(value: &Value) -> String {
    value.as_str().expect("this is a text").to_ascii_lowercase()
}

/// A number of JSON with at most five decimals.
fn hundred_thousandths(value: &Value) -> i128 {
    let text = value.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    assert!(fraction.len() <= 5, "{text} has too many decimals");
    let digits = format!("{whole}{fraction:0<5}");
    digits.parse().expect("a number has digits")
}
