//! Sentences: every number in one is a number of its figure or its total, rounded only where it says so.

use serde_json::{Value, json};

use super::{WORLD, World, ask::ask, model::NESTED};

const TOTALS: &str = "totals { inWords count restatedCount atLeast sum { value precision } \
     min { value precision } max { value precision } caveats unit { plural name symbol } }";

#[test]
fn sentences_of_totals_say_what_the_totals_say() {
    let World { api, model, .. } = &*WORLD;
    let mut seen = 0;
    for nested in NESTED
        .iter()
        .filter(|nested| nested.child == "ReportedResult")
    {
        for parents in model.all(nested.parent).chunks(1000) {
            let ids: Vec<&str> = parents.iter().map(|parent| parent.id.as_str()).collect();
            let query = format!(
                "{{ nodes(ids: {}) {{ ... on {} {{ {} {{ aggregate {{ {TOTALS} }} }} }} }} }}",
                json!(ids),
                nested.parent,
                nested.field
            );
            for parent in ask(api, &query)["nodes"]
                .as_array()
                .expect("nodes are a list")
            {
                let totals = parent[nested.field]["aggregate"]["totals"].as_array();
                for total in totals.into_iter().flatten() {
                    judge_total(total);
                    seen += 1;
                }
            }
        }
    }
    assert!(seen > 1000, "{seen} totals");
}

#[test]
fn sentences_of_figures_say_what_the_figures_say() {
    let World { api, model, .. } = &*WORLD;
    for results in model.all("ReportedResult").chunks(1000) {
        let ids: Vec<&str> = results.iter().map(|row| row.id.as_str()).collect();
        let query = format!(
            "{{ nodes(ids: {}) {{ ... on ReportedResult {{ inWords label value fiscalYear asOf precision initiative {{ name report {{ agency {{ code }} }} }} }} }} }}",
            json!(ids)
        );
        for result in ask(api, &query)["nodes"]
            .as_array()
            .expect("nodes are a list")
        {
            let sentence = text(&result["inWords"]);
            let label = text(&result["label"]);
            let said = sentence
                .strip_prefix(label)
                .expect("it begins with the label");
            let initiative = &result["initiative"];
            let names = format!(
                " ({}, {}).",
                text(&initiative["report"]["agency"]["code"]),
                text(&initiative["name"])
            );
            let (said, _) = said
                .split_once(&names)
                .expect("it names the agency and the initiative");
            let year = result["fiscalYear"].as_f64().expect("a year is a number");
            let dates = result["asOf"].as_str().unwrap_or_default().split('-');
            let dates = dates.filter_map(|part| part.parse::<f64>().ok());
            let mut allowed = vec![number(&result["value"]), year];
            allowed.extend(dates);
            judge(said, &allowed);
            let claim = match text(&result["precision"]) {
                "APPROXIMATE" => "about ",
                "LOWER_BOUND" => "at least ",
                "UPPER_BOUND" => "at most ",
                _ => "",
            };
            assert!(said.contains(claim), "{sentence}");
        }
    }
}

fn judge_total(total: &Value) {
    let sentence = text(&total["inWords"]);
    let amounts = ["sum", "min", "max"].map(|key| &total[key]["value"]);
    let numbers = ["count", "restatedCount", "atLeast"].map(|key| &total[key]);
    let allowed: Vec<f64> = amounts
        .into_iter()
        .chain(numbers)
        .filter_map(Value::as_f64)
        .collect();
    judge(sentence, &allowed);
    if total["atLeast"].is_null() {
        assert!(!sentence.to_lowercase().contains("at least"), "{total}");
    }
    let has_sum = !total["sum"].is_null();
    let is_one = total["count"] == 1;
    assert_eq!(
        sentence.contains("add up to"),
        has_sum && !is_one,
        "{total}"
    );
    assert_eq!(
        sentence.contains("not added up"),
        !has_sum && !is_one,
        "{total}"
    );
    let unit = &total["unit"];
    let names = ["plural", "name", "symbol"].map(|key| unit[key].as_str());
    let is_named = |name: &str| sentence.contains(name);
    assert!(names.into_iter().flatten().any(is_named), "{total}");
    let overlaps = total["caveats"]
        .as_array()
        .is_some_and(|caveats| caveats.contains(&json!("OVERLAP")));
    if overlaps && has_sum {
        assert!(sentence.contains("may have counted the same"), "{total}");
    }
}

/// Every number in the sentence is one of these, or a year or a count of reports, or near one of these and called so.
fn judge(sentence: &str, allowed: &[f64]) {
    for (before, said) in numbers(sentence) {
        let is = |other: &&f64| (said - **other).abs() <= 1e-9 * said.abs().max(1e-9);
        let is_near = |other: &&f64| (said - **other).abs() <= 0.005 * other.abs() + 1e-9;
        let is_year = before.ends_with("fiscal year ")
            || before.ends_with("fiscal years ")
            || (before.ends_with(" to ") && before.contains("fiscal years"));
        let is_rounded = before.ends_with("about ") && allowed.iter().any(|other| is_near(&other));
        let is_reports = before.ends_with("in these ");
        assert!(
            allowed.iter().any(|other| is(&other)) || is_year || is_rounded || is_reports,
            "{said} in {sentence:?} is none of {allowed:?}"
        );
    }
}

/// The numbers of a sentence, each with what stands before it, without a currency sign.
fn numbers(sentence: &str) -> Vec<(String, f64)> {
    let mut numbers = Vec::new();
    let mut rest = sentence;
    let mut before = String::new();
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_digit()) {
        before.push_str(&rest[..start]);
        let is_part = |letter: char| letter.is_ascii_digit() || matches!(letter, ',' | '.');
        let length = rest[start..]
            .find(|letter| !is_part(letter))
            .unwrap_or(rest.len() - start);
        let written = rest[start..start + length].trim_end_matches(['.', ',']);
        let after = &rest[start + written.len()..];
        let scale = [(" million", 1e6), (" billion", 1e9), (" trillion", 1e12)]
            .into_iter()
            .find_map(|(name, scale)| after.starts_with(name).then_some(scale));
        let size: f64 = written
            .replace(',', "")
            .parse()
            .expect("a number is written as one");
        let lead = before.trim_end_matches("EUR");
        let (lead, sign) = match lead.strip_suffix('-') {
            Some(lead) => (lead, -1.0),
            None => (lead, 1.0),
        };
        numbers.push((lead.to_owned(), sign * size * scale.unwrap_or(1.0)));
        before.push_str(written);
        rest = after;
    }
    numbers
}

fn text(value: &Value) -> &str {
    value.as_str().expect("this is a text")
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("this is a number")
}
