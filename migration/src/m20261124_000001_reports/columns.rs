//! The kinds of columns that the tables are made of, with what each may hold.

use sea_orm_migration::prelude::*;

/// The row's own key.
pub(super) fn id() -> ColumnDef {
    ColumnDef::new("id")
        .big_integer()
        .not_null()
        .auto_increment()
        .primary_key()
        .take()
}

/// The key of a row elsewhere; [`refers`] says where.
pub(super) fn reference(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().take()
}

/// The key of a row elsewhere, or none.
pub(super) fn reference_or_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().null().take()
}

/// The foreign key of a column that [`reference()`] or [`reference_or_null`] made.
pub(super) fn refers(
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
pub(super) fn text(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().not_null().take()
}

/// Text that is only shown, or none.
pub(super) fn text_or_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().null().take()
}

/// Text that rows are found and ordered by, byte by byte. SQLite compares so by itself; this is
/// the one place to say `COLLATE "C"` for PostgreSQL.
pub(super) fn compared_text(name: &'static str) -> ColumnDef {
    text(name)
}

/// A place in an order, or a number of times.
pub(super) fn counted_from_one(name: &'static str) -> ColumnDef {
    ColumnDef::new(name)
        .integer()
        .not_null()
        .check(Expr::col(name).gte(1))
        .take()
}

/// A year that a sort key can hold in four digits.
pub(super) fn fiscal_year() -> ColumnDef {
    ColumnDef::new("fiscal_year")
        .integer()
        .not_null()
        .check(Expr::col("fiscal_year").between(1789, 9998))
        .take()
}

/// A figure in ten-thousandths, within ±9·10¹⁴.
pub(super) fn scaled_value() -> ColumnDef {
    const MAX: i64 = 9_000_000_000_000_000_000;
    ColumnDef::new("value")
        .big_integer()
        .not_null()
        .check(Expr::col("value").between(-MAX, MAX))
        .take()
}

/// A coded column whose codes go from 0 to `last`.
pub(super) fn coded(name: &'static str, last: i16) -> ColumnDef {
    ColumnDef::new(name)
        .small_integer()
        .not_null()
        .check(Expr::col(name).between(0, last))
        .take()
}

/// A coded column whose codes go from 0 to `last`, or none.
pub(super) fn coded_or_null(name: &'static str, last: i16) -> ColumnDef {
    ColumnDef::new(name)
        .small_integer()
        .null()
        .check(Expr::col(name).between(0, last))
        .take()
}

/// True or false, which SQLite would not insist on.
pub(super) fn yes_or_no(name: &'static str) -> ColumnDef {
    ColumnDef::new(name)
        .boolean()
        .not_null()
        .check(Expr::col(name).is_in([true, false]))
        .take()
}

/// Both columns are null or neither is.
pub(super) fn null_together(one: &'static str, other: &'static str) -> Expr {
    Expr::col(one).is_null().eq(Expr::col(other).is_null())
}
