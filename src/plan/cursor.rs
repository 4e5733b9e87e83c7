//! Cursors: a place in an order, as opaque text.
//!
//! A cursor is the base64url form of a JSON array: the name of the node's type, whose default order it belongs to, and
//! the sort key of the row. It names a place and not a row, so it stays good when the row is gone.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use std::fmt;

/// Why a text is not the cursor it should be.
#[derive(Debug, PartialEq, Eq)]
pub enum Fault {
    /// It was not made here.
    Foreign,
    /// It belongs to another order.
    OtherOrder,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Fault::Foreign => {
                "this is not a cursor of this API; use one from edges { cursor } or pageInfo"
            }
            Fault::OtherOrder => {
                "this cursor is from a collection in another order; use one from the same field with the same arguments"
            }
        })
    }
}

/// The cursor of a row.
pub fn encode(type_name: &str, sort_key: &str) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::json!([type_name, sort_key]).to_string())
}

/// The sort key behind a cursor.
///
/// # Errors
/// A text that is not a cursor, or is one of another order.
pub fn decode(cursor: &str, type_name: &str) -> Result<String, Fault> {
    let plain = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| Fault::Foreign)?;
    let (order, sort_key): (String, String) =
        serde_json::from_slice(&plain).map_err(|_| Fault::Foreign)?;
    if order == type_name {
        Ok(sort_key)
    } else {
        Err(Fault::OtherOrder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_leads_back_to_its_place() {
        let cursor = encode("ReportedResult", "ICE 7992 000014");
        assert_eq!(
            decode(&cursor, "ReportedResult"),
            Ok("ICE 7992 000014".into())
        );
    }

    #[test]
    fn a_cursor_of_another_order_is_told_from_nonsense() {
        let cursor = encode("Metric", "arrests");
        assert_eq!(decode(&cursor, "ReportedResult"), Err(Fault::OtherOrder));
        for nonsense in ["", "x", "💥", "W10", "WzFd", "eyJhIjoxfQ"] {
            assert_eq!(
                decode(nonsense, "Metric"),
                Err(Fault::Foreign),
                "{nonsense}"
            );
        }
    }
}
