//! Every collection, paged from one end to the other and back, shows each row once and in order.

use fastrand::Rng;
use serde_json::{Value, json};

use super::{
    WORLD, World,
    ask::ask,
    model::{NESTED, ROOTS, Row},
    seed,
};

/// What is asked of every page.
const PAGE: &str = "totalCount edges { cursor node { id NAME } } \
     pageInfo { hasNextPage hasPreviousPage startCursor endCursor }";

#[test]
fn root_collections_show_each_row_once() {
    let World { api, model, .. } = &*WORLD;
    let mut rng = Rng::with_seed(seed());
    for (field, type_name) in ROOTS {
        let rows = model.all(type_name);
        let page = |arguments: &str| {
            let query = format!("{{ {field}({arguments}) {{ {} }} }}", page_of(type_name));
            ask(api, &query)[field].take()
        };
        walk(&mut rng, field, &rows, page);
    }
}

#[test]
fn nested_collections_show_each_row_once() {
    let World { api, model, .. } = &*WORLD;
    let mut rng = Rng::with_seed(seed());
    for nested in NESTED {
        let mut parents: Vec<(&Row, Vec<&Row>)> = model
            .all(nested.parent)
            .into_iter()
            .map(|parent| (parent, model.under(nested.child, &parent.id)))
            .collect();
        // Those with the most rows, one with none if there is one, and some others.
        rng.shuffle(&mut parents);
        parents.sort_by_key(|(_, rows)| std::cmp::Reverse(rows.len()));
        let some = rng.choose_multiple(&parents, 5);
        for (parent, rows) in parents[..3].iter().chain(parents.last()).chain(some) {
            let page = |arguments: &str| {
                let fields = page_of(nested.child);
                let collection = format!("{}({arguments}) {{ {fields} }}", nested.field);
                let query = format!(
                    "{{ node(id: \"{}\") {{ ... on {} {{ {collection} }} }} }}",
                    parent.id, nested.parent
                );
                ask(api, &query)["node"][nested.field].take()
            };
            walk(
                &mut rng,
                &format!("{nested:?} of {}", parent.name),
                rows,
                page,
            );
        }
    }
}

#[test]
fn ids_lead_back_to_their_rows() {
    let World { api, model, .. } = &*WORLD;
    for (_, type_name) in ROOTS {
        for rows in model.all(type_name).chunks(1000) {
            let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
            let fields = format!("id ... on {type_name} {{ name: {} }}", name_of(type_name));
            let answer = ask(
                api,
                &format!("{{ nodes(ids: {}) {{ {fields} }} }}", json!(ids)),
            );
            let expected: Vec<Value> = rows
                .iter()
                .map(|row| json!({ "id": row.id, "name": row.name }))
                .collect();
            assert_eq!(answer["nodes"], json!(expected), "{type_name}");
        }
    }
}

/// Walks a collection with pages of random sizes, forwards and then backwards.
pub(super) fn walk(rng: &mut Rng, what: &str, rows: &[&Row], page: impl Fn(&str) -> Value) {
    let largest = (rows.len() / 2).clamp(3, 1000);
    let (mut start, mut cursor) = (0, String::new());
    loop {
        let size = rng.usize(1..=largest);
        let answer = page(&format!("first: {size}{}", at("after", &cursor)));
        let end = rows.len().min(start + size);
        cursor = check(&answer, rows, start..end, what)["endCursor"]
            .as_str()
            .unwrap_or_default()
            .into();
        start = end;
        if answer["pageInfo"]["hasNextPage"] == false {
            break;
        }
    }
    assert_eq!(start, rows.len(), "{what}: forwards to the end");

    let (mut end, mut cursor) = (rows.len(), String::new());
    loop {
        let size = rng.usize(1..=largest);
        let answer = page(&format!("last: {size}{}", at("before", &cursor)));
        let start = end.saturating_sub(size);
        cursor = check(&answer, rows, start..end, what)["startCursor"]
            .as_str()
            .unwrap_or_default()
            .into();
        end = start;
        if answer["pageInfo"]["hasPreviousPage"] == false {
            break;
        }
    }
    assert_eq!(end, 0, "{what}: backwards to the start");
}

/// Checks a page that should hold `range` of the rows, and gives its `pageInfo`.
fn check<'p>(
    page: &'p Value,
    rows: &[&Row],
    range: std::ops::Range<usize>,
    what: &str,
) -> &'p Value {
    let edges = page["edges"].as_array().expect("edges are a list");
    let nodes: Vec<&Value> = edges.iter().map(|edge| &edge["node"]).collect();
    let expected: Vec<Value> = rows[range.clone()]
        .iter()
        .map(|row| json!({ "id": row.id, "name": row.name }))
        .collect();
    assert_eq!(json!(nodes), json!(expected), "{what}: rows {range:?}");
    let cursor = |edge: Option<&Value>| edge.map_or(Value::Null, |edge| edge["cursor"].clone());
    let page_info = json!({
        "hasNextPage": range.end < rows.len(),
        "hasPreviousPage": range.start > 0,
        "startCursor": cursor(edges.first()),
        "endCursor": cursor(edges.last()),
    });
    assert_eq!(page["pageInfo"], page_info, "{what}: rows {range:?}");
    assert_eq!(page["totalCount"], rows.len(), "{what}");
    &page["pageInfo"]
}

fn at(argument: &str, cursor: &str) -> String {
    if cursor.is_empty() {
        String::new()
    } else {
        format!(", {argument}: \"{cursor}\"")
    }
}

/// What [`walk`] asks of a page.
pub(super) fn page_of(type_name: &str) -> String {
    PAGE.replace("NAME", &format!("name: {}", name_of(type_name)))
}

/// The field that says what an object is called.
fn name_of(type_name: &str) -> &'static str {
    match type_name {
        "Report" => "title",
        "ReportedResult" => "label",
        _ => "name",
    }
}
