//! What goes from year to year: the previous result, the change from it, and series of metrics.

use std::collections::BTreeMap;

use annals::package::ReportedResult;
use entity::enums::{Precision, Scope};
use serde_json::{Value, json};

use super::{
    WORLD, World,
    ask::ask,
    model::{Model, Row, id},
    rules::{RESULT_AGGREGATE, decimal, figure, mean, metric, total},
};

const CHANGE: &str = "change { from to absolute percent precision }";

#[test]
fn previous_and_change_of_every_result() {
    let World { api, model, .. } = &*WORLD;
    let mut seen = Seen::default();
    for results in model.all("ReportedResult").chunks(1000) {
        let ids: Vec<&str> = results.iter().map(|row| row.id.as_str()).collect();
        let fields = format!(
            "previous {{ id previous {{ id {CHANGE} }} }} {CHANGE} again: previous {{ value parts {{ totalCount }} }}"
        );
        let answer = ask(
            api,
            &format!(
                "{{ nodes(ids: {}) {{ ... on ReportedResult {{ {fields} }} }} }}",
                json!(ids)
            ),
        );
        for (place, row) in results.iter().enumerate() {
            let previous = previous(model, row);
            let before = previous.and_then(|row| self::previous(model, row));
            let expected = json!({
                "previous": previous.map(|row| json!({
                    "id": row.id,
                    "previous": before.map(|before| json!({
                        "id": before.id,
                        "change": change_of(model, before),
                    })),
                })),
                "change": change_of(model, row),
                "again": previous.map(|row| json!({
                    "value": decimal(model.results[&row.id].value.into()),
                    "parts": { "totalCount": model.under("ReportedResult", &row.id).len() },
                })),
            });
            assert_eq!(answer["nodes"][place], expected, "{}", row.name);
            seen.note(model, row, previous);
        }
    }
    seen.assert_worth_it();
}

#[test]
fn series_of_every_metric() {
    let World { api, model, .. } = &*WORLD;
    let (_, fields) = RESULT_AGGREGATE
        .split_once("totals {")
        .expect("an aggregate has totals");
    let point = format!("{{ fiscalYear total {{ {fields} {CHANGE} }}");
    let (mut changes, mut without) = (0, 0);
    let metrics = model.all("Metric");
    let ids: Vec<&str> = metrics.iter().map(|row| row.id.as_str()).collect();
    let answer = ask(
        api,
        &format!(
            "{{ nodes(ids: {}) {{ ... on Metric {{ \
               all: series {point} ofOne: series(agency: \"AB\") {point} \
               records: series(where: {{isRecord: {{eq: true}}}}) {point} \
               both: series(agency: \"zZ\", where: {{partOfExists: true, value: {{gt: 1}}}}) {point} }} }} }}",
            json!(ids)
        ),
    );
    for (place, row) in metrics.iter().enumerate() {
        for (key, chosen) in CHOICES {
            let expected = series(model, row, chosen);
            let points = expected.as_array().expect("a series is a list");
            changes += points
                .iter()
                .filter(|point| point["change"].is_object())
                .count();
            without += points
                .iter()
                .filter(|point| point["change"].is_null())
                .count();
            assert_eq!(answer["nodes"][place][key], expected, "{key} {}", row.name);
        }
    }
    assert!(changes >= 100 && without >= 100, "{changes}, {without}");
}

type Choose = fn(&ReportedResult) -> bool;

/// Which results a series of [`series_of_every_metric`] is of.
const CHOICES: [(&str, Choose); 4] = [
    ("all", |_| true),
    ("ofOne", |result| result.agency == "AB"),
    ("records", |result| result.is_record),
    ("both", |result| {
        result.agency == "zz" && result.part_of.is_some() && result.value > 10_000
    }),
];

fn series(model: &Model, row: &Row, chosen: Choose) -> Value {
    let mut points: BTreeMap<(i32, Scope), Vec<(&Row, &ReportedResult)>> = BTreeMap::new();
    for row in model.under("ReportedResult", &row.id) {
        let result = &model.results[&row.id];
        if chosen(result) {
            points
                .entry((result.fiscal_year, result.scope))
                .or_default()
                .push((row, result));
        }
    }
    let total = |(year, scope): (i32, Scope)| {
        let group = points.get(&(year, scope))?;
        let unit = &metric(model, &group[0].1.metric).unit;
        Some(total(model, unit, scope, group))
    };
    points
        .keys()
        .map(|(year, scope)| {
            let of_year = total((*year, *scope)).expect("there is a point");
            let change = total((year - 1, *scope))
                .and_then(|before| change(sum_of(&before)?, sum_of(&of_year)?));
            json!({ "fiscalYear": year, "total": of_year, "change": change })
        })
        .collect()
}

