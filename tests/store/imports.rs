//! Imports into a database that has a report already.

use entity::{
    agency, division, goal, initiative, metric, report, reported_result, reported_result_whole,
    unit_of_measure,
};

use annals::package::{self, Catalogue, ImportSettings, Removals};

use super::{NEXT_YEAR, Place, builtin_with, count, import};

#[tokio::test]
async fn a_second_report_of_an_agency_shares_what_is_there() {
    let store = Place::new().open().await;
    let (metrics, units) = (
        count::<metric::Entity>(&store).await,
        count::<unit_of_measure::Entity>(&store).await,
    );
    import(&store, &builtin_with(&[NEXT_YEAR])).await.unwrap();
    assert_eq!(count::<agency::Entity>(&store).await, 1);
    assert_eq!(count::<division::Entity>(&store).await, 5);
    assert_eq!(count::<metric::Entity>(&store).await, metrics);
    assert_eq!(count::<unit_of_measure::Entity>(&store).await, units);
    assert_eq!(count::<report::Entity>(&store).await, 2);
    assert_eq!(count::<goal::Entity>(&store).await, 10);
    assert_eq!(count::<initiative::Entity>(&store).await, 54);
    assert_eq!(count::<reported_result::Entity>(&store).await, 110);
    assert_eq!(count::<reported_result_whole::Entity>(&store).await, 2);
}

#[tokio::test]
async fn sort_keys_have_the_code_as_the_agency_writes_it() {
    let place = Place::new();
    let store = place.open().await;
    import(&store, &builtin_with(&[("ICE,2007,", "ice,2008,")]))
        .await
        .unwrap();
    let written = "SELECT count(*) FROM reported_result WHERE sort_key LIKE 'ICE 7991 %'";
    assert_eq!(place.number(written), 55);
    // LIKE does not tell cases apart; the order of bytes does.
    assert_eq!(
        place.number("SELECT count(*) FROM reported_result WHERE sort_key > 'ICF'"),
        0
    );
}

#[tokio::test]
async fn what_contradicts_the_database_is_refused_and_changes_nothing() {
    let place = Place::new();
    let store = place.open().await;
    // The largest ids of all tables, added up: any new row changes it.
    let ids = "SELECT sum(seq) FROM sqlite_sequence";
    let before = place.number(ids);
    for (replacements, message) in [
        (
            vec![
                NEXT_YEAR,
                ("arrest,arrest,arrests,", "arrest,arrest,arrestments,a"),
            ],
            "2 shared values differ from the database, which other reports share; make the package agree, or change them for \
             all with --update-catalogue\n  \
             units.csv: \"arrest\": plural: is \"arrestments\" and in the database \"arrests\"\n  \
             units.csv: \"arrest\": symbol: is \"a\" and in the database \"\"",
        ),
        (
            vec![NEXT_YEAR, ("arrest,ADDITIVE,arrests", "arrest,ADDITIVE,")],
            "metrics.csv: \"administrative-arrests\": parent: is \"\" and in the database \"arrests\"",
        ),
        (
            vec![NEXT_YEAR, ("ICE,U.S. ", "Ice,US ")],
            "agencies.csv: \"ice\": code: is \"Ice\" and in the database \"ICE\"",
        ),
        (
            vec![NEXT_YEAR, ("Investigations,2", "Investigations,7")],
            "divisions.csv: \"ice oi\": position: is \"7\" and in the database \"2\"",
        ),
        (
            vec![
                NEXT_YEAR,
                ("ICE,OI,Office", "ICE,OJ,Office"),
                (",OI,", ",OJ,"),
            ],
            "division \"ice oj\" has the position that \"ice oi\" has in the database; \
             give it another",
        ),
    ] {
        let error = import(&store, &builtin_with(&replacements))
            .await
            .unwrap_err()
            .to_string();
        assert!(error.contains(message), "{error}");
        // The failed transaction is rolled back before the writer is free again.
        store.begin().await.unwrap().commit().await.unwrap();
        assert_eq!(place.number(ids), before);
    }
    // After all of that the writer is in order.
    import(&store, &builtin_with(&[NEXT_YEAR])).await.unwrap();
}

