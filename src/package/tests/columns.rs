//! Columns that come and go as the format grows, and the ways in which files are saved.

use std::fs;

use super::{TINY, noted, open, opened_with};
use crate::package::layouts;

/// A package published before an optional column was thought of can still be read.
#[test]
fn an_optional_column_may_be_missing_with_its_cells() {
    for layout in layouts() {
        let (_, content) = TINY.iter().find(|(name, _)| *name == layout.file).unwrap();
        for column in layout.columns {
            // Cells of the tiny package that a missing column takes the sense from.
            if ["division", "goal", "part_of_initiative", "part_of_key"].contains(&column.name)
                || column.name.ends_with("_basis")
                || column.name == "goal_note"
                || column.name == "parent"
            {
                continue;
            }
            let (file, without) = (layout.file, without(content, column.name));
            let noted = noted(opened_with(file, content, &without));
            if column.required {
                let missing = format!("{file}:1: {}: is a required column", column.name);
                assert!(noted[0].starts_with(&missing), "{noted:?}");
            } else {
                assert_eq!(noted, [""; 0], "{file} without {}", column.name);
            }
        }
    }
}

#[test]
fn what_a_missing_column_leaves_out_is_none() {
    let (_, content) = TINY[1];
    let opened = opened_with("agencies.csv", content, "code,name\nAB,Agency of Boats\n").unwrap();
    assert_eq!(opened.package.agencies[0].department, None);
}

#[test]
fn an_unknown_column_is_a_warning_by_name() {
    for (header, shown) in [
        (
            "motto",
            "agencies.csv:1: motto: is not a column that annals knows, so it is left out of \
             account; take it out, or leave it for other tools",
        ),
        (
            "Departmnet",
            "agencies.csv:1: Departmnet: is not a column that annals knows, so it is left out of \
             account; if it is meant to be \"department\", rename it",
        ),
        (
            "",
            "agencies.csv:1: (without a name): is not a column that annals knows, so it is left \
             out of account; take it out, or leave it for other tools",
        ),
        (
            "a\u{1b}[31m",
            "agencies.csv:1: a\\u{1b}[31m: is not a column that annals knows, so it is left out \
             of account; take it out, or leave it for other tools",
        ),
    ] {
        let opened = opened_with("agencies.csv", "department", header);
        assert!(opened.is_ok(), "{header}");
        assert_eq!(noted(opened), [shown]);
    }
}

#[test]
fn the_table_schema_may_leave_out_optional_columns_and_no_others() {
    let schema = |names: &str| {
        let fields: Vec<String> = names
            .split(' ')
            .map(|name| format!("{{\"name\": {name:?}}}"))
            .collect();
        format!(
            "{{\"path\": \"agencies.csv\", \"schema\": {{\"fields\": [{}]}}}}",
            fields.join(", ")
        )
    };
    for (fields, shown) in [
        ("code name", None),
        ("code name department", None),
        (
            "code",
            Some("datapackage.json: name: is missing from the fields of \"agencies.csv\"; add it"),
        ),
        (
            "code name motto",
            Some(
                "datapackage.json: motto: is a field of \"agencies.csv\" that annals does not \
                 know; take it out, or leave it for other tools",
            ),
        ),
    ] {
        let opened = opened_with(
            "datapackage.json",
            "{\"path\": \"agencies.csv\"}",
            &schema(fields),
        );
        assert_eq!(opened.is_ok(), fields != "code", "{fields}");
        assert_eq!(noted(opened), Vec::from_iter(shown), "{fields}");
    }
}

/// As Excel saves "CSV UTF-8": with a byte order mark and lines that end as on Windows.
#[test]
fn a_byte_order_mark_and_windows_line_ends_are_no_problem() {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in TINY {
        let content = format!("\u{FEFF}{}", content.replace('\n', "\r\n"));
        fs::write(folder.path().join(name), content).unwrap();
    }
    let opened = open(folder.path()).unwrap();
    assert_eq!(opened.warnings.iter().count(), 0);
    assert_eq!(
        opened.package.results[1].note.as_deref(),
        Some("About half.")
    );
}

#[test]
fn lines_are_counted_whatever_they_end_in() {
    let (file, content) = TINY[TINY.len() - 1];
    assert_eq!(file, "results.csv");
    let row = content.lines().nth(2).unwrap();
    let wrong = content.replace(row, &row.replace("PERIOD", "Period"));
    let expected = "results.csv:3: scope: \"Period\" is not one of PERIOD, CUMULATIVE, POINT_IN_TIME; write PERIOD";
    for ends in ["\n", "\r\n"] {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in TINY {
            let content = if name == file { &wrong } else { content };
            // An empty row is no row.
            let commas = ",".repeat(content.lines().next().unwrap().matches(',').count());
            let empty = match name.ends_with(".csv") {
                true => format!("{commas}\n"),
                false => String::new(),
            };
            let content = format!("{content}{empty}").replace('\n', ends);
            fs::write(folder.path().join(name), content).unwrap();
        }
        assert_eq!(noted(open(folder.path())), [expected], "{ends:?}");
    }
}

#[test]
fn another_separator_or_encoding_is_named() {
    let (_, content) = TINY[1];
    for (separator, shown) in [(";", "';'"), ("\t", "'\\t'")] {
        let noted = noted(opened_with(
            "agencies.csv",
            content,
            &content.replace(',', separator),
        ));
        assert_eq!(
            noted[0],
            format!(
                "agencies.csv:1: has cells that are separated by {shown}, not by commas; \
                 save the file as CSV with commas"
            )
        );
    }
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in TINY {
        let utf_16: Vec<u8> = [0xFEFF_u16]
            .into_iter()
            .chain(content.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        fs::write(folder.path().join(name), utf_16).unwrap();
    }
    let noted = noted(open(folder.path()));
    assert_eq!(
        noted[1],
        "agencies.csv:1: cell 1 is not UTF-8; save the file as UTF-8"
    );
}

/// A file whose table lacks a column.
fn without(content: &str, column: &str) -> String {
    let mut reader = csv::Reader::from_reader(content.as_bytes());
    let header = reader.headers().unwrap().clone();
    let Some(place) = header.iter().position(|name| name == column) else {
        return content.to_owned();
    };
    let mut writer = csv::Writer::from_writer(Vec::new());
    for record in std::iter::once(Ok(header)).chain(reader.records()) {
        let record = record.unwrap();
        let cells = record.iter().enumerate();
        writer
            .write_record(
                cells
                    .filter(|(other, _)| *other != place)
                    .map(|(_, cell)| cell),
            )
            .unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}
