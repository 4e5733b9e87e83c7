//! What readers see, and that they only see.

use std::thread;
use std::time::Duration;

use super::{NEXT_YEAR, Place, builtin_with, import};

#[tokio::test]
async fn readers_read_only_and_come_back_out_of_their_transactions() {
    let store = Place::new().open().await;
    let results = |reader: &rusqlite::Connection| -> i64 {
        let sql = "SELECT count(*) FROM reported_result";
        reader
            .query_row(sql, [], |row| row.get(0))
            .expect("a count")
    };

    let cores = thread::available_parallelism().unwrap().get();
    let mut held = Vec::new();
    for _ in 0..cores {
        held.push(store.readers().acquire().await);
    }
    let one_more = tokio::time::timeout(Duration::from_millis(50), store.readers().acquire());
    assert!(one_more.await.is_err(), "there are more readers than cores");

    let reader = held.pop().unwrap();
    reader
        .execute_batch("DELETE FROM reported_result")
        .unwrap_err();
    reader.execute_batch("BEGIN").unwrap();
    assert_eq!(results(&reader), 55);
    import(&store, &builtin_with(&[NEXT_YEAR])).await.unwrap();
    assert_eq!(results(&reader), 55, "an answer is of one snapshot");
    drop(reader);

    let readers = store.readers().clone();
    let reader = readers.acquire().await;
    let seen = tokio::task::spawn_blocking(move || results(&reader))
        .await
        .unwrap();
    assert_eq!(seen, 110);
}
