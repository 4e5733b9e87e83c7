//! Watches for changes of the data, whoever makes them. It never writes.

use std::sync::Arc;

use rusqlite::Connection;

/// A connection of its own that remembers what it saw last.
#[derive(Debug)]
pub(super) struct Watch {
    connection: Connection,
    /// SQLite's own count of commits of other connections; it is the same only if there were none.
    commits: i64,
    version: Arc<str>,
}

impl Watch {
    /// Watches through a connection.
    pub(super) fn new(connection: Connection) -> rusqlite::Result<Watch> {
        let mut watch = Watch {
            commits: commits(&connection)?,
            version: Arc::default(),
            connection,
        };
        watch.version = watch.read()?;
        Ok(watch)
    }

    /// The version of the data as it is now. It is read again only where something was committed since.
    pub(super) fn version(&mut self) -> rusqlite::Result<Arc<str>> {
        let commits = commits(&self.connection)?;
        if commits != self.commits {
            self.version = self.read()?;
            self.commits = commits;
        }
        Ok(Arc::clone(&self.version))
    }

    fn read(&self) -> rusqlite::Result<Arc<str>> {
        self.connection
            .prepare_cached("SELECT version FROM data_version")?
            .query_one([], |row| row.get(0))
    }
}

fn commits(connection: &Connection) -> rusqlite::Result<i64> {
    connection
        .prepare_cached("PRAGMA data_version")?
        .query_one([], |row| row.get(0))
}
