//! A part fits into its whole: same unit, fiscal year and scope, not more than it, no circles.
//! (The same report it is by the way a whole is named.)

use entity::enums::Precision;
use entity::{decimal, keys};

use super::references::Index;
use super::{Place, Problems, Rows, Rule, refuse_cycles};
use crate::package::rows::{ReportedResult, Row};

/// Notes each part that does not fit, and each circle of parts.
pub(super) fn check(rows: &Rows, index: &Index, problems: &mut Problems) {
    let results = &rows.results.rows;
    let wholes: Vec<Option<usize>> = results
        .iter()
        .map(|placed| index.results.by_key.get(&placed.row.whole_key()?).copied())
        .collect();
    let mut in_circle = vec![false; results.len()];
    for place in refuse_cycles(results, &wholes, "part_of_key", problems).concat() {
        in_circle[place] = true;
    }

    let unit_of = |result: &ReportedResult| {
        let metric = index.metrics.by_key.get(&keys::metric(&result.metric))?;
        Some(keys::unit(&rows.metrics.rows[*metric].row.unit))
    };
    for (part, whole) in wholes.iter().enumerate() {
        let Some(whole) = *whole else { continue };
        let (part_row, whole_row) = (&results[part], &results[whole]);
        // Stand-ins of cells that could not be read would make up differences.
        if in_circle[part] || !part_row.sound || !whole_row.sound {
            continue;
        }
        let (part, whole) = (&part_row.row, &whole_row.row);
        let mut note = |column, message: String, help| {
            let place = Place::cell(ReportedResult::FILE, part_row.line, column);
            problems.note(Rule::PartMismatch, place, message, help);
        };
        if let (Some(unit), Some(of_whole)) = (unit_of(part), unit_of(whole))
            && unit != of_whole
        {
            note(
                "metric",
                format!(
                    "counts {unit:?} and the whole on line {} {of_whole:?}",
                    whole_row.line
                ),
                "a part has the unit of its whole",
            );
        }
        if part.fiscal_year != whole.fiscal_year {
            note(
                "fiscal_year",
                format!(
                    "is {} and of the whole on line {} {}",
                    part.fiscal_year, whole_row.line, whole.fiscal_year
                ),
                "a part has the year of its whole",
            );
        }
        if part.scope != whole.scope {
            note(
                "scope",
                format!(
                    "is {} and of the whole on line {} {}",
                    part.scope.graphql_name(),
                    whole_row.line,
                    whole.scope.graphql_name()
                ),
                "a part has the scope of its whole",
            );
        }
        let bounded = matches!(whole.precision, Precision::Exact | Precision::UpperBound);
        if bounded && part.value > whole.value {
            note(
                "value",
                format!(
                    "{} is more than the whole on line {}, {}",
                    decimal::to_text(part.value),
                    whole_row.line,
                    decimal::to_text(whole.value)
                ),
                "correct one of them or take part_of out",
            );
        }
    }
}
