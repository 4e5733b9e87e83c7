//! From elements to the rows of a package, as cells. What a cell must be is judged later.

use super::carried::{self, Cells, OtherInformation, RowKind};
use super::notices::NoticeKind::{Assumed, LeftOut, Tolerated};
use super::notices::{Notices, excerpt};
use super::rows::{RowCells, Tables, columns};
use super::xml::{Document, Element};
use super::{NAMESPACE, note, structure, text};
use crate::package::Problems;
use crate::package::problem::Rule;

mod catalogue;
mod goals;
mod indicators;
mod period;

use catalogue::Catalogue;
use period::Period;

/// Bytes that a code has at most. Every row repeats those of its agency, report and initiative.
const CODE_BYTES: usize = 200;
/// Characters that the name of an indicator has at most. Each of its figures repeats it.
const NAME_CHARACTERS: usize = 500;

/// What is known of the report while its elements are read.
struct Reader<'a> {
    notices: &'a mut Notices,
    problems: &'a mut Problems,
    tables: Tables,
    /// Code of the agency.
    agency: String,
    period: Period,
    catalogue: Catalogue,
}

/// Reads a document. Where there is a problem, the rows are only good for finding more of them.
pub(super) fn read(document: &Document, notices: &mut Notices, problems: &mut Problems) -> Tables {
    let root = &document.root;
    if !matches!(&*root.name, "PerformancePlanOrReport" | "StrategicPlan") {
        let message = format!(
            "<{}> is not StratML; give a <PerformancePlanOrReport> (Part 2) or a <StrategicPlan> (Part 1)",
            root.name
        );
        note(problems, Rule::NotStratml, root.line, &message);
        return Tables::default();
    }
    note_root(document, notices);
    structure::walk(root, false, notices);

    let other = other_information(root, notices);
    let core = root.child("StrategicPlanCore").unwrap_or(root);
    let agency = agency(core, &other, notices, problems);
    let period = period::read(root, other.first(RowKind::Report), notices, problems);
    let mut reader = Reader {
        tables: Tables::default(),
        agency: agency.get("code").to_owned(),
        catalogue: Catalogue::new(&other),
        period,
        notices,
        problems,
    };
    reader.tables.agencies.push(agency);
    reader.report(root, &other);
    for (kind, cells) in &other.lines {
        match kind {
            RowKind::Agency if cells.get("code") != Some(&reader.agency) => {
                reader
                    .tables
                    .agencies
                    .push(RowCells::new(root.line, Some(cells)));
            }
            RowKind::Division => reader
                .tables
                .divisions
                .push(RowCells::new(root.line, Some(cells))),
            _ => {}
        }
    }
    reader.goals(core);
    reader.catalogue.into_tables(root.line, &mut reader.tables);
    reader.tables
}

impl Reader<'_> {
    /// A code that other rows will repeat; one that is too long for that is a problem.
    fn code(&mut self, line: u64, code: String) -> String {
        bounded(line, code, self.problems)
    }

    /// A name that figures will repeat, cut where it is too long for that.
    fn name(&mut self, line: u64, name: String) -> String {
        match name.char_indices().nth(NAME_CHARACTERS) {
            None => name,
            Some((end, _)) => {
                let message = format!(
                    "MeasurementDimension is longer than {NAME_CHARACTERS} characters; the rest is left out: {}",
                    excerpt(&name[end..])
                );
                self.notices
                    .note(LeftOut, line, "PerformanceIndicator", message);
                name[..end].trim_end().to_owned()
            }
        }
    }

    fn report(&mut self, root: &Element, other: &OtherInformation) {
        let mut row = RowCells::new(root.line, other.first(RowKind::Report));
        let title = root.label("Name");
        row.fill("agency", &*self.agency)
            .fill("fiscal_year", self.period.fiscal_year.to_string())
            .fill("title", &*title)
            .fill("source_title", title);
        self.period.fill(&mut row);
        let summary = root.prose("Description");
        row.fill("summary", summary);
        row.fill("summary_by", "the author of the StratML document");
        if !other.is_ours() && !other.free.is_empty() {
            let message = format!(
                "has no place in a package; left out: {}",
                excerpt(&other.free)
            );
            self.notices.note(
                LeftOut,
                line_of(root, "OtherInformation"),
                "OtherInformation",
                message,
            );
        }
        if let Some(element) = root.child("AdministrativeInformation") {
            let source = element.label("Source");
            if source.starts_with("https://") || source.starts_with("http://") {
                row.fill("source_url", source);
            } else if !source.is_empty() {
                let message = format!(
                    "is no http or https address; left out: {}",
                    excerpt(&source)
                );
                let path = "AdministrativeInformation/Source";
                self.notices
                    .note(LeftOut, line_of(element, "Source"), path, message);
            }
        }
        self.tables.reports.push(row);
    }
}

