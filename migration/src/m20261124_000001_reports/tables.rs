//! The tables, each after those that it refers to.

use sea_orm_migration::prelude::*;

use super::columns::{
    coded, coded_or_null, compared_text, counted_from_one, fiscal_year, id, null_together,
    reference, reference_or_null, refers, scaled_value, text, text_or_null, yes_or_no,
};

/// The tables' names, in the order in which they are made.
pub(super) const NAMES: [&str; 10] = [
    "agency",
    "report",
    "goal",
    "division",
    "unit_of_measure",
    "metric",
    "metric_ancestor",
    "initiative",
    "reported_result",
    "reported_result_whole",
];

/// The statements that make the tables, in the order of [`NAMES`].
pub(super) fn all() -> [TableCreateStatement; 10] {
    [
        agency(),
        report(),
        goal(),
        division(),
        unit_of_measure(),
        metric(),
        metric_ancestor(),
        initiative(),
        reported_result(),
        reported_result_whole(),
    ]
}

fn agency() -> TableCreateStatement {
    Table::create()
        .table("agency")
        .col(id())
        .col(compared_text("code"))
        .col(text("name"))
        .col(text_or_null("department"))
        .col(compared_text("natural_key"))
        .take()
}

fn report() -> TableCreateStatement {
    Table::create()
        .table("report")
        .col(id())
        .col(reference("agency_id"))
        .col(fiscal_year())
        .col(compared_text("period_start"))
        .col(compared_text("period_end"))
        .col(text("title"))
        .col(text_or_null("summary"))
        .col(text("source_title"))
        .col(text_or_null("source_publisher"))
        .col(text_or_null("source_url"))
        .col(text_or_null("source_retrieved"))
        .col(text_or_null("source_sha256"))
        .col(text_or_null("source_licence"))
        .col(counted_from_one("revision"))
        .col(text("published_at"))
        .col(compared_text("natural_key"))
        .col(compared_text("sort_key"))
        .check(Expr::col("period_start").lte(Expr::col("period_end")))
        .foreign_key(&mut refers("report", "agency_id", "agency"))
        .take()
}

fn goal() -> TableCreateStatement {
    Table::create()
        .table("goal")
        .col(id())
        .col(reference("report_id"))
        .col(compared_text("code"))
        .col(text("name"))
        .col(counted_from_one("position"))
        .col(compared_text("natural_key"))
        .col(compared_text("sort_key"))
        .foreign_key(&mut refers("goal", "report_id", "report"))
        .take()
}

fn division() -> TableCreateStatement {
    Table::create()
        .table("division")
        .col(id())
        .col(reference("agency_id"))
        .col(compared_text("code"))
        .col(text("name"))
        .col(counted_from_one("position"))
        .col(compared_text("natural_key"))
        .col(compared_text("sort_key"))
        .foreign_key(&mut refers("division", "agency_id", "agency"))
        .take()
}

fn unit_of_measure() -> TableCreateStatement {
    Table::create()
        .table("unit_of_measure")
        .col(id())
        .col(compared_text("code"))
        .col(text("name"))
        .col(text("plural"))
        .col(text_or_null("symbol"))
        .col(coded("kind", 8))
        .col(compared_text("natural_key"))
        .take()
}

fn metric() -> TableCreateStatement {
    Table::create()
        .table("metric")
        .col(id())
        .col(compared_text("code"))
        .col(text("name"))
        .col(text_or_null("description"))
        .col(reference("unit_id"))
        .col(coded("additivity", 2))
        .col(reference_or_null("parent_id"))
        .col(reference("root_id"))
        .col(compared_text("natural_key"))
        .foreign_key(&mut refers("metric", "unit_id", "unit_of_measure"))
        .foreign_key(&mut refers("metric", "parent_id", "metric"))
        .foreign_key(&mut refers("metric", "root_id", "metric"))
        .take()
}

fn metric_ancestor() -> TableCreateStatement {
    Table::create()
        .table("metric_ancestor")
        .col(reference("metric_id"))
        .col(reference("ancestor_id"))
        .col(counted_from_one("depth"))
        .primary_key(Index::create().col("metric_id").col("ancestor_id"))
        .foreign_key(&mut refers("metric_ancestor", "metric_id", "metric"))
        .foreign_key(&mut refers("metric_ancestor", "ancestor_id", "metric"))
        .take()
}

fn initiative() -> TableCreateStatement {
    Table::create()
        .table("initiative")
        .col(id())
        .col(reference("report_id"))
        .col(reference("agency_id"))
        .col(reference_or_null("division_id"))
        .col(coded_or_null("division_basis", 1))
        .col(text_or_null("division_note"))
        .col(reference_or_null("goal_id"))
        .col(coded_or_null("goal_basis", 1))
        .col(text_or_null("goal_note"))
        .col(counted_from_one("position"))
        .col(compared_text("slug"))
        .col(text("name"))
        .col(text("action"))
        .col(text("outcome"))
        .col(text("source_place"))
        .col(compared_text("natural_key"))
        .col(compared_text("sort_key"))
        .check(null_together("division_id", "division_basis"))
        .check(null_together("goal_id", "goal_basis"))
        .foreign_key(&mut refers("initiative", "report_id", "report"))
        .foreign_key(&mut refers("initiative", "agency_id", "agency"))
        .foreign_key(&mut refers("initiative", "division_id", "division"))
        .foreign_key(&mut refers("initiative", "goal_id", "goal"))
        .take()
}

fn reported_result() -> TableCreateStatement {
    Table::create()
        .table("reported_result")
        .col(id())
        .col(reference("initiative_id"))
        .col(reference("report_id"))
        .col(reference("agency_id"))
        .col(reference_or_null("division_id"))
        .col(reference_or_null("goal_id"))
        .col(reference("metric_id"))
        .col(reference("unit_id"))
        .col(compared_text("key"))
        .col(counted_from_one("position"))
        .col(text("label"))
        .col(scaled_value())
        .col(coded("precision", 3))
        .col(fiscal_year())
        .col(coded("scope", 2))
        .col(text_or_null("as_of"))
        .col(yes_or_no("is_record"))
        .col(text_or_null("note"))
        .col(reference_or_null("part_of_id"))
        .col(compared_text("natural_key"))
        .col(compared_text("sort_key"))
        .foreign_key(&mut refers(
            "reported_result",
            "initiative_id",
            "initiative",
        ))
        .foreign_key(&mut refers("reported_result", "report_id", "report"))
        .foreign_key(&mut refers("reported_result", "agency_id", "agency"))
        .foreign_key(&mut refers("reported_result", "division_id", "division"))
        .foreign_key(&mut refers("reported_result", "goal_id", "goal"))
        .foreign_key(&mut refers("reported_result", "metric_id", "metric"))
        .foreign_key(&mut refers("reported_result", "unit_id", "unit_of_measure"))
        .foreign_key(&mut refers(
            "reported_result",
            "part_of_id",
            "reported_result",
        ))
        .take()
}

fn reported_result_whole() -> TableCreateStatement {
    Table::create()
        .table("reported_result_whole")
        .col(reference("part_id"))
        .col(reference("whole_id"))
        .primary_key(Index::create().col("part_id").col("whole_id"))
        .foreign_key(&mut refers(
            "reported_result_whole",
            "part_id",
            "reported_result",
        ))
        .foreign_key(&mut refers(
            "reported_result_whole",
            "whole_id",
            "reported_result",
        ))
        .take()
}
