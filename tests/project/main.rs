//! What holds of the project itself: its layers, its schema, its documentation and its case files.

#[path = "../support/api.rs"]
mod api;
#[path = "../support/ask.rs"]
mod ask;

mod contributing;
mod docs;
mod files;
mod layers;
mod packages;
mod schema;
