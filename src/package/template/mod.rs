//! Packages to begin with: a worked one, and one that goes on from a stored report.

use std::fmt::Write;

use super::Package;
use super::column::{Cell, Shape};
use super::problem::Problems;
use super::rows::{ColumnLayout, Row, layouts};

mod like;

pub use like::{LikeError, next_year};

/// A valid package with one worked row in each file, to be written over.
pub fn worked() -> Package {
    Package {
        agencies: vec![worked_row()],
        reports: vec![worked_row()],
        goals: vec![worked_row()],
        divisions: vec![worked_row()],
        units: vec![worked_row()],
        metrics: vec![worked_row()],
        initiatives: vec![worked_row()],
        results: vec![worked_row()],
    }
}

/// What goes with a package that is to be filled in: what each column is for, with an example.
pub fn readme() -> String {
    let mut text = String::from(
        "# A data package for annals\n\n\
         Fill in the CSV files, each as a spreadsheet: one row for each thing, under the headers that are there. Codes, \
         slugs and keys are yours to choose; rows name each other by them. Save as CSV in UTF-8, with commas. Or copy \
         the files into one Excel workbook, a sheet for each, named like the file without `.csv`.\n\n\
         `annals check` on this folder, on a zip of it or on the workbook says what is wrong and where. \
         `datapackage.json` describes the files to other tools; leave it as it is, or change title, licences and \
         sources in it.\n\n\
         A column that is not required may be left empty or left out.\n",
    );
    text += &columns();
    text
}

/// Every file and column of a package, as Markdown.
pub fn columns() -> String {
    let mut text = String::new();
    for layout in layouts() {
        let _ = write!(
            text,
            "\n## {}\n\n{}\n\n| column | required | what it holds | example |\n|---|---|---|---|\n",
            layout.file, layout.description
        );
        for ColumnLayout {
            name,
            required,
            shape,
            description,
            example,
        } in layout.columns
        {
            let required = if required { "yes" } else { "" };
            let words = match shape {
                Shape::Word(words) => format!(" One of {}.", words.join(", ")),
                _ => String::new(),
            };
            let _ = writeln!(
                text,
                "| {name} | {required} | {description}{words} | {example} |"
            );
        }
    }
    text
}

/// The row that the examples of the columns make.
fn worked_row<R: Row>() -> R {
    let mut row = R::default();
    // The examples are held to be good by a test.
    let mut problems = Problems::default();
    for column in R::COLUMNS {
        let mut cell = Cell {
            text: column.example,
            file: R::FILE,
            line: 2,
            column: column.name,
            problems: &mut problems,
        };
        (column.read)(&mut cell, &mut row);
    }
    row
}