/// Everything that the tables hold, but for what belongs to this database alone.
fn content(place: &Place) -> Vec<String> {
    let file = rusqlite::Connection::open(&place.path).expect("the table can be read");
    let mut lines = Vec::new();
    for table in [
        "agency",
        "division",
        "goal",
        "initiative",
        "metric",
        "metric_ancestor",
        "reported_result",
        "reported_result_whole",
        "unit_of_measure",
    ] {
        let mut statement = file
            .prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2"))
            .expect("the table can be read");
        let columns = statement.column_count();
        let mut rows = statement.query([]).expect("the table can be read");
        while let Some(row) = rows.next().expect("the table can be read") {
            let cells: Vec<rusqlite::types::Value> = (0..columns)
                .map(|column| row.get(column).expect("the table can be read"))
                .collect();
            lines.push(format!("{table} {cells:?}"));
        }
    }
    lines
}

#[tokio::test]
async fn importing_a_package_again_changes_nothing_not_even_the_version() {
    let place = Place::new();
    let store = place.open().await;
    let version = store.readers().data_version().unwrap();
    let before = content(&place);
    import(&store, &builtin_with(&[])).await.unwrap();
    assert_eq!(store.readers().data_version().unwrap(), version);
    assert_eq!(content(&place), before);
    assert_eq!(place.number("SELECT count(*) FROM revision"), 1);
    assert_eq!(place.number("SELECT added FROM revision"), 1 + 5 + 27 + 55);
}

#[tokio::test]
async fn a_changed_package_revises_and_rows_keep_their_ids() {
    let place = Place::new();
    let store = place.open().await;
    let before = content(&place);
    let changed = builtin_with(&[(",276912,", ",276913,")]);
    import(&store, &changed).await.unwrap();
    let revised = content(&place);
    assert_eq!(revised.len(), before.len());
    assert_eq!(place.number("SELECT revision FROM report"), 2);
    assert_eq!(
        place.number("SELECT added + removed FROM revision WHERE revision = 2"),
        0
    );
    assert_eq!(
        place.number("SELECT count(*) FROM reported_result WHERE value = 2769130000"),
        1
    );
    assert_eq!(place.number("SELECT count(*) FROM search_stale"), 0);
    assert_eq!(
        place.number("SELECT count(*) FROM pragma_foreign_key_check"),
        0
    );
    // Back again, everything is as it was, ids and all.
    import(&store, &builtin_with(&[])).await.unwrap();
    assert_eq!(content(&place), before);
    assert_eq!(place.number("SELECT revision FROM report"), 3);
}

#[tokio::test]
async fn what_disappeared_is_listed_and_removed_only_where_that_is_allowed() {
    let place = Place::new();
    let store = place.open().await;
    let mut package = builtin_with(&[]);
    let part = package
        .results
        .iter()
        .position(|result| result.part_of.is_some())
        .unwrap();
    package.results.remove(part);
    let error = import(&store, &package).await.unwrap_err().to_string();
    assert_eq!(
        error,
        "1 row of the stored report is not in the package; to remove what is stored, add --allow-removals\n  \
         results.csv: \"ice 2007 immigration-court removal-cases\""
    );
    store.begin().await.unwrap().commit().await.unwrap();
    assert_eq!(place.number("SELECT count(*) FROM reported_result"), 55);

    let transaction = store.begin().await.unwrap();
    let settings = ImportSettings {
        removals: Removals::Allow,
        ..ImportSettings::default()
    };
    let imported = package::import_with(&transaction, &package, &settings)
        .await
        .unwrap();
    transaction.commit().await.unwrap();
    let report = &imported.reports[0];
    assert_eq!((report.previous, report.revision), (Some(1), 2));
    assert_eq!((report.counts.added, report.counts.changed), (0, 0));
    assert_eq!(report.counts.removed, 1);
    assert_eq!(place.number("SELECT count(*) FROM reported_result"), 54);
    assert_eq!(
        place.number("SELECT count(*) FROM reported_result_whole"),
        0
    );
    assert_eq!(
        place.number("SELECT count(*) FROM pragma_foreign_key_check"),
        0
    );
}

