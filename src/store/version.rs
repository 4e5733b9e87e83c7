//! Watches for changes of the data, whoever makes them. It never writes.

use std::sync::Arc;

use rusqlite::Connection;

use super::Codes;

/// A connection of its own that remembers what it saw last.
#[derive(Debug)]
pub(super) struct Watch {
    connection: Connection,
    /// SQLite's own count of commits of other connections; it is the same only if there were none.
    commits: i64,
    version: Arc<str>,
    /// The codes of this version.
    codes: Arc<Codes>,
}

impl Watch {
    /// Watches through a connection.
    pub(super) fn new(connection: Connection) -> rusqlite::Result<Watch> {
        let mut watch = Watch {
            commits: commits(&connection)?,
            version: Arc::default(),
            codes: Arc::default(),
            connection,
        };
        watch.read()?;
        Ok(watch)
    }

    /// The version of the data as it is now. It is read again only where something was committed since.
    pub(super) fn version(&mut self) -> rusqlite::Result<Arc<str>> {
        let commits = commits(&self.connection)?;
        if commits != self.commits {
            self.read()?;
            self.commits = commits;
        }
        Ok(Arc::clone(&self.version))
    }

    /// The codes of the version that was seen last.
    pub(super) fn codes(&self) -> Arc<Codes> {
        Arc::clone(&self.codes)
    }

    fn read(&mut self) -> rusqlite::Result<()> {
        let version: Arc<str> = self
            .connection
            .prepare_cached("SELECT version FROM data_version")?
            .query_one([], |row| row.get(0))?;
        if version != self.version {
            self.codes = Arc::new(Codes::read(&self.connection)?);
            self.version = version;
        }
        Ok(())
    }
}

fn commits(connection: &Connection) -> rusqlite::Result<i64> {
    connection
        .prepare_cached("PRAGMA data_version")?
        .query_one([], |row| row.get(0))
}
