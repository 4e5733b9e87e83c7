//! The store from outside: starts of every kind on a real file, and what readers see.

use annals::store::Store;
use entity::{initiative, metric, report, reported_result};
use sea_orm::{EntityTrait, PaginatorTrait};

/// The URL of a database file in a folder.
fn url(folder: &tempfile::TempDir) -> String {
    format!("sqlite://{}", folder.path().join("annals.db").display())
}

#[tokio::test]
async fn a_first_start_loads_the_built_in_report() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&url(&folder)).await.unwrap();
    assert_eq!(report::Entity::find().count(store.writer()).await.unwrap(), 1);
    assert_eq!(initiative::Entity::find().count(store.writer()).await.unwrap(), 27);
    assert_eq!(reported_result::Entity::find().count(store.writer()).await.unwrap(), 55);
    assert!(metric::Entity::find().count(store.writer()).await.unwrap() > 10);
}
