//! Random filters and orders, as a client would send them.
//!
//! Values are mostly taken from a row of the type, so that something matches; sometimes a little beside, in other
//! letters, or missing.

use fastrand::Rng;
use serde_json::{Map, Value, json};

use super::{
    World,
    facts::{Fact, Kind, Scalar, kind},
};

/// A filter of a type; `depth` tells how many relations and lists it may lead over.
pub(super) fn filter(rng: &mut Rng, world: &World, of: &str, depth: u8) -> Value {
    let kind = kind(of);
    let mut filter = Map::new();
    for _ in 0..one_of(rng, &[1, 1, 1, 1, 2, 2, 3, 0]) {
        let (key, value) = match rng.u8(..10) {
            0 if depth > 0 => ("not".into(), self::filter(rng, world, of, depth - 1)),
            1 if depth > 0 => {
                let count = one_of(rng, &[2, 2, 3, 1, 0]);
                let items: Vec<Value> = (0..count)
                    .map(|_| self::filter(rng, world, of, depth - 1))
                    .collect();
                (one_of(rng, &["and", "or", "or"]).into(), json!(items))
            }
            2 | 3 if depth > 0 && !kind.one.is_empty() => {
                let (field, target) = one_of(rng, kind.one);
                match rng.u8(..5) {
                    0 if kind.optional.contains(&field) => {
                        (format!("{field}Exists"), json!(rng.bool()))
                    }
                    _ => (field.into(), self::filter(rng, world, target, depth - 1)),
                }
            }
            4 | 5 if depth > 0 && !kind.many.is_empty() => children(rng, world, kind, depth),
            6 if depth > 0 && of == "Metric" => {
                ("within".into(), self::filter(rng, world, of, depth - 1))
            }
            7 if rng.bool() && of != "UnitOfMeasure" => ("id".into(), ids(rng, world, of)),
            _ => {
                let (field, scalar) = one_of(rng, kind.own);
                (field.into(), values(rng, world, of, field, scalar))
            }
        };
        filter.insert(key, value);
    }
    Value::Object(filter)
}

/// An order of a type with some keys.
pub(super) fn order(rng: &mut Rng, world: &World, of: &str) -> Value {
    let count = one_of(rng, &[0, 1, 1, 1, 1, 2, 2, 3, 8]);
    (0..count).map(|_| order_key(rng, world, of, 3)).collect()
}

fn order_key(rng: &mut Rng, world: &World, of: &str, depth: u8) -> Value {
    let kind = kind(of);
    let direction = one_of(rng, &["ASC", "DESC"]);
    match rng.u8(..8) {
        0..=2 if depth > 0 && !kind.one.is_empty() => {
            let (field, target) = one_of(rng, kind.one);
            json!({ field: order_key(rng, world, target, depth - 1) })
        }
        3 if !kind.many.is_empty() => {
            let (.., count) = one_of(rng, kind.many);
            json!({ count: direction })
        }
        4 | 5 if kind.many.iter().any(|(field, ..)| *field == "results") => {
            json!({ "total": total(rng, world, direction) })
        }
        _ => {
            let (field, _) = one_of(rng, kind.own);
            json!({ field: direction })
        }
    }
}

fn total(rng: &mut Rng, world: &World, direction: &str) -> Value {
    let metrics = world.model.all("Metric");
    // Those with something above and below them come into their own with `within`.
    let metric = one_of(rng, &metrics);
    let mut total = json!({ "metric": code(world, &metric.id), "direction": direction });
    if rng.bool() {
        total["within"] = json!(rng.bool());
    }
    if rng.u8(..3) == 0 {
        total["scope"] = json!(one_of(rng, &["PERIOD", "CUMULATIVE", "POINT_IN_TIME"]));
    }
    if rng.u8(..3) == 0 {
        total["where"] = filter(rng, world, "ReportedResult", 2);
    }
    if rng.bool() {
        total["by"] = json!(one_of(rng, &["SUM", "AT_LEAST"]));
    }
    total
}

fn code(world: &World, metric: &str) -> String {
    match world.facts[metric].own("code") {
        Some(Fact::Text(code)) => code.clone(),
        other => panic!("a metric has no code but {other:?}"),
    }
}

fn children(rng: &mut Rng, world: &World, kind: &Kind, depth: u8) -> (String, Value) {
    let (field, child, count) = one_of(rng, kind.many);
    if rng.u8(..3) == 0 {
        let most = i128::from(one_of(rng, &[2, 5, 30]));
        let number = |rng: &mut Rng| json!(rng.i64(0..=most as i64));
        return (count.into(), numbers(rng, number));
    }
    let mut filter = Map::new();
    for _ in 0..one_of(rng, &[1, 1, 2]) {
        let which = one_of(rng, &["some", "some", "every", "none"]);
        filter.insert(which.into(), self::filter(rng, world, child, depth - 1));
    }
    (field.into(), Value::Object(filter))
}

fn ids(rng: &mut Rng, world: &World, of: &str) -> Value {
    let any = |rng: &mut Rng| {
        let of = if rng.u8(..6) == 0 { "Agency" } else { of };
        json!(one_of(rng, &world.model.all(of)).id)
    };
    match rng.u8(..4) {
        0 => json!({ "eq": any(rng) }),
        1 => json!({ "ne": any(rng) }),
        2 => json!({ "in": some(rng, any) }),
        _ => json!({ "notIn": some(rng, any) }),
    }
}

