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
     totals { unit { code } scope count sum { value precision } mean { value precision } atLeast restatedCount \
     min { value precision } max { value precision } median { value precision } \
     p0: percentile(p: 0) { value precision } p7: percentile(p: 0.07) { value precision } \
     p28: percentile(p: 0.28) { value precision } third: percentile(p: 0.3333333333333333) { value precision } \
     p90: percentile(p: 0.9) { value precision } p100: percentile(p: 1) { value precision } caveats }";

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

/// A number of the total of results of one unit and scope, in ten-thousandths: `SUM` or `AT_LEAST`; none where the rules
/// leave none.
pub(super) fn number(model: &Model, rows: &[&Row], number: &str) -> Option<i128> {
    let group: Vec<(&Row, &ReportedResult)> = rows
        .iter()
        .map(|row| (*row, &model.results[&row.id]))
        .collect();
    let (_, first) = group.first()?;
    let judged = Judged::of(model, first.scope, &group);
    match number {
        "SUM" => judged.shown_sum(),
        "AT_LEAST" => judged.shown_at_least(),
        other => panic!("there is no {other}"),
    }
}

type Results<'m> = [(&'m Row, &'m ReportedResult)];

/// What a total adds up.
struct Judged<'m> {
    /// Rule 10: of each figure only the latest report's statement.
    counted: Vec<(&'m Row, &'m ReportedResult)>,
    contributing: Vec<&'m ReportedResult>,
    sum: i128,
    at_least: Option<i128>,
    restated: usize,
    caveats: Vec<&'static str>,
}

impl<'m> Judged<'m> {
    fn of(model: &Model, scope: Scope, group: &Results<'m>) -> Judged<'m> {
        let counted = latest(group);
        let contributing: Vec<&ReportedResult> = without_parts(model, &counted)
            .into_iter()
            .map(|(_, result)| result)
            .collect();
        let sum = contributing
            .iter()
            .map(|result| i128::from(result.value))
            .sum();
        let mut judged = Judged {
            restated: restated(model, group),
            at_least: at_least(model, &contributing),
            counted,
            contributing,
            sum,
            caveats: Vec::new(),
        };
        judged.caveats = judged.caveats(model, scope);
        judged
    }

    fn is_any(&self, precision: Precision) -> bool {
        self.contributing
            .iter()
            .any(|result| result.precision == precision)
    }

    /// Rules 2, 5, 6 and 10: every reason to doubt a total, in the order of the schema.
    fn caveats(&self, model: &Model, scope: Scope) -> Vec<&'static str> {
        let additivities: Vec<Additivity> = self
            .contributing
            .iter()
            .map(|result| metric(model, &result.metric).additivity)
            .collect();
        let years: BTreeSet<i32> = self
            .contributing
            .iter()
            .map(|result| result.fiscal_year)
            .collect();
        let roots: BTreeSet<&str> = self
            .contributing
            .iter()
            .map(|result| path(model, &result.metric)[0])
            .collect();
        let (lower, upper) = (
            self.is_any(Precision::LowerBound),
            self.is_any(Precision::UpperBound),
        );
        let mixed_years = years.len() > 1
            && (scope != Scope::Period || additivities.contains(&Additivity::SemiAdditive));
        let mixed_metrics = roots.len() > 1;
        let non_additive = additivities.contains(&Additivity::NonAdditive);
        let is_certain = !mixed_years && !mixed_metrics && !non_additive;
        let at_least = self.at_least.filter(|_| is_certain);
        let too_large = [Some(self.sum), Some(self.mean()), at_least];
        let given = [
            ("OVERLAP", overlap(model, &self.contributing)),
            ("MIXED_YEARS", mixed_years),
            ("MIXED_METRICS", mixed_metrics),
            ("MIXED_BOUNDS", lower && upper),
            ("NON_ADDITIVE", non_additive),
            (
                "APPROXIMATE",
                (lower || upper) && self.is_any(Precision::Approximate),
            ),
            (
                "TOO_LARGE",
                too_large.into_iter().flatten().any(|number| !fits(number)),
            ),
            ("RESTATED", self.restated > 0),
        ];
        given
            .into_iter()
            .filter_map(|(caveat, is_given)| is_given.then_some(caveat))
            .collect()
    }

    fn is_under(&self, caveats: &[&str]) -> bool {
        self.caveats.iter().any(|caveat| caveats.contains(caveat))
    }

    /// Rule 2: these caveats leave no sum.
    fn shown_sum(&self) -> Option<i128> {
        let without = [
            "MIXED_YEARS",
            "MIXED_METRICS",
            "MIXED_BOUNDS",
            "NON_ADDITIVE",
        ];
        (!self.is_under(&without) && fits(self.sum)).then_some(self.sum)
    }

