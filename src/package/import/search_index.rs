//! Brings the search index up to date, in the transaction of whoever wrote: what is written is folded here, which no
//! database can do alike. The database notes by itself which documents are stale.

use entity::{
    enums::SearchKind,
    search::{self, COLUMNS, TABLE, documents, texts},
    words::folded_text,
};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, QueryResult, Statement, Value};

/// Documents that are read and written at once.
const BATCH: usize = 1000;

/// Reads all stale documents anew. The caller commits.
///
/// # Errors
///
/// Whatever the database reports.
pub async fn index_search(transaction: &DatabaseTransaction) -> Result<(), DbErr> {
    for kind in SearchKind::ALL {
        let (first, last) = documents(*kind).into_inner();
        loop {
            let stale = statement(
                transaction,
                "SELECT document FROM search_stale WHERE document BETWEEN ? AND ? \
                 ORDER BY document LIMIT ?"
                    .into(),
                vec![first.into(), last.into(), (BATCH as i64).into()],
            );
            let stale = transaction.query_all_raw(stale).await?;
            let stale: Vec<i64> = stale
                .iter()
                .map(|row| row.try_get_by_index(0))
                .collect::<Result<_, _>>()?;
            let (Some(from), Some(to)) = (stale.first(), stale.last()) else {
                break;
            };
            index(transaction, *kind, *from, *to).await?;
        }
    }
    Ok(())
}

/// Reads the stale documents of a kind in a stretch of numbers anew.
async fn index(
    transaction: &DatabaseTransaction,
    kind: SearchKind,
    from: i64,
    to: i64,
) -> Result<(), DbErr> {
    let stretch = || -> Vec<Value> { vec![from.into(), to.into()] };
    let stale = "SELECT document FROM search_stale WHERE document BETWEEN ? AND ?";
    let (table, columns) = texts(kind);
    let columns: Vec<&str> = columns.iter().copied().flatten().collect();
    let offset = search::document(kind, 0);
    let read = format!(
        "SELECT t.id + {offset}, t.{} FROM search_stale AS s CROSS JOIN {table} AS t \
         WHERE s.document BETWEEN ? AND ? AND t.id = s.document - {offset}",
        columns.join(", t.")
    );
    let rows = transaction
        .query_all_raw(statement(transaction, read, stretch()))
        .await?;
    let gone = format!("DELETE FROM {TABLE} WHERE rowid IN ({stale})");
    transaction
        .execute_raw(statement(transaction, gone, stretch()))
        .await?;
    if !rows.is_empty() {
        let mut values = Vec::with_capacity(rows.len() * (COLUMNS.len() + 1));
        for row in &rows {
            values.extend(document(kind, row)?);
        }
        let places = ["(?, ?, ?, ?, ?, ?)"].repeat(rows.len()).join(", ");
        let add = format!(
            "INSERT INTO {TABLE} (rowid, {}) VALUES {places}",
            COLUMNS.join(", ")
        );
        transaction
            .execute_raw(statement(transaction, add, values))
            .await?;
    }
    let done = "DELETE FROM search_stale WHERE document BETWEEN ? AND ?".into();
    transaction
        .execute_raw(statement(transaction, done, stretch()))
        .await?;
    Ok(())
}

/// The number of a document, and its folded texts.
fn document(kind: SearchKind, row: &QueryResult) -> Result<Vec<Value>, DbErr> {
    let mut values = vec![row.try_get_by_index::<i64>(0)?.into()];
    let mut place = 0;
    for column in texts(kind).1 {
        let mut text: Option<String> = None;
        if column.is_some() {
            place += 1;
            text = row.try_get_by_index(place)?;
        }
        values.push(text.map(|text| folded_text(&text)).into());
    }
    Ok(values)
}

fn statement(transaction: &DatabaseTransaction, sql: String, values: Vec<Value>) -> Statement {
    Statement::from_sql_and_values(transaction.get_database_backend(), sql, values)
}
