//! A database that is only read, for commands that take something from it: nothing is created,
//! migrated or loaded.

use std::path::Path;

use sea_orm::{ConnectOptions, Database, DatabaseConnection, FromQueryResult, Statement};

use migration::{Migrator, MigratorTrait};

use super::{BUSY_TIMEOUT, StoreError, url};

#[derive(FromQueryResult)]
struct Applied {
    version: String,
}

/// Connects to the database of a URL for reading only.
///
/// # Errors
///
/// A [`StoreError`] for the operator, one line: if there is no such file, if it is no database of
/// ours, or if its tables are those of another version.
pub async fn open_read_only(url: &str) -> Result<DatabaseConnection, StoreError> {
    let path = url::database_path(url)?;
    if !path.is_file() {
        return Err(StoreError::NoFile { path });
    }
    let database = connect(&path).await?;
    let statement = Statement::from_string(
        sea_orm::DbBackend::Sqlite,
        "SELECT version FROM seaql_migrations",
    );
    let applied = Applied::find_by_statement(statement).all(&database).await;
    let applied = applied.map_err(|_| StoreError::NotOurs { path: path.clone() })?;
    let known = Migrator::migrations();
    let newer = applied
        .iter()
        .find(|applied| known.iter().all(|known| known.name() != applied.version));
    match newer {
        Some(Applied { version }) => Err(StoreError::Newer {
            path,
            migration: version.clone(),
        }),
        None if applied.len() < known.len() => Err(StoreError::Older { path }),
        None => Ok(database),
    }
}

async fn connect(path: &Path) -> Result<DatabaseConnection, StoreError> {
    let file = path.to_owned();
    // The URL only chooses the driver. The path would have to be escaped in it.
    let mut options = ConnectOptions::new("sqlite:");
    options
        .max_connections(1)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |options| {
            options
                .filename(&file)
                .read_only(true)
                .busy_timeout(BUSY_TIMEOUT)
        });
    Database::connect(options)
        .await
        .map_err(|source| StoreError::Read {
            path: path.to_owned(),
            source,
        })
}