#[tokio::test]
async fn a_part_may_become_a_figure_of_its_own_and_a_part_again() {
    let place = Place::new();
    let store = place.open().await;
    let before = content(&place);
    let mut package = builtin_with(&[]);
    let part = package.results.iter_mut().find(|row| row.part_of.is_some());
    part.unwrap().part_of = None;
    import(&store, &package).await.unwrap();
    let changed = "SELECT changed FROM revision ORDER BY id DESC LIMIT 1";
    assert_eq!(place.number(changed), 1);
    let closure = "SELECT count(*) FROM reported_result_whole";
    assert_eq!(place.number(closure), 0);
    import(&store, &builtin_with(&[])).await.unwrap();
    assert_eq!(place.number(changed), 1);
    assert_eq!(content(&place), before);
}

#[tokio::test]
async fn rows_may_change_places() {
    let place = Place::new();
    let store = place.open().await;
    let mut package = builtin_with(&[]);
    let (first, second) = (package.results[0].position, package.results[1].position);
    package.results[0].position = second;
    package.results[1].position = first;
    import(&store, &package).await.unwrap();
    assert_eq!(
        place.number("SELECT changed FROM revision WHERE revision = 2"),
        2
    );
    assert_eq!(place.number("SELECT count(*) FROM reported_result"), 55);
}

#[tokio::test]
async fn a_change_of_the_catalogue_reaches_every_report_that_uses_it() {
    let place = Place::new();
    let store = place.open().await;
    let package = builtin_with(&[
        NEXT_YEAR,
        ("arrest,ADDITIVE,arrests", "arrest,ADDITIVE,"),
        ("ICE,U.S. ", "Ice,U.S. "),
    ]);
    let transaction = store.begin().await.unwrap();
    let settings = ImportSettings {
        catalogue: Catalogue::Update,
        ..ImportSettings::default()
    };
    let imported = package::import_with(&transaction, &package, &settings)
        .await
        .unwrap();
    transaction.commit().await.unwrap();
    let touched = &imported.touched;
    assert_eq!(touched.len(), 1);
    assert_eq!((touched[0].fiscal_year, touched[0].revision), (2007, 2));
    assert!(touched[0].counts.changed >= 2);
    assert_eq!(
        place.number("SELECT count(*) FROM metric WHERE parent_id IS NULL AND root_id <> id"),
        0
    );
    assert_eq!(
        place.number(
            "SELECT count(*) FROM metric_ancestor a JOIN metric m ON m.id = a.metric_id \
             WHERE m.code = 'administrative-arrests'"
        ),
        0
    );
    for table in [
        "division",
        "report",
        "goal",
        "initiative",
        "reported_result",
    ] {
        let other = format!("SELECT count(*) FROM {table} WHERE substr(sort_key, 1, 4) <> 'Ice '");
        assert_eq!(place.number(&other), 0, "{table}");
    }
}

#[tokio::test]
async fn a_report_is_removed_and_what_others_use_stays() {
    let place = Place::new();
    let store = place.open().await;
    let before = content(&place);
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/ice-fy2008");
    let example = package::open(folder).unwrap().package;
    import(&store, &example).await.unwrap();
    assert_eq!(place.number("SELECT count(*) FROM reported_result"), 61);
    let transaction = store.begin().await.unwrap();
    let removed = package::remove(&transaction, "ice", 2008).await.unwrap();
    transaction.commit().await.unwrap();
    let removed = removed.unwrap();
    assert_eq!(
        (removed.goals, removed.initiatives, removed.results),
        (1, 4, 6)
    );
    assert!(!removed.agency);
    assert_eq!(content(&place), before);
    assert_eq!(
        place.number("SELECT count(*) FROM pragma_foreign_key_check"),
        0
    );
}
