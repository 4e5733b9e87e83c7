//! Packages with one thing wrong, and what is said about it.

use std::fs;

use entity::enums::{AttributionBasis, Precision, Scope, UnitKind};

use super::*;

mod archives;
mod cells;
mod check;
mod columns;
mod workbooks;
mod written;

/// A small valid package: the content of each file.
const TINY: [(&str, &str); 9] = [
    (
        "datapackage.json",
        r#"{"profile": "tabular-data-package", "name": "tiny", "resources": [
            {"path": "agencies.csv"}, {"path": "reports.csv"}, {"path": "goals.csv"},
            {"path": "divisions.csv"}, {"path": "units.csv"}, {"path": "metrics.csv"},
            {"path": "initiatives.csv"}, {"path": "results.csv"}]}"#,
    ),
    (
        "agencies.csv",
        "code,name,department\nAB,Agency of Boats,\n",
    ),
    (
        "reports.csv",
        "agency,fiscal_year,period_start,period_end,title,summary,source_title,\
         source_publisher,source_url,source_retrieved,source_sha256,source_licence\n\
         AB,2020,2019-10-01,2020-09-30,Boats 2020,,Boats,,https://example.org/boats,2021-01-31,,\n",
    ),
    (
        "goals.csv",
        "agency,fiscal_year,code,name,position\nAB,2020,safe,Safe boats,1\n",
    ),
    (
        "divisions.csv",
        "agency,code,name,position\nAB,RIV,Rivers,1\nAB,SEA,Seas,2\n",
    ),
    (
        "units.csv",
        "code,name,plural,symbol,kind\nboat,boat,boats,,COUNT\nUSD,US dollar,US dollars,$,MONEY\n",
    ),
    (
        "metrics.csv",
        "code,name,description,unit,additivity,parent\n\
         boats,Boats,,boat,ADDITIVE,\n\
         ferries,Ferries,,boat,ADDITIVE,boats\n\
         fines,Fines,,USD,ADDITIVE,\n",
    ),
    (
        "initiatives.csv",
        "agency,fiscal_year,slug,position,name,action,outcome,source_place,\
         division,division_basis,division_note,goal,goal_basis,goal_note\n\
         AB,2020,checks,1,Checks,\"Checked boats,\nall of them.\",Many were safe.,page 1,\
         RIV,STATED,,safe,INFERRED,Checks make boats safe.\n",
    ),
    (
        "results.csv",
        "agency,report_fiscal_year,initiative,key,position,label,metric,value,precision,\
         fiscal_year,scope,as_of,is_record,part_of_initiative,part_of_key,note\n\
         AB,2020,checks,all,1,Boats checked,boats,120,EXACT,2020,PERIOD,,true,,,\n\
         ab,2020,Checks,ferries,2,Ferries checked,ferries,20.5,LOWER_BOUND,2020,PERIOD,2020-06,\
         false,checks,all,About half.\n",
    ),
];

/// Reads the small package after replacing the first text by the second in one file.
fn read_with(file: &str, from: &str, to: &str) -> Result<Package, PackageError> {
    opened_with(file, from, to).map(|opened| opened.package)
}

/// The same, with the warnings.
fn opened_with(file: &str, from: &str, to: &str) -> Result<Opened, PackageError> {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in TINY {
        let content = if name == file {
            assert!(content.contains(from), "{from:?} is not in {file}");
            content.replacen(from, to, 1)
        } else {
            content.to_owned()
        };
        fs::write(folder.path().join(name), content).unwrap();
    }
    open(folder.path())
}

/// What is noted of a package, errors and warnings, as shown.
fn noted(opened: Result<Opened, PackageError>) -> Vec<String> {
    let problems = match opened {
        Ok(opened) => opened.warnings,
        Err(error) => error.into_problems(),
    };
    problems.iter().map(ToString::to_string).collect()
}

