//! Figures that several reports publish: which statement is the latest, and which others there are, of every result.

use serde_json::{Value, json};

use super::{
    WORLD, World,
    ask::ask,
    model::{Model, Row, id},
    rules::figure,
};

#[test]
fn statements_of_every_result() {
    let World { api, model, .. } = &*WORLD;
    let (mut superseded, mut several) = (0, 0);
    for results in model.all("ReportedResult").chunks(1000) {
        let ids: Vec<&str> = results.iter().map(|row| row.id.as_str()).collect();
        let fields = "isSuperseded supersededBy { id } statements { totalCount nodes { id } }";
        let answer = ask(
            api,
            &format!(
                "{{ nodes(ids: {}) {{ ... on ReportedResult {{ {fields} }} }} }}",
                json!(ids)
            ),
        );
        for (place, row) in results.iter().enumerate() {
            let statements = statements(model, row);
            let latest = latest(model, &statements);
            let is_superseded = report(model, row) < report(model, latest);
            let nodes: Vec<Value> = statements
                .iter()
                .map(|row| json!({ "id": row.id }))
                .collect();
            let expected = json!({
                "isSuperseded": is_superseded,
                "supersededBy": is_superseded.then(|| json!({ "id": latest.id })),
                "statements": { "totalCount": nodes.len(), "nodes": nodes[..nodes.len().min(25)] },
            });
            assert_eq!(answer["nodes"][place], expected, "{}", row.name);
            superseded += usize::from(is_superseded);
            several += usize::from(statements.len() > 2);
        }
    }
    assert!(superseded >= 20 && several >= 20, "{superseded}, {several}");
}

fn report(model: &Model, row: &Row) -> i32 {
    model.results[&row.id].report_fiscal_year
}

/// All statements of the figure of a result, oldest first; itself alone where no other report gives it.
fn statements<'m>(model: &'m Model, row: &'m Row) -> Vec<&'m Row> {
    let result = &model.results[&row.id];
    let mut alike: Vec<&Row> = model
        .under("ReportedResult", &id("Metric", &[&result.metric]))
        .into_iter()
        .filter(|other| figure(&model.results[&other.id]) == figure(result))
        .collect();
    if alike
        .iter()
        .all(|other| report(model, other) == report(model, row))
    {
        return vec![row];
    }
    alike.sort_by_key(|row| {
        let result = &model.results[&row.id];
        (result.report_fiscal_year, result.position)
    });
    alike
}

/// The first result, by position, of the latest report among these.
fn latest<'m>(model: &Model, statements: &[&'m Row]) -> &'m Row {
    let newest = statements.iter().map(|row| report(model, row)).max();
    let latest = statements
        .iter()
        .filter(|row| Some(report(model, row)) == newest);
    let first = latest.min_by_key(|row| model.results[&row.id].position);
    first.expect("a figure has a statement")
}
