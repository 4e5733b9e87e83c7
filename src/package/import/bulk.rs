//! Large imports into SQLite: indexes are made anew at the end, from sorted entries, and not kept up row by row.
//!
//! What is taken away and made again is read from the database's own schema, so that it is always what the migrations have
//! made. It is done in the transaction of the import: nobody sees a table without its indexes, and an import that fails
//! or is killed leaves them as they were.

use entity::enums::SearchKind;
use entity::{reported_result, search};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, EntityName, Statement};

use crate::package::results::LARGE;

/// What notes new results for the search index, one by one.
const TRIGGER: &str = "reported_result_search_insert";

/// What was taken away from the results.
pub(super) struct Bulk {
    /// The statements that make it again.
    made_by: Vec<String>,
}

impl Bulk {
    /// Takes the indexes of the results away if many rows are to be inserted, and at least half as many as are stored:
    /// making an index anew costs as much for a stored row as for a new one.
    pub(super) async fn begin(
        transaction: &DatabaseTransaction,
        inserted: usize,
    ) -> Result<Option<Self>, DbErr> {
        let table = reported_result::Entity.table_name();
        let backend = transaction.get_database_backend();
        let count = Statement::from_string(backend, format!("SELECT count(*) FROM {table}"));
        let stored: i64 = match transaction.query_one_raw(count).await? {
            Some(row) => row.try_get_by_index(0)?,
            None => 0,
        };
        if inserted < LARGE || inserted.saturating_mul(2) < usize::try_from(stored).unwrap_or(0) {
            return Ok(None);
        }
        let found = Statement::from_sql_and_values(
            backend,
            "SELECT type, name, sql FROM sqlite_schema WHERE tbl_name = ? AND sql IS NOT NULL
                 AND (type = 'index' OR type = 'trigger' AND name = ?) ORDER BY rowid",
            [table.into(), TRIGGER.into()],
        );
        let mut made_by = Vec::new();
        for row in transaction.query_all_raw(found).await? {
            let kind: String = row.try_get_by_index(0)?;
            let name: String = row.try_get_by_index(1)?;
            made_by.push(row.try_get_by_index(2)?);
            let drop = format!("DROP {kind} \"{name}\"");
            transaction.execute_unprepared(&drop).await?;
        }
        Ok(Some(Self { made_by }))
    }

    /// Makes all of it again. `ids` are those of the rows that were inserted.
    pub(super) async fn end(
        self,
        transaction: &DatabaseTransaction,
        ids: &[i64],
    ) -> Result<(), DbErr> {
        for sql in &self.made_by {
            transaction.execute_unprepared(sql).await?;
        }
        let offset = search::document(SearchKind::Result, 0);
        for ids in ids.chunks(LARGE) {
            let stale = Statement::from_sql_and_values(
                transaction.get_database_backend(),
                "INSERT OR IGNORE INTO search_stale SELECT value + ? FROM json_each(?)",
                [offset.into(), serde_json::json!(ids).to_string().into()],
            );
            transaction.execute_raw(stale).await?;
        }
        Ok(())
    }
}
