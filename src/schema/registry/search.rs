//! Registry entries of the search: its field, connection, edge, union and snippet.

use async_graphql::registry::{MetaField, MetaType};

use super::{
    connections::page_info_field,
    meta::{DECLARED, argument, meta_field, object},
    types::{Listed, window_arguments},
};
use crate::schema::{
    enums::SEARCH_KIND,
    search::{
        AGENCY, KINDS, MAX_WORDS, SEARCH_CONNECTION, SEARCH_EDGE, SEARCH_NODE, SEARCHED,
        SNIPPET_PART, TEXT,
    },
};

/// The field of the root.
pub(super) fn search_field(name: &str, description: &str) -> MetaField {
    let mut arguments = vec![
        argument(
            TEXT,
            "String!",
            &format!(
                "The words to look for, at most {MAX_WORDS}: runs of letters and digits, in upper or lower case, with or without accents. All must be there, the last one at least as the beginning of a word. Nothing in it is syntax. A text without any word is an error."
            ),
        ),
        argument(
            KINDS,
            &format!("[{}!]", SEARCH_KIND.name),
            "What to look for. Without it: everything; of an empty list there is nothing.",
        ),
        argument(
            AGENCY,
            "String",
            "Code of an agency, in upper or lower case: only what belongs to it. Metrics belong to no agency.",
        ),
    ];
    arguments.extend(window_arguments(Listed::AtRoot));
    meta_field(
        name,
        &format!(
            "{description} In the order of the score, highest first; where it is the same, divisions come before initiatives, then results, then metrics."
        ),
        format!("{SEARCH_CONNECTION}!"),
        arguments,
    )
}

/// The types that only the search has.
pub(super) fn search_types() -> [MetaType; 4] {
    let field = |name, type_name: &str, description| {
        meta_field(name, description, type_name.into(), Vec::new())
    };
    [
        MetaType::Union {
            name: SEARCH_NODE.into(),
            description: Some("What can be found by its words.".into()),
            possible_types: SEARCHED
                .iter()
                .map(|object| object.name.to_owned())
                .collect(),
            visible: None,
            inaccessible: false,
            tags: Vec::new(),
            rust_typename: Some(DECLARED),
            directive_invocations: Vec::new(),
        },
        object(
            SNIPPET_PART,
            "A piece of a text in which something was found.",
            [
                field("text", "String!", "The piece, as it stands in the text."),
                field(
                    "isHit",
                    "Boolean!",
                    "Whether it is one of the words that were looked for.",
                ),
            ],
        ),
        object(
            SEARCH_EDGE,
            "One hit of a page, with its place in the order.",
            [
                field(
                    "cursor",
                    "String!",
                    "Its place in the order, for `after` and `before` with the same words, kinds and agency; opaque.",
                ),
                field("node", &format!("{SEARCH_NODE}!"), "The object itself."),
                field(
                    "score",
                    "Float!",
                    "How well it fits: higher is better. Rare words count more than common ones, names more than long texts. It compares hits of one search and means nothing beyond it.",
                ),
                field(
                    "snippet",
                    &format!("[{SNIPPET_PART}!]!"),
                    "A stretch of the text in which the words were found, in pieces that together give the text. `…` at an end stands for what is left out there.",
                ),
            ],
        ),
        object(
            SEARCH_CONNECTION,
            "What was found: a page of it, and how much there is.",
            [
                field(
                    "nodes",
                    &format!("[{SEARCH_NODE}!]!"),
                    "The objects of the page.",
                ),
                field(
                    "edges",
                    &format!("[{SEARCH_EDGE}!]!"),
                    "The hits of the page, each with its cursor, score and snippet.",
                ),
                page_info_field(),
                field(
                    "totalCount",
                    "Int!",
                    "How many hits there are in all, whatever the page.",
                ),
            ],
        ),
    ]
}
