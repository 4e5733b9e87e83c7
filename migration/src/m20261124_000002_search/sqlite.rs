//! The index in SQLite: FTS5, whose texts stay in the tables.
//!
//! The number of a document is its kind, from 0, times 2⁴⁰, plus the row's id. FTS5 reads the texts of a document through
//! the view, so the view must find a row by that number: hence an index on the sum for each table but the first. A later
//! migration that makes one of these tables anew must drop the view first and make it again.

/// Makes the index and fills it.
pub(super) const UP: [&str; 6] = [
    "CREATE INDEX ix_initiative_document ON initiative (id + 1099511627776)",
    "CREATE INDEX ix_reported_result_document ON reported_result (id + 2199023255552)",
    "CREATE INDEX ix_metric_document ON metric (id + 3298534883328)",
    "CREATE VIEW search_text AS \
     SELECT id AS document, name, code, NULL AS action, NULL AS outcome, NULL AS note FROM division \
     UNION ALL \
     SELECT id + 1099511627776, name, slug, action, outcome, NULL FROM initiative \
     UNION ALL \
     SELECT id + 2199023255552, label, key, NULL, NULL, note FROM reported_result \
     UNION ALL \
     SELECT id + 3298534883328, name, code, NULL, NULL, description FROM metric",
    "CREATE VIRTUAL TABLE search USING fts5(\
     name, code, action, outcome, note, content = 'search_text', content_rowid = 'document', \
     tokenize = 'unicode61 remove_diacritics 2')",
    "INSERT INTO search (search) VALUES ('rebuild')",
];

/// Removes it.
pub(super) const DOWN: [&str; 5] = [
    "DROP TABLE search",
    "DROP VIEW search_text",
    "DROP INDEX ix_metric_document",
    "DROP INDEX ix_reported_result_document",
    "DROP INDEX ix_initiative_document",
];
