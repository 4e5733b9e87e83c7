//! Turns the declarations into async-graphql's registry: SDL, introspection and validation.
//!
//! async-graphql never resolves a field of ours: the root type answers nothing by itself, since an operation is
//! planned and written as a whole. Only introspection is executed by it.

use std::borrow::Cow;

use async_graphql::{
    ContainerType, Context, ContextSelectionSet, EmptyMutation, EmptySubscription, OutputType,
    Positioned, SDLExportOptions, Schema, SchemaBuilder, ServerResult, Value,
    indexmap::IndexMap,
    parser::types::Field as QueryField,
    registry::{MetaEnumValue, MetaField, MetaInputValue, MetaType, Registry},
};

use super::{
    CONNECTIONS, NODE, OBJECT_TYPES,
    declaration::{
        AggregateType, Connection, EmbeddedType, EnumType, Field, Measure, ObjectType, RootField,
        RootSource, Source,
    },
    enums::{ADDITIVITY, ATTRIBUTION_BASIS, CAVEAT, PRECISION, SCOPE, UNIT_KIND},
    initiative::ATTRIBUTION,
    query::{QUERY_DESCRIPTION, QUERY_FIELDS},
    report::SOURCE,
    total::{TOTAL, TOTAL_DESCRIPTION, TOTAL_FIELDS},
};

/// The schema as async-graphql holds it.
pub type PublicSchema = Schema<Query, EmptyMutation, EmptySubscription>;

/// The schema, to be finished with whatever the caller adds to it.
pub fn public_schema() -> SchemaBuilder<Query, EmptyMutation, EmptySubscription> {
    Schema::build(Query, EmptyMutation, EmptySubscription)
}

