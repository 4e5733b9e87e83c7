//! What annals writes, and what it reads of its own documents after somebody changed them.

use super::layout::{self, Times};
use super::*;

/// Elements that the schema wants in each element of a name.
const REQUIRED: [(&str, &[&str]); 4] = [
    ("PerformancePlanOrReport", &["Name", "StrategicPlanCore"]),
    ("StrategicPlanCore", &["Goal"]),
    ("Goal", &["Name", "Description"]),
    (
        "PerformanceIndicator",
        &["MeasurementDimension", "UnitOfMeasurement"],
    ),
];

fn assert_layout(element: &xml::Element) {
    let layout = layout::children(&element.name);
    let places: Vec<_> = element
        .children
        .iter()
        .map(|child| layout.iter().position(|entry| *entry.name == *child.name))
        .collect();
    assert!(
        places.iter().all(Option::is_some),
        "unknown in {}",
        element.name
    );
    assert!(places.is_sorted(), "order in {}", element.name);
    for pair in places.windows(2) {
        let is_repeated = pair[0] == pair[1];
        let entry = layout[pair[0].unwrap()];
        assert!(
            !is_repeated || entry.times == Times::Often,
            "{} twice",
            entry.name
        );
    }
    for (_, required) in REQUIRED.iter().filter(|(name, _)| **name == *element.name) {
        for name in *required {
            let is_there = element.children.iter().any(|child| *child.name == **name);
            assert!(is_there, "no {name} in {}", element.name);
        }
    }
    element.children.iter().for_each(assert_layout);
}

fn ids<'e>(element: &'e xml::Element, found: &mut Vec<&'e str>) {
    for child in &element.children {
        if *child.name == *"Identifier" {
            found.push(&child.text);
        }
        ids(child, found);
    }
}

#[test]
fn elements_are_in_the_order_of_the_schema_and_ids_are_unique() {
    let package = builtin().unwrap();
    let document = xml::parse(written(&package).as_bytes()).unwrap();
    assert_eq!(document.namespace, NAMESPACE);
    assert_eq!(document.root.attribute("Type"), Some("Performance_Report"));
    assert_layout(&document.root);
    let mut found = Vec::new();
    ids(&document.root, &mut found);
    let count = found.len();
    found.sort_unstable();
    found.dedup();
    assert_eq!(count, found.len());
    let rows = package.goals.len() + package.initiatives.len() + package.results.len();
    assert_eq!(count, rows);
}

#[test]
fn initiatives_without_a_goal_are_under_one_that_is_marked() {
    let mut package = builtin().unwrap();
    for initiative in &mut package.initiatives {
        initiative.goal = None;
    }
    package.goals.clear();
    let document = written(&package);
    assert!(document.contains(
        "<Name>No goal stated</Name>\n      <Description/>\n      <OtherInformation>annals goal: {}</OtherInformation>"
    ));
    let read = good(&document);
    sort(&mut package);
    assert_eq!(read.package, package);
}

#[test]
fn a_report_of_nothing_comes_back() {
    let mut package = builtin().unwrap();
    package.initiatives.clear();
    package.results.clear();
    package.goals.clear();
    let read = good(&written(&package));
    sort(&mut package);
    assert_eq!(read.package, package);
}

/// The elements are what counts: a tool that knows nothing of our lines may change them.
#[test]
fn a_changed_figure_counts_and_a_lost_line_is_made_up_for() {
    let document = written(&builtin().unwrap());
    let at = document.find("<NumberOfUnits>").unwrap();
    let end = at + document[at..].find("</NumberOfUnits>").unwrap();
    let changed = format!("{}<NumberOfUnits>7{}", &document[..at], &document[end..]);
    let read = good(&changed);
    assert!(read.package.results.iter().any(|row| row.value == 70_000));

    let lost = document.replace("annals ", "annuals ");
    let read = good(&lost);
    let package = builtin().unwrap();
    assert_eq!(read.package.results.len(), package.results.len());
    assert_eq!(read.package.initiatives.len(), package.initiatives.len());
    assert_eq!(read.package.reports[0].fiscal_year, 2007);
    assert!(read.notices.iter().count() > 0);
}

#[test]
fn an_unknown_column_of_a_line_is_listed() {
    let document = written(&builtin().unwrap());
    let document = document.replace("{\"slug\":", "{\"color\":\"blue\",\"slug\":");
    let read = good(&document);
    let found = notices(&read, NoticeKind::LeftOut);
    assert_eq!(found.len(), read.package.initiatives.len());
    assert!(found[0].ends_with(
        "Objective/OtherInformation: column \"color\" of a line of annals is not known; left out: \"blue\""
    ));
}

#[test]
fn a_document_holds_one_report() {
    let mut package = builtin().unwrap();
    package.reports.push(package.reports[0].clone());
    let error = write(&package, &mut Vec::new()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "a StratML document holds one report, and this package has 2; choose one by agency and fiscal year"
    );
}
