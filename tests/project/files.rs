//! The project's files, as the tests read them.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A path in the project's folder.
pub(super) fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The files under a folder whose names end so, sorted; none if there is no such folder.
pub(super) fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![project(folder)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(folder) else {
            continue;
        };
        for entry in entries {
            let path = entry.expect("a folder can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The text of a file.
pub(super) fn read(path: &Path) -> String {
    fs::read_to_string(path)
        .unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display()))
}

#[test]
fn every_snapshot_belongs_to_a_case() {
    for snapshot in files("tests/graphql", "snap") {
        let case = snapshot.with_extension("graphql");
        assert!(
            case.exists(),
            "remove {}: its case is gone",
            snapshot.display()
        );
    }
}
