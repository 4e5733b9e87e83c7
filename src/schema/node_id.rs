//! Global ids: made from a type's name and a natural key, so that they are the same in every database.
//!
//! An id is the base64url form, without padding, of the type's name, a space, and the natural key in lower case. Clients
//! must treat it as opaque.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::{declaration::ObjectType, node_type};

/// Appends the id of a row to `out`.
pub fn encode(type_name: &str, natural_key: &str, out: &mut String) {
    let mut plain = String::with_capacity(type_name.len() + 1 + natural_key.len());
    plain.push_str(type_name);
    plain.push(' ');
    plain.push_str(natural_key);
    URL_SAFE_NO_PAD.encode_string(plain, out);
}

/// The type and natural key behind an id; `None` for a text that is not one of our ids. An object has one id: a natural
/// key in other letters is none of ours.
pub fn decode(id: &str) -> Option<(&'static ObjectType, String)> {
    let plain = String::from_utf8(URL_SAFE_NO_PAD.decode(id).ok()?).ok()?;
    let (type_name, natural_key) = plain.split_once(' ')?;
    let is_ours = !natural_key.bytes().any(|byte| byte.is_ascii_uppercase());
    is_ours.then_some((node_type(type_name)?, natural_key.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_leads_back_to_its_type_and_natural_key() {
        let mut id = String::new();
        encode("Division", "ice dro", &mut id);
        let (object, natural_key) = decode(&id).unwrap();
        assert_eq!((object.name, natural_key.as_str()), ("Division", "ice dro"));
    }

    #[test]
    fn what_is_not_an_id_is_none() {
        let in_capitals = URL_SAFE_NO_PAD.encode("Agency ICE");
        for id in [
            "",
            "!",
            "RGl2aXNpb24",
            "Tm9uc2Vuc2UgaWNl",
            "💥",
            "////",
            &in_capitals,
        ] {
            assert!(decode(id).is_none(), "{id}");
        }
    }
}
