//! The search index anew, over words that are folded before they get there: FTS5 knows accents of Latin letters only, and
//! Unicode as of 2012.
//!
//! The index keeps no texts (`content = ''`); what it is given is folded already, words of letters and digits with a space
//! between two, so that its simplest tokenizer finds the same words. SQL cannot fold. So triggers only note which documents
//! are stale, and take out those that are gone; whoever writes has the stale ones read anew before it commits. All are
//! stale now.

use sea_orm_migration::prelude::*;

use crate::m20261124_000002_search::{run, sqlite};

/// Makes the index anew and leaves it to be filled.
pub(crate) struct Migration;

/// The name by which a database remembers the migration; it must never change.
impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261124_000009_search_words"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// Without this, SeaORM migrates SQLite outside of any transaction.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, up()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, down()).await
    }
}

/// A table whose rows are documents: its name, what is added to the id of a row for the number of its document, and the
/// columns that hold its texts. In the order of the kinds' codes.
const KINDS: [(&str, i64, &str); 4] = [
    ("division", 0, "name, code"),
    ("initiative", 1 << 40, "name, slug, action, outcome"),
    ("reported_result", 2 << 40, "label, key, note"),
    ("metric", 3 << 40, "name, code, description"),
];

fn up() -> Vec<String> {
    let mut statements = sqlite::down();
    statements.extend([
        "CREATE VIRTUAL TABLE search USING fts5(name, code, action, outcome, note, \
         content = '', contentless_delete = 1, tokenize = 'ascii')"
            .into(),
        "CREATE TABLE search_stale (document INTEGER NOT NULL PRIMARY KEY)".into(),
    ]);
    for (table, offset, texts) in KINDS {
        let stale =
            |row: &str| format!("INSERT OR IGNORE INTO search_stale VALUES ({row}.id + {offset});");
        let gone = format!(
            "DELETE FROM search WHERE rowid = old.id + {offset}; \
             DELETE FROM search_stale WHERE document = old.id + {offset};"
        );
        statements.extend([
            format!("INSERT INTO search_stale SELECT id + {offset} FROM {table}"),
            format!(
                "CREATE TRIGGER {table}_search_insert AFTER INSERT ON {table} BEGIN {} END",
                stale("new")
            ),
            format!(
                "CREATE TRIGGER {table}_search_delete AFTER DELETE ON {table} BEGIN {gone} END"
            ),
            format!(
                "CREATE TRIGGER {table}_search_update AFTER UPDATE OF id, {texts} ON {table} \
                 BEGIN {gone} {} END",
                stale("new")
            ),
        ]);
    }
    statements
}

fn down() -> Vec<String> {
    let triggers = KINDS.iter().flat_map(|(table, ..)| {
        ["insert", "delete", "update"].map(|event| format!("DROP TRIGGER {table}_search_{event}"))
    });
    triggers
        .chain(["DROP TABLE search".into(), "DROP TABLE search_stale".into()])
        .chain(sqlite::up())
        .collect()
}
