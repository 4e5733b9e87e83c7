//! Divisions: the operating parts of an agency.

use sea_orm::entity::prelude::*;

/// A division, the same over all reports of its agency.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "division")]
pub struct Model {
    /// Of this database only; never shown outside.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The agency that it is a part of.
    pub agency_id: i64,
    /// Code within the agency, such as `DRO`; unique without regard to case.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Place within the agency, from 1, unique within it.
    pub position: i32,
    /// See [`keys::division`](crate::keys::division).
    #[sea_orm(unique)]
    pub natural_key: String,
    /// See [`keys::sort::division`](crate::keys::sort::division).
    #[sea_orm(unique)]
    pub sort_key: String,
    /// The agency that it is a part of.
    #[sea_orm(belongs_to, from = "agency_id", to = "id")]
    pub agency: BelongsTo<super::agency::Entity>,
    /// What it undertook, over all reports.
    #[sea_orm(has_many)]
    pub initiatives: HasMany<super::initiative::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
