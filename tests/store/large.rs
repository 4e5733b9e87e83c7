//! Imports of packages with so many results that the database is prepared for it, and packages that change meanwhile.

use std::{fs, path::Path};

use annals::{
    package::{self, ImportError, ImportSettings, Imported, PackageError},
    store::CommandStore,
};
use rusqlite::Connection;
use testkit::Size;

use super::Place;

/// 10,000 results of one fiscal year.
const LARGE: Size = Size {
    name: "large",
    agencies: 20,
    years: 1,
    ..Size::FULL
};

/// Imports a folder as `annals import` does.
async fn import(place: &Place, folder: &Path) -> Result<Imported, ImportError> {
    let store = CommandStore::open(&place.url(), || {})
        .await
        .expect("a database");
    let mut checked = package::check(folder).expect("a valid package");
    let transaction = match checked.is_large() {
        true => store.begin_large(|| {}).await.expect("a database"),
        false => store.begin(|| {}).await.expect("a database"),
    };
    let settings = ImportSettings::default();
    let imported = package::import_checked(&transaction, &mut checked, &settings).await?;
    store.commit(transaction).await.expect("a database");
    Ok(imported)
}

/// What the database is made of, in the order of the names.
fn schema(place: &Place) -> Vec<(String, Option<String>)> {
    let file = Connection::open(&place.path).expect("a database");
    let mut statement = file
        .prepare("SELECT name, sql FROM sqlite_schema ORDER BY name")
        .expect("a database");
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    rows.expect("it has a schema")
        .map(|row| row.expect("it can be read"))
        .collect()
}

/// The file, its indexes, its references and its search index are in order.
fn assert_sound(place: &Place, results: i64) {
    let file = Connection::open(&place.path).expect("a database");
    let check = "SELECT integrity_check FROM pragma_integrity_check";
    let sound: String = file
        .query_row(check, [], |row| row.get(0))
        .expect("a database");
    assert_eq!(sound, "ok");
    for (sql, expected) in [
        ("SELECT count(*) FROM pragma_foreign_key_check", 0),
        ("SELECT count(*) FROM search_stale", 0),
        ("SELECT count(*) FROM reported_result", results),
        (
            "SELECT count(*) FROM search WHERE rowid BETWEEN 2 << 40 AND 3 << 40",
            results,
        ),
        (
            "SELECT count(*) FROM reported_result t WHERE part_of_id IS NOT NULL AND NOT EXISTS (
                 SELECT 1 FROM reported_result_whole w WHERE w.part_id = t.id AND w.whole_id = t.part_of_id)",
            0,
        ),
    ] {
        assert_eq!(place.number(sql), expected, "{sql}");
    }
}

#[tokio::test]
async fn a_large_import_leaves_every_index_and_trigger_as_it_was() {
    let place = Place::new();
    drop(place.open().await);
    let before = schema(&place);
    let folder = tempfile::tempdir().unwrap();
    testkit::write_package(&LARGE, LARGE.fiscal_years(), folder.path());
    let imported = import(&place, folder.path()).await.unwrap();
    assert_eq!(imported.reports.len(), 20);
    assert_eq!(schema(&place), before);
    assert_sound(&place, 10_055);
    let parts = place.number("SELECT count(*) FROM reported_result_whole");
    assert!(parts > 100, "{parts}");

    let again = import(&place, folder.path()).await.unwrap();
    assert!(again.is_nothing());

    // One figure differs: one row is written, and the rest stays as it is.
    let path = folder.path().join("results.csv");
    let content = fs::read_to_string(&path).unwrap();
    let (rows, last) = content.trim_end().rsplit_once('\n').unwrap();
    let changed = last.replacen(",false,", ",true,", 1);
    assert_ne!(changed, last);
    fs::write(&path, format!("{rows}\n{changed}\n")).unwrap();
    let records = place.number("SELECT count(*) FROM reported_result WHERE is_record");
    let revised = import(&place, folder.path()).await.unwrap();
    assert_eq!(revised.rows.len(), 1);
    let now = place.number("SELECT count(*) FROM reported_result WHERE is_record");
    assert_eq!(now, records + 1);
    assert_eq!(schema(&place), before);
    assert_sound(&place, 10_055);
}

#[tokio::test]
async fn results_that_change_after_they_were_checked_are_not_imported() {
    let place = Place::new();
    let store = CommandStore::open(&place.url(), || {}).await.unwrap();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/ice-fy2008");
    for (from, to) in [
        // Another figure, a bad cell, a row that refers to nothing, a position that is there twice, and a row more.
        (",17000,", ",17001,"),
        (",17000,", ",17;000,"),
        ("ICE,2008,workforce,workforce,", "ICE,2008,other,workforce,"),
        (
            "ICE,2008,workforce,workforce,6,",
            "ICE,2008,workforce,workforce,1,",
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        for file in fs::read_dir(&source).unwrap() {
            let path = file.unwrap().path();
            fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
        }
        let mut checked = package::check(folder.path()).unwrap();
        let path = folder.path().join("results.csv");
        let content = fs::read_to_string(&path).unwrap();
        let changed = content.replace(from, to);
        assert_ne!(changed, content, "{from}");
        fs::write(&path, changed).unwrap();
        let transaction = store.begin(|| {}).await.unwrap();
        let settings = ImportSettings::default();
        let error = package::import_checked(&transaction, &mut checked, &settings)
            .await
            .unwrap_err();
        let is_changed = matches!(error, ImportError::Package(PackageError::Changed { .. }));
        assert!(is_changed, "{from}: {error}");
        transaction.rollback().await.unwrap();
        assert_eq!(place.number("SELECT count(*) FROM report"), 1);
    }
}
