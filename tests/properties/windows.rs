//! A page under each of many parents is what `ROW_NUMBER()` over all rows says it is, between any two cursors.
//!
//! The reference is one statement over whole tables, run on the same file; whether there is more is told from the
//! list of all rows, in the words of the specification.

use std::collections::HashMap;

use annals::{
    plan::{KeyValue, Order, cursor},
    schema::node_type,
    store::Store,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use fastrand::Rng;
use rusqlite::named_params;
use serde_json::{Value, json};

use super::{
    WORLD, World,
    api::Api,
    ask::ask,
    model::{NESTED, Nested},
    seed,
};

/// Windows tried for each collection.
const TRIES: usize = 12;

#[test]
fn pages_under_every_parent_are_those_of_the_reference() {
    let World {
        api, store, model, ..
    } = &*WORLD;
    let mut rng = Rng::with_seed(seed());
    for nested in NESTED {
        let tables = Tables::of(nested);
        let places = tables.places(api, store);
        let everything = tables.rows(api, store, &Window::everything());
        for _ in 0..TRIES {
            let window = Window::random(&mut rng, &places);
            let pages = tables.rows(api, store, &window);
            let collection = format!(
                "{}({}) {{ nodes {{ id }} pageInfo {{ hasNextPage hasPreviousPage }} }}",
                nested.field,
                window.arguments(nested.child)
            );
            for parents in model.all(nested.parent).chunks(1000) {
                let ids: Vec<&str> = parents.iter().map(|parent| parent.id.as_str()).collect();
                let answer = ask(
                    api,
                    &format!(
                        "{{ nodes(ids: {}) {{ ... on {} {{ {collection} }} }} }}",
                        json!(ids),
                        nested.parent
                    ),
                );
                for (place, id) in ids.into_iter().enumerate() {
                    let parent = natural_key(id);
                    let none = Vec::new();
                    let page = pages.get(&parent).unwrap_or(&none);
                    let all = everything.get(&parent).unwrap_or(&none);
                    let expected = window.expected(nested.child, page, all);
                    assert_eq!(
                        answer["nodes"][place][nested.field], expected,
                        "{nested:?} of {parent}: {window:?}"
                    );
                }
            }
        }
    }
}

/// Arguments of a page. Cursors are sort keys of rows, of the collection or of another one.
#[derive(Debug)]
struct Window {
    is_backwards: bool,
    size: usize,
    after: Option<String>,
    before: Option<String>,
}

impl Window {
    fn everything() -> Window {
        Window {
            is_backwards: false,
            size: usize::MAX >> 1,
            after: None,
            before: None,
        }
    }

    fn random(rng: &mut Rng, places: &[String]) -> Window {
        let place =
            |rng: &mut Rng| (rng.u8(..3) > 0).then(|| places[rng.usize(..places.len())].clone());
        let (after, before) = (place(rng), place(rng));
        // Mostly so that something lies between them, sometimes crossed, sometimes the same place.
        let (after, before) = match (after, before) {
            (Some(after), Some(before)) if after > before && rng.u8(..4) > 0 => {
                (Some(before), Some(after))
            }
            (Some(after), Some(_)) if rng.u8(..8) == 0 => (Some(after.clone()), Some(after)),
            both => both,
        };
        Window {
            is_backwards: rng.bool(),
            size: rng.usize(..8),
            after,
            before,
        }
    }

    fn arguments(&self, type_name: &str) -> String {
        let size = if self.is_backwards { "last" } else { "first" };
        let mut arguments = format!("{size}: {}", self.size);
        for (name, place) in [("after", &self.after), ("before", &self.before)] {
            if let Some(place) = place {
                arguments.push_str(&format!(
                    ", {name}: \"{}\"",
                    default_cursor(type_name, place)
                ));
            }
        }
        arguments
    }

    /// What the API should show of a page, all being the whole collection.
    fn expected(&self, type_name: &str, page: &[Place], all: &[Place]) -> Value {
        let is_any =
            |condition: &dyn Fn(&str) -> bool| all.iter().any(|place| condition(&place.sort_key));
        let after = self.after.as_deref();
        let before = self.before.as_deref();
        let (first, last) = (page.first(), page.last());
        let (has_next, has_previous) = if self.is_backwards {
            let start = first.map(|place| place.sort_key.as_str()).or(before);
            (
                before.is_some_and(|before| is_any(&|key| key >= before)),
                is_any(&|key| start.is_none_or(|start| key < start)),
            )
        } else {
            let end = last.map(|place| place.sort_key.as_str()).or(after);
            (
                is_any(&|key| end.is_none_or(|end| key > end)),
                after.is_some_and(|after| is_any(&|key| key <= after)),
            )
        };
        let id =
            |place: &Place| URL_SAFE_NO_PAD.encode(format!("{type_name} {}", place.natural_key));
        let nodes: Vec<Value> = page
            .iter()
            .map(|place| json!({ "id": id(place) }))
            .collect();
        json!({ "nodes": nodes, "pageInfo": { "hasNextPage": has_next, "hasPreviousPage": has_previous } })
    }
}

/// A row of the reference.
struct Place {
    natural_key: String,
    sort_key: String,
}

/// Where the rows of a collection and their parents are.
struct Tables {
    parent: &'static str,
    child: &'static str,
    /// The column of the default order.
    sort_key: &'static str,
    /// What ties a child `c` to its parent `p`.
    link: &'static str,
}

impl Tables {
    fn of(nested: Nested) -> Tables {
        Tables {
            parent: table(nested.parent),
            child: table(nested.child),
            sort_key: if nested.child == "Metric" {
                "code"
            } else {
                "sort_key"
            },
            link: match (nested.parent, nested.field) {
                ("Report", "divisions") => "c.agency_id = p.agency_id",
                ("ReportedResult", _) => "c.part_of_id = p.id",
                ("Metric", "children") => "c.parent_id = p.id",
                ("Agency", _) => "c.agency_id = p.id",
                ("Report", _) => "c.report_id = p.id",
                ("Goal", _) => "c.goal_id = p.id",
                ("Division", _) => "c.division_id = p.id",
                ("Initiative", _) => "c.initiative_id = p.id",
                ("Metric", _) => "c.metric_id = p.id",
                other => panic!("no table is known for {other:?}"),
            },
        }
    }

    /// The sort keys of all children.
    fn places(&self, api: &Api, store: &Store) -> Vec<String> {
        let reader = api.wait(store.readers().acquire());
        let sql = format!("SELECT {} FROM {} ORDER BY 1", self.sort_key, self.child);
        let mut statement = reader.prepare(&sql).expect("the reference is SQL");
        let places = statement
            .query_map([], |row| row.get(0))
            .and_then(Iterator::collect);
        places.expect("the children can be read")
    }

    /// The rows of a window under each parent, by the parent's natural key, in order.
    fn rows(&self, api: &Api, store: &Store, window: &Window) -> HashMap<String, Vec<Place>> {
        let Tables {
            parent,
            child,
            sort_key,
            link,
        } = self;
        let direction = if window.is_backwards { "DESC" } else { "ASC" };
        let sql = format!(
            "SELECT parent, natural_key, sort_key FROM (
                SELECT p.natural_key AS parent, c.natural_key, c.{sort_key} AS sort_key,
                    ROW_NUMBER() OVER (PARTITION BY p.id ORDER BY c.{sort_key} {direction}) AS place
                FROM {parent} AS p JOIN {child} AS c ON {link}
                WHERE (:after IS NULL OR c.{sort_key} > :after) AND (:before IS NULL OR c.{sort_key} < :before)
            ) WHERE place <= :size ORDER BY parent, sort_key"
        );
        let reader = api.wait(store.readers().acquire());
        let mut statement = reader.prepare(&sql).expect("the reference is SQL");
        let size = i64::try_from(window.size).expect("a size fits");
        let bound =
            named_params! { ":after": window.after, ":before": window.before, ":size": size };
        let mut rows = statement.query(bound).expect("the reference runs");
        let mut by_parent: HashMap<String, Vec<Place>> = HashMap::new();
        while let Some(row) = rows.next().expect("a row of the reference can be read") {
            let text = |column: usize| row.get::<_, String>(column).expect("keys are text");
            by_parent.entry(text(0)).or_default().push(Place {
                natural_key: text(1),
                sort_key: text(2),
            });
        }
        by_parent
    }
}

fn table(type_name: &str) -> &'static str {
    match type_name {
        "Agency" => "agency",
        "Report" => "report",
        "Goal" => "goal",
        "Division" => "division",
        "Initiative" => "initiative",
        "ReportedResult" => "reported_result",
        "Metric" => "metric",
        other => panic!("no table is known for {other}"),
    }
}

/// The natural key behind an id.
pub(super) fn natural_key(id: &str) -> String {
    let plain = URL_SAFE_NO_PAD.decode(id).expect("an id is base64url");
    let plain = String::from_utf8(plain).expect("an id is text");
    let (_, key) = plain.split_once(' ').expect("an id has two parts");
    key.into()
}

/// A cursor of a type's default order.
fn default_cursor(type_name: &str, sort_key: &str) -> String {
    let order = Order::default_of(node_type(type_name).expect("a node has a type"));
    cursor::encode(
        type_name,
        &order.name,
        std::iter::once(KeyValue::Text(sort_key)),
    )
}
