//! What plans come to.

use std::sync::LazyLock;

use serde_json::json;

use super::*;
use crate::{
    document::Documents,
    limits::Limits,
    plan::{Codes, ListLink, plan},
    schema::{OBJECT_TYPES, declaration::Source, sdl},
};

/// As deep as they like: the limit of depth is not what these tests are about.
static DOCUMENTS: LazyLock<Documents> = LazyLock::new(|| {
    let limits = Limits {
        depth: u64::MAX,
        ..Limits::default()
    };
    Documents::new(&sdl(limits.pages()), limits, true).expect("the schema is sound")
});

/// What a query costs over tables of these sizes.
fn costs(query: &str, sizes: &Sizes, limits: CostLimits) -> Result<Cost, RequestError> {
    let (document, variables) = DOCUMENTS
        .check(query, None, &json!(null))
        .unwrap_or_else(|faults| panic!("{query}: {faults:?}"));
    let operation = Operation {
        document: &document,
        definition: document.operation(None)?,
        variables: &variables,
    };
    let plan = plan(&operation, &Limits::default(), Codes::default())?;
    cost(&plan, &operation, sizes, limits)
}

const UNLIMITED: CostLimits = CostLimits {
    rows: u64::MAX,
    work: u64::MAX,
};

/// The rows of the answer, where the tables set no bound but that metrics have ten ancestors at the most.
fn checked(query: &str, limit: u64) -> Result<u64, RequestError> {
    let mut sizes = Sizes::default();
    sizes.set_shared("metric_ancestor", "metric_id", 10);
    let limits = CostLimits {
        rows: limit,
        ..UNLIMITED
    };
    Ok(costs(query, &sizes, limits)?.rows)
}

fn estimate(query: &str) -> u64 {
    checked(query, u64::MAX).expect("there is no limit")
}

/// Sizes as of a report with a million results: 20 reports of 1 agency, 10 divisions, 1,000 initiatives a report, 50 results
/// of each, of 500 metrics.
fn million() -> Sizes {
    let mut sizes = Sizes::default();
    for (table, rows) in [
        ("agency", 1),
        ("report", 20),
        ("goal", 200),
        ("division", 10),
        ("metric", 500),
        ("unit_of_measure", 40),
        ("initiative", 20_000),
        ("reported_result", 1_000_000),
    ] {
        sizes.set_rows(table, rows);
    }
    for (table, column, rows) in [
        ("report", "agency_id", 20),
        ("goal", "report_id", 10),
        ("division", "agency_id", 10),
        ("metric", "parent_id", 9),
        ("metric", "code", 1),
        ("metric_ancestor", "metric_id", 3),
        ("metric_ancestor", "ancestor_id", 100),
        ("initiative", "report_id", 1_000),
        ("initiative", "division_id", 3_000),
        ("reported_result", "report_id", 50_000),
        ("reported_result", "initiative_id", 60),
        ("reported_result", "division_id", 150_000),
        ("reported_result", "metric_id", 4_000),
        ("reported_result", "part_of_id", 5),
    ] {
        sizes.set_shared(table, column, rows);
    }
    sizes
}

fn of_million(query: &str) -> Cost {
    costs(query, &million(), UNLIMITED).expect("there is no limit")
}

#[test]
fn pages_are_multiplied_down_the_tree_and_added_up() {
    let three_levels =
        "{ divisions { nodes { initiatives { nodes { results { nodes { key } } } } } } }";
    assert_eq!(estimate(three_levels), 100 + 100 * 25 + 100 * 25 * 25);
    let beside = "{ divisions(first: 2) { nodes { results(last: 3) { nodes { key } } initiatives { nodes { slug } } } } }";
    assert_eq!(estimate(beside), 2 + 2 * 3 + 2 * 25);
    let twice =
        "{ a: divisions(first: 2) { nodes { code } } b: divisions(first: 3) { nodes { code } } }";
    assert_eq!(estimate(twice), 2 + 3);
}

#[test]
fn edges_cursors_and_flags_take_the_page_and_nodes_beside_them_no_more() {
    for fields in [
        "edges { node { results(first: 3) { nodes { key } } } }",
        "nodes { code } edges { cursor node { results(first: 3) { nodes { key } } } }",
    ] {
        assert_eq!(
            estimate(&format!("{{ divisions(first: 10) {{ {fields} }} }}")),
            10 + 30
        );
    }
    for fields in [
        "edges { cursor }",
        "pageInfo { hasNextPage }",
        "pageInfo { endCursor }",
    ] {
        assert_eq!(
            estimate(&format!("{{ divisions(first: 10) {{ {fields} }} }}")),
            10
        );
    }
}

