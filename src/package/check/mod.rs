//! What the rows of a package say about each other: nothing is there twice, every reference leads
//! somewhere, chains end, and a part fits into its whole.

use super::problem::{Place, Problems, Rule};
use super::rows::{
    Agency, Division, Goal, Initiative, Metric, Report, ReportedResult, Row, UnitOfMeasure,
};
use super::table::{Placed, Table};
use super::{Lines, Package};

mod duplicates;
mod parts;
mod references;
mod results;

pub(super) use results::{Overview, overview};

/// All rows of a package, not yet checked against each other.
pub(super) struct Rows {
    pub(super) agencies: Table<Agency>,
    pub(super) reports: Table<Report>,
    pub(super) goals: Table<Goal>,
    pub(super) divisions: Table<Division>,
    pub(super) units: Table<UnitOfMeasure>,
    pub(super) metrics: Table<Metric>,
    pub(super) initiatives: Table<Initiative>,
    /// All of them, or those that something may be wrong with; see [`overview`].
    pub(super) results: Table<ReportedResult>,
}

impl Rows {
    /// Where the rows are that reports share.
    pub(super) fn lines(&self) -> Lines {
        let mut lines = Lines::default();
        lines.note(&self.agencies.rows);
        lines.note(&self.divisions.rows);
        lines.note(&self.units.rows);
        lines.note(&self.metrics.rows);
        lines
    }

    /// The package that the rows make up, once [`check`] has found no problem.
    pub(super) fn into_package(self) -> Package {
        fn plain<R>(table: Table<R>) -> Vec<R> {
            table.rows.into_iter().map(|placed| placed.row).collect()
        }
        Package {
            agencies: plain(self.agencies),
            reports: plain(self.reports),
            goals: plain(self.goals),
            divisions: plain(self.divisions),
            units: plain(self.units),
            metrics: plain(self.metrics),
            initiatives: plain(self.initiatives),
            results: plain(self.results),
        }
    }
}

/// Checks all rows against each other.
pub(super) fn check(rows: &Rows, problems: &mut Problems) {
    let index = references::Index {
        agencies: duplicates::by_key(&rows.agencies, problems),
        reports: duplicates::by_key(&rows.reports, problems),
        goals: duplicates::by_key(&rows.goals, problems),
        divisions: duplicates::by_key(&rows.divisions, problems),
        units: duplicates::by_key(&rows.units, problems),
        metrics: duplicates::by_key(&rows.metrics, problems),
        initiatives: duplicates::by_key(&rows.initiatives, problems),
        results: duplicates::by_key(&rows.results, problems),
    };
    duplicates::positions(rows, problems);
    references::check(rows, &index, problems);
    parts::check(rows, &index, problems);
}

/// Notes each cycle of a chain of rows, at its first row.
fn refuse_cycles<R: Row>(
    rows: &[Placed<R>],
    up: &[Option<usize>],
    column: &'static str,
    problems: &mut Problems,
) -> Vec<Vec<usize>> {
    let cycles = super::chain::cycles(up);
    for cycle in &cycles {
        let around: Vec<_> = cycle
            .iter()
            .map(|place| rows[*place].row.natural_key())
            .collect();
        let first = &rows[cycle[0]];
        let message = format!(
            "leads back to the row itself ({} > {})",
            around.join(" > "),
            around[0]
        );
        let place = Place::cell(R::FILE, first.line, column);
        problems.note(Rule::Cycle, place, message, "break the circle");
    }
    cycles
}
