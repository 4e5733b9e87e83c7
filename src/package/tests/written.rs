//! What is written is what is read.

use std::fs;
use std::path::Path;

use super::{TINY, noted, open};
use crate::package::{Rule, layouts, template, write_dir};

#[test]
fn the_built_in_package_is_written_as_it_is() {
    let stored = Path::new("data/ice-fy2007");
    let package = open(stored).unwrap().package;
    if std::env::var_os("ANNALS_UPDATE_PACKAGE").is_some() {
        write_dir(&package, stored).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    write_dir(&package, folder.path()).unwrap();
    let files = layouts().map(|layout| layout.file);
    for file in files.into_iter().chain(["datapackage.json"]) {
        let stored = fs::read_to_string(stored.join(file)).unwrap();
        let written = fs::read_to_string(folder.path().join(file)).unwrap();
        assert!(
            written == stored,
            "data/ice-fy2007/{file} is out of date; write it with ANNALS_UPDATE_PACKAGE=1 cargo test written"
        );
    }
}

#[test]
fn what_is_written_is_read_as_the_same_package() {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in TINY {
        fs::write(folder.path().join(name), content).unwrap();
    }
    let package = open(folder.path()).unwrap().package;
    let copy = tempfile::tempdir().unwrap();
    write_dir(&package, copy.path()).unwrap();
    assert_eq!(open(copy.path()).unwrap().package, package);
}

#[test]
fn the_worked_package_is_valid_and_has_every_example() {
    let folder = tempfile::tempdir().unwrap();
    write_dir(&template::worked(), folder.path()).unwrap();
    let opened = open(folder.path());
    assert_eq!(noted(opened), [""; 0]);
    for layout in layouts() {
        let mut reader = csv::Reader::from_path(folder.path().join(layout.file)).unwrap();
        let row = reader.records().next().unwrap().unwrap();
        let examples: Vec<_> = layout.columns.iter().map(|column| column.example).collect();
        assert_eq!(row.iter().collect::<Vec<_>>(), examples, "{}", layout.file);
    }
}

#[test]
fn the_readme_of_a_new_package_names_every_file_and_column() {
    let readme = template::readme();
    for layout in layouts() {
        assert!(readme.contains(&format!("\n## {}\n", layout.file)));
        for column in layout.columns {
            assert!(readme.contains(&format!("\n| {} | ", column.name)));
        }
    }
}

#[test]
fn names_of_rules_are_told_apart_and_plain() {
    let mut names: Vec<_> = Rule::ALL.iter().map(|rule| rule.name()).collect();
    let plain = |name: &str| {
        name.bytes()
            .all(|byte| byte == b'-' || byte.is_ascii_alphanumeric())
    };
    assert!(names.iter().all(|name| plain(name)));
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Rule::ALL.len());
}
