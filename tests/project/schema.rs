//! The public schema: written down, described to the last argument, and in step with what is stored.

use std::fs;

use annals::limits::PageLimits;
use annals::schema::{self, declaration::EnumType, enums};
use entity::enums::{Additivity, AttributionBasis, Precision, Scope, SearchKind, UnitKind};
use serde_json::Value;

use super::{
    api::Api,
    ask::ask,
    files::{project, read},
};

#[test]
fn schema_graphql_is_the_schema() {
    let path = project("schema.graphql");
    let sdl = schema::sdl(PageLimits::default());
    if std::env::var_os("ANNALS_UPDATE_SCHEMA").is_some() {
        fs::write(&path, &sdl).expect("schema.graphql can be written");
    }
    assert!(
        read(&path) == sdl,
        "schema.graphql is out of date; write it with ANNALS_UPDATE_SCHEMA=1 cargo test --test project"
    );
}

/// The scalars of the specification; they are not ours to describe.
const BUILT_IN: [&str; 5] = ["Boolean", "Float", "ID", "Int", "String"];

#[test]
fn everything_is_described() {
    let introspection = "{
        __schema {
            types {
                name description
                fields(includeDeprecated: true) { name description args { name description } }
                inputFields { name description }
                enumValues(includeDeprecated: true) { name description }
            }
        }
    }";
    let (api, _store) = Api::open();
    let answer = ask(&api, introspection);
    let types = list(&answer["__schema"]["types"]);
    assert!(types.len() > 30, "the schema has its types");
    for described in types {
        let name = described["name"].as_str().expect("a type has a name");
        if name.starts_with("__") || BUILT_IN.contains(&name) {
            continue;
        }
        assert_described(described, name);
        for field in list(&described["fields"]) {
            let path = format!("{name}.{}", field["name"]);
            assert_described(field, &path);
            for argument in list(&field["args"]) {
                assert_described(argument, &format!("{path}({})", argument["name"]));
            }
        }
        for part in list(&described["inputFields"])
            .iter()
            .chain(list(&described["enumValues"]))
        {
            assert_described(part, &format!("{name}.{}", part["name"]));
        }
    }
}

fn assert_described(thing: &Value, path: &str) {
    let description = thing["description"].as_str().unwrap_or_default();
    assert!(!description.trim().is_empty(), "{path} has no description");
}

/// The items of a list; none where there is null.
fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

#[test]
fn enums_are_in_the_order_in_which_they_are_stored() {
    assert_order(&enums::PRECISION, Precision::ALL, Precision::graphql_name);
    assert_order(&enums::SCOPE, Scope::ALL, Scope::graphql_name);
    assert_order(&enums::UNIT_KIND, UnitKind::ALL, UnitKind::graphql_name);
    assert_order(
        &enums::ADDITIVITY,
        Additivity::ALL,
        Additivity::graphql_name,
    );
    assert_order(
        &enums::ATTRIBUTION_BASIS,
        AttributionBasis::ALL,
        AttributionBasis::graphql_name,
    );
    assert_order(
        &enums::SEARCH_KIND,
        SearchKind::ALL,
        SearchKind::graphql_name,
    );
}

fn assert_order<T: Copy>(declared: &EnumType, stored: &[T], name: fn(T) -> &'static str) {
    let declared_names: Vec<&str> = declared.values.iter().map(|(name, _)| *name).collect();
    let stored_names: Vec<&str> = stored.iter().map(|value| name(*value)).collect();
    assert_eq!(declared_names, stored_names, "{}", declared.name);
}