    fn mean(&self) -> i128 {
        mean(self.sum, self.contributing.len() as i128)
    }

    /// Rule 9: these caveats leave nothing certain.
    fn shown_at_least(&self) -> Option<i128> {
        let without = ["MIXED_YEARS", "MIXED_METRICS", "NON_ADDITIVE"];
        self.at_least
            .filter(|number| !self.is_under(&without) && fits(*number))
    }

    /// Rule 5.
    fn precision(&self) -> Option<Precision> {
        let by_weight = [
            Precision::LowerBound,
            Precision::UpperBound,
            Precision::Approximate,
        ];
        let precision = by_weight
            .into_iter()
            .find(|precision| self.is_any(*precision));
        (!self.is_under(&["OVERLAP"])).then_some(precision.unwrap_or(Precision::Exact))
    }
}

/// The total of results of one unit and scope.
pub(super) fn total(model: &Model, unit: &str, scope: Scope, group: &Results<'_>) -> Value {
    let judged = Judged::of(model, scope, group);
    let sum = judged.shown_sum();
    let amount = |value: i128| {
        json!({
            "value": decimal(value),
            "precision": judged.precision().map(Precision::graphql_name),
        })
    };
    // Rule 3: all results of the latest statements count for these.
    let mut figures: Vec<(i128, Precision)> = judged
        .counted
        .iter()
        .map(|(_, result)| (i128::from(result.value), result.precision))
        .collect();
    figures.sort_unstable();
    // Rule 4: the smallest reported value with at least a share of the values at or below it. Of those with this value,
    // the one that claims least.
    let percentile = |part: u64, of: u64| {
        let at_or_below = |value: i128| figures.iter().filter(|other| other.0 <= value).count();
        let is_enough = |figure: &&(i128, Precision)| {
            u128::from(of) * at_or_below(figure.0) as u128
                >= u128::from(part) * figures.len() as u128
        };
        let (value, _) = figures.iter().find(is_enough).expect("there is a figure");
        let precision = figures
            .iter()
            .filter(|other| other.0 == *value)
            .map(|other| other.1)
            .max()
            .expect("there is one of this value");
        json!({ "value": decimal(*value), "precision": precision.graphql_name() })
    };
    let mean = sum.map(|_| judged.mean()).filter(|mean| fits(*mean));
    let mut total = json!({
        "unit": { "code": unit },
        "scope": scope.graphql_name(),
        "count": figures.len(),
        "sum": sum.map(amount),
        "mean": mean.map(amount),
        "atLeast": judged.shown_at_least().map(decimal),
        "restatedCount": judged.restated,
        "min": percentile(0, 1),
        "max": percentile(1, 1),
        "median": percentile(1, 2),
        "caveats": judged.caveats,
    });
    for (key, part, of) in SHARES {
        total[key] = percentile(part, of);
    }
    total
}

/// Whether a number has at most 15 significant digits.
fn fits(number: i128) -> bool {
    let digits = number.abs().to_string();
    digits.trim_end_matches('0').len() <= 15
}

/// What statements of one figure have in common: agency, slug, metric, scope and fiscal year.
pub(super) fn figure(result: &ReportedResult) -> (String, String, String, Scope, i32) {
    (
        result.agency.to_ascii_lowercase(),
        result.initiative.to_ascii_lowercase(),
        result.metric.to_ascii_lowercase(),
        result.scope,
        result.fiscal_year,
    )
}

/// Rule 10: of each figure the results of the latest report that is among these.
fn latest<'m>(group: &Results<'m>) -> Vec<(&'m Row, &'m ReportedResult)> {
    let mut newest = HashMap::new();
    for (_, result) in group {
        let year = newest.entry(figure(result)).or_insert(i32::MIN);
        *year = result.report_fiscal_year.max(*year);
    }
    let is_latest = |result: &ReportedResult| newest[&figure(result)] == result.report_fiscal_year;
    let latest = group.iter().filter(|(_, result)| is_latest(result));
    latest.copied().collect()
}

/// Rule 3: a result is left out where one that it is part of, at any distance, is there too, or what another report states
/// of that one's figure.
fn without_parts<'m>(model: &Model, group: &Results<'m>) -> Vec<(&'m Row, &'m ReportedResult)> {
    let ids: BTreeSet<&str> = group.iter().map(|(row, _)| row.id.as_str()).collect();
    let mut reports: HashMap<_, BTreeSet<i32>> = HashMap::new();
    for (_, result) in group {
        let reports = reports.entry(figure(result)).or_default();
        reports.insert(result.report_fiscal_year);
    }
    let is_part = |result: &ReportedResult| {
        let mut above = whole(result);
        while let Some(id) = above {
            let of_whole = figure(&model.results[&id]);
            let elsewhere = reports.get(&of_whole).into_iter().flatten();
            let is_elsewhere = of_whole != figure(result)
                && elsewhere
                    .into_iter()
                    .any(|report| *report != result.report_fiscal_year);
            if ids.contains(id.as_str()) || is_elsewhere {
                return true;
            }
            above = whole(&model.results[&id]);
        }
        false
    };
    let group = group.iter().filter(|(_, result)| !is_part(result));
    group.copied().collect()
}

