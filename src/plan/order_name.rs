//! Short names for orders, by which a cursor is told from one of another order.

use async_graphql::Value;

use super::input::word;
use crate::schema::enums::{SCOPE, TOTAL_NUMBER};

/// A short name for what was typed: the same for the same order, and hardly ever the same for two.
pub(super) fn order_name(items: &[Value]) -> String {
    let mut hash = Fnv::default();
    for item in items {
        hash.value(item);
    }
    format!("{:016x}", hash.0)
}

/// The 64-bit hash of Fowler, Noll and Vo (FNV-1a), which is the same in every version and process.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    /// A value without the difference between an enum in a document and its name in a variable, and without what is as
    /// if absent: null, and the defaults of a total, which only a variable brings with it.
    fn value(&mut self, value: &Value) {
        match value {
            Value::Object(entries) => {
                let mut entries: Vec<_> = entries
                    .iter()
                    .filter(|(key, value)| !is_as_if_absent(key, value))
                    .collect();
                entries.sort_by_key(|(key, _)| key.as_str());
                self.bytes(b"{");
                for (key, value) in entries {
                    self.bytes(key.as_bytes());
                    self.bytes(b":");
                    self.value(value);
                }
                self.bytes(b"}");
            }
            Value::List(items) => {
                self.bytes(b"[");
                items.iter().for_each(|item| self.value(item));
                self.bytes(b"]");
            }
            Value::Enum(name) => self.value(&Value::String(name.to_string())),
            other => {
                self.bytes(other.to_string().as_bytes());
                self.bytes(b",");
            }
        }
    }
}

fn is_as_if_absent(key: &str, value: &Value) -> bool {
    match key {
        "within" if *value == Value::Boolean(true) => true,
        "scope" if word(value) == Some(SCOPE.values[0].0) => true,
        "by" if word(value) == Some(TOTAL_NUMBER.values[0].0) => true,
        _ => *value == Value::Null,
    }
}
