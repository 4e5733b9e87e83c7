//! Random requests: what a filter selects, in the order asked for, paged either way, counted and totalled, at the root
//! and under each parent, is what plain Rust says of the same request.

use fastrand::Rng;
use serde_json::{Value, json};

use super::{
    WORLD, World, aggregates, ask_over, draw,
    facts::kind,
    filters::Judge,
    model::{NESTED, Nested, ROOTS, Row},
    orders, pages, seed,
};

/// Requests tried for each collection.
const TRIES: usize = 24;

/// How deep filters nest.
const DEPTH: u8 = 4;

/// What is asked of a collection.
#[derive(Debug)]
struct Query {
    filter: Value,
    order: Value,
}

impl Query {
    fn random(rng: &mut Rng, of: &str) -> Query {
        Query {
            filter: draw::filter(rng, &WORLD, of, DEPTH),
            order: draw::order(rng, &WORLD, of),
        }
    }

    /// Those of the rows that it selects, in its order.
    fn select(&self, of: &'static str, rows: Vec<&'static Row>) -> Vec<&'static Row> {
        let judge = Judge::new(&WORLD.model, &WORLD.facts);
        let matches = |row: &&Row| judge.matches(of, &row.id, &self.filter);
        let rows = rows.into_iter().filter(matches).collect();
        orders::sort(&WORLD, of, &self.order, rows)
    }

    /// The answer to a query over those of the variables `$where` and `$order` that it names.
    fn ask(&self, of: &str, body: &str) -> Value {
        let variables = [
            ("where", kind(of).filter.to_owned(), &self.filter),
            ("order", format!("[{}!]", kind(of).order), &self.order),
        ];
        ask_over(&variables, body)
    }
}

#[test]
fn random_requests_at_the_root() {
    let World { model, .. } = &*WORLD;
    let mut rng = Rng::with_seed(seed());
    let mut seen = Seen::default();
    for (field, of) in ROOTS {
        for _ in 0..TRIES {
            let query = Query::random(&mut rng, of);
            let rows = query.select(of, model.all(of));
            seen.note(model.all(of).len(), rows.len());
            let whole = aggregates::fields(of);
            let answer = query.ask(
                of,
                &format!("{{ {field}(first: 1, where: $where) {{ {whole} }} }}"),
            );
            let expected = aggregates::expected(model, of, &rows);
            assert_eq!(answer[field], expected, "{field}: {query:?}");
            let page = |arguments: &str| {
                let fields = pages::page_of(of);
                let body = format!(
                    "{{ {field}(where: $where, orderBy: $order, {arguments}) {{ {fields} }} }}"
                );
                query.ask(of, &body)[field].take()
            };
            pages::walk(&mut rng, &format!("{field}: {query:?}"), &rows, page);
        }
    }
    seen.assert_worth_it();
}

#[test]
fn random_requests_under_every_parent() {
    let mut rng = Rng::with_seed(seed());
    let mut seen = Seen::default();
    for nested in NESTED {
        for _ in 0..TRIES / 2 {
            under_every_parent(&mut rng, &mut seen, nested);
        }
    }
    seen.assert_worth_it();
}

fn under_every_parent(rng: &mut Rng, seen: &mut Seen, nested: Nested) {
    let World { model, .. } = &*WORLD;
    let of = nested.child;
    let query = Query::random(rng, of);
    let window = Window::random(rng, &query, of);
    let collection = format!(
        "whole: {field}(first: 0, where: $where) {{ {whole} }} \
         page: {field}(where: $where, orderBy: $order, {arguments}) {{ \
         nodes {{ id }} pageInfo {{ hasNextPage hasPreviousPage }} }}",
        field = nested.field,
        whole = aggregates::fields(of),
        arguments = window.arguments,
    );
    let judge = Judge::new(model, &WORLD.facts);
    for parents in model.all(nested.parent).chunks(1000) {
        let ids: Vec<&str> = parents.iter().map(|parent| parent.id.as_str()).collect();
        let body = format!(
            "{{ nodes(ids: {}) {{ ... on {} {{ {collection} }} }} }}",
            json!(ids),
            nested.parent
        );
        let answer = query.ask(of, &body);
        for (place, parent) in parents.iter().enumerate() {
            let what = || format!("{nested:?} of {}: {query:?}, {window:?}", parent.name);
            let all = model.under(of, &parent.id);
            let matching: Vec<&Row> = all
                .iter()
                .copied()
                .filter(|row| judge.matches(of, &row.id, &query.filter))
                .collect();
            seen.note(all.len(), matching.len());
            let answered = &answer["nodes"][place];
            let whole = aggregates::expected(model, of, &matching);
            assert_eq!(answered["whole"], whole, "{}", what());
            assert_eq!(answered["page"], window.expected(&matching), "{}", what());
        }
    }
}

