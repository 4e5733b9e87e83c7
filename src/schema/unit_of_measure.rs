//! `UnitOfMeasure`: what is counted, weighed or paid.

use entity::unit_of_measure;

use super::{
    declaration::{ColumnRef, FilterType, ObjectType, Scalar, Table, column},
    enums::UNIT_KIND,
};

/// What a sentence says of a unit: its name, plural and symbol, and the code of its kind.
pub const UNIT_IN_WORDS: [ColumnRef; 4] = [
    &unit_of_measure::Column::Name,
    &unit_of_measure::Column::Plural,
    &unit_of_measure::Column::Symbol,
    &unit_of_measure::Column::Kind,
];

/// What is counted, weighed or paid.
pub static UNIT_OF_MEASURE: ObjectType = ObjectType {
    name: "UnitOfMeasure",
    description: "What is counted (arrest, case, officer), weighed or paid. Units are data: a report may count anything.",
    table: Table {
        name: "unit_of_measure",
        id: &unit_of_measure::Column::Id,
        natural_key: &unit_of_measure::Column::NaturalKey,
        sort_key: &unit_of_measure::Column::Code,
    },
    is_node: false,
    fields: &[
        column(
            "code",
            &unit_of_measure::Column::Code,
            Scalar::String,
            "UCUM code (`[lb_av]`) or ISO 4217 currency (`USD`) where there is one, else an English noun (`arrest`).",
        ),
        column(
            "name",
            &unit_of_measure::Column::Name,
            Scalar::String,
            "Name of one of it: `pound`.",
        ),
        column(
            "plural",
            &unit_of_measure::Column::Plural,
            Scalar::String,
            "Name of several: `pounds`.",
        ),
        column(
            "symbol",
            &unit_of_measure::Column::Symbol,
            Scalar::String,
            "Symbol to set beside a figure (`lb`, `$`); null where there is none.",
        )
        .nullable(),
        column(
            "kind",
            &unit_of_measure::Column::Kind,
            Scalar::Enum(&UNIT_KIND),
            "What sort of quantity it measures.",
        ),
    ],
    filter: FilterType {
        name: "UnitFilter",
        list_name: "UnitListFilter",
        order_name: "UnitOrder",
        extra: &[],
    },
};
