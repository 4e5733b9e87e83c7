//! Goals: the themes that a report groups its work under.

use sea_orm::entity::prelude::*;

/// A strategic goal or theme of one report.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "goal")]
pub struct Model {
    /// Of this database only; never shown outside.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The report that names it.
    pub report_id: i64,
    /// Code within the report, unique without regard to case.
    pub code: String,
    /// Name.
    pub name: String,
    /// Place in the report, from 1, unique within it.
    pub position: i32,
    /// See [`keys::goal`](crate::keys::goal).
    #[sea_orm(unique)]
    pub natural_key: String,
    /// See [`keys::sort::in_report`](crate::keys::sort::in_report).
    #[sea_orm(unique)]
    pub sort_key: String,
    /// The report that names it.
    #[sea_orm(belongs_to, from = "report_id", to = "id")]
    pub report: BelongsTo<super::report::Entity>,
    /// What was undertaken for it.
    #[sea_orm(has_many)]
    pub initiatives: HasMany<super::initiative::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
