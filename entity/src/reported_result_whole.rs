//! The closure of "part of": every whole of every result, at any distance.

use sea_orm::entity::prelude::*;

/// One whole that one result is a part of. Aggregates leave a part out where a whole is present.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reported_result_whole")]
pub struct Model {
    /// The part.
    #[sea_orm(primary_key, auto_increment = false)]
    pub part_id: i64,
    /// A result that it is part of, directly or not.
    #[sea_orm(primary_key, auto_increment = false)]
    pub whole_id: i64,
    /// The part.
    #[sea_orm(belongs_to, relation_enum = "Part", from = "part_id", to = "id")]
    pub part: BelongsTo<super::reported_result::Entity>,
    /// A result that it is part of.
    #[sea_orm(belongs_to, relation_enum = "Whole", from = "whole_id", to = "id")]
    pub whole: BelongsTo<super::reported_result::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
