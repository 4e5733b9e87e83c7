//! Turns the declarations into async-graphql's registry: SDL, introspection and validation.
//!
//! async-graphql never resolves a field of ours: the root type answers nothing by itself, since an operation is
//! planned and written as a whole. Only introspection is executed by it.

mod connections;
mod groups;
mod inputs;
mod meta;
mod search;
mod series;
mod types;

use std::{borrow::Cow, cell::Cell};

use async_graphql::{
    ContainerType, Context, ContextSelectionSet, EmptyMutation, EmptySubscription, OutputType,
    Positioned, SDLExportOptions, Schema, SchemaBuilder, ServerResult, Value,
    parser::types::Field as QueryField,
    registry::{MetaType, Registry},
};

use crate::limits::PageLimits;

use super::{
    CONNECTIONS, NODE, OBJECT_TYPES,
    enums::{
        ADDITIVITY, ATTRIBUTION_BASIS, CAVEAT, DIRECTION, PRECISION, REVISION_ORIGIN, SCOPE,
        SEARCH_KIND, TOTAL_NUMBER, UNIT_KIND,
    },
    initiative::ATTRIBUTION,
    query::{QUERY_DESCRIPTION, QUERY_FIELDS},
    report::SOURCE,
};
use connections::{
    aggregate_type, amount_type, connection_type, edge_type, page_info_type, total_type,
};
use meta::object;
use series::{change_type, series_point_type};
use types::{
    DATE_SCALARS, date_scalar, embedded_type, enum_type, node_interface, object_type, root_field,
};

/// The schema as async-graphql holds it.
pub type PublicSchema = Schema<Query, EmptyMutation, EmptySubscription>;

thread_local! {
    /// How large pages are in the schema that this thread builds. async-graphql asks a type for its description through a
    /// function without arguments, so there is no other way to hand it over.
    static PAGES: Cell<PageLimits> = Cell::new(PageLimits::default());
}

/// The schema of a server with pages of these sizes, to be finished with whatever the caller adds to it.
pub fn public_schema(pages: PageLimits) -> SchemaBuilder<Query, EmptyMutation, EmptySubscription> {
    PAGES.set(pages);
    Schema::build(Query, EmptyMutation, EmptySubscription)
}

/// The schema in the schema definition language, sorted, as a server with pages of these sizes publishes it.
pub fn sdl(pages: PageLimits) -> String {
    let text = public_schema(pages).finish().sdl_with_options(
        SDLExportOptions::new()
            .sorted_fields()
            .sorted_arguments()
            .sorted_enum_items()
            .include_specified_by()
            .prefer_single_line_descriptions()
            .use_space_ident(),
    );
    let mut text = text.trim_end().to_owned();
    text.push('\n');
    text
}

/// The query root. Its fields are declared in [`QUERY_FIELDS`]; it resolves none of them.
pub struct Query;

impl OutputType for Query {
    fn type_name() -> Cow<'static, str> {
        "Query".into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        register_all(registry);
        Self::qualified_type_name()
    }

    async fn resolve(
        &self,
        _ctx: &ContextSelectionSet<'_>,
        _field: &Positioned<QueryField>,
    ) -> ServerResult<Value> {
        Ok(Value::Null)
    }
}

impl ContainerType for Query {
    async fn resolve_field(&self, _ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        Ok(None)
    }
}

impl async_graphql::ObjectType for Query {}

fn register_all(registry: &mut Registry) {
    for scalar in DATE_SCALARS {
        register(registry, date_scalar(scalar));
    }
    for enumeration in [
        &PRECISION,
        &SCOPE,
        &UNIT_KIND,
        &ADDITIVITY,
        &ATTRIBUTION_BASIS,
        &REVISION_ORIGIN,
        &CAVEAT,
        &DIRECTION,
        &SEARCH_KIND,
        &TOTAL_NUMBER,
    ] {
        register(registry, enum_type(enumeration));
    }
    for embedded in [&SOURCE, &ATTRIBUTION] {
        register(registry, embedded_type(embedded));
    }
    for object in OBJECT_TYPES {
        register(registry, object_type(object));
        if object.is_node {
            registry.add_implements(object.name, NODE);
        }
    }
    for connection in CONNECTIONS {
        register(registry, edge_type(connection));
        register(registry, connection_type(connection));
        register(registry, aggregate_type(connection.aggregate));
        let groups = connection.groups.iter();
        for meta in groups.flat_map(|groups| groups::group_types(connection, groups)) {
            register(registry, meta);
        }
    }
    let inputs = inputs::filters()
        .into_iter()
        .chain(inputs::orders())
        .chain(groups::total_inputs());
    for input in inputs {
        register(registry, input);
    }
    for meta in search::search_types() {
        register(registry, meta);
    }
    register(registry, amount_type());
    register(registry, total_type());
    register(registry, change_type());
    register(registry, series_point_type());
    register(registry, page_info_type());
    register(registry, node_interface());
    register(
        registry,
        object(
            "Query",
            QUERY_DESCRIPTION,
            QUERY_FIELDS.iter().map(root_field),
        ),
    );
}

/// Adds a type; two declarations of one name are a mistake that must not go unseen.
fn register(registry: &mut Registry, meta: MetaType) {
    let name = meta.name().to_owned();
    let earlier = registry.types.insert(name.clone(), meta);
    assert!(earlier.is_none(), "the type {name} is declared twice");
}
