//! Units of measure: what is counted, weighed or paid.

use sea_orm::entity::prelude::*;

use crate::enums::UnitKind;

/// A unit of measure. Data and not an enum: an imported report may count anything.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "unit_of_measure")]
pub struct Model {
    /// Of this database only; never shown outside.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// UCUM (`[lb_av]`) or ISO 4217 (`USD`) where there is one, else a noun (`arrest`); unique
    /// without regard to case.
    pub code: String,
    /// Name of one.
    pub name: String,
    /// Name of several.
    pub plural: String,
    /// Sign written beside a figure, such as `$`; null where there is none.
    pub symbol: Option<String>,
    /// What kind of quantity it measures.
    pub kind: UnitKind,
    /// See [`keys::unit`](crate::keys::unit).
    #[sea_orm(unique)]
    pub natural_key: String,
    /// The metrics measured in it.
    #[sea_orm(has_many)]
    pub metrics: HasMany<super::metric::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