/// The schema in the schema definition language, sorted, as it is published.
pub fn sdl() -> String {
    let text = public_schema().finish().sdl_with_options(
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
        &CAVEAT,
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
    }
    register(registry, total_type());
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

struct DateScalar {
    name: &'static str,
    description: &'static str,
    specified_by: &'static str,
}

const DATE_SCALARS: &[DateScalar] = &[
    DateScalar {
        name: "Date",
        description: "A day in ISO 8601: `2007-09-30`.",
        specified_by: "https://scalars.graphql.org/andimarek/local-date.html",
    },
    DateScalar {
        name: "DateTime",
        description: "A moment in RFC 3339, in UTC: `2007-11-08T14:30:00Z`.",
        specified_by: "https://scalars.graphql.org/andimarek/date-time.html",
    },
];

fn date_scalar(scalar: &DateScalar) -> MetaType {
    MetaType::Scalar {
        name: scalar.name.into(),
        description: Some(scalar.description.into()),
        is_valid: None,
        visible: None,
        inaccessible: false,
        tags: Vec::new(),
        specified_by_url: Some(scalar.specified_by.into()),
        directive_invocations: Vec::new(),
        requires_scopes: Vec::new(),
    }
}

fn enum_type(enumeration: &EnumType) -> MetaType {
    MetaType::Enum {
        name: enumeration.name.into(),
        description: Some(enumeration.description.into()),
        enum_values: enumeration
            .values
            .iter()
            .map(|(name, description)| {
                let value = MetaEnumValue {
                    name: (*name).into(),
                    description: Some((*description).into()),
                    deprecation: Default::default(),
                    visible: None,
                    inaccessible: false,
                    tags: Vec::new(),
                    directive_invocations: Vec::new(),
                };
                ((*name).into(), value)
            })
            .collect(),
        visible: None,
        inaccessible: false,
        tags: Vec::new(),
        rust_typename: Some(DECLARED),
        directive_invocations: Vec::new(),
        requires_scopes: Vec::new(),
    }
}

fn embedded_type(embedded: &EmbeddedType) -> MetaType {
    object(
        embedded.name,
        embedded.description,
        embedded.fields.iter().map(|field| {
            meta_field(
                field.name,
                field.description,
                with_null(field.scalar.type_name(), field.nullable),
                Vec::new(),
            )
        }),
    )
}

fn object_type(declared: &ObjectType) -> MetaType {
    object(
        declared.name,
        declared.description,
        declared.fields.iter().map(object_field),
    )
}

fn object_field(field: &Field) -> MetaField {
    let (type_name, args) = match &field.source {
        Source::Id => (with_null("ID", field.nullable), Vec::new()),
        Source::Column(_, scalar) => (with_null(scalar.type_name(), field.nullable), Vec::new()),
        Source::Embedded { target, .. } => (with_null(target.name, field.nullable), Vec::new()),
        Source::ToOne { target, .. } | Source::Joined { target, .. } => {
            (with_null(target.name, field.nullable), Vec::new())
        }
        Source::Collection(relation) => (
            with_null(relation.connection.name, false),
            page_arguments(NESTED),
        ),
        Source::Ancestors(_, target) => (format!("[{}!]!", target.name), Vec::new()),
    };
    let description = match &field.source {
        Source::Collection(relation) => format!(
            "{} In the order {}.",
            field.description, relation.connection.default_order
        ),
        _ => field.description.into(),
    };
    meta_field(field.name, &description, type_name, args)
}

fn root_field(field: &RootField) -> MetaField {
    match &field.source {
        RootSource::Node => meta_field(
            field.name,
            field.description,
            NODE.into(),
            vec![argument("id", "ID!", "The global id.")],
        ),
        RootSource::Nodes => meta_field(
            field.name,
            field.description,
            format!("[{NODE}]!"),
            vec![argument("ids", "[ID!]!", "The global ids, at most 1,000.")],
        ),
        RootSource::Lookup(target, parts) => meta_field(
            field.name,
            field.description,
            target.name.into(),
            parts
                .iter()
                .map(|part| {
                    argument(
                        part.name,
                        &format!("{}!", part.scalar.type_name()),
                        part.description,
                    )
                })
                .collect(),
        ),
        RootSource::Collection(connection) => meta_field(
            field.name,
            &format!(
                "{} In the order {}.",
                field.description, connection.default_order
            ),
            with_null(connection.name, false),
            page_arguments(ROOT),
        ),
    }
}

/// How the default page size is described for a root field.
const ROOT: &str = "unless the server is set up otherwise, 100";
/// How the default page size is described for a nested field.
const NESTED: &str = "unless the server is set up otherwise, 25 under each parent";

fn page_arguments(default: &str) -> Vec<MetaInputValue> {
    vec![
        argument(
            "first",
            "Int",
            &format!(
                "At most this many, from the start or after `after`. 0 is allowed, 1,000 is the most. Without `first` and `last`: {default}."
            ),
        ),
        argument(
            "after",
            "String",
            "Only what comes after the edge with this cursor.",
        ),
        argument(
            "last",
            "Int",
            "At most this many, from the end or before `before`. Not together with `first`.",
        ),
        argument(
            "before",
            "String",
            "Only what comes before the edge with this cursor.",
        ),
    ]
}

fn edge_type(connection: &Connection) -> MetaType {
    object(
        connection.edge_name,
        &format!(
            "One of the {} of a page, with its place in the order.",
            connection.plural
        ),
        [
            meta_field(
                "cursor",
                "Its place in the order, for `after` and `before`; opaque.",
                "String!".into(),
                Vec::new(),
            ),
            meta_field(
                "node",
                "The object itself.",
                with_null(connection.node.name, false),
                Vec::new(),
            ),
        ],
    )
}

fn connection_type(connection: &Connection) -> MetaType {
    let plural = connection.plural;
    object(
        connection.name,
        &format!("A collection of {plural}: a page of it, and what can be said of all of it."),
        [
            meta_field(
                "nodes",
                &format!("The {plural} of the page."),
                format!("[{}!]!", connection.node.name),
                Vec::new(),
            ),
            meta_field(
                "edges",
                &format!("The {plural} of the page, each with its cursor."),
                format!("[{}!]!", connection.edge_name),
                Vec::new(),
            ),
            meta_field(
                "pageInfo",
                "Whether there is more, and the cursors to go on from.",
                "PageInfo!".into(),
                Vec::new(),
            ),
            meta_field(
                "totalCount",
                &format!("How many {plural} there are in all, whatever the page."),
                "Int!".into(),
                Vec::new(),
            ),
            meta_field(
                "aggregate",
                &format!("What can be said of all these {plural}, whatever the page."),
                with_null(connection.aggregate.name, false),
                Vec::new(),
            ),
        ],
    )
}

fn aggregate_type(aggregate: &AggregateType) -> MetaType {
    object(
        aggregate.name,
        aggregate.description,
        aggregate.fields.iter().map(|field| {
            let type_name = match field.measure {
                Measure::Totals => format!("[{TOTAL}!]!"),
                _ => "Int!".into(),
            };
            meta_field(field.name, field.description, type_name, Vec::new())
        }),
    )
}

fn total_type() -> MetaType {
    object(
        TOTAL,
        TOTAL_DESCRIPTION,
        TOTAL_FIELDS.iter().map(|field| {
            meta_field(
                field.name,
                field.description,
                field.part.field_type().sdl(),
                Vec::new(),
            )
        }),
    )
}

fn page_info_type() -> MetaType {
    let flag = |name, description| meta_field(name, description, "Boolean!".into(), Vec::new());
    let cursor = |name, description| meta_field(name, description, "String".into(), Vec::new());
    object(
        "PageInfo",
        "Where a page lies in its collection. Both flags are exact in both directions.",
        [
            flag("hasNextPage", "Whether anything comes after the page."),
            flag("hasPreviousPage", "Whether anything comes before the page."),
            cursor(
                "startCursor",
                "Cursor of the first edge, for `before`; null on an empty page.",
            ),
            cursor(
                "endCursor",
                "Cursor of the last edge, for `after`; null on an empty page.",
            ),
        ],
    )
}

fn node_interface() -> MetaType {
    MetaType::Interface {
        name: NODE.into(),
        description: Some("An object that can be asked for again by its global id.".into()),
        fields: by_name([meta_field(
            "id",
            "Global id, opaque; the same in every database.",
            "ID!".into(),
            Vec::new(),
        )]),
        possible_types: OBJECT_TYPES
            .iter()
            .filter(|object| object.is_node)
            .map(|object| object.name.to_owned())
            .collect(),
        extends: false,
        inaccessible: false,
        tags: Vec::new(),
        keys: None,
        visible: None,
        rust_typename: Some(DECLARED),
        directive_invocations: Vec::new(),
        requires_scopes: Vec::new(),
    }
}

/// Stands for the Rust type in the registry, where a derived type of the same name would be noticed by it.
const DECLARED: &str = "a declaration of annals";

fn object(name: &str, description: &str, fields: impl IntoIterator<Item = MetaField>) -> MetaType {
    MetaType::Object {
        name: name.into(),
        description: Some(description.into()),
        fields: by_name(fields),
        cache_control: Default::default(),
        extends: false,
        shareable: false,
        resolvable: true,
        inaccessible: false,
        interface_object: false,
        tags: Vec::new(),
        keys: None,
        visible: None,
        is_subscription: false,
        rust_typename: Some(DECLARED),
        directive_invocations: Vec::new(),
        requires_scopes: Vec::new(),
    }
}

fn by_name(fields: impl IntoIterator<Item = MetaField>) -> IndexMap<String, MetaField> {
    fields
        .into_iter()
        .map(|field| (field.name.clone(), field))
        .collect()
}

fn meta_field(
    name: &str,
    description: &str,
    type_name: String,
    args: Vec<MetaInputValue>,
) -> MetaField {
    MetaField {
        name: name.into(),
        description: Some(description.into()),
        args: args
            .into_iter()
            .map(|argument| (argument.name.clone(), argument))
            .collect(),
        ty: type_name,
        deprecation: Default::default(),
        cache_control: Default::default(),
        external: false,
        requires: None,
        provides: None,
        visible: None,
        shareable: false,
        inaccessible: false,
        tags: Vec::new(),
        override_from: None,
        compute_complexity: None,
        directive_invocations: Vec::new(),
        requires_scopes: Vec::new(),
    }
}

fn argument(name: &str, type_name: &str, description: &str) -> MetaInputValue {
    MetaInputValue {
        name: name.into(),
        description: Some(description.into()),
        ty: type_name.into(),
        deprecation: Default::default(),
        default_value: None,
        visible: None,
        inaccessible: false,
        tags: Vec::new(),
        is_secret: false,
        directive_invocations: Vec::new(),
    }
}

fn with_null(type_name: &str, nullable: bool) -> String {
    if nullable {
        type_name.into()
    } else {
        format!("{type_name}!")
    }
}
