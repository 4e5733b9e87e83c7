//! The search index: one document for each row that can be found by its words, numbered by kind and id.
//!
//! The index is no table of SeaORM's. It holds the folded [`words`](crate::words) of texts that stay in the tables. Nobody
//! else puts the number of a document together.

use std::ops::RangeInclusive;

use crate::enums::SearchKind;

/// The index: its name, and the name of its hidden column that stands for all its texts. A document's number is its
/// `rowid`.
pub const TABLE: &str = "search";

/// The texts of a document, by what they are worth; one that its kind does not have is null. The name is a result's label,
/// the code an initiative's slug and a result's key, the note a metric's description.
pub const COLUMNS: [&str; 5] = ["name", "code", "action", "outcome", "note"];

/// The table of a kind, and its columns that hold the texts of [`COLUMNS`].
pub const fn texts(kind: SearchKind) -> (&'static str, [Option<&'static str>; COLUMNS.len()]) {
    match kind {
        SearchKind::Division => ("division", [Some("name"), Some("code"), None, None, None]),
        SearchKind::Initiative => (
            "initiative",
            [
                Some("name"),
                Some("slug"),
                Some("action"),
                Some("outcome"),
                None,
            ],
        ),
        SearchKind::Result => (
            "reported_result",
            [Some("label"), Some("key"), None, None, Some("note")],
        ),
        SearchKind::Metric => (
            "metric",
            [Some("name"), Some("code"), None, None, Some("description")],
        ),
    }
}

/// How many bits of a document's number are the row's id. The kind stands before them.
pub const ID_BITS: u32 = 40;

/// The number of a row's document.
pub const fn document(kind: SearchKind, id: i64) -> i64 {
    ((kind.code() as i64) << ID_BITS) + id
}

/// The numbers that documents of a kind have.
pub const fn documents(kind: SearchKind) -> RangeInclusive<i64> {
    document(kind, 0)..=document(kind, (1 << ID_BITS) - 1)
}

/// The kind and the id of the row behind a document; `None` for a number that no document has.
pub fn row(document: i64) -> Option<(SearchKind, i64)> {
    let kind = SearchKind::ALL
        .iter()
        .find(|kind| documents(**kind).contains(&document))?;
    Some((*kind, document - self::document(*kind, 0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_kinds_share_a_number() {
        for pair in SearchKind::ALL.windows(2) {
            assert_eq!(documents(pair[0]).end() + 1, *documents(pair[1]).start());
        }
        assert_eq!(document(SearchKind::Division, 7), 7);
        for kind in SearchKind::ALL {
            assert_eq!(row(document(*kind, 7)), Some((*kind, 7)));
        }
        assert_eq!(row(-1), None);
        assert_eq!(row(4 << ID_BITS), None);
    }
}
