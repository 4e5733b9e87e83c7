//! A column of a package: declared once, with its name, what it means, what a cell of it must be,
//! how it is read and how it is written.
//!
//! From the declaration come the header of the CSV file, the Table Schema in `datapackage.json`,
//! the table in the documentation and the worked row of `annals init`. A column never looks at
//! another row.

use std::borrow::Cow;

mod cell;
mod kind;

pub(super) use cell::Cell;
pub use kind::Shape;
pub(super) use kind::{
    Code, Day, DayOrMonth, Figure, FiscalYear, Flag, Kind, Position, Sha256, Text, Url, Word,
};

/// A column of the rows `R`.
pub(super) struct Column<R: 'static> {
    /// Name in the header.
    pub(super) name: &'static str,
    /// Whether a cell of it must be filled in. If not, the whole column may be missing.
    pub(super) required: bool,
    /// What a cell of it must be.
    pub(super) shape: Shape,
    /// What is in it, for whoever fills it in.
    pub(super) description: &'static str,
    /// The cell of the worked row.
    pub(super) example: &'static str,
    /// Puts the meaning of a cell into a row. Columns are read in the order of their declaration.
    pub(super) read: fn(&mut Cell<'_>, &mut R),
    /// The cell of a row; [`read`](Self::read) takes it back.
    pub(super) write: fn(&R) -> Cow<'_, str>,
}

/// A column that every row fills in: name, kind, field, worked cell, description.
macro_rules! required {
    ($name:literal, $kind:ty, $($field:ident).+, $example:literal, $description:literal) => {
        $crate::package::column::Column {
            name: $name,
            required: true,
            shape: <$kind as $crate::package::column::Kind>::SHAPE,
            description: $description,
            example: $example,
            read: |cell, row| row.$($field).+ = cell.required::<$kind>(),
            write: |row| <$kind as $crate::package::column::Kind>::write(&row.$($field).+),
        }
    };
}

/// A column whose cells may be empty and which may be missing as a whole.
macro_rules! optional {
    ($name:literal, $kind:ty, $($field:ident).+, $example:literal, $description:literal) => {
        $crate::package::column::Column {
            name: $name,
            required: false,
            shape: <$kind as $crate::package::column::Kind>::SHAPE,
            description: $description,
            example: $example,
            read: |cell, row| row.$($field).+ = cell.optional::<$kind>(),
            write: |row| row.$($field).+.as_ref().map_or_else(
                ::std::borrow::Cow::default,
                <$kind as $crate::package::column::Kind>::write,
            ),
        }
    };
}

pub(super) use {optional, required};
