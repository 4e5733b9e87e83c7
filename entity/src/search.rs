//! The search index: one document for each row that can be found by its words, numbered by kind and id.
//!
//! The index is no table of SeaORM's: its texts stay in the tables, where the view [`TEXTS`] reads them, and whoever adds
//! rows adds their documents in the same transaction. Nobody else puts the number of a document together.

use std::ops::RangeInclusive;

use crate::enums::SearchKind;

/// The index. It has the columns [`COLUMNS`], and the document's number as `rowid`.
pub const TABLE: &str = "search";

/// What there is to index: for each document its number, [`DOCUMENT`], and its texts, [`COLUMNS`].
pub const TEXTS: &str = "search_text";

/// The column of [`TEXTS`] that holds the document's number.
pub const DOCUMENT: &str = "document";

/// The texts of a document; one that its kind does not have is null.
pub const COLUMNS: [&str; 5] = ["name", "code", "action", "outcome", "note"];

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_kinds_share_a_number() {
        for pair in SearchKind::ALL.windows(2) {
            assert_eq!(documents(pair[0]).end() + 1, *documents(pair[1]).start());
        }
        assert_eq!(document(SearchKind::Division, 7), 7);
        assert!(documents(SearchKind::Metric).contains(&document(SearchKind::Metric, 7)));
    }
}