#[test]
fn without_rows_a_collection_costs_one_under_each_parent() {
    let counted = "{ divisions(first: 10) { nodes { results { totalCount aggregate { totals { sum { value } } } } } } }";
    assert_eq!(estimate(counted), 10 + 10);
    let empty = "{ divisions(first: 10) { nodes { results(first: 0) { nodes { metric { results { nodes { key } } } } } } } }";
    assert_eq!(estimate(empty), 10 + 10);
    assert_eq!(estimate("{ results { __typename totalCount } }"), 1);
}

#[test]
fn rows_that_are_referred_to_are_not_counted_but_multiply_what_hangs_on_them() {
    let to_one = "{ results(first: 10) { nodes { metric { unit { code } parent { code } } } } }";
    assert_eq!(estimate(to_one), 10);
    let below =
        "{ results(first: 10) { nodes { metric { results(first: 3) { nodes { key } } } } } }";
    assert_eq!(estimate(below), 10 + 30);
}

#[test]
fn what_hangs_on_a_row_at_hand_costs_wherever_it_is_written() {
    let at_hand = "{ initiatives(first: 10) { nodes { results(first: 5) { nodes { \
        initiative { results(first: 7) { nodes { key } } } } } } } }";
    assert_eq!(estimate(at_hand), 10 + 10 * 5 + 10 * 5 * 7);
}

#[test]
fn a_lookup_costs_one_and_a_list_of_ids_as_many_as_it_has() {
    assert_eq!(
        estimate("{ agency(code: \"ICE\") { code } node(id: \"nonsense\") { id } }"),
        2
    );
    // Agency ice, twice, Metric arrests, and nonsense.
    let ids = r#"["QWdlbmN5IGljZQ", "TWV0cmljIGFycmVzdHM", "QWdlbmN5IGljZQ", "nonsense"]"#;
    let nodes = format!(
        "{{ nodes(ids: {ids}) {{ ... on Agency {{ divisions(first: 5) {{ nodes {{ code }} }} }} \
         ... on Metric {{ results(first: 7) {{ nodes {{ key }} }} }} }} }}"
    );
    assert_eq!(estimate(&nodes), 4 + 2 * 5 + 7);
}

#[test]
fn ancestors_are_as_many_as_a_metric_has() {
    let ancestors =
        "{ metrics(first: 2) { nodes { ancestors { results(first: 3) { nodes { key } } } } } }";
    assert_eq!(estimate(ancestors), 2 + 2 * 10 + 2 * 10 * 3);
}

#[test]
fn a_series_costs_one_and_what_is_previous_nothing() {
    let series = "{ metrics(first: 10) { nodes { series { fiscalYear total { sum { value } } change { percent } } } } }";
    assert_eq!(estimate(series), 10 + 10);
    let previous = "{ results(first: 10) { nodes { change { percent } previous { previous { key parts(first: 3) { nodes { key } } } } } } }";
    assert_eq!(estimate(previous), 10 + 10 * 3);
}

#[test]
fn introspection_costs_nothing() {
    assert_eq!(
        estimate("{ __typename __schema { types { fields { name } } } }"),
        0
    );
}

#[test]
fn the_estimate_does_not_wrap() {
    let mut query = "nodes { code }".to_owned();
    for _ in 0..12 {
        query = format!("nodes {{ parent {{ children(first: 1000) {{ {query} }} }} }}");
    }
    assert_eq!(estimate(&format!("{{ metrics {{ {query} }} }}")), u64::MAX);
}

#[test]
fn too_much_is_refused_with_the_dearest_field() {
    let query = "query {\n  agencies(first: 10) { nodes { code ...rest } }\n}\n\
        fragment rest on Agency {\n  them: divisions(first: 20) { edges { node { code } } }\n  reports(first: 3) { nodes { id } }\n}";
    assert_eq!(checked(query, 240).ok(), Some(240));
    let fault = checked(query, 239).expect_err("240 are more than 239");
    assert_eq!(
        fault.to_json(),
        json!({
            "message": "The query may be answered with 240 rows, more than the 239 that one request may have. 200 of them are those of agencies.nodes.them; ask for fewer there with `first`, or in several requests.",
            "locations": [{ "line": 5, "column": 3 }],
            "path": ["agencies", "nodes", "them"],
            "extensions": { "code": "QUERY_TOO_COMPLEX", "estimate": 240, "limit": 239, "limitName": "cost" },
        })
    );
}

