//! Imports into a database that has a report already.

use entity::{
    agency, division, goal, initiative, metric, report, reported_result, reported_result_whole,
    unit_of_measure,
};

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
            vec![],
            "report \"ice 2007\" (agency and fiscal year) is in the database already",
        ),
        (
            vec![
                NEXT_YEAR,
                ("arrest,arrest,arrests,", "arrest,arrest,arrestments,a"),
            ],
            "unit_of_measure \"arrest\" is in the database with another plural, symbol; \
             make the package agree",
        ),
        (
            vec![NEXT_YEAR, ("arrest,ADDITIVE,arrests", "arrest,ADDITIVE,")],
            "metric \"administrative-arrests\" is in the database with another \
             parent_id, root_id; make the package agree",
        ),
        (
            vec![NEXT_YEAR, ("ICE,U.S. ", "Ice,US ")],
            "agency \"ice\" is in the database with another code, name; make the package agree",
        ),
        (
            vec![NEXT_YEAR, ("Investigations,2", "Investigations,7")],
            "division \"ice oi\" is in the database with another position, sort_key; \
             make the package agree",
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
            .unwrap_err();
        assert_eq!(error.to_string(), message);
        // The failed transaction is rolled back before the writer is free again.
        store.begin().await.unwrap().commit().await.unwrap();
        assert_eq!(place.number(ids), before);
    }
    // After all of that the writer is in order.
    import(&store, &builtin_with(&[NEXT_YEAR])).await.unwrap();
}