/// Rule 10: how many figures an earlier report gives another value.
fn restated(model: &Model, group: &Results<'_>) -> usize {
    let mut figures: HashMap<_, BTreeMap<i32, Vec<(&Row, &ReportedResult)>>> = HashMap::new();
    for (row, result) in group {
        let reports = figures.entry(figure(result)).or_default();
        let of_report = reports.entry(result.report_fiscal_year).or_default();
        of_report.push((row, result));
    }
    let value = |statement: &Vec<(&Row, &ReportedResult)>| -> i128 {
        let results = without_parts(model, statement);
        results
            .iter()
            .map(|(_, result)| i128::from(result.value))
            .sum()
    };
    let is_restated = |reports: &&BTreeMap<i32, Vec<(&Row, &ReportedResult)>>| {
        let values: BTreeSet<i128> = reports.values().map(value).collect();
        values.len() > 1
    };
    figures.values().filter(is_restated).count()
}

/// Rule 6.
fn overlap(model: &Model, contributing: &[&ReportedResult]) -> bool {
    let mut of_year: BTreeMap<i32, BTreeSet<_>> = BTreeMap::new();
    for result in contributing {
        let metric = result.metric.to_ascii_lowercase();
        let year = of_year.entry(result.fiscal_year).or_default();
        year.insert((initiative(result), metric));
    }
    let meet = |a: &((&str, i32, &str), String), b: &((&str, i32, &str), String)| {
        a.0 != b.0 && !are_apart(model, &a.1, &b.1)
    };
    of_year
        .values()
        .any(|year| year.iter().any(|a| year.iter().any(|b| meet(a, b))))
}

/// Rule 9: what is counted under one of these metrics cannot be counted under the other.
fn are_apart(model: &Model, a: &str, b: &str) -> bool {
    let (a, b) = (path(model, a), path(model, b));
    let common = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let parts_below = common > 0 && common < a.len() && common < b.len();
    parts_below && metric(model, a[common - 1]).children_are_exclusive
}

/// Rule 9.
fn at_least(model: &Model, contributing: &[&ReportedResult]) -> Option<i128> {
    let is_proof = |result: &&&ReportedResult| {
        result.value >= 0 && matches!(result.precision, Precision::Exact | Precision::LowerBound)
    };
    let proofs: Vec<&ReportedResult> = contributing.iter().filter(is_proof).copied().collect();
    let years: BTreeSet<i32> = proofs.iter().map(|result| result.fiscal_year).collect();
    let of_year = |year: &i32| {
        let of_year = proofs.iter().filter(|result| result.fiscal_year == *year);
        let of_year: Vec<&ReportedResult> = of_year.copied().collect();
        // Under several roots the number is not shown.
        let root = path(model, &of_year[0].metric)[0];
        at_least_under(model, root, &of_year)
    };
    (!proofs.is_empty()).then(|| years.iter().map(of_year).sum())
}

/// The most that can be proven of the results of one year under a metric.
fn at_least_under(model: &Model, code: &str, proofs: &[&ReportedResult]) -> i128 {
    let under: Vec<(Vec<&str>, &ReportedResult)> = proofs
        .iter()
        .map(|result| (path(model, &result.metric), *result))
        .filter(|(path, _)| path.contains(&code))
        .collect();
    let mut of_initiatives: HashMap<_, i128> = HashMap::new();
    for (_, result) in &under {
        *of_initiatives.entry(initiative(result)).or_default() += i128::from(result.value);
    }
    let of_one = of_initiatives.into_values().max().unwrap_or_default();
    let children: BTreeSet<&str> = under
        .iter()
        .filter_map(|(path, _)| {
            let place = path.iter().position(|above| *above == code)?;
            path.get(place + 1).copied()
        })
        .collect();
    let of_children = children
        .iter()
        .map(|child| at_least_under(model, child, proofs));
    let of_children = match metric(model, code).children_are_exclusive {
        true => of_children.sum(),
        false => of_children.max().unwrap_or_default(),
    };
    of_one.max(of_children)
}

/// The codes of the metrics from the root down to this one.
fn path<'m>(model: &'m Model, code: &str) -> Vec<&'m str> {
    let metric = metric(model, code);
    let above = metric.parent.as_ref();
    let mut path = above.map_or_else(Vec::new, |parent| path(model, parent));
    path.push(&metric.code);
    path
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
