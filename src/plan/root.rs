//! Plans an operation from its root fields.

use std::sync::Arc;

use apollo_compiler::ast::OperationType;
use entity::keys;

use super::{
    arguments::Arguments,
    codes::Codes,
    fetch::Fetch,
    output::Object,
    planner::Planner,
    selection::{Operation, Selected},
    tree::{Plan, Root, RootOutput, RowOutput},
};
use crate::{
    error::{Code, RequestError},
    limits::Limits,
    schema::{
        MAX_NODES,
        declaration::{KeyPart, ObjectType, RootSource, Scalar},
        node_id,
        query::QUERY_FIELDS,
    },
};

/// The plan of an operation that has been validated, over data that has these codes.
///
/// # Errors
/// The first fault in its arguments, with its place and path.
pub fn plan(
    operation: &Operation<'_>,
    limits: &Limits,
    codes: Codes<'_>,
) -> Result<Plan, RequestError> {
    if operation.definition.operation_type != OperationType::Query {
        return Err(RequestError::new(
            Code::OperationResolutionFailure,
            "Only queries are answered here: the API only reads.",
        ));
    }
    let mut planner = Planner::new(operation, limits, codes);
    let mut loads = Vec::new();
    let fields = operation.fields("Query", false, &[&operation.definition.selection_set]);
    let roots = planner.each(fields, |planner, selected| {
        root_field(planner, &mut loads, selected)
    })?;
    Ok(Plan { roots, loads })
}

fn is_introspection(name: &str) -> bool {
    matches!(name, "__schema" | "__type")
}

fn root_field<'q>(
    planner: &mut Planner<'q>,
    loads: &mut Vec<Root>,
    selected: &Selected<'q>,
) -> Result<RootOutput, RequestError> {
    let name = selected.field.name.as_str();
    if name == "__typename" {
        return Ok(RootOutput::Typename);
    }
    if is_introspection(name) {
        return Ok(RootOutput::Introspection);
    }
    let declared = QUERY_FIELDS
        .iter()
        .find(|field| field.name == name)
        .ok_or_else(|| planner.unknown("Query", selected))?;
    let arguments = Arguments::new(planner.operation, selected.field);
    match &declared.source {
        RootSource::Node => {
            let id = arguments.id("id").map_err(|fault| planner.here(fault))?;
            let asked = vec![id.as_deref().and_then(node_id::decode)];
            let row = rows(planner, loads, selected, asked)?.pop().flatten();
            Ok(row.map_or(RootOutput::Null, RootOutput::Row))
        }
        RootSource::Nodes => {
            let ids = arguments.ids("ids").map_err(|fault| planner.here(fault))?;
            if ids.len() > MAX_NODES {
                let what = format!(
                    "{} ids are more than the {MAX_NODES} that may be asked for at once; ask in several requests",
                    ids.len()
                );
                return Err(planner.here(arguments.fault("ids", what)));
            }
            let asked = ids.iter().map(|id| node_id::decode(id)).collect();
            Ok(RootOutput::Rows(rows(planner, loads, selected, asked)?))
        }
        RootSource::Lookup(target, parts) => {
            let natural_key =
                natural_key(&arguments, parts).map_err(|fault| planner.here(fault))?;
            let row = rows(planner, loads, selected, vec![Some((*target, natural_key))])?
                .pop()
                .flatten();
            Ok(row.map_or(RootOutput::Null, RootOutput::Row))
        }
        RootSource::Collection(connection) => {
            let (fetch, (mut collection, fields)) = planner
                .at_root(connection.node, |planner, level| {
                    planner.collection(level, connection, None, None, selected)
                })?;
            collection.fetch = fetch;
            loads.push(Root::Collection(Box::new(collection)));
            Ok(RootOutput::Collection(loads.len() - 1, fields))
        }
        RootSource::Search => {
            let (search, fields) = planner.search(selected)?;
            loads.push(Root::Search(Box::new(search)));
            Ok(RootOutput::Search(loads.len() - 1, fields))
        }
    }
}

/// One look-up for each type among the rows asked for, and for each row how to write it.
fn rows<'q>(
    planner: &mut Planner<'q>,
    loads: &mut Vec<Root>,
    selected: &Selected<'q>,
    asked: Vec<Option<(&'static ObjectType, String)>>,
) -> Result<Vec<Option<RowOutput>>, RequestError> {
    struct Lookup {
        type_name: &'static str,
        load: usize,
        object: Arc<Object>,
    }
    let mut lookups: Vec<Lookup> = Vec::new();
    let mut outputs = Vec::with_capacity(asked.len());
    for row in asked {
        let Some((target, natural_key)) = row else {
            outputs.push(None);
            continue;
        };
        let known = lookups
            .iter()
            .position(|lookup| lookup.type_name == target.name);
        let place = match known {
            Some(place) => place,
            None => {
                let (fetch, object) = lookup_fetch(planner, target, selected)?;
                loads.push(Root::Lookup {
                    fetch: Box::new(fetch),
                    natural_keys: Vec::new(),
                });
                lookups.push(Lookup {
                    type_name: target.name,
                    load: loads.len() - 1,
                    object: Arc::new(object),
                });
                lookups.len() - 1
            }
        };
        let lookup = &lookups[place];
        if let Root::Lookup { natural_keys, .. } = &mut loads[lookup.load]
            && !natural_keys.contains(&natural_key)
        {
            natural_keys.push(natural_key.clone());
        }
        outputs.push(Some(RowOutput {
            load: lookup.load,
            natural_key,
            object: Arc::clone(&lookup.object),
        }));
    }
    Ok(outputs)
}

fn lookup_fetch<'q>(
    planner: &mut Planner<'q>,
    target: &'static ObjectType,
    selected: &Selected<'q>,
) -> Result<(Fetch, Object), RequestError> {
    planner.at_root(target, |planner, level| {
        planner.fetch(level).column(target.table.natural_key);
        planner.object(level, &selected.sets)
    })
}

fn natural_key(arguments: &Arguments<'_>, parts: &[KeyPart]) -> Result<String, RequestError> {
    let parts = parts
        .iter()
        .map(|part| match part.scalar {
            Scalar::Int => Ok(arguments.int(part.name)?.map(|year| year.to_string())),
            _ => arguments.string(part.name),
        })
        .map(|part| part.map(Option::unwrap_or_default))
        .collect::<Result<Vec<_>, RequestError>>()?;
    Ok(keys::from_parts(&parts))
}
