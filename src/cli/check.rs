//! `annals check`: whole packages validated, without a database. It decides nothing about content.

use std::{
    io::{self, Write},
    path::Path,
};

use anstyle::{AnsiColor, Style};
use serde::Serialize;

use crate::{
    config::{Check, CheckFormat},
    package::{self, Checked, Problem, Problems, Severity},
};

/// What was found in one package.
struct Found<'a> {
    path: &'a Path,
    /// There if there is no error.
    package: Option<Checked>,
    problems: Problems,
}

/// Checks the packages and writes what was found to standard output. Whether all are valid.
pub(super) fn check(settings: &Check) -> io::Result<bool> {
    let found: Vec<Found<'_>> = settings.paths.iter().map(|path| find(path)).collect();
    match settings.format {
        CheckFormat::Text => write_text(&found, &mut anstream::stdout().lock())?,
        CheckFormat::Json => write_json(&found, &mut io::stdout().lock())?,
    }
    Ok(found.iter().all(|found| found.package.is_some()))
}

fn find(path: &Path) -> Found<'_> {
    let (package, problems) = match package::check(path) {
        Ok(checked) => {
            let warnings = checked.warnings().clone();
            (Some(checked), warnings)
        }
        Err(error) => (None, error.into_problems()),
    };
    Found {
        path,
        package,
        problems,
    }
}

fn write_text(found: &[Found<'_>], out: &mut impl Write) -> io::Result<()> {
    let label = |color: AnsiColor| Style::new().bold().fg_color(Some(color.into()));
    for found in found {
        for problem in found.problems.iter() {
            let (style, word) = match problem.rule.severity() {
                Severity::Error => (label(AnsiColor::Red), "error"),
                Severity::Warning => (label(AnsiColor::Yellow), "warning"),
            };
            let path = found.path.display();
            writeln!(out, "{style}{word}{style:#}: {path}: {problem}")?;
        }
        let (errors, warnings) = (found.problems.errors(), found.problems.warnings());
        let (style, verdict) = match &found.package {
            Some(package) => (
                label(AnsiColor::Green),
                format!("valid, {}", content(package)),
            ),
            None => (
                label(AnsiColor::Red),
                format!("not valid, {}", counted(errors, "error")),
            ),
        };
        let warnings = match warnings {
            0 => String::new(),
            some => format!(", {}", counted(some, "warning")),
        };
        writeln!(
            out,
            "{}: {style}{verdict}{style:#}{warnings}",
            found.path.display()
        )?;
    }
    out.flush()
}

fn content(package: &Checked) -> String {
    let results = package.result_count();
    let package = package.content();
    [
        counted(package.reports.len(), "report"),
        counted(package.initiatives.len(), "initiative"),
        counted(results, "result"),
    ]
    .join(", ")
}

/// A number of things, in words.
pub(super) fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

/// The whole result, for machines. Fields may be added, and keep their meaning.
#[derive(Serialize)]
struct Document<'a> {
    valid: bool,
    errors: usize,
    warnings: usize,
    packages: Vec<PackageEntry<'a>>,
}

#[derive(Serialize)]
struct PackageEntry<'a> {
    path: String,
    valid: bool,
    /// What is in it; null where it is not valid.
    content: Option<Content<'a>>,
    problems: Vec<ProblemEntry<'a>>,
}

#[derive(Serialize)]
struct Content<'a> {
    reports: Vec<ReportEntry<'a>>,
    initiatives: usize,
    results: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ReportEntry<'a> {
    agency: &'a str,
    fiscal_year: i32,
}

#[derive(Serialize)]
struct ProblemEntry<'a> {
    severity: Severity,
    rule: &'static str,
    file: &'a str,
    line: Option<u64>,
    column: Option<&'a str>,
    value: Option<&'a str>,
    message: &'a str,
    help: &'a str,
}

fn write_json(found: &[Found<'_>], out: &mut impl Write) -> io::Result<()> {
    let document = Document {
        valid: found.iter().all(|found| found.package.is_some()),
        errors: found.iter().map(|found| found.problems.errors()).sum(),
        warnings: found.iter().map(|found| found.problems.warnings()).sum(),
        packages: found.iter().map(package_entry).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)?;
    out.flush()
}

fn package_entry<'a>(found: &'a Found<'_>) -> PackageEntry<'a> {
    let content = found.package.as_ref().map(|package| Content {
        reports: package
            .content()
            .reports
            .iter()
            .map(|report| ReportEntry {
                agency: &report.agency,
                fiscal_year: report.fiscal_year,
            })
            .collect(),
        initiatives: package.content().initiatives.len(),
        results: package.result_count(),
    });
    PackageEntry {
        path: found.path.display().to_string(),
        valid: found.package.is_some(),
        content,
        problems: found.problems.iter().map(problem_entry).collect(),
    }
}

fn problem_entry(problem: &Problem) -> ProblemEntry<'_> {
    ProblemEntry {
        severity: problem.rule.severity(),
        rule: problem.rule.name(),
        file: &problem.place.file,
        line: problem.place.line,
        column: problem.place.column.as_deref(),
        value: problem.value.as_deref(),
        message: &problem.message,
        help: &problem.help,
    }
}
