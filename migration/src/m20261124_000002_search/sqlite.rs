//! The index in SQLite: FTS5, whose texts stay in the tables.
//!
//! The number of a document is its kind, from 0, times 2⁴⁰, plus the row's id. FTS5 reads the texts of a document through
//! the view, so the view must find a row by that number: hence an index on the sum for each table but the first. Triggers
//! keep the index as the tables are, whoever writes them. A later migration that makes one of these tables anew must drop
//! the view first, make it and the table's triggers again, and rebuild the index.

/// The columns of the index.
const COLUMNS: &str = "name, code, action, outcome, note";

/// A table whose rows are documents.
struct Kind {
    table: &'static str,
    /// What is added to the id of a row for the number of its document.
    offset: i64,
    /// The columns that hold its texts, in the order of [`COLUMNS`].
    texts: [Option<&'static str>; 5],
}

/// In the order of their codes.
const KINDS: [Kind; 4] = [
    Kind {
        table: "division",
        offset: 0,
        texts: [Some("name"), Some("code"), None, None, None],
    },
    Kind {
        table: "initiative",
        offset: 1 << 40,
        texts: [
            Some("name"),
            Some("slug"),
            Some("action"),
            Some("outcome"),
            None,
        ],
    },
    Kind {
        table: "reported_result",
        offset: 2 << 40,
        texts: [Some("label"), Some("key"), None, None, Some("note")],
    },
    Kind {
        table: "metric",
        offset: 3 << 40,
        texts: [Some("name"), Some("code"), None, None, Some("description")],
    },
];

/// The statements that make the index and fill it.
pub(crate) fn up() -> Vec<String> {
    let mut statements: Vec<String> = KINDS[1..].iter().map(Kind::index).collect();
    let selects: Vec<String> = KINDS.iter().map(Kind::select).collect();
    statements.push(format!(
        "CREATE VIEW search_text (document, {COLUMNS}) AS {}",
        selects.join(" UNION ALL ")
    ));
    statements.push(format!(
        "CREATE VIRTUAL TABLE search USING fts5({COLUMNS}, content = 'search_text', \
         content_rowid = 'document', tokenize = 'unicode61 remove_diacritics 2')"
    ));
    statements.push("INSERT INTO search (search) VALUES ('rebuild')".into());
    statements.extend(KINDS.iter().flat_map(Kind::triggers));
    statements
}

/// The statements that remove it.
pub(crate) fn down() -> Vec<String> {
    let triggers = KINDS.iter().flat_map(|kind| {
        let table = kind.table;
        ["insert", "delete", "update"].map(|event| format!("DROP TRIGGER {table}_search_{event}"))
    });
    let indexes = KINDS[1..]
        .iter()
        .map(|kind| format!("DROP INDEX ix_{}_document", kind.table));
    triggers
        .chain(["DROP TABLE search".into(), "DROP VIEW search_text".into()])
        .chain(indexes)
        .collect()
}

impl Kind {
    fn index(&self) -> String {
        let Kind { table, offset, .. } = self;
        format!("CREATE INDEX ix_{table}_document ON {table} (id + {offset})")
    }

    /// The documents of the kind. The first kind has the number of the row itself, which needs no index.
    fn select(&self) -> String {
        let Kind { table, offset, .. } = self;
        let document = match offset {
            0 => "id".into(),
            offset => format!("id + {offset}"),
        };
        format!("SELECT {document}, {} FROM {table}", self.values(""))
    }

    /// What keeps the index as the table is. FTS5 takes a document out by the texts that it was put in with.
    fn triggers(&self) -> [String; 3] {
        let Kind { table, offset, .. } = self;
        let add = format!(
            "INSERT INTO search (rowid, {COLUMNS}) VALUES (new.id + {offset}, {});",
            self.values("new.")
        );
        let remove = format!(
            "INSERT INTO search (search, rowid, {COLUMNS}) \
             VALUES ('delete', old.id + {offset}, {});",
            self.values("old.")
        );
        let texts: Vec<&str> = self.texts.iter().copied().flatten().collect();
        let texts = texts.join(", ");
        [
            format!("CREATE TRIGGER {table}_search_insert AFTER INSERT ON {table} BEGIN {add} END"),
            format!(
                "CREATE TRIGGER {table}_search_delete AFTER DELETE ON {table} BEGIN {remove} END"
            ),
            format!(
                "CREATE TRIGGER {table}_search_update AFTER UPDATE OF id, {texts} ON {table} \
                 BEGIN {remove} {add} END"
            ),
        ]
    }

    /// The texts of a row that is named by `prefix`.
    fn values(&self, prefix: &str) -> String {
        let values = self.texts.map(|text| match text {
            Some(text) => format!("{prefix}{text}"),
            None => "NULL".into(),
        });
        values.join(", ")
    }
}
