//! The versioned schema of the annals database.
//!
//! Each migration is a module of its own and runs in one transaction, on SQLite too: one that
//! fails or is killed leaves nothing behind. A migration that has been released is never edited,
//! and none uses the `entity` crate, which describes the newest schema only.

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

mod m20261124_000001_reports;
mod m20261124_000002_search;
mod m20261124_000003_previous;
mod m20261124_000004_indexes;
mod m20261124_000005_data_version;
mod m20261124_000006_statements;
mod m20261124_000009_search_words;
mod m20261124_000010_revisions;
mod m20261124_000013_targets;
mod m20261124_000014_provenance;
mod statements;

/// Applies the migrations, oldest first.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261124_000001_reports::Migration),
            Box::new(m20261124_000002_search::Migration),
            Box::new(m20261124_000003_previous::Migration),
            Box::new(m20261124_000004_indexes::Migration),
            Box::new(m20261124_000005_data_version::Migration),
            Box::new(m20261124_000006_statements::Migration),
            Box::new(m20261124_000009_search_words::Migration),
            Box::new(m20261124_000010_revisions::Migration),
            Box::new(m20261124_000013_targets::Migration),
            Box::new(m20261124_000014_provenance::Migration),
        ]
    }
}

#[cfg(test)]
mod tests {
    use sea_orm_migration::sea_orm::{Database, DatabaseConnection, Statement};

    use super::*;

    /// The names of everything in the database, SQLite's own and the migrator's apart.
    async fn objects(db: &DatabaseConnection) -> Vec<String> {
        let statement = Statement::from_string(
            db.get_database_backend(),
            "SELECT name FROM sqlite_schema \
             WHERE name NOT LIKE 'sqlite_%' AND name NOT LIKE 'seaql_%' ORDER BY name",
        );
        let rows = db.query_all_raw(statement).await.unwrap();
        rows.iter()
            .map(|row| row.try_get("", "name").unwrap())
            .collect()
    }

    async fn memory() -> DatabaseConnection {
        Database::connect("sqlite::memory:").await.unwrap()
    }

    #[tokio::test]
    async fn migrations_go_up_and_down_and_up_again() {
        let db = memory().await;
        Migrator::up(&db, None).await.unwrap();
        let after = objects(&db).await;
        for expected in ["reported_result_whole", "search"] {
            assert!(after.contains(&expected.to_owned()), "{expected}");
        }
        Migrator::down(&db, None).await.unwrap();
        assert_eq!(objects(&db).await, Vec::<String>::new());
        Migrator::up(&db, None).await.unwrap();
        assert_eq!(objects(&db).await, after);
    }

    #[tokio::test]
    async fn a_migration_that_fails_in_the_middle_leaves_nothing() {
        let db = memory().await;
        // The initiatives come late; by then most tables have been made.
        db.execute_unprepared("CREATE TABLE initiative (x)")
            .await
            .unwrap();
        Migrator::up(&db, None).await.unwrap_err();
        assert_eq!(objects(&db).await, ["initiative"]);
        let pending = Migrator::get_pending_migrations(&db).await.unwrap();
        assert_eq!(pending.len(), Migrator::migrations().len());
    }
}
