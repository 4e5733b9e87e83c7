//! The tables, each after those that it refers to.

use sea_orm_migration::prelude::*;

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

/// The row's own key.
fn id() -> ColumnDef {
    ColumnDef::new("id")
        .big_integer()
        .not_null()
        .auto_increment()
        .primary_key()
        .take()
}

/// The key of a row elsewhere; [`refers`] says where.
fn reference(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().take()
}

/// The key of a row elsewhere, or none.
fn reference_or_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().null().take()
}

/// The foreign key of a column that [`reference`] or [`reference_or_null`] made.
fn refers(
    table: &'static str,
    column: &'static str,
    target: &'static str,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from(table, column)
        .to(target, "id")
        .take()
}

/// Text that is only shown.
fn text(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().not_null().take()
}

/// Text that is only shown, or none.
fn text_or_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().null().take()
}

/// Text that rows are found and ordered by, byte by byte. SQLite compares so by itself; this is
/// the one place to say `COLLATE "C"` for PostgreSQL.
fn compared_text(name: &'static str) -> ColumnDef {
    text(name)
}

/// A place in an order, or a number of times.
fn counted_from_one(name: &'static str) -> ColumnDef {
    ColumnDef::new(name)
        .integer()
        .not_null()
        .check(Expr::col(name).gte(1))
        .take()
}

/// A year that a sort key can hold in four digits.
fn fiscal_year() -> ColumnDef {
    ColumnDef::new("fiscal_year")
        .integer()
        .not_null()
        .check(Expr::col("fiscal_year").between(1789, 9998))
        .take()
}

/// A figure in ten-thousandths, within ±9·10¹⁴.
fn scaled_value() -> ColumnDef {
    const MAX: i64 = 9_000_000_000_000_000_000;
    ColumnDef::new("value")
        .big_integer()
        .not_null()
        .check(Expr::col("value").between(-MAX, MAX))
        .take()
}

/// A coded column whose codes go from 0 to `last`.
fn coded(name: &'static str, last: i16) -> ColumnDef {
    ColumnDef::new(name)
        .small_integer()
        .not_null()
        .check(Expr::col(name).between(0, last))
        .take()
}

/// A coded column whose codes go from 0 to `last`, or none.
fn coded_or_null(name: &'static str, last: i16) -> ColumnDef {
    ColumnDef::new(name)
        .small_integer()
        .null()
        .check(Expr::col(name).between(0, last))
        .take()
}

/// True or false, which SQLite would not insist on.
fn yes_or_no(name: &'static str) -> ColumnDef {
    ColumnDef::new(name)
        .boolean()
        .not_null()
        .check(Expr::col(name).is_in([true, false]))
        .take()
}

/// Both columns are null or neither is.
fn null_together(one: &'static str, other: &'static str) -> Expr {
    Expr::col(one).is_null().eq(Expr::col(other).is_null())
}
