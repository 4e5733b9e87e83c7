//! Agencies: who reports.

use sea_orm::entity::prelude::*;

/// An agency that publishes annual reports.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "agency")]
pub struct Model {
    /// Of this database only; never shown outside.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Short name as written, such as `ICE`; unique without regard to case.
    pub code: String,
    /// Full name.
    pub name: String,
    /// The department that it belongs to; null where there is none.
    pub department: Option<String>,
    /// See [`keys::agency`](crate::keys::agency).
    #[sea_orm(unique)]
    pub natural_key: String,
    /// Its reports, one a fiscal year.
    #[sea_orm(has_many)]
    pub reports: HasMany<super::report::Entity>,
    /// Its operating parts.
    #[sea_orm(has_many)]
    pub divisions: HasMany<super::division::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
