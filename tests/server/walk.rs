//! The walk at the head of docs/data-packages.md, step by step as it is written: files are saved, commands run and
//! queries asked in the order of the text, and all that is shown must come out.

use std::{fs, path::Path};

use serde_json::{Value, json};

use super::{
    http::graphql,
    process::{Server, annals, run},
};

const FOLDER: &str = "harbor-2025";

#[test]
fn the_walk_leads_from_an_empty_spreadsheet_to_an_imported_report() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let document = fs::read_to_string(root.join("docs/data-packages.md")).expect("it is there");
    let place = tempfile::tempdir().expect("there is room for temporary files");
    let database = place.path().join("annals.db");
    let mut server = None;
    let mut answer = None;
    let (mut files, mut commands, mut queries) = (0, 0, 0);
    for (info, text) in blocks(walk(&document)) {
        match info.split_once(' ').unwrap_or((info, "")) {
            ("csv", name) => {
                let path = place.path().join(name);
                assert!(path.is_file(), "annals init writes {name}");
                fs::write(path, text).expect("there is room");
                files += 1;
            }
            ("console", _) => {
                for (command, expected) in steps(&text) {
                    if command == format!("import {FOLDER}") && server.is_none() {
                        assert_is_the_example(&place.path().join(FOLDER), root);
                    }
                    let arguments: Vec<&str> = command.split(' ').collect();
                    let output = run(annals(&arguments).current_dir(place.path()));
                    let printed = String::from_utf8_lossy(&output.stdout);
                    assert_eq!(printed, expected, "annals {command}");
                    commands += 1;
                }
            }
            ("graphql", _) => {
                let server = server.get_or_insert_with(|| Server::start(&database, &[]));
                answer = Some(graphql(server.address, &json!({ "query": text })).json());
                queries += 1;
            }
            ("json", _) => {
                let expected: Value = serde_json::from_str(&text).expect("it is JSON");
                assert_eq!(answer.take(), Some(expected));
            }
            other => panic!("the walk has a block of another kind: {other:?}"),
        }
    }
    assert_eq!((files, commands, queries), (10, 7, 2));
    assert!(answer.is_none(), "each query has its answer beside it");

    // The columns are left to `annals check` and `.ci/packages`: those that are optional may be missing.
    let title = |folder: &Path| {
        let text = fs::read_to_string(folder.join("datapackage.json")).expect("it is there");
        let mut descriptor: Value = serde_json::from_str(&text).expect("it is JSON");
        descriptor["resources"].take();
        descriptor
    };
    assert_eq!(
        title(&place.path().join("exported/harbor-fy2025")),
        title(&root.join("examples").join(FOLDER))
    );
}

/// The part of the document that is the walk.
fn walk(document: &str) -> &str {
    let (_, walk) = document
        .split_once("## From an empty spreadsheet to an imported report\n")
        .expect("the walk begins");
    walk.split_once("\n## ").expect("it ends").0
}

/// The fenced blocks of a text: what stands behind the fence, and the lines.
fn blocks(text: &str) -> Vec<(&str, String)> {
    let mut blocks = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(info) = line.strip_prefix("```") {
            let inside = lines.by_ref().take_while(|line| *line != "```");
            blocks.push((info, inside.map(|line| format!("{line}\n")).collect()));
        }
    }
    blocks
}

/// The commands of a block without the name of the binary, each with what it prints.
fn steps(text: &str) -> Vec<(String, String)> {
    let steps = text.split("$ annals ").filter(|step| !step.is_empty());
    steps
        .map(|step| {
            let (command, printed) = step.split_once('\n').expect("a command has a line");
            (command.to_owned(), printed.to_owned())
        })
        .collect()
}

/// The tables that the reader has made are those of `examples/`.
fn assert_is_the_example(made: &Path, root: &Path) {
    let example = root.join("examples").join(FOLDER);
    let mut compared = 0;
    for file in fs::read_dir(&example).expect("the example is there") {
        let path = file.expect("a file").path();
        if path.extension().is_some_and(|extension| extension == "csv") {
            let name = path.file_name().expect("it has a name");
            let text = |path: &Path| fs::read_to_string(path).expect("it is text");
            assert_eq!(text(&made.join(name)), text(&path), "{name:?}");
            compared += 1;
        }
    }
    assert_eq!(compared, 8);
}
