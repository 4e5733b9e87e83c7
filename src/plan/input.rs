//! Coerced input objects: their entries, and what is wrong with them. What the keys mean is said elsewhere.

use async_graphql::Value;

/// What is wrong with an input object, and the keys that lead there.
pub(super) struct Fault {
    pub(super) path: Vec<String>,
    pub(super) what: String,
}

impl Fault {
    pub(super) fn new(what: impl Into<String>) -> Fault {
        Fault {
            path: Vec::new(),
            what: what.into(),
        }
    }

    pub(super) fn under(mut self, key: &str) -> Fault {
        self.path.insert(0, key.to_owned());
        self
    }
}

/// The items of a list; one value alone is a list of one.
pub(super) fn items(value: &Value) -> &[Value] {
    match value {
        Value::List(items) => items,
        one => std::slice::from_ref(one),
    }
}

pub(super) fn entries(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let entries = match value {
        Value::Object(entries) => Some(entries),
        _ => None,
    };
    entries
        .into_iter()
        .flatten()
        .map(|(key, value)| (key.as_str(), value))
}

/// The value of a key; `None` where it is absent, null counting as absent.
pub(super) fn given<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    entries(value)
        .find(|(key, value)| *key == name && **value != Value::Null)
        .map(|(_, value)| value)
}

/// The entry of an object that has exactly one, which validation has made sure of.
pub(super) fn only_entry(value: &Value) -> Result<(&str, &Value), Fault> {
    entries(value)
        .next()
        .ok_or_else(|| Fault::new("there is no key here"))
}

/// What an enum value or a string says.
pub(super) fn word(value: &Value) -> Option<&str> {
    match value {
        Value::Enum(name) => Some(name.as_str()),
        Value::String(text) => Some(text),
        _ => None,
    }
}

pub(super) fn unfit(value: &Value) -> Fault {
    Fault::new(format!("{} cannot be compared with it", shown(value)))
}

/// A value for people to recognize, cut off where it is long.
pub(super) fn shown(value: &Value) -> String {
    const MOST: usize = 60;
    let text = value.to_string();
    match text.char_indices().nth(MOST) {
        None => text,
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}
