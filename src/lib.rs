//! annals: annual performance reports as one typed GraphQL API.
//!
//! Routes are defined in [`http`] and answered by [`engine`]; what can be asked for is declared in [`schema`]. A request
//! goes one way: `http` → `engine` → `document` → `plan` → `sql` → `load` → `answer`. Data enters through [`package`] into
//! [`store`].

pub mod answer;
pub mod cli;
pub mod config;
pub mod document;
pub mod downloads;
pub mod engine;
pub mod error;
pub mod http;
pub mod limits;
pub mod load;
pub mod log;
pub mod package;
pub mod plan;
pub mod schema;
pub mod spreadsheet;
pub mod sql;
pub mod store;