/// Notes in what the root differs from what the schema has.
fn note_root(document: &Document, notices: &mut Notices) {
    let root = &document.root;
    if document.namespace != NAMESPACE {
        let message = format!(
            "is in the namespace {}, not in {NAMESPACE:?}; read all the same",
            excerpt(&document.namespace)
        );
        notices.note(Tolerated, root.line, &*root.name, message);
    }
    match root.attribute("Type") {
        Some("Performance_Report") => {}
        Some(of) => {
            let message = format!("is a {}; read as a report", excerpt(of));
            notices.note(Tolerated, root.line, &*root.name, message);
        }
        None => {
            let message = "has no Type; read as a Performance_Report";
            notices.note(Tolerated, root.line, &*root.name, message);
        }
    }
    if root.child("StrategicPlanCore").is_none() {
        let message = "has no StrategicPlanCore; its content was looked for in the root";
        notices.note(Tolerated, root.line, &*root.name, message);
    }
}

/// What is in the `OtherInformation` of an element, without cells that no column is for.
fn other_information(element: &Element, notices: &mut Notices) -> OtherInformation {
    let Some(child) = element.child("OtherInformation") else {
        return OtherInformation::default();
    };
    let mut other = carried::split(&child.text);
    for (kind, cells) in &mut other.lines {
        cells.retain(|column, cell| {
            let known = columns(*kind).contains(&&**column);
            if !known {
                let message = format!(
                    "column {} of a line of annals is not known; left out: {}",
                    excerpt(column),
                    excerpt(cell)
                );
                let path = format!("{}/OtherInformation", element.name);
                notices.note(LeftOut, child.line, path, message);
            }
            known
        });
    }
    other
}

/// The row of the agency whose report it is: the first organization.
fn agency(
    core: &Element,
    other: &OtherInformation,
    notices: &mut Notices,
    problems: &mut Problems,
) -> RowCells {
    let mut organizations = core.all("Organization");
    let Some(element) = organizations.next() else {
        note(
            problems,
            Rule::Incomplete,
            core.line,
            "has no Organization with a Name or an Acronym; add one",
        );
        return unknown_agency(core.line);
    };
    for further in organizations {
        let message = format!(
            "is the second organization or a further one, and a report has one agency; left out: {}",
            excerpt(&further.whole_text())
        );
        notices.note(
            LeftOut,
            further.line,
            "StrategicPlanCore/Organization",
            message,
        );
    }
    let name = element.label("Name");
    let acronym = element.label("Acronym");
    // The line of the report names its agency, in case the acronym could not be written.
    let of_report = other
        .first(RowKind::Report)
        .and_then(|cells| cells.get("agency"));
    let code = match (of_report, acronym.is_empty()) {
        (Some(code), _) => code.clone(),
        (None, false) => acronym.split(' ').collect::<Vec<_>>().join("-"),
        (None, true) => {
            let code = code_of(&name);
            if !code.is_empty() {
                let message = format!("has no Acronym; the code {code:?} is made of its Name");
                notices.note(Assumed, element.line, "Organization", message);
            }
            code
        }
    };
    if code.is_empty() {
        note(
            problems,
            Rule::Incomplete,
            element.line,
            "Organization has no Acronym and no Name; fill one in",
        );
        return unknown_agency(element.line);
    }
    let code = bounded(element.line, code, problems);
    let is_it = |cells: &&Cells| cells.get("code") == Some(&code);
    let lines = other
        .lines
        .iter()
        .filter(|(kind, _)| *kind == RowKind::Agency);
    let line = lines.map(|(_, cells)| cells).find(is_it);
    let mut row = RowCells::new(element.line, line);
    row.fill("code", &*code)
        .fill("name", if name.is_empty() { acronym } else { name });
    row
}

/// A code, or a stand-in and a problem where it is longer than a code may be.
fn bounded(line: u64, code: String, problems: &mut Problems) -> String {
    if code.len() <= CODE_BYTES {
        return code;
    }
    let message = format!(
        "the code {} is longer than {CODE_BYTES} bytes; shorten it",
        excerpt(&code)
    );
    note(problems, Rule::BadText, line, &message);
    "too-long".to_owned()
}

/// A stand-in where there is a problem, so that the rest can be judged.
fn unknown_agency(line: u64) -> RowCells {
    let mut row = RowCells::new(line, None);
    row.fill("code", "unknown").fill("name", "unknown");
    row
}

/// A code for an agency: the initials of a name of several words, or the only word.
fn code_of(name: &str) -> String {
    let slug = text::slug(name).to_ascii_uppercase();
    let small = ["OF", "THE", "AND", "FOR", "ON", "IN"];
    let words: Vec<_> = slug
        .split('-')
        .filter(|word| !small.contains(word))
        .collect();
    match words[..] {
        [only] => only.to_owned(),
        _ => words
            .iter()
            .filter_map(|word| word.chars().next())
            .collect(),
    }
}

/// The line of an element inside another one, or of that one.
fn line_of(element: &Element, name: &str) -> u64 {
    element.child(name).map_or(element.line, |child| child.line)
}
