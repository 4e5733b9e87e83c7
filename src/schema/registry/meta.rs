//! Registry entries with everything that annals does not use left at rest.

use async_graphql::{
    indexmap::IndexMap,
    registry::{MetaField, MetaInputValue, MetaType},
};

/// Stands for the Rust type in the registry, where a derived type of the same name would be noticed by it.
pub(super) const DECLARED: &str = "a declaration of annals";

pub(super) fn object(
    name: &str,
    description: &str,
    fields: impl IntoIterator<Item = MetaField>,
) -> MetaType {
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

pub(super) fn input_object(
    name: &str,
    description: &str,
    fields: impl IntoIterator<Item = MetaInputValue>,
) -> MetaType {
    MetaType::InputObject {
        name: name.into(),
        description: Some(description.into()),
        input_fields: fields
            .into_iter()
            .map(|field| (field.name.clone(), field))
            .collect(),
        visible: None,
        inaccessible: false,
        tags: Vec::new(),
        rust_typename: Some(DECLARED),
        oneof: false,
        directive_invocations: Vec::new(),
    }
}

/// An input object of which exactly one key is given.
pub(super) fn one_of(
    name: &str,
    description: &str,
    fields: impl IntoIterator<Item = MetaInputValue>,
) -> MetaType {
    let mut meta = input_object(name, description, fields);
    if let MetaType::InputObject { oneof, .. } = &mut meta {
        *oneof = true;
    }
    meta
}

pub(super) fn by_name(fields: impl IntoIterator<Item = MetaField>) -> IndexMap<String, MetaField> {
    fields
        .into_iter()
        .map(|field| (field.name.clone(), field))
        .collect()
}

pub(super) fn meta_field(
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

pub(super) fn argument(name: &str, type_name: &str, description: &str) -> MetaInputValue {
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

pub(super) fn with_null(type_name: &str, nullable: bool) -> String {
    if nullable {
        type_name.into()
    } else {
        format!("{type_name}!")
    }
}
