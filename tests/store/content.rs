//! What is in the tables after the built-in report has been loaded.

use entity::{
    agency, division, goal, initiative, metric, metric_ancestor, report, reported_result,
    reported_result_whole, revision, unit_of_measure,
};
use sea_orm::{ColumnTrait, EntityTrait, IdenStatic, Iterable, QueryFilter};

use super::Place;

#[tokio::test]
async fn rows_have_their_keys_and_know_what_they_belong_to() {
    let store = Place::new().open().await;
    let db = store.writer();
    let by_key = reported_result::Column::NaturalKey;
    let cases = "ice 2007 immigration-court removal-cases";
    let part = reported_result::Entity::find().filter(by_key.eq(cases));
    let part = part.one(db).await.unwrap().unwrap();
    assert_eq!(part.sort_key, format!("ICE 7992 {:06}", part.position));
    assert_eq!(part.value, 323_845 * entity::decimal::SCALE);

    let wholes = reported_result_whole::Entity::find().all(db).await.unwrap();
    assert_eq!(wholes.len(), 1);
    assert_eq!(
        (wholes[0].part_id, Some(wholes[0].whole_id)),
        (part.id, part.part_of_id)
    );

    let initiative = initiative::Entity::find_by_id(part.initiative_id)
        .one(db)
        .await;
    let initiative = initiative.unwrap().unwrap();
    assert_eq!(
        (part.report_id, part.agency_id),
        (initiative.report_id, initiative.agency_id)
    );
    assert_eq!(
        (part.division_id, part.goal_id),
        (initiative.division_id, initiative.goal_id)
    );

    for metric in metric::Entity::find().all(db).await.unwrap() {
        let above = metric_ancestor::Entity::find()
            .filter(metric_ancestor::Column::MetricId.eq(metric.id))
            .all(db)
            .await
            .unwrap();
        let at = |depth: usize| {
            let found = above
                .iter()
                .find(|row| usize::try_from(row.depth) == Ok(depth));
            found.map(|row| row.ancestor_id)
        };
        assert_eq!(at(1), metric.parent_id, "{}", metric.code);
        assert_eq!(
            at(above.len()).unwrap_or(metric.id),
            metric.root_id,
            "{}",
            metric.code
        );
    }
}

/// The columns of an entity are those of its table, in the same order.
#[tokio::test]
async fn entities_are_as_the_migrations_made_the_tables() {
    let place = Place::new();
    place.open().await;
    let file = rusqlite::Connection::open(&place.path).unwrap();
    fn same<E: EntityTrait>(file: &rusqlite::Connection) {
        let table = E::default().table_name();
        let sql = "SELECT name FROM pragma_table_info(?) ORDER BY cid";
        let mut statement = file.prepare(sql).expect("a statement");
        let names = statement
            .query_map([table], |row| row.get(0))
            .expect("rows");
        let names: Vec<String> = names.map(|name| name.expect("a name")).collect();
        let columns: Vec<_> = E::Column::iter().map(|column| column.as_str()).collect();
        assert_eq!(columns, names, "{table}");
    }
    same::<agency::Entity>(&file);
    same::<report::Entity>(&file);
    same::<goal::Entity>(&file);
    same::<division::Entity>(&file);
    same::<unit_of_measure::Entity>(&file);
    same::<metric::Entity>(&file);
    same::<metric_ancestor::Entity>(&file);
    same::<initiative::Entity>(&file);
    same::<reported_result::Entity>(&file);
    same::<reported_result_whole::Entity>(&file);
    same::<revision::Entity>(&file);
}
