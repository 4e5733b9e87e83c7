//! What a start does to the file, in one transaction: migrate it, load the built-in report if there is none, and revise
//! the one that an earlier binary has loaded.

use std::path::Path;
use std::time::Duration;

use entity::{
    keys, report,
    revision::{self, Origin},
};
use migration::{Migrator, MigratorTrait};
use rusqlite::Connection;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, EntityTrait,
    PaginatorTrait, QueryFilter, QueryOrder, TransactionTrait,
};

use super::{BUSY_TIMEOUT, START_TIMEOUT, StoreError, begin, file};
use crate::package::{self, ImportError, ImportSettings, Removals};

/// Brings the file to where this binary needs it.
pub(super) async fn run(writer: &DatabaseConnection, path: &Path) -> Result<(), StoreError> {
    let failed = |source| StoreError::Write {
        path: path.to_owned(),
        source,
    };
    // Another process that starts on the same file may take its time over a migration.
    set_busy_timeout(writer, START_TIMEOUT)
        .await
        .map_err(failed)?;
    let transaction = begin(writer).await.map_err(failed)?;
    let pending = pending_migrations(&transaction, path).await?;
    Migrator::up(&transaction, None).await.map_err(failed)?;
    for migration in pending {
        tracing::info!(migration, "migrated the database");
    }
    if report::Entity::find()
        .count(&transaction)
        .await
        .map_err(failed)?
        == 0
    {
        load_builtin(&transaction, path).await?;
    } else {
        revise_builtin(&transaction, path).await?;
    }
    // A migration makes documents stale, and so does whoever wrote with other tools.
    package::index_search(&transaction).await.map_err(failed)?;
    transaction.commit().await.map_err(failed)?;
    // From now on the file is complete without its write-ahead log, so moving or copying it alone loses nothing. PASSIVE
    // never waits for other processes.
    writer
        .execute_unprepared("PRAGMA wal_checkpoint(PASSIVE)")
        .await
        .map_err(failed)?;
    set_busy_timeout(writer, BUSY_TIMEOUT).await.map_err(failed)
}

/// The names of the migrations that an older file needs; none of a new one. A file with migrations that this binary does
/// not know is refused: it would misread the tables.
async fn pending_migrations(
    transaction: &DatabaseTransaction,
    path: &Path,
) -> Result<Vec<String>, StoreError> {
    let applied = Migrator::get_migration_models(transaction)
        .await
        .map_err(|source| StoreError::Write {
            path: path.to_owned(),
            source,
        })?;
    let applied: Vec<String> = applied
        .into_iter()
        .map(|migration| migration.version)
        .collect();
    let known: Vec<String> = Migrator::migrations()
        .iter()
        .map(|migration| migration.name().to_owned())
        .collect();
    if let Some(migration) = applied.iter().find(|name| !known.contains(name)) {
        return Err(StoreError::Newer {
            path: path.to_owned(),
            migration: migration.clone(),
        });
    }
    if applied.is_empty() {
        return Ok(Vec::new());
    }
    Ok(known
        .into_iter()
        .filter(|name| !applied.contains(name))
        .collect())
}

/// Refuses a file whose migrations are not exactly those of this binary: a read-only connection cannot run them.
pub(super) fn refuse_other_schema(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let applied = connection
        .prepare("SELECT version FROM seaql_migrations ORDER BY version")
        .and_then(|mut statement| {
            statement
                .query_map([], |row| row.get(0))?
                .collect::<Result<Vec<String>, _>>()
        })
        .map_err(|source| file::explain(path, source))?;
    let mut known: Vec<String> = Migrator::migrations()
        .iter()
        .map(|migration| migration.name().to_owned())
        .collect();
    known.sort();
    match applied == known {
        true => Ok(()),
        false => Err(StoreError::OtherSchema {
            path: path.to_owned(),
        }),
    }
}

async fn load_builtin(transaction: &DatabaseTransaction, path: &Path) -> Result<(), StoreError> {
    let package = package::builtin()?;
    let sha256 = package::builtin_sha256();
    let settings = ImportSettings {
        builtin_sha256: Some(&sha256),
        ..ImportSettings::default()
    };
    package::import_with(transaction, &package, &settings)
        .await
        .map_err(|source| import_failed(path, source))?;
    tracing::info!(
        reports = package.reports.len(),
        initiatives = package.initiatives.len(),
        results = package.results.len(),
        "loaded the built-in report"
    );
    Ok(())
}

/// Brings the built-in report of an earlier binary up to date, if nobody else has revised it since.
async fn revise_builtin(transaction: &DatabaseTransaction, path: &Path) -> Result<(), StoreError> {
    let failed = |source| StoreError::Write {
        path: path.to_owned(),
        source,
    };
    let package = package::builtin()?;
    let sha256 = package::builtin_sha256();
    let keys = package
        .reports
        .iter()
        .map(|report| keys::report(&report.agency, report.fiscal_year));
    let revisions = revision::Entity::find()
        .inner_join(report::Entity)
        .filter(report::Column::NaturalKey.is_in(keys))
        .order_by_asc(revision::Column::Revision)
        .all(transaction)
        .await
        .map_err(failed)?;
    // A report that was removed stays away. One that had the content of this binary before has gone on from it since.
    let known = |revision: &revision::Model| revision.package_sha256.as_ref() == Some(&sha256);
    if revisions.is_empty() || revisions.iter().any(known) {
        return Ok(());
    }
    if revisions
        .iter()
        .any(|revision| revision.origin != Origin::Builtin)
    {
        tracing::info!(
            "left the stored report of the built-in package as it is: it was revised by an import; annals import \
             data/ice-fy2007 brings it up to date"
        );
        return Ok(());
    }
    let settings = ImportSettings {
        removals: Removals::Allow,
        builtin_sha256: Some(&sha256),
        ..ImportSettings::default()
    };
    // In a savepoint: a report that cannot be revised must not keep a server from starting.
    let savepoint = transaction.begin().await.map_err(failed)?;
    match package::import_with(&savepoint, &package, &settings).await {
        Ok(imported) => {
            savepoint.commit().await.map_err(failed)?;
            for report in imported
                .reports
                .iter()
                .filter(|report| !report.counts.is_none())
            {
                tracing::info!(
                    revision = report.revision,
                    added = report.counts.added,
                    changed = report.counts.changed,
                    removed = report.counts.removed,
                    "revised the built-in report"
                );
            }
            Ok(())
        }
        Err(ImportError::Database(source)) => Err(failed(source)),
        Err(cause) => {
            savepoint.rollback().await.map_err(failed)?;
            tracing::warn!(%cause, "left the built-in report as it is");
            Ok(())
        }
    }
}

fn import_failed(path: &Path, source: ImportError) -> StoreError {
    StoreError::Import {
        path: path.to_owned(),
        source,
    }
}

/// Sets how long a statement waits for a lock.
pub(super) async fn set_busy_timeout(
    writer: &DatabaseConnection,
    timeout: Duration,
) -> Result<(), DbErr> {
    let pragma = format!("PRAGMA busy_timeout = {}", timeout.as_millis());
    writer.execute_unprepared(&pragma).await.map(|_| ())
}
