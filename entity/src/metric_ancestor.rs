//! The closure of the metric catalogue: every ancestor of every metric.

use sea_orm::entity::prelude::*;

/// One ancestor of one metric. A root has none, and no metric is its own ancestor.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "metric_ancestor")]
pub struct Model {
    /// The metric.
    #[sea_orm(primary_key, auto_increment = false)]
    pub metric_id: i64,
    /// A metric above it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ancestor_id: i64,
    /// How far above: 1 is the parent.
    pub depth: i32,
    /// The metric.
    #[sea_orm(belongs_to, relation_enum = "Metric", from = "metric_id", to = "id")]
    pub metric: BelongsTo<super::metric::Entity>,
    /// A metric above it.
    #[sea_orm(
        belongs_to,
        relation_enum = "Ancestor",
        from = "ancestor_id",
        to = "id"
    )]
    pub ancestor: BelongsTo<super::metric::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
