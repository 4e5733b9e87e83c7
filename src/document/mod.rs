//! From the text of a request to a document that is known to fit the schema, with the values of its variables.
//!
//! [`Documents`] leads through the steps: `syntax` says whether the text is GraphQL and holds it against the limits,
//! apollo-compiler reads it into the one tree there is, `measure` adds up what it asks for, `validate` has apollo-compiler
//! decide whether it fits the schema and makes it typed, `extra_rules` and `conflicts` look for what that leaves open,
//! `suggest` helps with unknown names, and `variables` coerces values. `json` measures the JSON around a document.
//!
//! All of it is bounded by the size of the text before anything grows with it. Nothing here knows HTTP, plans or the
//! database.

mod conflicts;
mod digits;
mod documents;
mod extra_rules;
mod json;
mod measure;
mod numeric_coercion;
mod position;
mod suggest;
mod syntax;
mod validate;
mod variables;

pub use documents::{Document, Documents};
pub use json::scan_json;
pub use suggest::closest;
pub use variables::Variables;
