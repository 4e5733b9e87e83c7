//! The documentation of data packages has every file, column and rule, as they are declared.

use std::fs;

use annals::package::{Rule, Severity, template};

use super::files::{project, read};

const BEGIN: &str = "<!-- columns: written by ANNALS_UPDATE_DOCS=1 cargo test --test project -->\n";
const END: &str = "<!-- end of columns -->\n";

#[test]
fn every_file_and_column_is_documented_as_it_is_declared() {
    let path = project("docs/data-packages.md");
    let text = read(&path);
    let (head, rest) = text.split_once(BEGIN).expect("the columns begin");
    let (_, tail) = rest.split_once(END).expect("the columns end");
    let written = format!("{head}{BEGIN}{}\n{END}{tail}", template::columns());
    if std::env::var_os("ANNALS_UPDATE_DOCS").is_some() {
        fs::write(&path, &written).expect("the documentation can be written");
        return;
    }
    assert!(
        text == written,
        "docs/data-packages.md is out of date; write it with ANNALS_UPDATE_DOCS=1 cargo test --test project"
    );
}

#[test]
fn every_rule_is_documented_with_its_severity() {
    let text = read(&project("docs/data-packages.md"));
    for rule in Rule::ALL {
        let severity = match rule.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let row = format!("| `{}` | {severity} |", rule.name());
        assert!(
            text.contains(&row),
            "docs/data-packages.md has no row {row}"
        );
    }
}
