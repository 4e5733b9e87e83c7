//! `Query.search`: its connection, its edges with score and snippet, and the union of what can be found.

use entity::enums::SearchKind;

use super::{
    declaration::ObjectType, division::DIVISION, initiative::INITIATIVE, metric::METRIC,
    reported_result::REPORTED_RESULT,
};

/// GraphQL name of the connection.
pub const SEARCH_CONNECTION: &str = "SearchConnection";

/// GraphQL name of its edges.
pub const SEARCH_EDGE: &str = "SearchEdge";

/// GraphQL name of the union of all that can be found.
pub const SEARCH_NODE: &str = "SearchNode";

/// GraphQL name of a part of a snippet.
pub const SNIPPET_PART: &str = "SnippetPart";

/// What a page of the connection is of, in the plural, for descriptions and faults.
pub const SEARCH_PLURAL: &str = "hits";

/// Name of the argument that holds the words.
pub const TEXT: &str = "text";

/// Name of the argument that holds the kinds to look for.
pub const KINDS: &str = "in";

/// Name of the argument that holds the code of an agency.
pub const AGENCY: &str = "agency";

/// The most words that can be searched for at once.
pub const MAX_WORDS: usize = 32;

/// What can be found, in the order of [`SearchKind`]'s codes, which is also the order of hits of the same score.
pub static SEARCHED: [&ObjectType; SearchKind::ALL.len()] =
    [&DIVISION, &INITIATIVE, &REPORTED_RESULT, &METRIC];

/// Whether objects of the type of this name are among [`SEARCH_NODE`].
pub fn is_search_node(type_name: &str) -> bool {
    SEARCHED.iter().any(|object| object.name == type_name)
}
