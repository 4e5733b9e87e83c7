//! What is said of a whole collection, computed over all its rows in plain Rust.
//!
//! Written from the design's "Rules of aggregates", one rule after the other; it knows nothing of how the database
//! counts. Rules are numbered as they are there.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use annals::package::{Metric, ReportedResult};
use entity::enums::{Additivity, Precision, Scope};
use serde_json::{Value, json};

use super::model::{Model, Row, whole};

/// The fields of `ResultAggregate`, as a query asks for them.
pub(super) const RESULT_AGGREGATE: &str = "count recordSettingCount initiativeCount metricCount \
     totals { unit { code } scope count sum precision mean min max median \
     p0: percentile(p: 0) p7: percentile(p: 0.07) p28: percentile(p: 0.28) third: percentile(p: 0.3333333333333333) \
     p90: percentile(p: 0.9) p100: percentile(p: 1) caveats }";

/// The shares of [`RESULT_AGGREGATE`], each as a fraction.
const SHARES: [(&str, u64, u64); 6] = [
    ("p0", 0, 1),
    ("p7", 7, 100),
    ("p28", 28, 100),
    ("third", 3_333_333_333_333_333, 10_000_000_000_000_000),
    ("p90", 9, 10),
    ("p100", 1, 1),
];

/// The `aggregate` of a collection of results.
pub(super) fn result_aggregate(model: &Model, rows: &[&Row]) -> Value {
    let results: Vec<(&Row, &ReportedResult)> = rows
        .iter()
        .map(|row| (*row, &model.results[&row.id]))
        .collect();
    let initiatives: BTreeSet<_> = results
        .iter()
        .map(|(_, result)| initiative(result))
        .collect();
    let metrics: BTreeSet<_> = results.iter().map(|(_, result)| &result.metric).collect();
    // Rule 1: one entry per unit and scope, by unit code, then scope.
    let mut groups: BTreeMap<(&str, Scope), Vec<(&Row, &ReportedResult)>> = BTreeMap::new();
    for (row, result) in &results {
        let unit = metric(model, &result.metric).unit.as_str();
        groups
            .entry((unit, result.scope))
            .or_default()
            .push((row, result));
    }
    // Rule 7: nothing selected, no totals and counts of 0.
    let totals: Vec<Value> = groups
        .iter()
        .map(|((unit, scope), group)| total(model, unit, *scope, group))
        .collect();
    json!({
        "count": results.len(),
        "recordSettingCount": results.iter().filter(|(_, result)| result.is_record).count(),
        "initiativeCount": initiatives.len(),
        "metricCount": metrics.len(),
        "totals": totals,
    })
}

/// The sum of results of one unit and scope, in ten-thousandths; none where the rules leave none.
pub(super) fn sum(model: &Model, rows: &[&Row]) -> Option<i128> {
    let group: Vec<(&Row, &ReportedResult)> = rows
        .iter()
        .map(|row| (*row, &model.results[&row.id]))
        .collect();
    let (_, first) = group.first()?;
    Sum::of(model, first.scope, &group).shown()
}

/// What a total adds up.
struct Sum<'m> {
    contributing: Vec<&'m ReportedResult>,
    sum: i128,
    caveats: Vec<&'static str>,
}

