//! The number of statements depends on the shape of a query and never on the rows.

use annals::engine::Request;
use serde_json::{Value, json};

use super::{WORLD, World, ask::ask};

/// What may be asked of results, beside what was before them.
const SHAPES: [&str; 5] = [
    "id label parts { totalCount nodes { key } pageInfo { hasNextPage hasPreviousPage } }",
    "initiative { slug report { title agency { code } } } division { code }",
    "inWords supersededBy { key } statements { totalCount nodes { key } }",
    "metric { code unit { code } ancestors { code } } unit { symbol } partOf { key }",
    "parts { totalCount aggregate { totals { sum { value } inWords } } nodes { key metric { code } parts { totalCount } } } \
     initiative { results(last: 2) { nodes { key } } }",
];

/// What may be asked of the results before them.
const YEARS: [&str; 2] = [
    "previous { key parts { totalCount } metric { code series { fiscalYear total { sum { value } } } } } change { percent }",
    "change { percent } previous { previous { key initiative { slug results(first: 1) { nodes { change { to } } } } } }",
];

#[test]
fn a_thousand_hits_take_as_many_statements_as_one() {
    // Something that all random results have in their keys, so that there are more than a page of them.
    let search = |size: usize| {
        statements(&format!(
            "{{ search(text: \"key\", in: [RESULT], first: {size}) {{ totalCount pageInfo {{ hasNextPage }} edges {{ \
             score snippet {{ text }} node {{ ... on ReportedResult {{ key metric {{ code }} \
             initiative {{ results(first: 1) {{ totalCount nodes {{ key }} }} }} }} }} }} }} }}"
        ))
    };
    assert_eq!(search(1), search(1000));
    assert_eq!(search(1), 8);
}

#[test]
fn a_thousand_parents_take_as_many_statements_as_one() {
    let everything = "supersededBy { id } division { id } partOf { id } metric { parent { id } } parts { nodes { parts { totalCount } } }";
    compare(&SHAPES, everything, |node| {
        let parts = node["parts"]["nodes"].as_array().into_iter().flatten();
        let has_parts = parts
            .filter_map(|part| part["parts"]["totalCount"].as_i64())
            .sum::<i64>()
            > 0;
        let rows = [
            &node["division"],
            &node["supersededBy"],
            &node["partOf"],
            &node["metric"]["parent"],
        ];
        has_parts && rows.iter().all(|row| row.is_object())
    });
}

#[test]
fn a_thousand_results_with_their_past_take_as_many_statements_as_one() {
    let everything = "previous { previous { id } }";
    compare(&YEARS, everything, |node| {
        node["previous"]["previous"].is_object()
    });
}

/// Compares one result that has `everything` with a thousand: where there is nothing to look up, no statement is run.
fn compare(shapes: &[&str], everything: &str, has_everything: impl Fn(&Value) -> bool) {
    let World { model, .. } = &*WORLD;
    let mut ids: Vec<String> = model
        .all("ReportedResult")
        .iter()
        .map(|row| row.id.clone())
        .collect();
    let rich = ids
        .chunks(1000)
        .find_map(|ids| {
            let answer = ask(&WORLD.api, &query(ids, everything));
            let nodes = answer["nodes"].as_array()?;
            Some(ids[nodes.iter().position(&has_everything)?].clone())
        })
        .expect("some result has everything");
    ids.retain(|id| *id != rich);
    ids.insert(0, rich);
    for shape in shapes {
        let with = |ids: &[String]| statements(&query(ids, shape));
        assert_eq!(with(&ids[..1]), with(&ids[..1000]), "{shape}");
    }
}

fn query(ids: &[String], fields: &str) -> String {
    format!(
        "{{ nodes(ids: {}) {{ ... on ReportedResult {{ {fields} }} }} }}",
        json!(ids)
    )
}

fn statements(query: &str) -> usize {
    let body = WORLD.api.execute(Request {
        query: query.into(),
        explain: true,
        ..Request::default()
    });
    let body: Value =
        serde_json::from_str(&body.expect("the query is answered")).expect("the body is JSON");
    let statements = body["extensions"]["explain"]["statements"].as_array();
    statements.expect("the statements are explained").len()
}
