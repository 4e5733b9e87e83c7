//! Reported results: the figures.

use sea_orm::entity::prelude::*;

use crate::enums::{Precision, Scope};

/// One reported figure of one initiative.
///
/// Report, agency, division, goal and unit repeat what the initiative and the metric say, so that
/// a collection of results under any of them is one index range.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reported_result")]
pub struct Model {
    /// Of this database only; never shown outside.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The initiative that it is a figure of.
    pub initiative_id: i64,
    /// The initiative's report.
    pub report_id: i64,
    /// The initiative's agency.
    pub agency_id: i64,
    /// The initiative's division, or null.
    pub division_id: Option<i64>,
    /// The initiative's goal, or null.
    pub goal_id: Option<i64>,
    /// What it is a figure of.
    pub metric_id: i64,
    /// The metric's unit.
    pub unit_id: i64,
    /// Key within the initiative, unique without regard to case.
    pub key: String,
    /// Place in the report (not in the initiative), from 1, unique within it.
    pub position: i32,
    /// What it is, in a few words.
    pub label: String,
    /// The figure as printed, in ten-thousandths of the unit; see [`decimal`](crate::decimal).
    pub value: i64,
    /// How to read the figure.
    pub precision: Precision,
    /// The fiscal year that the figure is about; not always that of the report.
    pub fiscal_year: i32,
    /// Over that year, to date, or at a date.
    pub scope: Scope,
    /// A date that the source gives, `YYYY-MM` or `YYYY-MM-DD`; null where it gives none.
    pub as_of: Option<String>,
    /// The source calls it a record.
    pub is_record: bool,
    /// What a reader should know; null where there is nothing to add.
    pub note: Option<String>,
    /// The result of the same report, unit, fiscal year and scope that this is a part of, or null.
    pub part_of_id: Option<i64>,
    /// See [`keys::result`](crate::keys::result).
    #[sea_orm(unique)]
    pub natural_key: String,
    /// See [`keys::sort::in_report`](crate::keys::sort::in_report).
    #[sea_orm(unique)]
    pub sort_key: String,
    /// The figure that it is a statement of: the same in all reports that publish it, its own id where one report does.
    pub figure_id: i64,
    /// Which statement of the figure it is, the oldest report's being 1; 0 where only one report publishes it.
    pub statement_number: i32,
    /// Whether a later report publishes the figure again.
    pub is_superseded: bool,
    /// The latest report's statement of the figure, or null where this is one.
    pub superseded_by_id: Option<i64>,
    /// What was aimed for, in ten-thousandths of the unit; null where the report does not say.
    pub target: Option<i64>,
    /// `value` divided by `target`, in ten-thousandths; null where there is no target or it is 0,
    /// where the figure is not exact, and where the quotient cannot be stored. See
    /// [`decimal::quotient`](crate::decimal::quotient).
    pub attainment: Option<i64>,
    /// Where in the source the figure is; null where that is not recorded.
    pub source_place: Option<String>,
    /// The initiative that it is a figure of.
    #[sea_orm(belongs_to, from = "initiative_id", to = "id")]
    pub initiative: BelongsTo<super::initiative::Entity>,
    /// The initiative's report.
    #[sea_orm(belongs_to, from = "report_id", to = "id")]
    pub report: BelongsTo<super::report::Entity>,
    /// The initiative's agency.
    #[sea_orm(belongs_to, from = "agency_id", to = "id")]
    pub agency: BelongsTo<super::agency::Entity>,
    /// The initiative's division.
    #[sea_orm(belongs_to, from = "division_id", to = "id")]
    pub division: BelongsTo<Option<super::division::Entity>>,
    /// The initiative's goal.
    #[sea_orm(belongs_to, from = "goal_id", to = "id")]
    pub goal: BelongsTo<Option<super::goal::Entity>>,
    /// What it is a figure of.
    #[sea_orm(belongs_to, from = "metric_id", to = "id")]
    pub metric: BelongsTo<super::metric::Entity>,
    /// The metric's unit.
    #[sea_orm(belongs_to, from = "unit_id", to = "id")]
    pub unit: BelongsTo<super::unit_of_measure::Entity>,
    /// The result that this is a part of.
    #[sea_orm(self_ref, relation_enum = "PartOf", from = "part_of_id", to = "id")]
    pub part_of: BelongsTo<Option<Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
