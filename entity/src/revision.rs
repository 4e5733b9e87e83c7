//! Revisions: what each import of a report changed.

use sea_orm::entity::prelude::*;

/// One state that a report has had in this database.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "revision")]
pub struct Model {
    /// Of this database only; never shown outside.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The report.
    pub report_id: i64,
    /// 1 for the first import, one more for each that changed something.
    pub revision: i32,
    /// When it entered this database: RFC 3339, UTC, whole seconds.
    pub published_at: String,
    /// Where it came from.
    pub origin: Origin,
    /// Rows that were added: of the report itself, its goals, initiatives and results.
    pub added: i64,
    /// Rows that were changed, those of the catalogue among them that the report uses.
    pub changed: i64,
    /// Rows that were removed.
    pub removed: i64,
    /// SHA-256 of the package inside the binary, for a revision that came from there; null where it was not recorded.
    pub package_sha256: Option<String>,
    /// The report.
    #[sea_orm(belongs_to, from = "report_id", to = "id")]
    pub report: BelongsTo<super::report::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}

/// Where a revision came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum Origin {
    /// From the package inside the binary.
    #[sea_orm(num_value = 0)]
    Builtin,
    /// From a package that somebody imported.
    #[sea_orm(num_value = 1)]
    Import,
    /// From an import of another report, which changed what the two share.
    #[sea_orm(num_value = 2)]
    Catalogue,
}
