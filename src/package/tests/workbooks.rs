//! Packages in Excel workbooks. The workbooks are written by hand, part by part, so that a cell can
//! be anything.

use std::fmt::Write as _;
use std::fs::File;
use std::io::Write as _;
use std::path::PathBuf;

use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{TINY, noted, open};

/// A cell: what stands in `<c …>…</c>`, without its place.
fn text(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    format!(" t=\"inlineStr\"><is><t xml:space=\"preserve\">{escaped}</t></is></c>")
}

fn number(number: &str) -> String {
    format!("><v>{number}</v></c>")
}

/// A number in the format of a date (style 1 of the workbook).
fn date(serial: &str) -> String {
    format!(" s=\"1\"><v>{serial}</v></c>")
}

/// The sheets of the small package: numbers and days as a spreadsheet would keep them.
fn sheets() -> Vec<(String, Vec<Vec<String>>)> {
    let mut sheets = Vec::new();
    for (name, content) in &TINY[1..] {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(content.as_bytes());
        let rows = reader.records().map(|record| {
            let record = record.unwrap();
            let cells = record.iter().map(|cell| match cell {
                "" => String::new(),
                // 1 October 2019 and 30 September 2020, in days since the end of 1899.
                "2019-10-01" => date("43739"),
                "2020-09-30" => date("44104"),
                "true" => " t=\"b\"><v>1</v></c>".to_owned(),
                cell if cell.parse::<f64>().is_ok() => number(cell),
                cell => text(cell),
            });
            cells.collect()
        });
        sheets.push((name.trim_end_matches(".csv").to_owned(), rows.collect()));
    }
    sheets
}

fn workbook(sheets: &[(String, Vec<Vec<String>>)]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("boats.xlsx");
    let mut zip = ZipWriter::new(File::create(&path).unwrap());
    let mut put = |name: &str, content: &str| {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>")
            .unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    };
    let (mut book, mut relations) = (String::new(), String::new());
    let namespace = "http://schemas.openxmlformats.org";
    for (place, (name, rows)) in sheets.iter().enumerate() {
        let id = place + 1;
        let _ = write!(
            book,
            "<sheet name=\"{name}\" sheetId=\"{id}\" r:id=\"r{id}\"/>"
        );
        let _ = write!(
            relations,
            "<Relationship Id=\"r{id}\" Target=\"worksheets/sheet{id}.xml\" \
             Type=\"{namespace}/officeDocument/2006/relationships/worksheet\"/>"
        );
        let mut sheet = String::new();
        for (line, cells) in rows.iter().enumerate() {
            let line = line + 1;
            let _ = write!(sheet, "<row r=\"{line}\">");
            for (column, cell) in cells
                .iter()
                .enumerate()
                .filter(|(_, cell)| !cell.is_empty())
            {
                let letter = char::from(b'A' + u8::try_from(column).unwrap());
                let _ = write!(sheet, "<c r=\"{letter}{line}\"{cell}");
            }
            sheet += "</row>";
        }
        put(
            &format!("xl/worksheets/sheet{id}.xml"),
            &format!(
                "<worksheet xmlns=\"{namespace}/spreadsheetml/2006/main\">\
                 <sheetData>{sheet}</sheetData></worksheet>"
            ),
        );
    }
    let _ = write!(
        relations,
        "<Relationship Id=\"styles\" Target=\"styles.xml\" \
         Type=\"{namespace}/officeDocument/2006/relationships/styles\"/>"
    );
    put(
        "xl/styles.xml",
        &format!(
            "<styleSheet xmlns=\"{namespace}/spreadsheetml/2006/main\"><cellXfs count=\"2\">\
             <xf numFmtId=\"0\"/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>"
        ),
    );
    put(
        "xl/workbook.xml",
        &format!(
            "<workbook xmlns=\"{namespace}/spreadsheetml/2006/main\" \
             xmlns:r=\"{namespace}/officeDocument/2006/relationships\">\
             <sheets>{book}</sheets></workbook>"
        ),
    );
    put(
        "xl/_rels/workbook.xml.rels",
        &format!(
            "<Relationships xmlns=\"{namespace}/package/2006/relationships\">{relations}\
             </Relationships>"
        ),
    );
    put(
        "_rels/.rels",
        &format!(
            "<Relationships xmlns=\"{namespace}/package/2006/relationships\">\
             <Relationship Id=\"book\" Target=\"xl/workbook.xml\" \
             Type=\"{namespace}/officeDocument/2006/relationships/officeDocument\"/>\
             </Relationships>"
        ),
    );
    put(
        "[Content_Types].xml",
        &format!("<Types xmlns=\"{namespace}/package/2006/content-types\"/>"),
    );
    zip.finish().unwrap();
    (folder, path)
}

