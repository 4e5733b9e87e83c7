//! Rows as cells on their way to a package: judged cell by cell and against each other by the same
//! code as the rows of CSV files, each at its line of the document.

use super::carried::{Cells, RowKind};
use crate::package::problem::{Place, Problem};
use crate::package::rows::{
    Agency, Division, Goal, Initiative, Metric, Report, ReportedResult, Row, UnitOfMeasure,
};
use crate::package::{Package, PackageError, Problems, check, table};

/// What a document is called where something is wrong with it.
pub(super) const FILE: &str = "StratML";

/// A row as cells by column. What is set first stays.
#[derive(Debug)]
pub(super) struct RowCells {
    pub(super) line: u64,
    cells: Cells,
}

impl RowCells {
    /// A row with the cells of one of our lines, if there is one.
    pub(super) fn new(line: u64, carried: Option<&Cells>) -> Self {
        let cells = carried.cloned().unwrap_or_default();
        Self { line, cells }
    }

    /// Fills a cell in, unless it is filled in already.
    pub(super) fn fill(&mut self, column: &str, cell: impl Into<String>) -> &mut Self {
        let cell = cell.into();
        if !cell.is_empty() {
            self.cells.entry(column.to_owned()).or_insert(cell);
        }
        self
    }

    /// A cell; empty if it is not filled in.
    pub(super) fn get(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

/// The rows of a package, as cells.
#[derive(Debug, Default)]
pub(super) struct Tables {
    pub(super) agencies: Vec<RowCells>,
    pub(super) reports: Vec<RowCells>,
    pub(super) goals: Vec<RowCells>,
    pub(super) divisions: Vec<RowCells>,
    pub(super) units: Vec<RowCells>,
    pub(super) metrics: Vec<RowCells>,
    pub(super) initiatives: Vec<RowCells>,
    pub(super) results: Vec<RowCells>,
}

impl Tables {
    /// The package, its rows in the order of their keys or places, or everything that is wrong.
    pub(super) fn into_package(self, mut problems: Problems) -> Result<Package, PackageError> {
        let found = &mut Problems::default();
        let rows = check::Rows {
            agencies: judged(self.agencies, found),
            reports: judged(self.reports, found),
            goals: judged(self.goals, found),
            divisions: judged(self.divisions, found),
            units: judged(self.units, found),
            metrics: judged(self.metrics, found),
            initiatives: judged(self.initiatives, found),
            results: judged(self.results, found),
        };
        check::check(&rows, found);
        for problem in found.iter().cloned() {
            let place = Place {
                file: FILE.into(),
                ..problem.place
            };
            problems.put(Problem { place, ..problem });
        }
        problems.into_result()?;
        let mut package = rows.into_package();
        super::sort(&mut package);
        Ok(package)
    }
}

fn judged<R: Row>(rows: Vec<RowCells>, problems: &mut Problems) -> table::Table<R> {
    let rows = rows.into_iter().map(|row| (row.line, row.cells));
    table::judge(rows, problems)
}

/// The columns of a kind of row.
pub(super) fn columns(kind: RowKind) -> Vec<&'static str> {
    fn names<R: Row>() -> Vec<&'static str> {
        R::COLUMNS.iter().map(|column| column.name).collect()
    }
    match kind {
        RowKind::Agency => names::<Agency>(),
        RowKind::Report => names::<Report>(),
        RowKind::Goal => names::<Goal>(),
        RowKind::Division => names::<Division>(),
        RowKind::Unit => names::<UnitOfMeasure>(),
        RowKind::Metric => names::<Metric>(),
        RowKind::Initiative => names::<Initiative>(),
        RowKind::Result => names::<ReportedResult>(),
    }
}