/// A number in ten-thousandths, and how to read it.
type Read = (i128, Option<Precision>);

/// The sum of a total; `None` where there is no sum.
fn sum_of(total: &Value) -> Option<Read> {
    let text = total["sum"]["value"].as_number()?.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let digits = format!("{whole}{fraction:0<4}");
    let precision = total["sum"]["precision"]
        .as_str()
        .and_then(Precision::from_graphql_name);
    Some((digits.parse().expect("a sum is a decimal"), precision))
}

/// The one result of the year before, as the latest report that has it states it.
fn previous<'m>(model: &'m Model, row: &Row) -> Option<&'m Row> {
    let result = &model.results[&row.id];
    let (agency, slug, metric, scope, year) = figure(result);
    let before = (agency, slug, metric, scope, year - 1);
    let fitting: Vec<&Row> = model
        .under("ReportedResult", &id("Metric", &[&result.metric]))
        .into_iter()
        .filter(|other| figure(&model.results[&other.id]) == before)
        .collect();
    let report = |row: &&&Row| model.results[&row.id].report_fiscal_year;
    let newest = fitting.iter().map(|row| report(&row)).max()?;
    let latest: Vec<&&Row> = fitting.iter().filter(|row| report(row) == newest).collect();
    match latest.as_slice() {
        [one] => Some(one),
        _ => None,
    }
}

fn change_of(model: &Model, row: &Row) -> Option<Value> {
    let read = |row: &Row| {
        let result = &model.results[&row.id];
        (i128::from(result.value), Some(result.precision))
    };
    change(read(previous(model, row)?), read(row))
}

/// `None` where the difference has no bound at all, or more digits than a number of the answer.
fn change((from, how): Read, (to, so): Read) -> Option<Value> {
    let precision = match (how, so) {
        (Some(how), Some(so)) => Some(difference(how, so)?),
        _ => None,
    };
    let absolute = to - from;
    let digits = absolute.abs().to_string();
    (digits.trim_end_matches('0').len() <= 15).then(|| {
        json!({
            "from": decimal(from),
            "to": decimal(to),
            "absolute": decimal(absolute),
            "percent": (from != 0).then(|| decimal(mean(absolute * 1_000_000, from.abs()))),
            "precision": precision.map(Precision::graphql_name),
        })
    })
}

/// How to read the difference of two numbers; `None` where it has no bound at all.
fn difference(how: Precision, so: Precision) -> Option<Precision> {
    // Of what is at least so much there may be any amount more.
    let may_be_more = so == Precision::LowerBound || how == Precision::UpperBound;
    let may_be_less = so == Precision::UpperBound || how == Precision::LowerBound;
    let is_rounded = [how, so].contains(&Precision::Approximate);
    match (may_be_more, may_be_less) {
        (true, true) => None,
        (true, false) => Some(Precision::LowerBound),
        (false, true) => Some(Precision::UpperBound),
        (false, false) if is_rounded => Some(Precision::Approximate),
        (false, false) => Some(Precision::Exact),
    }
}

/// What the data has brought up, so that it cannot grow tame unseen.
#[derive(Default)]
struct Seen {
    same_report: usize,
    other_report: usize,
    changes: usize,
    without_change: usize,
}

impl Seen {
    fn note(&mut self, model: &Model, row: &Row, previous: Option<&Row>) {
        let Some(previous) = previous else { return };
        let report = |row: &Row| model.results[&row.id].report_fiscal_year;
        match report(row) == report(previous) {
            true => self.same_report += 1,
            false => self.other_report += 1,
        }
        match change_of(model, row) {
            Some(_) => self.changes += 1,
            None => self.without_change += 1,
        }
    }

    fn assert_worth_it(&self) {
        for (what, times) in [
            ("previous in the same report", self.same_report),
            ("previous in another report", self.other_report),
            ("changes", self.changes),
            ("previous without a change", self.without_change),
        ] {
            assert!(times >= 20, "{what}: {times}");
        }
    }
}