impl<'m> Sum<'m> {
    fn of(model: &Model, scope: Scope, group: &[(&Row, &'m ReportedResult)]) -> Sum<'m> {
        // Rule 3: a result is left out of the sum where one that it is part of, at any distance, is in the same total.
        let by_id: HashMap<&str, &ReportedResult> = group
            .iter()
            .map(|(row, result)| (row.id.as_str(), *result))
            .collect();
        let contributing: Vec<&ReportedResult> = group
            .iter()
            .map(|(_, result)| *result)
            .filter(|result| !has_its_whole(model, result, &by_id))
            .collect();
        let sum = contributing
            .iter()
            .map(|result| i128::from(result.value))
            .sum();
        Sum {
            caveats: caveats(model, scope, &contributing, sum),
            contributing,
            sum,
        }
    }

    /// Rule 2: these caveats leave no sum.
    fn shown(&self) -> Option<i128> {
        let allows = |caveat: &&str| matches!(*caveat, "OVERLAP" | "APPROXIMATE");
        self.caveats.iter().all(allows).then_some(self.sum)
    }
}

/// The total of results of one unit and scope.
pub(super) fn total(
    model: &Model,
    unit: &str,
    scope: Scope,
    group: &[(&Row, &ReportedResult)],
) -> Value {
    let added = Sum::of(model, scope, group);
    let sum = added.shown();
    let Sum {
        contributing,
        caveats,
        ..
    } = &added;
    // Rule 3: all results count for these.
    let mut values: Vec<i128> = group
        .iter()
        .map(|(_, result)| i128::from(result.value))
        .collect();
    values.sort_unstable();
    // Rule 4: the smallest reported value with at least a share of the values at or below it.
    let percentile = |part: u64, of: u64| {
        let at_or_below = |value: i128| values.iter().filter(|other| **other <= value).count();
        let is_enough = |value: &&i128| {
            u128::from(of) * at_or_below(**value) as u128 >= u128::from(part) * values.len() as u128
        };
        values.iter().find(is_enough).map(|value| decimal(*value))
    };
    let mut total = json!({
        "unit": { "code": unit },
        "scope": scope.graphql_name(),
        "count": group.len(),
        "sum": sum.map(decimal),
        "precision": sum.map(|_| precision(contributing).graphql_name()),
        "mean": sum.map(|sum| decimal(mean(sum, contributing.len() as i128))),
        "min": decimal(values[0]),
        "max": decimal(values[values.len() - 1]),
        "median": percentile(1, 2),
        "caveats": caveats,
    });
    for (key, part, of) in SHARES {
        total[key] = json!(percentile(part, of));
    }
    total
}

fn has_its_whole(
    model: &Model,
    result: &ReportedResult,
    group: &HashMap<&str, &ReportedResult>,
) -> bool {
    let mut above = whole(result);
    while let Some(id) = above {
        if group.contains_key(id.as_str()) {
            return true;
        }
        above = whole(&model.results[&id]);
    }
    false
}

/// Rules 2, 5 and 6: every reason to doubt a sum, in the order of the schema.
fn caveats(
    model: &Model,
    scope: Scope,
    contributing: &[&ReportedResult],
    sum: i128,
) -> Vec<&'static str> {
    let is_any = |precision: Precision| {
        contributing
            .iter()
            .any(|result| result.precision == precision)
    };
    let additivities: Vec<Additivity> = contributing
        .iter()
        .map(|result| metric(model, &result.metric).additivity)
        .collect();
    let years: BTreeSet<i32> = contributing
        .iter()
        .map(|result| result.fiscal_year)
        .collect();
    let roots: BTreeSet<&str> = contributing
        .iter()
        .map(|result| root(model, &result.metric))
        .collect();
    let mut initiatives_of: HashMap<_, BTreeSet<_>> = HashMap::new();
    for result in contributing {
        let year_of_report = (
            &result.agency,
            result.report_fiscal_year,
            result.fiscal_year,
        );
        initiatives_of
            .entry(year_of_report)
            .or_default()
            .insert(initiative(result));
    }
    let (lower, upper) = (is_any(Precision::LowerBound), is_any(Precision::UpperBound));
    let given = [
        (
            "OVERLAP",
            initiatives_of
                .values()
                .any(|initiatives| initiatives.len() > 1),
        ),
        (
            "MIXED_YEARS",
            years.len() > 1
                && (scope != Scope::Period || additivities.contains(&Additivity::SemiAdditive)),
        ),
        ("MIXED_METRICS", roots.len() > 1),
        ("MIXED_BOUNDS", lower && upper),
        (
            "NON_ADDITIVE",
            additivities.contains(&Additivity::NonAdditive),
        ),
        (
            "APPROXIMATE",
            (lower || upper) && is_any(Precision::Approximate),
        ),
        (
            "TOO_LARGE",
            sum.to_string()
                .trim_start_matches('-')
                .trim_end_matches('0')
                .len()
                > 15,
        ),
    ];
    given
        .into_iter()
        .filter_map(|(caveat, is_given)| is_given.then_some(caveat))
        .collect()
}

/// Rule 5.
fn precision(contributing: &[&ReportedResult]) -> Precision {
    let is_any = |precision: &Precision| {
        contributing
            .iter()
            .any(|result| result.precision == *precision)
    };
    let by_weight = [
        Precision::LowerBound,
        Precision::UpperBound,
        Precision::Approximate,
    ];
    by_weight
        .into_iter()
        .find(is_any)
        .unwrap_or(Precision::Exact)
}

/// Rule 4: to a ten-thousandth, half away from zero.
pub(super) fn mean(sum: i128, count: i128) -> i128 {
    let (whole, rest) = (sum.abs() / count, sum.abs() % count);
    let rounded = if 2 * rest >= count { whole + 1 } else { whole };
    rounded * sum.signum()
}

pub(super) fn metric<'m>(model: &'m Model, code: &str) -> &'m Metric {
    &model.metrics[&code.to_ascii_lowercase()]
}

fn root<'m>(model: &'m Model, code: &str) -> &'m str {
    let metric = metric(model, code);
    metric
        .parent
        .as_ref()
        .map_or(&metric.code, |parent| root(model, parent))
}

fn initiative(result: &ReportedResult) -> (&str, i32, &str) {
    (
        &result.agency,
        result.report_fiscal_year,
        &result.initiative,
    )
}

/// Ten-thousandths as the number of an answer.
pub(super) fn decimal(ten_thousandths: i128) -> Value {
    let sign = if ten_thousandths < 0 { "-" } else { "" };
    let magnitude = ten_thousandths.abs();
    let text = format!("{sign}{}.{:04}", magnitude / 10_000, magnitude % 10_000);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    serde_json::from_str(text).expect("a decimal is JSON")
}
