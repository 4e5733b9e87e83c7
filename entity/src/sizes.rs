//! How large the tables are, as far as that bounds what a request may come to: their rows, and the most of them that share
//! a value.
//!
//! These are numbers and no more: who counts them, and what follows from them, is known elsewhere.

use std::collections::HashMap;

/// The tables whose rows are counted.
pub const TABLES: [&str; 9] = [
    "agency",
    "report",
    "goal",
    "division",
    "metric",
    "unit_of_measure",
    "initiative",
    "reported_result",
    "revision",
];

/// The columns by which rows are found, with their tables: of each, the most rows that share a value are counted.
pub const SHARED: [(&str, &str); 21] = [
    ("report", "agency_id"),
    ("goal", "report_id"),
    ("division", "agency_id"),
    ("metric", "parent_id"),
    ("metric_ancestor", "metric_id"),
    ("metric_ancestor", "ancestor_id"),
    ("initiative", "agency_id"),
    ("initiative", "report_id"),
    ("initiative", "division_id"),
    ("initiative", "goal_id"),
    ("reported_result", "agency_id"),
    ("reported_result", "report_id"),
    ("reported_result", "division_id"),
    ("reported_result", "goal_id"),
    ("reported_result", "initiative_id"),
    ("reported_result", "metric_id"),
    ("reported_result", "part_of_id"),
    ("reported_result", "figure_id"),
    ("reported_result", "unit_id"),
    ("reported_result", "fiscal_year"),
    ("revision", "report_id"),
];

/// The columns of names that are compared whatever the case of their letters, with their tables; counted alike.
pub const NAMED: [(&str, &str); 6] = [
    ("agency", "code"),
    ("division", "code"),
    ("goal", "code"),
    ("metric", "code"),
    ("unit_of_measure", "code"),
    ("initiative", "slug"),
];

/// The sizes of a state of the data. What was not counted has no bound.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sizes {
    rows: HashMap<&'static str, u64>,
    shared: HashMap<(&'static str, &'static str), u64>,
}

impl Sizes {
    /// Says how many rows a table has.
    pub fn set_rows(&mut self, table: &'static str, rows: u64) {
        self.rows.insert(table, rows);
    }

    /// Says how many rows of a table share a value of the column at most.
    pub fn set_shared(&mut self, table: &'static str, column: &'static str, rows: u64) {
        self.shared.insert((table, column), rows);
    }

    /// The rows of a table.
    pub fn rows(&self, table: &'static str) -> u64 {
        self.rows.get(table).copied().unwrap_or(u64::MAX)
    }

    /// The most rows of a table that share a value of the column.
    pub fn shared(&self, table: &'static str, column: &'static str) -> u64 {
        let rows = || self.rows(table);
        self.shared
            .get(&(table, column))
            .copied()
            .unwrap_or_else(rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_counted_has_no_bound_but_that_of_its_table() {
        let mut sizes = Sizes::default();
        assert_eq!(sizes.shared("report", "agency_id"), u64::MAX);
        sizes.set_rows("report", 7);
        assert_eq!(sizes.shared("report", "agency_id"), 7);
        sizes.set_shared("report", "agency_id", 3);
        assert_eq!(sizes.shared("report", "agency_id"), 3);
        assert_eq!(sizes.rows("goal"), u64::MAX);
    }
}