/// A page between two places of an order. The places are those of any rows of the type.
#[derive(Debug)]
struct Window {
    arguments: String,
    is_backwards: bool,
    size: usize,
    /// How many rows of the type lie at or before the cursor `after`.
    after: Option<usize>,
    /// How many rows of the type lie before the cursor `before`.
    before: Option<usize>,
    /// The ids of all rows of the type, in the order.
    order: std::collections::HashMap<String, usize>,
}

impl Window {
    fn random(rng: &mut Rng, query: &Query, of: &'static str) -> Window {
        let World { model, .. } = &*WORLD;
        let all = orders::sort(&WORLD, of, &query.order, model.all(of));
        let (field, _) = ROOTS
            .iter()
            .find(|(_, node)| *node == of)
            .expect("every type has a root");
        let cursor = |place: usize| {
            // Found from the other end, where that is nearer than a page is large.
            let (size, from_end) = (place + 1, all.len() - place);
            let page = match size.min(from_end) <= 1000 {
                true if size <= from_end => format!("first: {size}"),
                true => format!("last: {from_end}"),
                false => return None,
            };
            let body = format!(
                "{{ {field}(orderBy: $order, {page}) {{ edges {{ cursor node {{ id }} }} }} }}"
            );
            let answer = query.ask(of, &body);
            let edges = answer[field]["edges"].as_array()?;
            let edge = if page.starts_with("first") {
                edges.last()
            } else {
                edges.first()
            }?;
            assert_eq!(edge["node"]["id"], all[place].id, "{query:?}");
            Some(edge["cursor"].as_str()?.to_owned())
        };
        let mut place = |chance: u8| {
            let place = (rng.u8(..4) < chance).then(|| rng.usize(..all.len()))?;
            Some((place, cursor(place)?))
        };
        let (after, before) = (place(2), place(2));
        // Mostly so that something lies between them.
        let (after, before) = match (after, before) {
            (Some(after), Some(before)) if after.0 > before.0 && rng.u8(..4) > 0 => {
                (Some(before), Some(after))
            }
            both => both,
        };
        let is_backwards = rng.bool();
        let size = rng.usize(..6);
        let mut arguments = format!("{}: {size}", if is_backwards { "last" } else { "first" });
        for (name, place) in [("after", &after), ("before", &before)] {
            if let Some((_, cursor)) = place {
                arguments.push_str(&format!(", {name}: \"{cursor}\""));
            }
        }
        Window {
            arguments,
            is_backwards,
            size,
            after: after.map(|(place, _)| place),
            before: before.map(|(place, _)| place),
            order: all
                .iter()
                .enumerate()
                .map(|(place, row)| (row.id.clone(), place))
                .collect(),
        }
    }

    /// What should be shown of a collection, in the words of the specification.
    fn expected(&self, rows: &[&Row]) -> Value {
        let mut places: Vec<(usize, &Row)> =
            rows.iter().map(|row| (self.order[&row.id], *row)).collect();
        places.sort_by_key(|(place, _)| *place);
        let between: Vec<&(usize, &Row)> = places
            .iter()
            .filter(|(place, _)| self.after.is_none_or(|after| *place > after))
            .filter(|(place, _)| self.before.is_none_or(|before| *place < before))
            .collect();
        let size = self.size.min(between.len());
        let page = match self.is_backwards {
            true => &between[between.len() - size..],
            false => &between[..size],
        };
        let is_any =
            |condition: &dyn Fn(usize) -> bool| places.iter().any(|(place, _)| condition(*place));
        let (has_next, has_previous) = if self.is_backwards {
            let start = page.first().map(|(place, _)| *place).or(self.before);
            (
                self.before
                    .is_some_and(|before| is_any(&|place| place >= before)),
                is_any(&|place| start.is_none_or(|start| place < start)),
            )
        } else {
            let end = page.last().map(|(place, _)| *place).or(self.after);
            (
                is_any(&|place| end.is_none_or(|end| place > end)),
                self.after
                    .is_some_and(|after| is_any(&|place| place <= after)),
            )
        };
        let nodes: Vec<Value> = page
            .iter()
            .map(|(_, row)| json!({ "id": row.id }))
            .collect();
        json!({ "nodes": nodes, "pageInfo": { "hasNextPage": has_next, "hasPreviousPage": has_previous } })
    }
}

/// What the requests have brought up, so that they cannot grow tame unseen.
#[derive(Default)]
struct Seen {
    nothing: usize,
    something: usize,
    everything: usize,
}

impl Seen {
    fn note(&mut self, all: usize, matching: usize) {
        match matching {
            0 => self.nothing += 1,
            _ if matching == all => self.everything += 1,
            _ => self.something += 1,
        }
    }

    fn assert_worth_it(&self) {
        for (what, times) in [
            ("nothing", self.nothing),
            ("something", self.something),
            ("everything", self.everything),
        ] {
            assert!(times >= 15, "{what} was selected {times} times");
        }
    }
}