#[test]
fn a_collection_has_no_more_rows_than_its_table_and_each_parent_than_most() {
    let rows = |query| of_million(query).rows;
    assert_eq!(rows("{ divisions(first: 100) { nodes { code } } }"), 10);
    // Of 20 reports, all 20,000 initiatives; of these no more than 60 results each.
    let small = "{ reports { nodes { initiatives(first: 1000) { nodes { results(first: 1000) { nodes { key } } } } } } }";
    assert_eq!(rows(small), 20 + 20_000 + 1_000_000);
    let one = "{ report(agency: \"A\", fiscalYear: 2007) { initiatives(first: 1000) { nodes { results(first: 1000) { nodes { key } } } } } }";
    assert_eq!(rows(one), 1 + 1_000 + 60_000);
    // The divisions of an agency are those of each of its reports.
    assert_eq!(
        rows("{ reports { nodes { divisions(first: 100) { nodes { code } } } } }"),
        20 + 20 * 10
    );
    let ancestors = "{ metrics(first: 100) { nodes { ancestors { code } } } }";
    assert_eq!(rows(ancestors), 100 + 300);
}

#[test]
fn where_a_row_is_written_again_the_table_bounds_each_time() {
    let rows = |query| of_million(query).rows;
    // A report is written with each of 100 initiatives, and with it its 10 goals.
    let to_one =
        "{ initiatives(first: 100) { nodes { report { goals(first: 100) { nodes { code } } } } } }";
    assert_eq!(rows(to_one), 100 + 100 * 10);
    // 1,000 initiatives have 10 divisions, each of which 3,000 initiatives may refer to.
    let divisions = "{ initiatives(first: 1000) { nodes { division { initiatives(first: 1000) { nodes { slug } } } } } }";
    assert_eq!(rows(divisions), 1_000 + 1_000 * 1_000);
    // At hand: of 20 reports with 2 initiatives each, every report is written twice and its 10 goals with it.
    let at_hand = "{ reports { nodes { initiatives(first: 2) { nodes { report { goals(first: 100) { nodes { code } } } } } } } }";
    assert_eq!(rows(at_hand), 20 + 40 + 400);
    // An id that is asked for twice is written twice.
    let twice = r#"{ nodes(ids: ["QWdlbmN5IGljZQ", "QWdlbmN5IGljZQ"]) { ... on Agency { divisions(first: 100) { nodes { code } } } } }"#;
    assert_eq!(rows(twice), 2 + 20);
}

#[test]
fn groups_are_no_more_than_rows_and_their_rows_no_more_than_there_are() {
    let rows = |query| of_million(query).rows;
    let groups = "{ initiatives { groups(by: [DIVISION], first: 1000) { nodes { initiatives(first: 1000) { nodes { slug } } } } } }";
    // One for the collection, of which no page is asked for.
    assert_eq!(rows(groups), 1 + 1_000 + 20_000);
    let nested = "{ goals(first: 100) { nodes { initiatives { groups(by: [DIVISION], first: 500) { nodes { initiatives { totalCount } } } } } } }";
    assert_eq!(rows(nested), 100 + 100 + 20_000 + 20_000);
}

#[test]
fn hits_of_a_search_are_no_more_than_documents() {
    let cost = of_million(
        "{ search(text: \"a\", in: [DIVISION], first: 100) { nodes { ... on Division { id } } } }",
    );
    assert_eq!(
        cost,
        Cost {
            rows: 10,
            work: 10 + 10
        }
    );
    // A page of 100 may be 10 divisions and 90 metrics as well as 100 metrics.
    let below = "{ search(text: \"a\", in: [DIVISION, METRIC], first: 100) { nodes { \
        ... on Division { initiatives(first: 5) { totalCount } } ... on Metric { results(first: 3) { nodes { key } } } } } }";
    assert_eq!(of_million(below).rows, 100 + 10 + 300);
}

#[test]
fn totals_groups_and_searches_look_at_all_that_they_are_of() {
    let work = |query| of_million(query).work;
    assert_eq!(work("{ results { totalCount } }"), 62_500);
    assert_eq!(
        work("{ results { aggregate { totals { sum { value } } } } }"),
        1_000_000
    );
    assert_eq!(
        work("{ results { aggregate { totals { median { value } } } } }"),
        2_000_000
    );
    assert_eq!(
        work("{ results { groups(by: [UNIT]) { totalCount } } }"),
        1_000_000
    );
    assert_eq!(
        work("{ metrics(first: 10) { nodes { series { fiscalYear } } } }"),
        12 + 40_000
    );
    assert_eq!(
        work("{ metric(code: \"a\") { results { aggregate { totals { sum { value } } } } } }"),
        1 + 4_000
    );
    let search =
        "{ search(text: \"a\", in: [RESULT], first: 1) { totalCount edges { snippet { text } } } }";
    assert_eq!(work(search), 3_000_000);
}

