//! The lines of what StratML has no element for, one for a row. Every row is taken apart field by
//! field, so that a new field does not compile until it has its place here.

use crate::package::stratml::carried::{self, RowKind};
use crate::package::stratml::text::{self, survives};
use crate::package::{
    Agency, Attribution, Division, Goal, Initiative, Metric, PartOf, Report, ReportedResult,
    Source, UnitOfMeasure,
};

use super::{element, when};

/// A line that is being put together.
pub(super) struct Line {
    kind: RowKind,
    cells: Vec<(&'static str, String)>,
}

impl Line {
    fn new(kind: RowKind) -> Self {
        let cells = Vec::new();
        Self { kind, cells }
    }

    fn cell(mut self, column: &'static str, cell: impl Into<String>) -> Self {
        self.cells.push((column, cell.into()));
        self
    }

    fn optional(self, column: &'static str, cell: Option<&String>) -> Self {
        match cell {
            Some(cell) => self.cell(column, cell),
            None => self,
        }
    }

    /// A cell that is in an element too, unless it comes back from there as it is.
    fn unless_exact(self, column: &'static str, cell: &str, normal: fn(&str) -> String) -> Self {
        match survives(cell, normal) {
            true => self,
            false => self.cell(column, cell),
        }
    }

    /// The line.
    pub(super) fn finish(self) -> String {
        let cells: Vec<_> = self
            .cells
            .iter()
            .map(|(column, cell)| (*column, &**cell))
            .collect();
        carried::line(self.kind, &cells)
    }

    /// The line behind a text that an `OtherInformation` holds as well.
    pub(super) fn finish_after(self, free: &str) -> String {
        let free = text::prose(&text::cleaned(free));
        let line = self.finish();
        // What looks like a line of ours is in the line and nowhere else.
        match free.is_empty() || carried::split(&free).is_ours() {
            true => line,
            false => format!("{free}\n{line}"),
        }
    }
}

/// How the free text of an `OtherInformation` comes back.
fn free(text: &str) -> String {
    carried::split(text).free
}

pub(super) fn agency(row: &Agency, is_of_report: bool) -> Option<Line> {
    let Agency {
        code,
        name,
        department,
    } = row;
    let line = Line::new(RowKind::Agency).cell("code", code);
    let line = match is_of_report {
        true => line.unless_exact("name", name, text::label),
        false => line.cell("name", name),
    };
    let line = line.optional("department", department.as_ref());
    (line.cells.len() > 1).then_some(line)
}

pub(super) fn report(row: &Report, agency: &Agency) -> Line {
    let Report {
        agency: _,
        fiscal_year,
        period_start,
        period_end,
        title,
        summary,
        source,
        summary_by,
    } = row;
    let Source {
        title: source_title,
        publisher,
        url,
        retrieved,
        sha256,
        licence,
    } = source;
    let mut line = Line::new(RowKind::Report)
        .unless_exact("agency", &agency.code, text::label)
        .cell("fiscal_year", fiscal_year.to_string());
    for (column, cell) in [("period_start", period_start), ("period_end", period_end)] {
        if when::day(cell).is_none() {
            line = line.cell(column, cell);
        }
    }
    line = line
        .unless_exact("title", title, text::label)
        .unless_exact(
            "summary",
            summary.as_deref().unwrap_or_default(),
            text::prose,
        )
        .cell("source_title", source_title)
        .optional("source_publisher", publisher.as_ref());
    if url.as_ref().is_some_and(|url| !element::is_uri(url)) {
        line = line.optional("source_url", url.as_ref());
    }
    line.optional("source_retrieved", retrieved.as_ref())
        .optional("source_sha256", sha256.as_ref())
        .optional("source_licence", licence.as_ref())
        .cell("summary_by", summary_by)
}

pub(super) fn goal(row: &Goal) -> Line {
    let Goal {
        agency: _,
        fiscal_year: _,
        code,
        name,
        position: _,
    } = row;
    Line::new(RowKind::Goal)
        .cell("code", code)
        .unless_exact("name", name, text::label)
}

pub(super) fn division(row: &Division) -> Line {
    let Division {
        agency,
        code,
        name,
        position,
    } = row;
    Line::new(RowKind::Division)
        .cell("agency", agency)
        .cell("code", code)
        .cell("name", name)
        .cell("position", position.to_string())
}

pub(super) fn unit(row: &UnitOfMeasure) -> Line {
    let UnitOfMeasure {
        code,
        name,
        plural,
        symbol,
        kind,
    } = row;
    Line::new(RowKind::Unit)
        .cell("code", code)
        .cell("name", name)
        .cell("plural", plural)
        .optional("symbol", symbol.as_ref())
        .cell("kind", kind.graphql_name())
}

pub(super) fn metric(row: &Metric) -> Line {
    let Metric {
        code,
        name,
        description,
        unit,
        additivity,
        children_are_exclusive,
        parent,
    } = row;
    let line = Line::new(RowKind::Metric)
        .cell("code", code)
        .cell("name", name)
        .optional("description", description.as_ref())
        .cell("unit", unit)
        .cell("additivity", additivity.graphql_name())
        .optional("parent", parent.as_ref());
    match children_are_exclusive {
        true => line.cell("children_are_exclusive", "true"),
        false => line,
    }
}

pub(super) fn initiative(row: &Initiative) -> Line {
    let Initiative {
        agency: _,
        fiscal_year: _,
        slug,
        position: _,
        name,
        action,
        outcome,
        source_place,
        division,
        goal,
    } = row;
    let mut line = Line::new(RowKind::Initiative)
        .cell("slug", slug)
        .unless_exact("name", name, text::label)
        .unless_exact("action", action, text::prose)
        .unless_exact("outcome", outcome, free)
        .cell("source_place", source_place);
    if let Some(Attribution { code, basis, note }) = division {
        line = line
            .cell("division", code)
            .cell("division_basis", basis.graphql_name())
            .optional("division_note", note.as_ref());
    }
    // Its code is that of the goal around the objective.
    if let Some(Attribution {
        code: _,
        basis,
        note,
    }) = goal
    {
        line = line
            .cell("goal_basis", basis.graphql_name())
            .optional("goal_note", note.as_ref());
    }
    line
}

pub(super) fn result(row: &ReportedResult) -> Line {
    let ReportedResult {
        agency: _,
        report_fiscal_year: _,
        initiative: _,
        key,
        position: _,
        label,
        metric,
        value: _,
        target: _,
        precision,
        fiscal_year,
        scope,
        as_of,
        is_record,
        part_of,
        note,
        source_place,
    } = row;
    let mut line = Line::new(RowKind::Result)
        .cell("key", key)
        .unless_exact("label", label, text::label)
        .cell("metric", metric)
        .cell("precision", precision.graphql_name())
        .cell("fiscal_year", fiscal_year.to_string())
        .cell("scope", scope.graphql_name())
        .optional("as_of", as_of.as_ref());
    if *is_record {
        line = line.cell("is_record", "true");
    }
    if let Some(PartOf { initiative, key }) = part_of {
        line = line
            .cell("part_of_initiative", initiative)
            .cell("part_of_key", key);
    }
    line.unless_exact("note", note.as_deref().unwrap_or_default(), free)
        .optional("source_place", source_place.as_ref())
}
