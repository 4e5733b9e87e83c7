//! Registry entries of series and changes.

use async_graphql::registry::MetaType;

use super::meta::{meta_field, object, with_null};
use crate::schema::{
    change::{CHANGE, CHANGE_DESCRIPTION, CHANGE_FIELDS},
    series::{SERIES_FIELDS, SERIES_POINT, SERIES_POINT_DESCRIPTION, SeriesPart},
    total::TOTAL,
};

pub(super) fn change_type() -> MetaType {
    object(
        CHANGE,
        CHANGE_DESCRIPTION,
        CHANGE_FIELDS.iter().map(|field| {
            let (scalar, nullable) = field.part.field_type();
            meta_field(
                field.name,
                field.description,
                with_null(scalar.type_name(), nullable),
                Vec::new(),
            )
        }),
    )
}

pub(super) fn series_point_type() -> MetaType {
    object(
        SERIES_POINT,
        SERIES_POINT_DESCRIPTION,
        SERIES_FIELDS.iter().map(|field| {
            let type_name = match field.part {
                SeriesPart::FiscalYear => "Int!".into(),
                SeriesPart::Total => with_null(TOTAL, false),
                SeriesPart::Change => CHANGE.into(),
            };
            meta_field(field.name, field.description, type_name, Vec::new())
        }),
    )
}
