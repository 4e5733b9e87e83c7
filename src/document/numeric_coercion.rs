//! Numbers in variables that apollo-compiler refuses where a document may have them: whole numbers from 2⁵³ − 1 on where
//! a `Float` is wanted, and −0 where an `Int` is.
//!
//! It is given another number in such a place, and what it made of the variables gets the true one back.

use apollo_compiler::{
    Schema,
    ast::Type,
    response::{JsonMap, JsonValue},
    schema::ExtendedType,
};
use serde_json::Number;

/// Puts numbers that are taken in the place of those that are not, at all places of the type.
pub(super) fn put_stand_ins(schema: &Schema, ty: &Type, value: &mut JsonValue) {
    match (ty, value) {
        (Type::List(item) | Type::NonNullList(item), JsonValue::Array(values)) => {
            for value in values {
                put_stand_ins(schema, item, value);
            }
        }
        // One value stands for a list of one.
        (Type::List(item) | Type::NonNullList(item), value) => put_stand_ins(schema, item, value),
        (Type::Named(name) | Type::NonNullNamed(name), JsonValue::Number(number)) => {
            match name.as_str() {
                "Float" if !number.is_f64() => *number = stand_in(),
                "Int" if number.as_f64() == Some(0.0) => *number = 0.into(),
                _ => {}
            }
        }
        (Type::Named(name) | Type::NonNullNamed(name), JsonValue::Object(entries)) => {
            let Some(ExtendedType::InputObject(object)) = schema.types.get(name) else {
                return;
            };
            for (key, value) in entries.iter_mut() {
                if let Some(field) = object.fields.get(key.as_str()) {
                    put_stand_ins(schema, &field.ty, value);
                }
            }
        }
        _ => {}
    }
}

/// Puts the numbers that were given back in their places.
pub(super) fn take_stand_ins_back(coerced: &mut JsonMap, given: &JsonMap) {
    for (name, given) in given.iter() {
        if let Some(coerced) = coerced.get_mut(name) {
            take_back(coerced, given);
        }
    }
}

fn take_back(coerced: &mut JsonValue, given: &JsonValue) {
    match (coerced, given) {
        (JsonValue::Number(coerced), JsonValue::Number(given)) if *coerced == stand_in() => {
            *coerced = given.clone();
        }
        (JsonValue::Array(coerced), JsonValue::Array(given)) => {
            for (coerced, given) in coerced.iter_mut().zip(given) {
                take_back(coerced, given);
            }
        }
        (JsonValue::Array(coerced), given) => {
            coerced
                .iter_mut()
                .for_each(|coerced| take_back(coerced, given));
        }
        (JsonValue::Object(coerced), JsonValue::Object(given)) => {
            take_stand_ins_back(coerced, given)
        }
        _ => {}
    }
}

/// A number that is taken wherever a `Float` is.
fn stand_in() -> Number {
    Number::from_f64(0.0).unwrap_or_else(|| 0.into())
}