#[test]
fn pages_look_at_their_rows_where_an_index_gives_their_order() {
    let work = |query| of_million(query).work;
    assert_eq!(work("{ results(first: 10) { nodes { key } } }"), 12);
    assert_eq!(
        work("{ results(first: 10, orderBy: { value: DESC }) { nodes { key } } }"),
        12
    );
    assert_eq!(
        work("{ reports(first: 2) { nodes { results(first: 10) { nodes { key } } } } }"),
        4 + 2 * 12
    );
    // No index gives the results of a report by value: they are put in order.
    assert_eq!(
        work(
            "{ reports(first: 2) { nodes { results(first: 10, orderBy: { value: DESC }) { nodes { key } } } } }"
        ),
        4 + 2 * 50_000
    );
    let related =
        "{ results(first: 10, orderBy: { initiative: { name: ASC } }) { nodes { key } } }";
    assert_eq!(work(related), 1_000_000 + 1_000_000);
    let counted = "{ initiatives(first: 10, orderBy: { resultCount: DESC }) { nodes { slug } } }";
    assert_eq!(work(counted), 20_000 + 1_000_000);
}

#[test]
fn filters_look_at_what_an_index_finds_for_them_else_at_everything() {
    let work = |filter: &str| {
        of_million(&format!(
            "{{ results(first: 1, where: {{ {filter} }}) {{ nodes {{ key }} }} }}"
        ))
        .work
    };
    assert_eq!(work("label: { contains: \"a\" }"), 1_000_000);
    assert_eq!(work("value: { gt: 5 }"), 1_000_000);
    assert_eq!(
        work("id: { in: [\"UmVwb3J0ZWRSZXN1bHQgeA\", \"UmVwb3J0ZWRSZXN1bHQgeQ\"] }"),
        2
    );
    let metric = "metric: { code: { eq: \"a\" } }";
    assert_eq!(work(metric), 4_000 + 1);
    assert_eq!(work(&format!("{metric}, value: {{ gt: 5 }}")), 4_000 + 1);
    assert_eq!(work(&format!("not: {{ {metric} }}")), 1_000_000 + 1);
    assert_eq!(
        work("metric: { within: { code: { eq: \"a\" } } }"),
        101 * 4_000 + 101 + 1
    );
    assert_eq!(
        work(&format!("or: [{{ {metric} }}, {{ value: {{ gt: 5 }} }}]")),
        1_000_000 + 1
    );
    assert_eq!(
        work("parts: { some: { value: { gt: 5 } } }"),
        1_000_000 + 1_000_000
    );
}

#[test]
fn too_much_work_is_refused_with_the_dearest_field() {
    let query = "{\n  agencies { totalCount }\n  all: results {\n    by: groups(by: [UNIT]) { totalCount }\n  }\n}";
    let limits = |work| CostLimits { work, ..UNLIMITED };
    let sizes = million();
    assert!(costs(query, &sizes, limits(1_000_001)).is_ok());
    let fault = costs(query, &sizes, limits(1_000_000)).expect_err("one more is too many");
    assert_eq!(
        fault.to_json(),
        json!({
            "message": "For the query 1000001 rows may have to be looked at, more than the 1000000 that one request may take. 1000000 of them are looked at for all.by; narrow it there with a filter by code or id, ask for fewer totals, groups and orders at once, or ask in several requests.",
            "locations": [{ "line": 4, "column": 5 }],
            "path": ["all", "by"],
            "extensions": { "code": "QUERY_TOO_COMPLEX", "estimate": 1_000_001, "limit": 1_000_000, "limitName": "work" },
        })
    );
}

#[test]
fn revisions_are_as_many_as_a_report_has() {
    let reports = "{ reports(first: 4) { nodes { revisions { added } } } }";
    let mut sizes = million();
    sizes.set_rows("revision", 60);
    for most in [1, 9] {
        sizes.set_shared("revision", "report_id", most);
        let cost = costs(reports, &sizes, UNLIMITED).expect("there is no limit");
        assert_eq!(cost.rows, 4 + 4 * most);
    }
    sizes.set_shared("revision", "report_id", 1);
    let documented = "{ report(agency: \"ICE\", fiscalYear: 2007) { revisions { revision } results(first: 1) { nodes { inWords sourcePlace } } } }";
    let cost = costs(documented, &sizes, UNLIMITED).expect("there is no limit");
    assert_eq!((cost.rows, cost.work), (3, 5));
}

#[test]
fn every_relation_is_counted_by_what_its_rows_share() {
    use entity::sizes::{SHARED, TABLES};
    let relations = OBJECT_TYPES.iter().flat_map(|object| object.fields);
    for field in relations {
        if let Source::Collection(relation) = &field.source {
            let table = relation.connection.node.table.name;
            assert!(TABLES.contains(&table), "{table}");
            let shared = (table, relation.foreign_key.name());
            assert!(SHARED.contains(&shared), "{shared:?}");
        }
        if let Source::List(list) = &field.source {
            assert!(TABLES.contains(&list.target.table.name), "{}", field.name);
            let shared = ListLink::Reference(list).shared();
            assert!(SHARED.contains(&shared), "{shared:?}");
        }
    }
}
