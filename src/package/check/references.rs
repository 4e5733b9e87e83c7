//! Every reference leads to a row of the package, and metrics form trees.

use std::collections::HashMap;

use entity::keys;

use super::{Place, Problems, Row, Rows, Rule, refuse_cycles};
use crate::package::table::Placed;

/// The rows of one file by natural key; of rows with one key, the first.
pub(super) struct Places {
    /// Name of the file.
    pub(super) file: &'static str,
    /// Places in the list of rows.
    pub(super) by_key: HashMap<String, usize>,
    /// Whether the keys of all rows are known.
    pub(super) complete: bool,
}

/// Where the rows of each file are.
pub(super) struct Index {
    pub(super) agencies: Places,
    pub(super) reports: Places,
    pub(super) goals: Places,
    pub(super) divisions: Places,
    pub(super) units: Places,
    pub(super) metrics: Places,
    pub(super) initiatives: Places,
    pub(super) results: Places,
}

/// Notes each reference that leads nowhere, and each circle of metrics.
pub(super) fn check(rows: &Rows, index: &Index, problems: &mut Problems) {
    for placed in &rows.reports.rows {
        let agency = keys::agency(&placed.row.agency);
        refer(placed, "agency", agency, &index.agencies, problems);
    }
    for placed in &rows.goals.rows {
        let report = keys::report(&placed.row.agency, placed.row.fiscal_year);
        refer(placed, "fiscal_year", report, &index.reports, problems);
    }
    for placed in &rows.divisions.rows {
        let agency = keys::agency(&placed.row.agency);
        refer(placed, "agency", agency, &index.agencies, problems);
    }
    metrics(rows, index, problems);
    for placed in &rows.initiatives.rows {
        let initiative = &placed.row;
        let report = keys::report(&initiative.agency, initiative.fiscal_year);
        refer(placed, "fiscal_year", report, &index.reports, problems);
        if let Some(division) = initiative.division_key() {
            refer(placed, "division", division, &index.divisions, problems);
        }
        if let Some(goal) = initiative.goal_key() {
            refer(placed, "goal", goal, &index.goals, problems);
        }
    }
    for placed in &rows.results.rows {
        let result = &placed.row;
        refer(
            placed,
            "initiative",
            result.initiative_key(),
            &index.initiatives,
            problems,
        );
        refer(
            placed,
            "metric",
            keys::metric(&result.metric),
            &index.metrics,
            problems,
        );
        if let Some(whole) = result.whole_key() {
            refer(placed, "part_of_key", whole, &index.results, problems);
        }
    }
}

fn metrics(rows: &Rows, index: &Index, problems: &mut Problems) {
    let mut parents = Vec::with_capacity(rows.metrics.rows.len());
    for placed in &rows.metrics.rows {
        let metric = &placed.row;
        refer(
            placed,
            "unit",
            keys::unit(&metric.unit),
            &index.units,
            problems,
        );
        parents.push(metric.parent.as_deref().and_then(|parent| {
            refer(
                placed,
                "parent",
                keys::metric(parent),
                &index.metrics,
                problems,
            )
        }));
    }
    refuse_cycles(&rows.metrics.rows, &parents, "parent", problems);
}

/// The place of the row that a cell refers to, noting if there is none for sure.
fn refer<R: Row>(
    from: &Placed<R>,
    column: &'static str,
    key: String,
    to: &Places,
    problems: &mut Problems,
) -> Option<usize> {
    let place = to.by_key.get(&key).copied();
    if place.is_none() && to.complete && (from.sound || !holds_stand_in(&key)) {
        let message = format!("{key:?} is not in {}", problems.shown(to.file));
        let help = "add it there or correct it here";
        let place = Place::cell(R::FILE, from.line, column);
        let problem = problems.note(Rule::DanglingReference, place, message, help);
        problem.value(&key);
    }
    place
}

/// Whether a natural key of a row that is not sound may have a part that could not be read. What
/// such a key was meant to be is not guessed at.
pub(super) fn holds_stand_in(key: &str) -> bool {
    keys::parts(key).any(|part| part.is_empty() || part == "0")
}
