//! What each revision of a report added, changed and removed, and where it came from.
//!
//! Reports that are there already have one revision each. The only report that a database could get so far is the one
//! inside the binary, so a report of that key is taken for it.

use sea_orm_migration::prelude::*;

use crate::statements::run;

/// Makes the table and fills it.
pub(crate) struct Migration;

/// The name by which a database remembers the migration; it must never change.
impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261124_000010_revisions"
    }
}

const UP: [&str; 3] = [
    "CREATE TABLE revision (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        report_id BIGINT NOT NULL REFERENCES report (id),
        revision INTEGER NOT NULL CHECK (revision >= 1),
        published_at TEXT NOT NULL,
        origin SMALLINT NOT NULL CHECK (origin BETWEEN 0 AND 2),
        added BIGINT NOT NULL CHECK (added >= 0),
        changed BIGINT NOT NULL CHECK (changed >= 0),
        removed BIGINT NOT NULL CHECK (removed >= 0),
        package_sha256 TEXT NULL
    )",
    "CREATE UNIQUE INDEX uq_revision_report_id_revision ON revision (report_id, revision)",
    // The report itself, its goals, initiatives and results.
    "INSERT INTO revision (report_id, revision, published_at, origin, added, changed, removed)
     SELECT r.id, r.revision, r.published_at, CASE r.natural_key WHEN 'ice 2007' THEN 0 ELSE 1 END,
         1 + (SELECT COUNT(*) FROM goal t WHERE t.report_id = r.id)
           + (SELECT COUNT(*) FROM initiative t WHERE t.report_id = r.id)
           + (SELECT COUNT(*) FROM reported_result t WHERE t.report_id = r.id), 0, 0
     FROM report r ORDER BY r.id",
];

const DOWN: &str = "DROP TABLE revision";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// Without this, SeaORM migrates SQLite outside of any transaction.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(DOWN).await?;
        Ok(())
    }
}