/// A filter of the values of a field.
fn values(rng: &mut Rng, world: &World, of: &str, field: &str, scalar: Scalar) -> Value {
    match rng.u8(..16) {
        0 | 1 => return json!({ "isNull": rng.bool() }),
        2 => return json!({}),
        _ => {}
    }
    let value = |rng: &mut Rng| value(rng, world, of, field, scalar);
    match scalar {
        Scalar::Text => texts(rng, value),
        Scalar::Truth => {
            let operator = one_of(rng, &["eq", "ne"]);
            json!({ operator: value(rng) })
        }
        Scalar::Word(_) => equality(rng, value),
        Scalar::Int | Scalar::Decimal | Scalar::Day => numbers(rng, value),
    }
}

fn equality(rng: &mut Rng, value: impl Fn(&mut Rng) -> Value) -> Value {
    match rng.u8(..4) {
        0 => json!({ "eq": value(rng) }),
        1 => json!({ "ne": value(rng) }),
        2 => json!({ "in": some(rng, value) }),
        _ => json!({ "notIn": some(rng, value) }),
    }
}

fn numbers(rng: &mut Rng, value: impl Fn(&mut Rng) -> Value) -> Value {
    match rng.u8(..7) {
        0 => equality(rng, value),
        1 => json!({ "gte": value(rng), "lt": value(rng) }),
        2 => json!({ "gt": value(rng), "ne": value(rng) }),
        _ => {
            let operator = one_of(rng, &["lt", "lte", "gt", "gte"]);
            json!({ operator: value(rng) })
        }
    }
}

fn texts(rng: &mut Rng, value: impl Fn(&mut Rng) -> Value) -> Value {
    if rng.u8(..3) == 0 {
        return equality(rng, value);
    }
    let operator = one_of(rng, &["contains", "startsWith", "endsWith"]);
    let whole = value(rng);
    let letters: Vec<char> = whole.as_str().unwrap_or_default().chars().collect();
    let length = rng.usize(..=letters.len().min(4));
    let from = match operator {
        "startsWith" => 0,
        "endsWith" => letters.len() - length,
        _ => rng.usize(..=letters.len() - length),
    };
    let part: String = letters[from..from + length].iter().collect();
    json!({ operator: part })
}

fn some(rng: &mut Rng, value: impl Fn(&mut Rng) -> Value) -> Value {
    (0..one_of(rng, &[0, 1, 2, 3]))
        .map(|_| value(rng))
        .collect()
}

/// A value of a field, mostly one that some row has.
fn value(rng: &mut Rng, world: &World, of: &str, field: &str, scalar: Scalar) -> Value {
    match (fact(rng, world, of, field), scalar) {
        (Some(Fact::Text(text)), Scalar::Text) => json!(in_other_letters(rng, text)),
        (Some(Fact::Text(text)), _) => json!(text),
        (Some(Fact::Number(_)), Scalar::Truth) => json!(rng.bool()),
        (Some(Fact::Number(place)), Scalar::Word(words)) => json!(words[*place as usize]),
        (Some(Fact::Number(number)), Scalar::Decimal) => decimal(rng, number),
        (Some(Fact::Number(number)), _) => json!(*number as i64 + rng.i64(-1..=1)),
        (None, Scalar::Text) => json!("nothing"),
        (None, Scalar::Day) => json!("2000-02-29"),
        (None, _) => json!(0),
    }
}

/// The value that some row has; none where there is no row or it has none.
fn fact<'w>(rng: &mut Rng, world: &'w World, of: &str, field: &str) -> Option<&'w Fact> {
    let id = if of == "UnitOfMeasure" {
        let metrics = world.model.all("Metric");
        world.facts[&one_of(rng, &metrics).id]
            .one("unit")?
            .to_owned()
    } else {
        one_of(rng, &world.model.all(of)).id.clone()
    };
    world.facts[&id].own(field)
}

fn in_other_letters(rng: &mut Rng, text: &str) -> String {
    match rng.u8(..4) {
        0 => text.to_ascii_uppercase(),
        1 => text.to_ascii_lowercase(),
        // Letters beyond A to Z must not be folded.
        2 => text.to_uppercase(),
        _ => text.to_owned(),
    }
}

/// A figure in ten-thousandths as it is written, sometimes a hundred-thousandth beside it.
fn decimal(rng: &mut Rng, figure: &i128) -> Value {
    let is_small = figure.abs() < 100_000_000_000;
    let beside = if is_small { rng.i64(-1..=1) } else { 0 };
    let number = figure * 10 + i128::from(beside);
    let sign = if number < 0 { "-" } else { "" };
    let digits = format!("{:06}", number.abs());
    let (whole, fraction) = digits.split_at(digits.len() - 5);
    let text = format!("{sign}{whole}.{fraction}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    serde_json::from_str(text).expect("a decimal is JSON")
}

fn one_of<T: Copy>(rng: &mut Rng, choices: &[T]) -> T {
    choices[rng.usize(..choices.len())]
}
