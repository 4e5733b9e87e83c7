//! A large, deterministic data set, for tests and benches.
//!
//! `Size` says how much of it, `catalogue` what is counted, `report` what one report says, `package` writes the reports
//! of a fiscal year as a data package, and `database` brings the packages into a database file through the same check
//! and import that `annals import` uses. The same size gives the same packages on every machine: the only source of
//! chance is `random`, and nothing here reads a clock.
//!
//! Nothing here is part of the binary: the root crate depends on this in development only.

mod catalogue;
mod database;
mod package;
mod random;
mod report;
mod size;

pub use database::{database, engine};
pub use package::write_package;
pub use size::Size;
