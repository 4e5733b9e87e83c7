//! Starts of every kind: the first, the next, killed ones, several at once, impossible ones.

use std::time::Duration;
use std::{env, fs, thread};

use annals::store::{Store, StoreError};
use entity::{division, goal, initiative, report, reported_result};
use sea_orm::ConnectionTrait;

use super::{Place, count};

#[tokio::test]
async fn a_first_start_loads_the_built_in_report_and_a_second_does_not() {
    let place = Place::new();
    for _ in 0..2 {
        let store = place.open().await;
        assert_eq!(count::<report::Entity>(&store).await, 1);
        assert_eq!(count::<goal::Entity>(&store).await, 5);
        assert_eq!(count::<division::Entity>(&store).await, 5);
        assert_eq!(count::<initiative::Entity>(&store).await, 27);
        assert_eq!(count::<reported_result::Entity>(&store).await, 55);
    }
    assert_eq!(
        place.number("SELECT count(*) FROM pragma_foreign_key_check"),
        0
    );
}

/// Makes the file one that an earlier binary has made, with another figure in the built-in report.
fn as_of_an_earlier_binary(place: &Place, origin: i64) {
    let file = rusqlite::Connection::open(&place.path).expect("the file can be written");
    let earlier = format!(
        "UPDATE revision SET package_sha256 = NULL, origin = {origin};
         UPDATE reported_result SET value = 10000 WHERE natural_key = 'ice 2007 removals removed'"
    );
    file.execute_batch(&earlier)
        .expect("the file can be written");
}

#[tokio::test]
async fn a_newer_built_in_report_revises_the_one_of_an_earlier_binary() {
    let figure =
        "SELECT value FROM reported_result WHERE natural_key = 'ice 2007 removals removed'";
    for (origin, value, revision) in [(0, 2_769_120_000, 2), (1, 10_000, 1)] {
        let place = Place::new();
        drop(place.open().await);
        as_of_an_earlier_binary(&place, origin);
        for _ in 0..2 {
            drop(place.open().await);
            assert_eq!(place.number(figure), value);
            assert_eq!(place.number("SELECT revision FROM report"), revision);
        }
    }
}

#[tokio::test]
async fn what_cannot_be_opened_is_one_line_with_path_and_cause() {
    let place = Place::new();
    let path = place.path.display();
    let error = async || {
        Store::open(&place.url(), annals::store::cores())
            .await
            .unwrap_err()
    };

    fs::write(&place.path, "a,b\n".repeat(1000)).unwrap();
    assert_eq!(
        error().await.to_string(),
        format!("{path} is not a SQLite database")
    );

    fs::remove_file(&place.path).unwrap();
    fs::create_dir(&place.path).unwrap();
    let folder = error().await;
    assert!(matches!(folder, StoreError::File { .. }), "{folder}");
    let start = format!("cannot open {path} for writing: ");
    assert!(folder.to_string().starts_with(&start), "{folder}");

    let below = format!("sqlite://{path}/none/annals.db");
    let none = Store::open(&below, annals::store::cores())
        .await
        .unwrap_err();
    assert_eq!(
        none.to_string(),
        format!("cannot create {path}/none/annals.db: the folder {path}/none does not exist")
    );
}

#[tokio::test]
async fn a_database_of_a_newer_annals_is_refused() {
    let place = Place::new();
    let store = place.open().await;
    let newer = "INSERT INTO seaql_migrations VALUES ('m30000101_000001_later', 0)";
    store.writer().execute_unprepared(newer).await.unwrap();
    let error = Store::open(&place.url(), annals::store::cores())
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "{} was made by a newer annals (it has the migration m30000101_000001_later); \
             use that one",
            place.path.display()
        )
    );
}

#[test]
#[ignore = "run by other tests, in a process of its own"]
fn child_that_opens_a_store() {
    let url = env::var("ANNALS_TEST_URL").unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime
        .block_on(Store::open(&url, annals::store::cores()))
        .unwrap();
}

/// Kills first starts at all moments: none leaves more than nothing and less than all.
#[tokio::test]
async fn a_start_that_is_killed_leaves_nothing_half_loaded() {
    let (mut nothing, mut all) = (0, 0);
    for delay in (0..).step_by(3) {
        let place = Place::new();
        let mut child = place.start_elsewhere();
        thread::sleep(Duration::from_millis(delay));
        child.kill().unwrap();
        let had_ended = child.wait().unwrap().success();

        let tables = place.number("SELECT count(*) FROM sqlite_schema WHERE type = 'table'");
        let results = place.number("SELECT count(*) FROM reported_result");
        match (tables, results) {
            (0, 0) => nothing += 1,
            (20, 55) => all += 1,
            half => panic!("killed after {delay} ms, there are (tables, results) {half:?}"),
        }
        let store = place.open().await;
        assert_eq!(count::<reported_result::Entity>(&store).await, 55);
        if had_ended {
            break;
        }
    }
    assert!(
        nothing > 0 && all > 0,
        "{nothing} starts were killed early and {all} late"
    );
}

#[test]
fn starts_at_the_same_time_all_end_well() {
    for _ in 0..5 {
        let place = Place::new();
        let children: Vec<_> = (0..4).map(|_| place.start_elsewhere()).collect();
        for mut child in children {
            assert!(child.wait().unwrap().success());
        }
        assert_eq!(place.number("SELECT count(*) FROM report"), 1);
        assert_eq!(place.number("SELECT count(*) FROM reported_result"), 55);
    }
}
