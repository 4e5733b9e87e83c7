//! Nothing is there twice: natural keys, and positions under one parent.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use entity::keys;

use super::references::{Places, holds_stand_in};
use super::{Place, Problems, Row, Rows, Rule};
use crate::package::table::{Placed, Table};

/// The places of rows by natural key, noting each row whose key an earlier one has.
pub(super) fn by_key<R: Row>(table: &Table<R>, problems: &mut Problems) -> Places {
    let rows = &table.rows;
    let mut by_key = HashMap::with_capacity(rows.len());
    let mut complete = table.complete;
    for (place, placed) in rows.iter().enumerate() {
        let key = placed.row.natural_key();
        complete &= placed.sound || !holds_stand_in(&key);
        match by_key.entry(key) {
            Entry::Vacant(entry) => {
                entry.insert(place);
            }
            // A row that could not be read in full may only seem to have the same key.
            Entry::Occupied(entry) if placed.sound => {
                let message = format!(
                    "{:?} is there already, on line {}",
                    entry.key(),
                    rows[*entry.get()].line
                );
                let help = "keys compare without regard to case";
                let place = Place::row(R::FILE, placed.line);
                let problem = problems.note(Rule::DuplicateKey, place, message, help);
                problem.value(entry.key());
            }
            Entry::Occupied(_) => {}
        }
    }
    Places {
        file: R::FILE,
        by_key,
        complete,
    }
}

/// Notes each row whose position an earlier one under the same parent has.
pub(super) fn positions(rows: &Rows, problems: &mut Problems) {
    unique_positions(&rows.goals.rows, problems, |goal| {
        (keys::report(&goal.agency, goal.fiscal_year), goal.position)
    });
    unique_positions(&rows.divisions.rows, problems, |division| {
        (keys::agency(&division.agency), division.position)
    });
    unique_positions(&rows.initiatives.rows, problems, |initiative| {
        (
            keys::report(&initiative.agency, initiative.fiscal_year),
            initiative.position,
        )
    });
    unique_positions(&rows.results.rows, problems, |result| {
        (
            keys::report(&result.agency, result.report_fiscal_year),
            result.position,
        )
    });
}

fn unique_positions<R: Row>(
    rows: &[Placed<R>],
    problems: &mut Problems,
    parent_and_position: fn(&R) -> (String, i32),
) {
    let mut lines = HashMap::with_capacity(rows.len());
    for placed in rows.iter().filter(|placed| placed.sound) {
        match lines.entry(parent_and_position(&placed.row)) {
            Entry::Vacant(entry) => {
                entry.insert(placed.line);
            }
            Entry::Occupied(entry) => {
                let (parent, position) = entry.key();
                let message = format!("{position} is taken in {parent:?}, on line {}", entry.get());
                let help = "number the rows 1, 2, 3, …";
                let place = Place::cell(R::FILE, placed.line, "position");
                let problem = problems.note(Rule::DuplicatePosition, place, message, help);
                problem.value(&position.to_string());
            }
        }
    }
}
