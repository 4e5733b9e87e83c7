//! The state of the data: one row, changed by whatever changes what can be read.

use std::hash::{BuildHasher, RandomState};

use sea_orm::entity::prelude::*;

/// The id of the one row.
pub const ID: i32 = 1;

/// Names the state of the data.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "data_version")]
pub struct Model {
    /// Always [`ID`].
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// Never the same twice, even in another database: see [`fresh`].
    pub version: String,
}

impl ActiveModelBehavior for ActiveModel {}

/// A version that no database has had.
///
/// A counter would not do: a database that was restored from a copy would count the same numbers again, for other data.
pub fn fresh() -> String {
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |since| since.as_nanos());
    // Each state of the standard library's hasher is seeded anew from the system's random numbers.
    format!("{now:x}-{:016x}", RandomState::new().hash_one(now))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_versions_are_the_same() {
        let versions: std::collections::HashSet<String> = (0..1000).map(|_| fresh()).collect();
        assert_eq!(versions.len(), 1000);
    }
}