/// The problems of the small package after a replacement, as shown.
fn problems(file: &str, from: &str, to: &str) -> String {
    match read_with(file, from, to) {
        Ok(_) => String::new(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn a_valid_package_is_read_as_written() {
    let package = read_with("agencies.csv", "", "").unwrap();
    assert_eq!(package.agencies[0].department, None);
    assert_eq!(package.reports[0].period_end, "2020-09-30");
    assert_eq!(package.units[1].kind, UnitKind::Money);
    assert_eq!(package.metrics[1].parent.as_deref(), Some("boats"));
    let initiative = &package.initiatives[0];
    assert_eq!(initiative.action, "Checked boats,\nall of them.");
    let goal = initiative.goal.as_ref().unwrap();
    assert_eq!(
        (goal.code.as_str(), goal.basis),
        ("safe", AttributionBasis::Inferred)
    );
    let result = &package.results[1];
    assert_eq!(
        (result.value, result.precision),
        (205_000, Precision::LowerBound)
    );
    assert_eq!(
        (result.scope, result.as_of.as_deref()),
        (Scope::Period, Some("2020-06"))
    );
    assert_eq!(result.part_of.as_ref().unwrap().key, "all");
    assert!(package.results[0].is_record && !result.is_record);
}

#[test]
fn columns_may_come_in_any_order_and_lines_may_end_as_on_windows() {
    let content = "name,department,code\r\nAgency of Boats,,AB\r\n";
    let package = read_with("agencies.csv", TINY[1].1, content).unwrap();
    assert_eq!(package.agencies[0].code, "AB");
}

#[test]
fn the_built_in_package_is_valid() {
    let package = builtin().unwrap();
    assert_eq!((package.initiatives.len(), package.results.len()), (27, 55));
    assert_eq!(package, open("data/ice-fy2007").unwrap().package);
}

#[test]
fn a_folder_that_is_not_there_is_not_an_empty_one() {
    let error = open("no/such/folder").unwrap_err();
    assert!(matches!(error, PackageError::Unreadable { .. }), "{error}");
}

#[test]
fn all_problems_are_told_at_once() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("units.csv"),
        "code,name,plural,symbol,kind\n,,boats,,Count\n",
    )
    .unwrap();
    let error = open(folder.path()).unwrap_err().to_string();
    assert_eq!(
        error.lines().collect::<Vec<_>>(),
        [
            "datapackage.json: is missing; a data package has one; annals init writes one that fits",
            "agencies.csv: is missing; add it, with at least its header row",
            "reports.csv: is missing; add it, with at least its header row",
            "goals.csv: is missing; add it, with at least its header row",
            "divisions.csv: is missing; add it, with at least its header row",
            "units.csv:2: code: is missing; fill it in",
            "units.csv:2: name: is missing; fill it in",
            "units.csv:2: kind: \"Count\" is not one of COUNT, MONEY, MASS, LENGTH, AREA, VOLUME, \
             DURATION, RATIO, OTHER; write COUNT",
            "metrics.csv: is missing; add it, with at least its header row",
            "initiatives.csv: is missing; add it, with at least its header row",
            "results.csv: is missing; add it, with at least its header row",
        ]
    );
}

/// Checks that each replacement in a file gives exactly these problems.
fn each(file: &str, cases: &[(&str, &str, &str)]) {
    for (from, to, message) in cases {
        assert_eq!(problems(file, from, to), *message, "{from:?} → {to:?}");
    }
}

#[test]
fn the_descriptor_names_our_files() {
    each(
        "datapackage.json",
        &[
            (
                "{\"path\": \"goals.csv\"},",
                "",
                "datapackage.json: resource \"goals.csv\" is not named; add it",
            ),
            (
                "{\"path\": \"goals.csv\"},",
                "{\"path\": \"goals.csv\"}, {\"path\": \"goals.csv\"}, {\"path\": \"extra.csv\"},",
                "datapackage.json: resource \"goals.csv\" is named twice; take one out\n\
                 datapackage.json: resource \"extra.csv\" is not a file of ours; take it out",
            ),
            (
                "tabular-data-package",
                "data-package",
                "datapackage.json: profile is \"data-package\"; write \"tabular-data-package\"",
            ),
        ],
    );
    let error = problems("datapackage.json", "}]}", "}]");
    assert!(
        error.starts_with("datapackage.json: is not a data package descriptor: EOF"),
        "{error}"
    );
}
