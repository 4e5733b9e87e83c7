//! Why a package is not imported.

use sea_orm::DbErr;

/// Why a package is not imported. Each is one line for the operator.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The database has a report of this agency and fiscal year.
    #[error("report {key:?} (agency and fiscal year) is in the database already")]
    ReportExists {
        /// Natural key of the report.
        key: String,
    },
    /// The database has other content under the same key.
    #[error("{table} {key:?} is in the database with another {columns}; make the package agree")]
    Contradiction {
        /// Name of the table.
        table: &'static str,
        /// Natural key of the row.
        key: String,
        /// The columns that differ, separated by commas.
        columns: String,
    },
    /// The database has another division in the place of a new one.
    #[error(
        "division {key:?} has the position that {other:?} has in the database; give it another"
    )]
    PositionTaken {
        /// Natural key of the new division.
        key: String,
        /// Natural key of the division that is stored.
        other: String,
    },
    /// A reference leads nowhere. The checks rule it out: this is a fault of annals.
    #[error("{key:?} is referred to and not in the package")]
    Unchecked {
        /// The natural key that was looked for.
        key: String,
    },
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] DbErr),
}