/// What is noted of the workbook of the small package with another cell somewhere, row and column
/// from 1.
fn with(sheet: &str, row: usize, column: usize, cell: &str) -> Vec<String> {
    let mut sheets = sheets();
    let found = sheets.iter_mut().find(|(name, _)| name == sheet).unwrap();
    found.1[row - 1][column - 1] = cell.to_owned();
    noted(open(workbook(&sheets).1))
}

#[test]
fn a_workbook_is_read_like_the_folder_of_its_sheets() {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in TINY {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    let package = open(folder.path()).unwrap().package;
    let mut sheets = sheets();
    // Sheets of other names and rows without cells are left out of account.
    sheets.push(("Notes".to_owned(), vec![vec![text("About boats.")]]));
    for (_, rows) in &mut sheets {
        rows.insert(1, Vec::new());
        rows.push(vec![String::new(); 3]);
    }
    sheets[0].0 = "Agencies".to_owned();
    let (_folder, path) = workbook(&sheets);
    assert_eq!(open(path).unwrap().package, package);
}

#[test]
fn numbers_and_days_are_read_as_they_were_meant() {
    // What Excel saves of 20.1, of 0.1 + 0.2 rounded to four decimals, and of a large figure.
    for (saved, value) in [
        ("20.100000000000001", 201_000),
        ("0.3", 3_000),
        ("119", 1_190_000),
        ("1.3E2", 1_300_000),
    ] {
        let mut sheets = sheets();
        sheets[7].1[1][7] = number("900000000000000");
        sheets[7].1[2][7] = number(saved);
        let (_folder, path) = workbook(&sheets);
        let package = open(path).unwrap().package;
        assert_eq!(package.results[0].value, 9_000_000_000_000_000_000);
        assert_eq!(package.results[1].value, value, "{saved}");
    }
    assert_eq!(
        with("results", 3, 8, &number("0.12345")),
        ["results:3: value: \"0.12345\" has more than four decimals; round it to four"]
    );
    assert_eq!(
        with("reports", 2, 3, &date("43739.5")),
        ["reports:2: period_start: \"2019-10-01T12:00:00\" is not a day; write it like 2007-09-30"]
    );
    assert_eq!(
        with("results", 3, 12, &date("43983")),
        [""; 0],
        "a day is good where a month would be"
    );
}

#[test]
fn problems_name_the_sheet_and_its_row() {
    assert_eq!(
        with("divisions", 3, 1, &text("AC")),
        ["divisions:3: agency: \"ac\" is not in agencies; add it there or correct it here"]
    );
    assert_eq!(
        with("results", 2, 8, " t=\"e\"><v>#REF!</v></c>")[0],
        "results:2: cell 8 holds the error of a formula, #REF!; write the value itself"
    );
    let mut beside = sheets();
    beside[0].1[1].push(text("a remark"));
    assert_eq!(
        noted(open(workbook(&beside).1))[0],
        "agencies:2: has 4 cells where the header has 3; \
         give each column a header, or empty the cells beside the table"
    );
    let mut sheets = sheets();
    sheets.remove(2);
    assert_eq!(
        noted(open(workbook(&sheets).1))[0],
        "goals: is missing; add it, with at least its header row"
    );
}

/// Excel has room for 17 billion cells in a sheet; a file can name the last one in a few bytes.
#[test]
fn a_cell_far_away_costs_nothing() {
    let mut sheets = sheets();
    sheets[0].1[1][2] = "/><c r=\"XFD2\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"\
                         ><v>1</v></c>"
        .to_owned();
    let noted = noted(open(workbook(&sheets).1));
    assert!(
        noted[0].starts_with("agencies:1048576: code: is missing"),
        "{noted:?}"
    );
}

#[test]
fn a_zip_that_only_looks_like_a_workbook_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("boats.xlsx");
    let mut zip = ZipWriter::new(File::create(&path).unwrap());
    zip.start_file("xl/workbook.xml", SimpleFileOptions::default())
        .unwrap();
    zip.write_all(b"no XML").unwrap();
    zip.finish().unwrap();
    let noted = noted(open(path));
    assert!(
        noted[0].starts_with("boats.xlsx: is not a workbook that can be read"),
        "{noted:?}"
    );
}
