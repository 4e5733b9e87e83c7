//! Initiatives: what was undertaken, and what came of it in words.

use sea_orm::entity::prelude::*;

use crate::enums::AttributionBasis;

/// One action of a report, with its outcome.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "initiative")]
pub struct Model {
    /// Of this database only; never shown outside.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The report that tells of it.
    pub report_id: i64,
    /// The agency of that report.
    pub agency_id: i64,
    /// The division that undertook it; null where none is named and none can be inferred.
    pub division_id: Option<i64>,
    /// How the division is known; null exactly where there is none.
    pub division_basis: Option<AttributionBasis>,
    /// Why that division; always there where it is inferred.
    pub division_note: Option<String>,
    /// The goal that it serves; null where none is named and none can be inferred.
    pub goal_id: Option<i64>,
    /// How the goal is known; null exactly where there is none.
    pub goal_basis: Option<AttributionBasis>,
    /// Why that goal; always there where it is inferred.
    pub goal_note: Option<String>,
    /// Place in the report, from 1, unique within it.
    pub position: i32,
    /// Name for addresses and keys, unique within the report without regard to case.
    pub slug: String,
    /// Name.
    pub name: String,
    /// What was done, in the data set's own words.
    pub action: String,
    /// What came of it, in words.
    pub outcome: String,
    /// Where in the source, such as "action/result pair 6".
    pub source_place: String,
    /// See [`keys::initiative`](crate::keys::initiative).
    #[sea_orm(unique)]
    pub natural_key: String,
    /// See [`keys::sort::in_report`](crate::keys::sort::in_report).
    #[sea_orm(unique)]
    pub sort_key: String,
    /// The report that tells of it.
    #[sea_orm(belongs_to, from = "report_id", to = "id")]
    pub report: BelongsTo<super::report::Entity>,
    /// The agency of that report.
    #[sea_orm(belongs_to, from = "agency_id", to = "id")]
    pub agency: BelongsTo<super::agency::Entity>,
    /// The division that undertook it.
    #[sea_orm(belongs_to, from = "division_id", to = "id")]
    pub division: BelongsTo<Option<super::division::Entity>>,
    /// The goal that it serves.
    #[sea_orm(belongs_to, from = "goal_id", to = "id")]
    pub goal: BelongsTo<Option<super::goal::Entity>>,
    /// The figures reported for it.
    #[sea_orm(has_many)]
    pub results: HasMany<super::reported_result::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
