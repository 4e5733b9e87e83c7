//! annals: annual performance reports as one GraphQL API.

pub mod package;
pub mod store;
