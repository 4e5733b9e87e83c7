//! What is said of whole collections, at the root and under each row of every type, is what the rules say.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{
    WORLD, World,
    ask::ask,
    model::{Model, NESTED, ROOTS, Row},
    rules::{RESULT_AGGREGATE, result_aggregate},
};

#[test]
fn aggregates_at_the_root() {
    let World { api, model, .. } = &*WORLD;
    for (field, type_name) in ROOTS {
        let answer = ask(
            api,
            &format!("{{ {field}(first: 1) {{ {} }} }}", fields(type_name)),
        );
        assert_eq!(
            answer[field],
            expected(model, type_name, &model.all(type_name)),
            "{field}"
        );
    }
}

#[test]
fn aggregates_under_every_parent() {
    let World { api, model, .. } = &*WORLD;
    let mut seen = Seen::default();
    for nested in NESTED {
        let collection = format!("{}(last: 1) {{ {} }}", nested.field, fields(nested.child));
        for parents in model.all(nested.parent).chunks(1000) {
            let ids: Vec<&str> = parents.iter().map(|parent| parent.id.as_str()).collect();
            let query = format!(
                "{{ nodes(ids: {}) {{ ... on {} {{ {collection} }} }} }}",
                json!(ids),
                nested.parent
            );
            let answer = ask(api, &query);
            for (place, parent) in parents.iter().enumerate() {
                let expected =
                    expected(model, nested.child, &model.under(nested.child, &parent.id));
                let answered = &answer["nodes"][place][nested.field];
                assert_eq!(answered, &expected, "{nested:?} of {}", parent.name);
                seen.note(answered);
            }
        }
    }
    seen.assert_worth_it();
}

/// What is asked of a whole collection.
pub(super) fn fields(type_name: &str) -> String {
    let aggregate = match type_name {
        "ReportedResult" => RESULT_AGGREGATE,
        "Initiative" => "count resultCount",
        _ => "count",
    };
    format!("totalCount aggregate {{ {aggregate} }}")
}

/// What should be answered for these rows.
pub(super) fn expected(model: &Model, type_name: &str, rows: &[&Row]) -> Value {
    let results_of = |row: &&Row| model.under("ReportedResult", &row.id).len();
    let aggregate = match type_name {
        "ReportedResult" => result_aggregate(model, rows),
        "Initiative" => json!({
            "count": rows.len(),
            "resultCount": rows.iter().map(results_of).sum::<usize>(),
        }),
        _ => json!({ "count": rows.len() }),
    };
    json!({ "totalCount": rows.len(), "aggregate": aggregate })
}

/// What the data has brought up, so that it cannot grow tame unseen.
#[derive(Default)]
struct Seen {
    caveats: BTreeSet<String>,
    precisions: BTreeSet<String>,
    negative_sums: usize,
    rounded_means: usize,
    parts_left_out: usize,
    /// Where less is certain than the figures add up to.
    certain: usize,
    without_rows: usize,
}

impl Seen {
    fn note(&mut self, collection: &Value) {
        self.without_rows += usize::from(collection["totalCount"] == 0);
        let totals = collection["aggregate"]["totals"].as_array();
        for total in totals.into_iter().flatten() {
            let caveats = total["caveats"].as_array().into_iter().flatten();
            self.caveats
                .extend(caveats.filter_map(|caveat| Some(caveat.as_str()?.to_owned())));
            self.precisions
                .extend(total["sum"]["precision"].as_str().map(str::to_owned));
            self.certain += usize::from(total["atLeast"].as_f64().is_some_and(|number| {
                total["sum"]["value"]
                    .as_f64()
                    .is_some_and(|sum| number < sum)
            }));
            if let (Some(sum), Some(mean), Some(count)) = (
                total["sum"]["value"].as_f64(),
                total["mean"]["value"].as_f64(),
                total["count"].as_f64(),
            ) {
                self.negative_sums += usize::from(sum < 0.0);
                self.rounded_means += usize::from((mean * 100.0).fract() != 0.0);
                self.parts_left_out += usize::from((sum - mean * count).abs() > count);
            }
        }
    }

    fn assert_worth_it(&self) {
        let caveats = [
            "APPROXIMATE",
            "MIXED_BOUNDS",
            "MIXED_METRICS",
            "MIXED_YEARS",
            "NON_ADDITIVE",
            "OVERLAP",
            "RESTATED",
            "TOO_LARGE",
        ];
        assert!(self.caveats.iter().eq(caveats), "{:?}", self.caveats);
        assert_eq!(self.precisions.len(), 4, "{:?}", self.precisions);
        for (what, times) in [
            ("negative sums", self.negative_sums),
            ("rounded means", self.rounded_means),
            ("sums without parts", self.parts_left_out),
            ("sums of which less is certain", self.certain),
            ("parents without rows", self.without_rows),
        ] {
            assert!(times >= 10, "{what}: {times}");
        }
    }
}
