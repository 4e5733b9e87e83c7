//! The tables of annals, one file a table, and what is written into their columns.
//!
//! [`enums`] are the coded columns, [`decimal`] the scaled values, [`keys`] the natural and sort
//! keys, [`search`] the documents of the search index, [`words`] what it holds of them, [`sizes`] how large the tables are. This crate describes stored data and nothing
//! else: it never opens a database, builds no
//! query and knows nothing of GraphQL or of files. The tables themselves are made by `migration`.

pub mod agency;
pub mod data_version;
pub mod decimal;
pub mod division;
pub mod enums;
pub mod goal;
pub mod initiative;
pub mod keys;
pub mod metric;
pub mod metric_ancestor;
pub mod report;
pub mod reported_result;
pub mod reported_result_whole;
pub mod revision;
pub mod search;
pub mod sizes;
pub mod unit_of_measure;
pub mod words;
