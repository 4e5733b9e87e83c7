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
pub mod revision;
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
    &revision::REVISION,
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

#[cfg(test)]
mod tests {
    use super::*;
    use declaration::Source;

    /// What comes along in the statement of another row is written from that one row: `Total.unit`, `Metric.unit` and
    /// `ReportedResult.unit` would answer null for anything that takes a statement of its own.
    #[test]
    fn what_is_joined_has_columns_only() {
        let joined = OBJECT_TYPES
            .iter()
            .flat_map(|object| object.fields)
            .filter_map(|field| match field.source {
                Source::Joined { target, .. } => Some(target),
                _ => None,
            });
        for target in joined.chain([&unit_of_measure::UNIT_OF_MEASURE]) {
            for field in target.fields {
                assert!(
                    matches!(field.source, Source::Column(..)),
                    "{}.{} is not a column; load the rows of {} in a statement of their own first",
                    target.name,
                    field.name,
                    target.name
                );
            }
        }
    }

    #[test]
    fn a_total_to_order_by_is_one_of_results() {
        for object in OBJECT_TYPES {
            for field in object.fields {
                if let Source::Collection(relation) = &field.source
                    && relation.total_name.is_some()
                {
                    let node = relation.connection.node;
                    assert_eq!(
                        node.name,
                        reported_result::REPORTED_RESULT.name,
                        "{}.{}",
                        object.name,
                        field.name
                    );
                }
            }
        }
    }
}
