//! Measures a request before any work grows with it.
//!
//! [`scan_document`] and [`scan_json`] look at bytes before anything parses them: parsers recurse, and a few kilobytes of
//! brackets would take the process down. [`measure`] then walks the parsed document once, each fragment once however often
//! it is spread, and [`measure_variables`] the variables. All of it takes time in proportion to the text of the request.
//! Nothing here knows whether a request is valid: what is no GraphQL is left to whoever parses it.

mod document;
mod introspection;
mod json;
mod numbers;
mod text;
mod values;

pub use document::measure;
pub use json::scan_json;
pub use numbers::check_number;
pub use text::{measure_operation_name, scan_document};
pub use values::measure_variables;
