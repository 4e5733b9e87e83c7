//! The checklists of CONTRIBUTING.md: the files they name are there, and they name every file that a field needs.

use super::files::{files, project, read};

/// Extensions of files that mention a field. Snapshots follow from their cases.
const EXTENSIONS: [&str; 8] = ["rs", "csv", "json", "js", "ts", "tsx", "graphql", "md"];

/// Folders with files of ours.
const FOLDERS: [&str; 11] = [
    "benches",
    "clients/reference/src",
    "clients/reference/test",
    "data",
    "docs",
    "entity/src",
    "migration/src",
    "src",
    "testkit/src",
    "tests",
    "web/src",
];

/// Folders that tools make, and git ignores.
const MADE: [&str; 2] = ["fuzz/artifacts", "web/tests/output"];

#[test]
fn every_path_that_contributing_names_is_there() {
    let text = read(&project("CONTRIBUTING.md"));
    let named = paths(&text);
    assert!(named.len() > 40, "the paths are found: {named:?}");
    for path in named.into_iter().filter(|path| !MADE.contains(path)) {
        // A file that is still to be made lies in a folder that is there.
        let known = match path.find('<') {
            Some(open) => path[..open]
                .rsplit_once('/')
                .map_or("", |(folder, _)| folder),
            None => path,
        };
        assert!(
            project(known).exists(),
            "CONTRIBUTING.md names {path}, which is not there"
        );
    }
}

/// `department` of an agency is an ordinary stored field: whatever file mentions it is one that a field like it needs.
#[test]
fn every_file_that_a_field_needs_is_in_its_checklist() {
    let text = read(&project("CONTRIBUTING.md"));
    let (_, section) = text.split_once("## Adding a field").expect("the checklist");
    let (section, _) = section.split_once("\n## ").expect("its end");
    let named = paths(section);
    let mut mentions = 0;
    for file in FOLDERS
        .iter()
        .flat_map(|folder| mentioning(folder, "department"))
    {
        mentions += 1;
        assert!(
            named.iter().any(|pattern| covers(pattern, &file)),
            "{file} mentions department and is not in the checklist for fields in CONTRIBUTING.md"
        );
    }
    assert!(mentions > 15, "the files are found: {mentions}");
}

/// The files of a folder that mention a word, as paths within the project.
fn mentioning(folder: &str, word: &str) -> Vec<String> {
    let root = project("");
    let all = EXTENSIONS
        .iter()
        .flat_map(|extension| files(folder, extension));
    // The check itself is no part of any field.
    all.filter(|path| !path.ends_with("tests/project/contributing.rs"))
        .filter(|path| read(path).contains(word))
        .map(|path| {
            let inside = path.strip_prefix(&root).expect("it is in the project");
            inside.to_string_lossy().replace('\\', "/")
        })
        .filter(|path| !path.contains("/node_modules/"))
        .collect()
}

/// The paths in a text: what stands in backticks and has a slash, and the files of the root.
fn paths(text: &str) -> Vec<&str> {
    text.split('`')
        .skip(1)
        .step_by(2)
        .filter(|code| !code.contains(' ') && !code.contains("..") && !code.starts_with('-'))
        .filter(|code| code.contains('/') || code.ends_with(".md"))
        .filter(|code| !code.starts_with('/'))
        .collect()
}

/// Whether a path of a checklist stands for a file: itself, a folder that it is in, or a pattern with `<names>`.
fn covers(pattern: &str, file: &str) -> bool {
    let (mut file, mut first) = (file, true);
    for (place, part) in pattern.split('<').enumerate() {
        let fixed = match (place, part.split_once('>')) {
            (0, _) => part,
            (_, Some((_, behind))) => behind,
            (_, None) => return false,
        };
        let found = if first {
            file.strip_prefix(fixed)
        } else {
            file.find(fixed).map(|start| &file[start + fixed.len()..])
        };
        let Some(rest) = found else { return false };
        (file, first) = (rest, false);
    }
    file.is_empty() || pattern.ends_with('/') || pattern.ends_with('>')
}

#[test]
fn patterns_cover_what_they_are_written_for() {
    assert!(covers(
        "src/package/rows/<row>.rs",
        "src/package/rows/agency.rs"
    ));
    assert!(covers(
        "data/ice-fy2007/<rows>.csv",
        "data/ice-fy2007/units.csv"
    ));
    assert!(covers(
        "migration/src/m<date>_<number>_<name>/",
        "migration/src/m2_1_a/mod.rs"
    ));
    assert!(covers(
        "tests/packages/",
        "tests/packages/ferries/agencies.csv"
    ));
    assert!(!covers(
        "src/package/rows/<row>.rs",
        "src/package/check/mod.rs"
    ));
    assert!(!covers("src/schema/enums.rs", "src/schema/agency.rs"));
}
