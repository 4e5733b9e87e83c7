//! Kinds of groups, and random conditions and orders of them, as a client would send them.

use fastrand::Rng;
use serde_json::{Map, Value, json};

use super::{
    WORLD, World,
    facts::{Fact, SCOPE},
};

/// A kind of groups.
pub(super) struct Grouped {
    /// The collection's field at the root.
    pub(super) field: &'static str,
    /// The type of the rows.
    pub(super) of: &'static str,
    /// The name of a group's type.
    pub(super) group: &'static str,
    /// The field of a group that has its rows.
    pub(super) members: &'static str,
    pub(super) dimensions: &'static [Dimension],
    /// The counts that groups are chosen and ordered by.
    pub(super) counts: &'static [&'static str],
}

/// A dimension: its name, the field that shows it, and what is asked of that field.
pub(super) type Dimension = (&'static str, &'static str, &'static str);

pub(super) const RESULTS: Grouped = Grouped {
    field: "results",
    of: "ReportedResult",
    group: "ResultGroup",
    members: "results",
    dimensions: &[
        ("AGENCY", "agency", "{ id }"),
        ("REPORT", "report", "{ id }"),
        ("FISCAL_YEAR", "fiscalYear", ""),
        ("GOAL", "goal", "{ id }"),
        ("DIVISION", "division", "{ id }"),
        ("INITIATIVE", "initiative", "{ id }"),
        ("METRIC", "metric", "{ id }"),
        ("ROOT_METRIC", "rootMetric", "{ id }"),
        ("UNIT", "unit", "{ code }"),
        ("SCOPE", "scope", ""),
        ("PRECISION", "precision", ""),
    ],
    counts: &["count"],
};

pub(super) const INITIATIVES: Grouped = Grouped {
    field: "initiatives",
    of: "Initiative",
    group: "InitiativeGroup",
    members: "initiatives",
    dimensions: &[
        ("AGENCY", "agency", "{ id }"),
        ("REPORT", "report", "{ id }"),
        ("FISCAL_YEAR", "fiscalYear", ""),
        ("GOAL", "goal", "{ id }"),
        ("DIVISION", "division", "{ id }"),
    ],
    counts: &["count", "resultCount"],
};

/// A condition on groups.
pub(super) fn having(rng: &mut Rng, grouped: &Grouped, depth: u8) -> Value {
    let mut having = Map::new();
    for _ in 0..rng.usize(..=1) {
        let (key, value) = match rng.u8(..6) {
            0 if depth > 0 => ("not", self::having(rng, grouped, depth - 1)),
            1 if depth > 0 => {
                let items: Vec<Value> = (0..rng.usize(..3))
                    .map(|_| self::having(rng, grouped, depth - 1))
                    .collect();
                (if rng.bool() { "and" } else { "or" }, json!(items))
            }
            2 | 3 if grouped.of == "ReportedResult" => {
                let mut total = total(rng);
                let bound = rng.i64(-10..100_000);
                let mut test = || match rng.u8(..5) {
                    0 => json!({ "isNull": rng.bool() }),
                    1 => json!({ "ne": bound }),
                    2 => json!({ "lte": bound }),
                    _ => json!({ "gt": bound }),
                };
                let (sum, at_least) = (test(), test());
                match rng.u8(..4) {
                    0 => total["atLeast"] = at_least,
                    1 => {
                        total["sum"] = sum;
                        total["atLeast"] = at_least;
                    }
                    _ => total["sum"] = sum,
                }
                ("total", total)
            }
            _ => {
                let count = grouped.counts[rng.usize(..grouped.counts.len())];
                let bound = rng.i64(0..6);
                let value = match rng.u8(..3) {
                    0 => json!({ "notIn": [bound, bound + 1] }),
                    1 => json!({ "lt": bound * 10 }),
                    _ => json!({ "gte": bound }),
                };
                (count, value)
            }
        };
        having.insert(key.into(), value);
    }
    Value::Object(having)
}

/// A key of an order of groups.
pub(super) fn order_key(rng: &mut Rng, grouped: &Grouped) -> Value {
    let direction = if rng.bool() { "ASC" } else { "DESC" };
    match rng.u8(..3) {
        0 => json!({ "key": direction }),
        1 if grouped.of == "ReportedResult" => {
            let mut total = total(rng);
            total["direction"] = json!(direction);
            if rng.bool() {
                total["by"] = json!(if rng.bool() { "SUM" } else { "AT_LEAST" });
            }
            json!({ "total": total })
        }
        _ => json!({ grouped.counts[rng.usize(..grouped.counts.len())]: direction }),
    }
}

/// A total, mostly one that some result is in.
fn total(rng: &mut Rng) -> Value {
    let World { model, facts, .. } = &*WORLD;
    let results = model.all("ReportedResult");
    let result = &facts[&results[rng.usize(..results.len())].id];
    let unit = result.one("unit").expect("a result has a unit");
    let code = match facts[unit].own("code") {
        Some(Fact::Text(code)) if rng.bool() => code.to_ascii_uppercase(),
        Some(Fact::Text(code)) => code.clone(),
        other => panic!("a unit has no code but {other:?}"),
    };
    let mut total = json!({ "unit": code });
    if let (Some(Fact::Number(scope)), true) = (result.own("scope"), rng.bool()) {
        total["scope"] = json!(SCOPE[*scope as usize]);
    }
    total
}
