//! The public schema: one file a GraphQL type, and in it one declaration.
//!
//! `declaration` has the words, the files named after types use them, `registry` turns the declarations into
//! async-graphql's registry. Nothing here may read a request, plan or touch the database: the schema is data.

pub mod agency;
pub mod change;
pub mod declaration;
pub mod division;
pub mod enums;
pub mod filters;
pub mod goal;
pub mod initiative;
pub mod initiative_group;
pub mod metric;
pub mod node_id;
pub mod orders;
pub mod query;
mod registry;
pub mod report;
pub mod reported_result;
pub mod result_group;
pub mod search;
pub mod series;
pub mod total;
pub mod unit_of_measure;

use declaration::{Connection, ObjectType};
pub use registry::{PublicSchema, public_schema, sdl};

/// All object types that are stored in a table of their own.
pub static OBJECT_TYPES: &[&ObjectType] = &[
    &agency::AGENCY,
    &report::REPORT,
    &goal::GOAL,
    &division::DIVISION,
    &initiative::INITIATIVE,
    &reported_result::REPORTED_RESULT,
    &metric::METRIC,
    &unit_of_measure::UNIT_OF_MEASURE,
];

/// All connection types.
pub static CONNECTIONS: &[&Connection] = &[
    &agency::AGENCIES,
    &report::REPORTS,
    &goal::GOALS,
    &division::DIVISIONS,
    &initiative::INITIATIVES,
    &reported_result::RESULTS,
    &metric::METRICS,
];

/// GraphQL name of the interface that every object with an id implements.
pub const NODE: &str = "Node";

/// The most ids that `nodes` takes.
pub const MAX_NODES: usize = 1000;

/// The object type of that name that implements `Node`.
pub fn node_type(name: &str) -> Option<&'static ObjectType> {
    OBJECT_TYPES
        .iter()
        .copied()
        .find(|object| object.is_node && object.name == name)
}
