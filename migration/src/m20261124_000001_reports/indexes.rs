//! The indexes: what is unique, and each collection in its default order under each parent.

use sea_orm_migration::prelude::*;

/// Unique columns: how a row is found, and where it stands.
const UNIQUE: [(&str, &str); 13] = [
    ("agency", "natural_key"),
    ("report", "natural_key"),
    ("report", "sort_key"),
    ("goal", "natural_key"),
    ("goal", "sort_key"),
    ("division", "natural_key"),
    ("division", "sort_key"),
    ("unit_of_measure", "natural_key"),
    ("metric", "natural_key"),
    ("initiative", "natural_key"),
    ("initiative", "sort_key"),
    ("reported_result", "natural_key"),
    ("reported_result", "sort_key"),
];

/// Columns that a collection is read along: a parent where it has one, then the order in it.
const ORDERED: [(&str, &[&str]); 19] = [
    ("agency", &["code"]),
    ("unit_of_measure", &["code"]),
    ("metric", &["code"]),
    ("metric", &["parent_id", "code"]),
    ("report", &["agency_id", "sort_key"]),
    ("goal", &["report_id", "sort_key"]),
    ("division", &["agency_id", "sort_key"]),
    ("initiative", &["report_id", "sort_key"]),
    ("initiative", &["agency_id", "sort_key"]),
    ("initiative", &["division_id", "sort_key"]),
    ("initiative", &["goal_id", "sort_key"]),
    ("reported_result", &["initiative_id", "sort_key"]),
    ("reported_result", &["report_id", "sort_key"]),
    ("reported_result", &["agency_id", "sort_key"]),
    ("reported_result", &["division_id", "sort_key"]),
    ("reported_result", &["goal_id", "sort_key"]),
    ("reported_result", &["metric_id", "sort_key"]),
    ("reported_result", &["part_of_id", "sort_key"]),
    ("reported_result_whole", &["whole_id"]),
];

/// The statements that make the indexes.
pub(super) fn all() -> impl Iterator<Item = IndexCreateStatement> {
    let unique = UNIQUE
        .iter()
        .map(|(table, column)| index("uq", table, &[column]).unique().take());
    let ordered = ORDERED
        .iter()
        .map(|(table, columns)| index("ix", table, columns));
    unique.chain(ordered)
}

/// An index named after its table and columns, such as `ix_goal_report_id_sort_key`.
fn index(prefix: &str, table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index
        .name(format!("{prefix}_{table}_{}", columns.join("_")))
        .table(table);
    for column in columns {
        index.col(*column);
    }
    index
}
