//! The search index is as the tables are: in databases of earlier releases, after imports, changes and removals.

use annals::engine::{Answer, Engine, Request, Settings};
use annals::package;
use annals::store::Store;
use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, Database};
use serde_json::Value;

use super::{NEXT_YEAR, Place, builtin_with, import};

/// One row of each table, as the first release had them.
const OLD_ROWS: &str = "
    INSERT INTO agency (id, code, name, natural_key) VALUES (3, 'NPS', 'National Park Service', 'nps');
    INSERT INTO report (id, agency_id, fiscal_year, period_start, period_end, title, source_title, revision, published_at, natural_key, sort_key)
        VALUES (4, 3, 2009, '2008-10-01', '2009-09-30', 'A title', 'A title', 1, '2010-01-01T00:00:00Z', 'nps 2009', 'NPS 7990');
    INSERT INTO division (id, agency_id, code, name, position, natural_key, sort_key)
        VALUES (5, 3, 'NR', 'Natural Resources', 1, 'nps nr', 'NPS 000001');
    INSERT INTO unit_of_measure (id, code, name, plural, kind, natural_key) VALUES (6, 'tree', 'tree', 'trees', 0, 'tree');
    INSERT INTO metric (id, code, name, description, unit_id, additivity, root_id, natural_key)
        VALUES (7, 'trees-planted', 'Trees planted', 'Saplings that were put into the ground.', 6, 0, 7, 'trees-planted');
    INSERT INTO initiative (id, report_id, agency_id, position, slug, name, action, outcome, source_place, natural_key, sort_key)
        VALUES (8, 4, 3, 1, 'sequoias', 'Giant sequoias', 'Planted saplings.', 'They grow.', 'page 1', 'nps 2009 sequoias', 'NPS 7990 000001');
    INSERT INTO reported_result (id, initiative_id, report_id, agency_id, metric_id, unit_id, key, position, label, value, \"precision\", fiscal_year, scope, is_record, note, natural_key, sort_key)
        VALUES (9, 8, 4, 3, 7, 6, 'planted', 1, 'Trees', 120000, 0, 2009, 0, 0, 'Saplings of the year before are in it.', 'nps 2009 sequoias planted', 'NPS 7990 000001');
";

const DOCUMENTS: &str = "SELECT count(*) FROM search_docsize";

const ROWS: &str = "SELECT (SELECT count(*) FROM division) + (SELECT count(*) FROM initiative) \
    + (SELECT count(*) FROM reported_result) + (SELECT count(*) FROM metric)";

/// The types of what is found, best first, and how many there are.
async fn found(store: &Store, text: &str) -> (Vec<String>, i64) {
    let engine =
        Engine::new(store.readers().clone(), Settings::default()).expect("the schema is valid");
    let query = "query ($text: String!) { search(text: $text) { totalCount nodes { __typename ... on Node { id } } } }";
    let answer = engine.execute(Request {
        query: query.into(),
        variables: serde_json::json!({ "text": text }),
        ..Request::default()
    });
    let Answer::Data(body) = answer.await else {
        panic!("{text} was not answered");
    };
    let body: Value = serde_json::from_str(&body).expect("the body is JSON");
    let search = &body["data"]["search"];
    let nodes = search["nodes"].as_array().expect("nodes are a list");
    let types = nodes
        .iter()
        .map(|node| node["__typename"].as_str().unwrap_or_default().to_owned());
    (
        types.collect(),
        search["totalCount"].as_i64().unwrap_or_default(),
    )
}

/// Nothing is stale, there is a document for each row, and the index is whole.
async fn assert_sound(place: &Place, store: &Store) {
    assert_eq!(place.number("SELECT count(*) FROM search_stale"), 0);
    assert_eq!(place.number(DOCUMENTS), place.number(ROWS));
    let check = "INSERT INTO search (search) VALUES ('integrity-check')";
    store
        .writer()
        .execute_unprepared(check)
        .await
        .expect("the index is whole");
}

/// Runs a statement and brings the index up to date, as everything that writes does.
async fn change(store: &Store, statement: &str) {
    let transaction = store.begin().await.expect("nobody else writes");
    let changed = transaction.execute_unprepared(statement).await;
    changed.expect("the statement is sound");
    let indexed = package::index_search(&transaction).await;
    indexed.expect("the index can be written");
    transaction.commit().await.expect("all of it holds");
}

#[tokio::test]
async fn a_database_of_the_first_release_is_searched_after_its_migration() {
    let place = Place::new();
    let url = format!("{}?mode=rwc", place.url());
    let old = Database::connect(url).await.unwrap();
    Migrator::up(&old, Some(1)).await.unwrap();
    old.execute_unprepared(OLD_ROWS).await.unwrap();
    assert_eq!(
        place.number("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'search%'"),
        0
    );
    old.close().await.unwrap();

    let store = place.open().await;
    assert_sound(&place, &store).await;
    for (text, types) in [
        ("natural", &["Division"][..]),
        ("SEQUOIA", &["Initiative"]),
        ("sapl", &["Metric", "ReportedResult", "Initiative"]),
        ("trees planted", &["Metric", "ReportedResult"]),
        ("grow they", &["Initiative"]),
        ("park", &[]),
    ] {
        let (mut found, count) = found(&store, text).await;
        found.sort();
        let mut types = types.to_vec();
        types.sort();
        assert_eq!(found, types, "{text}");
        assert_eq!(count, types.len() as i64, "{text}");
    }
    // What comes later is found too.
    import(&store, &builtin_with(&[])).await.unwrap();
    assert_sound(&place, &store).await;
    assert_eq!(found(&store, "fugitive operations teams").await.1, 2);
    assert_eq!(found(&store, "sequoias").await.1, 1);
}

#[tokio::test]
async fn an_import_adds_what_it_adds_and_a_failed_one_adds_nothing() {
    let place = Place::new();
    let store = place.open().await;
    let before = found(&store, "arrests").await.1;

    let mut shorter = builtin_with(&[]);
    shorter.initiatives[0].name = "Arrests".into();
    shorter.results.pop();
    import(&store, &shorter).await.unwrap_err();
    store.begin().await.unwrap().commit().await.unwrap();
    assert_eq!(found(&store, "arrests").await.1, before);

    import(&store, &builtin_with(&[NEXT_YEAR])).await.unwrap();
    assert_sound(&place, &store).await;
    assert!(found(&store, "arrests").await.1 > before);
}

#[tokio::test]
async fn what_is_changed_or_removed_is_changed_or_removed_in_the_index() {
    let place = Place::new();
    let store = place.open().await;
    let arrests = found(&store, "arrests").await.1;
    for statement in [
        "UPDATE division SET name = 'Office of Zeppelins' WHERE code = 'OI'",
        "UPDATE metric SET description = NULL",
        "UPDATE initiative SET outcome = 'Zeppelins landed.' WHERE position = 1",
        // This changes no text.
        "UPDATE reported_result SET value = value + 1, position = position",
        "DELETE FROM reported_result_whole",
        "DELETE FROM reported_result WHERE label LIKE '%arrests%' AND id NOT IN \
         (SELECT part_of_id FROM reported_result WHERE part_of_id IS NOT NULL)",
    ] {
        change(&store, statement).await;
        assert_sound(&place, &store).await;
    }
    assert_eq!(
        found(&store, "zeppelins").await.0,
        ["Division", "Initiative"]
    );
    assert_eq!(found(&store, "office of investigations").await.1, 0);
    assert!(found(&store, "arrests").await.1 < arrests);
}

#[tokio::test]
async fn words_of_every_script_are_found_without_case_accents_and_points() {
    let place = Place::new();
    let store = place.open().await;
    change(
        &store,
        "UPDATE division SET name = 'Γραφείο Ερευνών Ёлка שָׁלוֹם مُحَمَّد Straße cafe\u{301} ﬁnance' \
         WHERE code = 'OI'",
    )
    .await;
    for text in [
        "ΓΡΑΦΕΙΟ",
        "γραφειο ερευνων",
        "γραφε\u{301}ι",
        "ЕЛКА",
        "елк",
        "שלום",
        "محمد",
        "مُحَمَّد",
        "STRASSE",
        "straẞe",
        "café",
        "CAFE\u{301}",
        "finance Γρα",
    ] {
        assert_eq!(found(&store, text).await.0, ["Division"], "{text}");
    }
    for text in ["γραφ ερευνων", "ελκα", "cafes"] {
        assert_eq!(found(&store, text).await.1, 0, "{text}");
    }
}

#[tokio::test]
async fn what_another_tool_wrote_is_found_after_the_next_start() {
    let place = Place::new();
    let store = place.open().await;
    let statement = "UPDATE division SET name = 'Office of Zeppelins' WHERE code = 'OI'";
    store.writer().execute_unprepared(statement).await.unwrap();
    assert_eq!(found(&store, "zeppelins").await.1, 0);
    drop(store);
    let store = place.open().await;
    assert_sound(&place, &store).await;
    assert_eq!(found(&store, "zeppelins").await.0, ["Division"]);
}
