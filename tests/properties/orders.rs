//! The order of rows, said in plain Rust over all rows.
//!
//! Written from the words of the issue: missing values come last either way, texts compare by bytes, and the natural key
//! decides in the end. It reads the order as it is sent.

use std::{cmp::Ordering, collections::HashMap};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::Value;

use super::{
    World,
    facts::{Fact, SCOPE, kind},
    filters::Judge,
    model::{Row, id},
    rules,
};

/// Puts rows of a type, which lie in their default order, into another one.
pub(super) fn sort<'w>(
    world: &'w World,
    of: &'static str,
    order: &Value,
    rows: Vec<&'w Row>,
) -> Vec<&'w Row> {
    let items = order.as_array().expect("an order is a list");
    if items.is_empty() {
        return rows;
    }
    let judge = Judge::new(&world.model, &world.facts);
    let keys = Keys {
        world,
        judge,
        sums: HashMap::new(),
    };
    keys.sorted(of, items, rows)
}

/// A key of a row: its value, and whether large ones come first.
type Key = (Option<Fact>, bool);

struct Keys<'w> {
    world: &'w World,
    judge: Judge<'w>,
    /// Sums found already, by the place of the total in memory and the id of a row.
    sums: HashMap<(usize, String), Option<Fact>>,
}

impl<'w> Keys<'w> {
    fn sorted(mut self, of: &'static str, items: &[Value], rows: Vec<&'w Row>) -> Vec<&'w Row> {
        let mut placed: Vec<(Vec<Key>, String, &Row)> = rows
            .into_iter()
            .map(|row| {
                let keys = items.iter().map(|item| self.key(of, Some(&row.id), item));
                (keys.collect(), natural_key(&row.id), row)
            })
            .collect();
        placed.sort_by(|(left, left_key, _), (right, right_key, _)| {
            let mut keys = left.iter().zip(right).map(compare);
            let decided = keys.find(|ordering| ordering.is_ne());
            decided.unwrap_or_else(|| left_key.cmp(right_key))
        });
        placed.into_iter().map(|(_, _, row)| row).collect()
    }

    /// The key of the row of a type with this id, if there is one.
    fn key(&mut self, of: &'static str, row: Option<&str>, item: &Value) -> Key {
        let mut entries = item
            .as_object()
            .expect("an item of an order is an object")
            .iter();
        let (name, value) = entries.next().expect("an item of an order has a key");
        let kind = kind(of);
        let world = self.world;
        if let Some((_, target)) = kind.one.iter().find(|(field, _)| field == name) {
            let related = row.and_then(|row| world.facts[row].one(name));
            return self.key(target, related, value);
        }
        if name == "total" {
            let sum = row.and_then(|row| self.sum(row, value));
            return (sum, value["direction"] == "DESC");
        }
        let fact = row.and_then(
            |row| match kind.many.iter().find(|(.., count)| count == name) {
                Some((_, child, _)) => {
                    Some(Fact::Number(world.model.under(child, row).len() as i128))
                }
                None => world.facts[row].own(name).cloned(),
            },
        );
        (fact, value == "DESC")
    }

    /// The number that is asked of the total of the row's results.
    fn sum(&mut self, row: &str, total: &Value) -> Option<Fact> {
        let question = (std::ptr::from_ref(total).addr(), row.to_owned());
        if let Some(known) = self.sums.get(&question) {
            return known.clone();
        }
        let World { model, facts, .. } = self.world;
        let metric = id(
            "Metric",
            &[&total["metric"].as_str().expect("a metric has a code")],
        );
        let scope = total["scope"].as_str().unwrap_or("PERIOD");
        let scope = SCOPE.iter().position(|known| *known == scope);
        let scope = scope.expect("this is a scope");
        let is_of_it = |row: &str| {
            let mut above = facts[row].one("metric");
            if total["within"] == false {
                return above == Some(metric.as_str());
            }
            while let Some(of) = above {
                if of == metric {
                    return true;
                }
                above = facts[of].one("parent");
            }
            false
        };
        let rows: Vec<&Row> = model
            .under("ReportedResult", row)
            .into_iter()
            .filter(|row| is_of_it(&row.id))
            .filter(|row| facts[&row.id].one("unit") == facts[&metric].one("unit"))
            .filter(|row| facts[&row.id].own("scope") == Some(&Fact::Number(scope as i128)))
            .filter(|row| {
                let filter = total.get("where");
                filter.is_none_or(|filter| self.judge.matches("ReportedResult", &row.id, filter))
            })
            .collect();
        let number = total["by"].as_str().unwrap_or("SUM");
        let sum = rules::number(model, &rows, number).map(Fact::Number);
        self.sums.insert(question, sum.clone());
        sum
    }
}

fn compare((left, right): (&Key, &Key)) -> Ordering {
    match (left, right) {
        ((None, _), (None, _)) => Ordering::Equal,
        ((None, _), _) => Ordering::Greater,
        (_, (None, _)) => Ordering::Less,
        ((Some(left), descending), (Some(right), _)) if *descending => right.cmp(left),
        ((Some(left), _), (Some(right), _)) => left.cmp(right),
    }
}

/// The natural key behind an id.
fn natural_key(id: &str) -> String {
    let plain = URL_SAFE_NO_PAD.decode(id).expect("an id is base64url");
    let plain = String::from_utf8(plain).expect("an id is text");
    let (_, key) = plain.split_once(' ').expect("an id has two parts");
    key.into()
}
