//! Which module may use which: a request goes one way, and each step knows only what it needs.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use super::files::{files, project, read};

/// Each module of the library, and the modules of the library that it may use.
const LAYERS: &[(&str, &[&str])] = &[
    ("main", &[]),
    ("lib", &[]),
    (
        "cli",
        &[
            "config",
            "downloads",
            "engine",
            "error",
            "http",
            "limits",
            "log",
            "package",
            "schema",
            "store",
        ],
    ),
    ("log", &["config"]),
    ("config", &["engine", "http", "limits", "store"]),
    (
        "http",
        &[
            "document",
            "downloads",
            "engine",
            "error",
            "limits",
            "schema",
        ],
    ),
    ("downloads", &["package", "store"]),
    (
        "engine",
        &[
            "answer", "document", "error", "limits", "load", "plan", "schema", "store",
        ],
    ),
    (
        "answer",
        &["error", "limits", "load", "plan", "schema", "spreadsheet"],
    ),
    ("load", &["error", "limits", "plan", "schema", "sql"]),
    ("sql", &["plan", "schema"]),
    ("plan", &["document", "error", "limits", "schema"]),
    ("document", &["error", "limits", "schema"]),
    ("schema", &["limits"]),
    ("limits", &["error"]),
    ("error", &[]),
    ("store", &["package"]),
    ("package", &["spreadsheet"]),
    ("spreadsheet", &[]),
];

#[test]
fn each_module_uses_only_what_lies_behind_it() {
    let layers: BTreeMap<&str, &[&str]> = LAYERS.iter().copied().collect();
    for path in files("src", "rs") {
        let module = module(&path);
        let allowed = layers.get(module.as_str());
        let allowed =
            allowed.unwrap_or_else(|| panic!("say in LAYERS what the module {module} may use"));
        for used in used(&code(&read(&path))) {
            assert!(
                used == module || allowed.contains(&used.as_str()),
                "{} uses crate::{used}, which {module} must not know",
                path.display()
            );
        }
    }
}

#[test]
fn entities_and_migrations_know_nothing_of_the_binary() {
    for manifest in ["entity/Cargo.toml", "migration/Cargo.toml"] {
        assert!(!read(&project(manifest)).contains("annals ="), "{manifest}");
    }
}

#[test]
fn sqlite_is_known_to_the_store_one_snapshot_and_one_dialect() {
    let homes = [
        ("rusqlite", ["src/store", "src/load/sqlite.rs"].as_slice()),
        ("SqliteQueryBuilder", &["src/sql/dialect/sqlite.rs"]),
        ("extension::sqlite", &["src/sql/dialect/sqlite.rs"]),
        ("json_each", &["src/sql/dialect/sqlite.rs"]),
        ("json_extract", &["src/sql/dialect/sqlite.rs"]),
        ("rowid", &["src/sql/dialect/sqlite.rs"]),
    ];
    for path in files("src", "rs") {
        let code = code(&read(&path));
        // What is imported goes through the writer's driver, which is not part of reading.
        if path.starts_with(project("src/package")) {
            continue;
        }
        for (name, homes) in homes {
            assert!(
                !code.contains(name) || homes.iter().any(|home| path.starts_with(project(home))),
                "{} names {name}, which belongs in {homes:?}",
                path.display()
            );
        }
    }
}

#[test]
fn each_file_says_at_its_head_what_it_is_for() {
    for folder in ["src", "entity/src", "migration/src", "tests"] {
        for path in files(folder, "rs") {
            assert!(
                read(&path).starts_with("//! "),
                "{} has no head",
                path.display()
            );
        }
    }
}

/// The module of the library that a file belongs to: the first part of its path.
fn module(path: &Path) -> String {
    let path = path
        .strip_prefix(project("src"))
        .expect("the file is in src");
    let first = path
        .iter()
        .next()
        .expect("a file has a name")
        .to_string_lossy();
    first.trim_end_matches(".rs").into()
}

/// A source file without its comments.
fn code(text: &str) -> String {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The modules named after `crate::`, one by one or in a list.
fn used(code: &str) -> BTreeSet<String> {
    let name = |text: &str| {
        text.chars()
            .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
            .collect::<String>()
    };
    let mut used = BTreeSet::new();
    for (place, _) in code.match_indices("crate::") {
        let rest = &code[place + "crate::".len()..];
        match rest.strip_prefix('{') {
            None => {
                used.insert(name(rest));
            }
            Some(list) => used.extend(items(list).into_iter().map(|item| name(item.trim_start()))),
        }
    }
    used
}

/// The items of a list up to its closing brace; lists inside belong to their items.
fn items(list: &str) -> Vec<&str> {
    let mut items = Vec::new();
    let (mut start, mut depth) = (0, 0);
    for (place, letter) in list.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                items.push(list[start..place].trim());
                start = place + 1;
                if letter == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    items.retain(|item| !item.is_empty());
    items
}

#[test]
fn uses_are_found_in_every_form() {
    let code = "use crate::{\n    answer::{self, Introspection},\n    error::Code, load,\n};\nfn f() { crate::plan::go(); }";
    let found: Vec<String> = used(code).into_iter().collect();
    assert_eq!(found, ["answer", "error", "load", "plan"]);
}
