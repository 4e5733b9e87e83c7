//! Metrics: the catalogue of indicators, a forest shared by all reports.

use sea_orm::entity::prelude::*;

use crate::enums::Additivity;

/// An entry of the catalogue: what a figure is a figure of.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "metric")]
pub struct Model {
    /// Of this database only; never shown outside.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Code, such as `criminal-arrests`; unique without regard to case.
    pub code: String,
    /// Name.
    pub name: String,
    /// What is counted and what is not; null where the name says it all.
    pub description: Option<String>,
    /// The unit that its results are in.
    pub unit_id: i64,
    /// Along what its results may be added up.
    pub additivity: Additivity,
    /// The metric that it is a kind of; null for a root.
    pub parent_id: Option<i64>,
    /// The root of its tree; itself for a root.
    pub root_id: i64,
    /// See [`keys::metric`](crate::keys::metric).
    #[sea_orm(unique)]
    pub natural_key: String,
    /// Whether what is counted under one of its children is counted under no other.
    pub children_are_exclusive: bool,
    /// The unit that its results are in.
    #[sea_orm(belongs_to, from = "unit_id", to = "id")]
    pub unit: BelongsTo<super::unit_of_measure::Entity>,
    /// The metric that it is a kind of.
    #[sea_orm(self_ref, relation_enum = "Parent", from = "parent_id", to = "id")]
    pub parent: BelongsTo<Option<Entity>>,
    /// The root of its tree.
    #[sea_orm(self_ref, relation_enum = "Root", from = "root_id", to = "id")]
    pub root: BelongsTo<Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
