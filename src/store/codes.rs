//! The codes of the metrics and the units of measure that the database holds.

use rusqlite::Connection;

/// The codes of catalogues, each list in the order of the codes in lower case.
#[derive(Debug, Default)]
pub struct Codes {
    /// Those of metrics.
    pub metrics: Vec<String>,
    /// Those of units of measure.
    pub units: Vec<String>,
}

impl Codes {
    /// Reads them as they are now.
    pub(super) fn read(connection: &Connection) -> rusqlite::Result<Codes> {
        let codes = |table: &str| -> rusqlite::Result<Vec<String>> {
            connection
                .prepare_cached(&format!("SELECT code FROM {table} ORDER BY natural_key"))?
                .query_map([], |row| row.get(0))?
                .collect()
        };
        Ok(Codes {
            metrics: codes("metric")?,
            units: codes("unit_of_measure")?,
        })
    }
}
