//! Reports: one agency's account of one fiscal year.

use sea_orm::entity::prelude::*;

/// An annual report, with the source that it was taken from.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "report")]
pub struct Model {
    /// Of this database only; never shown outside.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The agency that reports.
    pub agency_id: i64,
    /// The fiscal year that it is about, 1789 to 9998.
    pub fiscal_year: i32,
    /// First day of the period, `YYYY-MM-DD`.
    pub period_start: String,
    /// Last day of the period, `YYYY-MM-DD`; not before the first.
    pub period_end: String,
    /// Title, in the data set's own words.
    pub title: String,
    /// What the report says, in a few sentences; null where nobody has written it.
    pub summary: Option<String>,
    /// Title of the source document.
    pub source_title: String,
    /// Who published the source; null where unknown.
    pub source_publisher: Option<String>,
    /// Where the source was found; null where it is not on the web.
    pub source_url: Option<String>,
    /// The day it was found there, `YYYY-MM-DD`; null where unknown.
    pub source_retrieved: Option<String>,
    /// SHA-256 of the source file, 64 hexadecimal digits; null where unknown.
    pub source_sha256: Option<String>,
    /// Licence of the source; null where unknown.
    pub source_licence: Option<String>,
    /// 1 for the first import, one more for each that changed something.
    pub revision: i32,
    /// When this revision entered this database: RFC 3339, UTC, whole seconds.
    pub published_at: String,
    /// See [`keys::report`](crate::keys::report).
    #[sea_orm(unique)]
    pub natural_key: String,
    /// See [`keys::sort::report`](crate::keys::sort::report).
    #[sea_orm(unique)]
    pub sort_key: String,
    /// Who wrote the summary of the report and of its initiatives' actions and outcomes.
    pub summary_by: String,
    /// The agency that reports.
    #[sea_orm(belongs_to, from = "agency_id", to = "id")]
    pub agency: BelongsTo<super::agency::Entity>,
    /// The goals that it groups its work under.
    #[sea_orm(has_many)]
    pub goals: HasMany<super::goal::Entity>,
    /// What was undertaken.
    #[sea_orm(has_many)]
    pub initiatives: HasMany<super::initiative::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
