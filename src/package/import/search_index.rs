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
        let mut from = first;
        let mut folded = Vec::new();
        while let Some(to) = end_of_batch(transaction, from, last).await? {
            let rows = take_out(transaction, *kind, from, to).await?;
            // The next documents are folded while the database writes those before them.
            let (written, next) = tokio::join!(put_in(transaction, folded), async {
                rows.iter().map(|row| document(*kind, row)).collect()
            });
            written?;
            let next: Result<Vec<_>, DbErr> = next;
            folded = next?;
            from = to + 1;
        }
        put_in(transaction, folded).await?;
        if from > first {
            let done = "DELETE FROM search_stale WHERE document BETWEEN ? AND ?".into();
            let done = statement(transaction, done, vec![first.into(), last.into()]);
            transaction.execute_raw(done).await?;
        }
    }
    Ok(())
}

/// The last of the next stale documents; `None` if there are no more.
async fn end_of_batch(
    transaction: &DatabaseTransaction,
    from: i64,
    last: i64,
) -> Result<Option<i64>, DbErr> {
    let end = "SELECT max(document) FROM (
                   SELECT document FROM search_stale WHERE document BETWEEN ? AND ? ORDER BY document LIMIT ?)";
    let values = vec![from.into(), last.into(), (BATCH as i64).into()];
    let end = statement(transaction, end.into(), values);
    match transaction.query_one_raw(end).await? {
        Some(row) => row.try_get_by_index(0),
        None => Ok(None),
    }
}

/// Takes the stale documents of a kind in a stretch of numbers out of the index; the texts of those that are to be in it.
async fn take_out(
    transaction: &DatabaseTransaction,
    kind: SearchKind,
    from: i64,
    to: i64,
) -> Result<Vec<QueryResult>, DbErr> {
    let stretch = || -> Vec<Value> { vec![from.into(), to.into()] };
    let gone = format!(
        "DELETE FROM {TABLE} WHERE rowid IN (SELECT document FROM search_stale WHERE document BETWEEN ? AND ?)"
    );
    transaction
        .execute_raw(statement(transaction, gone, stretch()))
        .await?;
    let (table, columns) = texts(kind);
    let columns: Vec<&str> = columns.iter().copied().flatten().collect();
    let offset = search::document(kind, 0);
    let read = format!(
        "SELECT t.id + {offset}, t.{} FROM search_stale AS s CROSS JOIN {table} AS t \
         WHERE s.document BETWEEN ? AND ? AND t.id = s.document - {offset}",
        columns.join(", t.")
    );
    transaction
        .query_all_raw(statement(transaction, read, stretch()))
        .await
}

/// Puts folded documents into the index.
async fn put_in(
    transaction: &DatabaseTransaction,
    documents: Vec<Vec<Value>>,
) -> Result<(), DbErr> {
    if documents.is_empty() {
        return Ok(());
    }
    let places = ["(?, ?, ?, ?, ?, ?)"].repeat(documents.len()).join(", ");
    let add = format!(
        "INSERT INTO {TABLE} (rowid, {}) VALUES {places}",
        COLUMNS.join(", ")
    );
    let values = documents.into_iter().flatten().collect();
    transaction
        .execute_raw(statement(transaction, add, values))
        .await
        .map(|_| ())
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
