//! `Revision`: one state that a report has had in a database.

use entity::revision;

use super::{
    declaration::{FilterType, ObjectType, Scalar, Table, column},
    enums::REVISION_ORIGIN,
};

/// One state that a report has had in this database.
pub static REVISION: ObjectType = ObjectType {
    name: "Revision",
    description: "One state that a report has had in this database, and what was different from the one before. Revisions belong to the database and not to the data package: another database that loaded the same packages may count others.",
    table: Table {
        name: "revision",
        id: &revision::Column::Id,
        // Nothing is looked up or listed by these: a revision is found from its report only.
        natural_key: &revision::Column::Id,
        sort_key: &revision::Column::Id,
    },
    is_node: false,
    fields: &[
        column(
            "revision",
            &revision::Column::Revision,
            Scalar::Int,
            "Its number: 1 when the report was first loaded into this database, one more each time loading changed something.",
        ),
        column(
            "publishedAt",
            &revision::Column::PublishedAt,
            Scalar::DateTime,
            "When it was loaded into this database.",
        ),
        column(
            "origin",
            &revision::Column::Origin,
            Scalar::Enum(&REVISION_ORIGIN),
            "Where it came from.",
        ),
        column(
            "added",
            &revision::Column::Added,
            Scalar::Int,
            "How many rows it added: of the report itself, its goals, initiatives and results.",
        ),
        column(
            "changed",
            &revision::Column::Changed,
            Scalar::Int,
            "How many rows it changed, including those of metrics, units, divisions and the agency that the report uses.",
        ),
        column(
            "removed",
            &revision::Column::Removed,
            Scalar::Int,
            "How many rows it removed.",
        ),
    ],
    filter: FilterType::NONE,
};
