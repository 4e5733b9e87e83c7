//! Random groups: what the rows of a collection are put together by, which groups are kept, in which order they come and
//! what is said and shown of each is what plain Rust says of the same request, at the root and under each parent.

use std::{cmp::Ordering, collections::BTreeMap};

use fastrand::Rng;
use serde_json::{Map, Value, json};

use super::{
    WORLD, World, aggregates, ask_over, draw,
    facts::{Fact, SCOPE, Scalar, kind},
    filters::{Judge, of_values},
    group_draws::{self, Dimension, Grouped, INITIATIVES, RESULTS},
    model::{NESTED, Row},
    rules, seed,
};

/// Groupings tried at the root of each kind, and under the parents of each collection.
const TRIES: usize = 40;

/// The most groups that are asked for at once.
const MOST: usize = 1000;

/// What is asked for.
#[derive(Debug)]
struct Query {
    filter: Value,
    by: Vec<&'static Dimension>,
    having: Value,
    order: Value,
    /// What the rows of a group are chosen by.
    members: Value,
}

/// A group as it should be shown.
struct Group {
    keys: Vec<Option<Fact>>,
    rows: Vec<&'static Row>,
    shown: Value,
}

impl Query {
    fn random(rng: &mut Rng, grouped: &'static Grouped) -> Query {
        let mut by: Vec<&Dimension> = grouped.dimensions.iter().collect();
        rng.shuffle(&mut by);
        by.truncate(rng.usize(1..=3));
        let filter = match rng.u8(..3) {
            0 => json!({}),
            _ => draw::filter(rng, &WORLD, grouped.of, 2),
        };
        let order = (0..rng.usize(..=2))
            .map(|_| group_draws::order_key(rng, grouped))
            .collect();
        Query {
            filter,
            by,
            having: group_draws::having(rng, grouped, 2),
            order,
            members: draw::filter(rng, &WORLD, grouped.of, 1),
        }
    }

    /// The groups of these rows, in the order asked for.
    fn groups(&self, grouped: &Grouped, rows: Vec<&'static Row>) -> Vec<Group> {
        let judge = Judge::new(&WORLD.model, &WORLD.facts);
        let mut groups: BTreeMap<Vec<Option<Fact>>, Group> = BTreeMap::new();
        for row in rows {
            if !judge.matches(grouped.of, &row.id, &self.filter) {
                continue;
            }
            let mut shown = Map::new();
            let mut keys = Vec::new();
            for (_, field, of_field) in &self.by {
                let (key, value) = value(grouped.of, row, field, of_field);
                keys.push(key);
                shown.insert((*field).into(), value);
            }
            let group = groups.entry(keys.clone()).or_insert_with(|| Group {
                keys,
                rows: Vec::new(),
                shown: Value::Object(shown),
            });
            group.rows.push(row);
        }
        let mut groups: Vec<Group> = groups
            .into_values()
            .filter(|group| group.has(&self.having))
            .collect();
        groups.sort_by(|left, right| self.compare(left, right));
        groups
    }

    fn compare(&self, left: &Group, right: &Group) -> Ordering {
        let items = self.order.as_array().into_iter().flatten();
        let keys = items.map(|item| {
            let (name, value) = item
                .as_object()
                .and_then(|item| item.iter().next())
                .expect("an item of an order has a key");
            let is_down = *value == "DESC" || value["direction"] == "DESC";
            match name.as_str() {
                "key" => by_keys(left, right, is_down),
                "total" => {
                    let number = value["by"].as_str().unwrap_or("SUM");
                    let of = |group: &Group| group.number(value, number);
                    by_fact(of(left), of(right), is_down)
                }
                count => by_fact(left.count(count), right.count(count), is_down),
            }
        });
        keys.chain([by_keys(left, right, false)])
            .find(|ordering| ordering.is_ne())
            .unwrap_or(Ordering::Equal)
    }

    /// What is said of groups in a query, for a page with these arguments.
    fn selection(&self, grouped: &Grouped, page: &str, of_each: &str) -> String {
        let by: Vec<&str> = self.by.iter().map(|(name, ..)| *name).collect();
        let fields: Vec<String> = self
            .by
            .iter()
            .map(|(_, field, of_field)| format!("{field} {of_field}"))
            .collect();
        format!(
            "groups(by: [{by}], having: $having, orderBy: $order, {page}) {{ totalCount \
             pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} \
             edges {{ cursor node {{ {fields} {of_each} aggregate {{ {aggregate} }} }} }} }}",
            by = by.join(", "),
            fields = fields.join(" "),
            aggregate = aggregate(grouped),
        )
    }

    fn ask(&self, grouped: &Grouped, body: &str) -> Value {
        let (filter, group) = (kind(grouped.of).filter, grouped.group);
        let variables = [
            ("where", filter.to_owned(), &self.filter),
            ("members", filter.to_owned(), &self.members),
            ("having", format!("{group}Filter"), &self.having),
            ("order", format!("[{group}Order!]"), &self.order),
        ];
        ask_over(&variables, body)
    }
}

impl Group {
    fn has(&self, having: &Value) -> bool {
        let entries = having.as_object().expect("a filter is an object");
        entries.iter().all(|(key, value)| {
            let items = || value.as_array().expect("this is a list").iter();
            match key.as_str() {
                "and" => items().all(|item| self.has(item)),
                "or" => items().any(|item| self.has(item)),
                "not" => !self.has(value),
                "total" => {
                    [("sum", "SUM"), ("atLeast", "AT_LEAST")]
                        .into_iter()
                        .all(|(key, number)| {
                            value.get(key).is_none_or(|test| {
                                let number = self.number(value, number);
                                of_values(number.as_ref(), Scalar::Decimal, test)
                            })
                        })
                }
                count => of_values(self.count(count).as_ref(), Scalar::Int, value),
            }
        })
    }

    fn count(&self, name: &str) -> Option<Fact> {
        let count = match name {
            "count" => self.rows.len(),
            "resultCount" => {
                let results = |row: &&Row| WORLD.model.under("ReportedResult", &row.id).len();
                self.rows.iter().map(results).sum()
            }
            other => panic!("there is no {other}"),
        };
        Some(Fact::Number(count as i128))
    }

    fn number(&self, total: &Value, number: &str) -> Option<Fact> {
        let unit = total["unit"].as_str().expect("a total has a unit");
        let scope = total["scope"].as_str().unwrap_or("PERIOD");
        let scope = SCOPE.iter().position(|known| *known == scope);
        let rows: Vec<&Row> = self
            .rows
            .iter()
            .copied()
            .filter(|row| {
                let facts = &WORLD.facts[&row.id];
                let of = facts.one("unit").expect("a result has a unit");
                let is_of_unit = match WORLD.facts[of].own("code") {
                    Some(Fact::Text(code)) => code.eq_ignore_ascii_case(unit),
                    _ => false,
                };
                is_of_unit
                    && facts.own("scope") == scope.map(|place| Fact::Number(place as i128)).as_ref()
            })
            .collect();
        rules::number(&WORLD.model, &rows, number).map(Fact::Number)
    }

    fn expected(&self, grouped: &Grouped) -> Value {
        let mut shown = self.shown.clone();
        let whole = aggregates::expected(&WORLD.model, grouped.of, &self.rows);
        shown["aggregate"] = whole["aggregate"].clone();
        shown
    }
}

fn aggregate(grouped: &Grouped) -> &'static str {
    match grouped.of {
        "ReportedResult" => rules::RESULT_AGGREGATE,
        _ => "count resultCount",
    }
}

/// The id of the root above a metric; its own for a root.
fn root(metric: &'static str) -> &'static str {
    let parent = |id: &&'static str| WORLD.facts[*id].one("parent");
    let mut above = std::iter::successors(Some(metric), parent);
    above.by_ref().last().unwrap_or(metric)
}

/// What a row has in a dimension: how it is ordered, and how it is shown.
fn value(of: &str, row: &Row, field: &str, of_field: &str) -> (Option<Fact>, Value) {
    let facts = &WORLD.facts;
    let own = &facts[&row.id];
    let report = own.one("report").expect("it is of a report");
    match field {
        "fiscalYear" => {
            let holder = if of == "Initiative" {
                &facts[report]
            } else {
                own
            };
            let year = holder.own(field).cloned();
            let shown = match &year {
                Some(Fact::Number(year)) => json!(*year as i64),
                _ => Value::Null,
            };
            (year, shown)
        }
        "scope" | "precision" => {
            let words = kind(of).own.iter().find_map(|(name, scalar)| match scalar {
                Scalar::Word(words) if *name == field => Some(*words),
                _ => None,
            });
            match (own.own(field), words) {
                (Some(Fact::Number(place)), Some(words)) => {
                    (Some(Fact::Number(*place)), json!(words[*place as usize]))
                }
                other => panic!("{field} is no word but {other:?}"),
            }
        }
        "unit" => {
            let code = facts[own.one("unit").expect("it has a unit")].own("code");
            match code {
                Some(Fact::Text(text)) => (code.cloned(), json!({ "code": text })),
                other => panic!("a unit has no code but {other:?}"),
            }
        }
        _ => {
            assert_eq!(of_field, "{ id }");
            let id = match field {
                "agency" => facts[report].one("agency"),
                "rootMetric" => Some(root(own.one("metric").expect("it has a metric"))),
                field => own.one(field),
            };
            let target = match field {
                "agency" => "Agency",
                "report" => "Report",
                "goal" => "Goal",
                "division" => "Division",
                "initiative" => "Initiative",
                _ => "Metric",
            };
            let place = id.map(|id| PLACES.with(|places| places[target][id]));
            (
                place.map(|place| Fact::Number(place as i128)),
                id.map_or(Value::Null, |id| json!({ "id": id })),
            )
        }
    }
}

thread_local! {
    /// The place of each object in the default order of its type.
    static PLACES: BTreeMap<&'static str, BTreeMap<&'static str, usize>> = {
        let types = ["Agency", "Report", "Goal", "Division", "Initiative", "Metric"];
        types.into_iter().map(|of| {
            let rows = WORLD.model.all(of);
            (of, rows.into_iter().enumerate().map(|(place, row)| (row.id.as_str(), place)).collect())
        }).collect()
    };
}

fn by_fact(left: Option<Fact>, right: Option<Fact>, is_down: bool) -> Ordering {
    match (left, right) {
        (None, None) => Ordering::Equal,
        (None, _) => Ordering::Greater,
        (_, None) => Ordering::Less,
        (Some(left), Some(right)) if is_down => right.cmp(&left),
        (Some(left), Some(right)) => left.cmp(&right),
    }
}

fn by_keys(left: &Group, right: &Group, is_down: bool) -> Ordering {
    left.keys
        .iter()
        .zip(&right.keys)
        .map(|(left, right)| by_fact(left.clone(), right.clone(), is_down))
        .find(|ordering| ordering.is_ne())
        .unwrap_or(Ordering::Equal)
}

#[test]
fn random_groups_at_the_root() {
    let mut rng = Rng::with_seed(seed());
    let (mut several, mut dropped) = (0, 0);
    for grouped in [&RESULTS, &INITIATIVES] {
        for _ in 0..TRIES {
            let query = Query::random(&mut rng, grouped);
            let groups = query.groups(grouped, WORLD.model.all(grouped.of));
            several += usize::from(groups.len() > 1);
            dropped += usize::from(
                query
                    .having
                    .as_object()
                    .is_some_and(|having| !having.is_empty()),
            );
            walk(&mut rng, grouped, &query, &groups);
        }
    }
    assert!(
        several > TRIES / 2,
        "{several} groupings had several groups"
    );
    assert!(dropped > TRIES / 4, "{dropped} groupings had conditions");
}

/// Walks the groups with pages of one size, forwards and backwards.
fn walk(rng: &mut Rng, grouped: &Grouped, query: &Query, groups: &[Group]) {
    let size = rng
        .usize(1..=groups.len().clamp(1, 400))
        .max(groups.len() / 5)
        .min(MOST);
    let page = |arguments: &str| {
        let selection = query.selection(grouped, arguments, "");
        let body = format!("{{ {}(where: $where) {{ {selection} }} }}", grouped.field);
        query.ask(grouped, &body)[grouped.field]["groups"].take()
    };
    let check = |answer: &Value, range: std::ops::Range<usize>| {
        let edges = answer["edges"].as_array().expect("edges are a list");
        let nodes: Vec<&Value> = edges.iter().map(|edge| &edge["node"]).collect();
        let expected: Vec<Value> = groups[range.clone()]
            .iter()
            .map(|group| group.expected(grouped))
            .collect();
        assert_eq!(json!(nodes), json!(expected), "{query:?}: {range:?}");
        assert_eq!(answer["totalCount"], groups.len(), "{query:?}");
        let flags = &answer["pageInfo"];
        assert_eq!(
            flags["hasNextPage"],
            range.end < groups.len(),
            "{query:?}: {range:?}"
        );
        assert_eq!(
            flags["hasPreviousPage"],
            range.start > 0,
            "{query:?}: {range:?}"
        );
    };
    let cursor = |answer: &Value, end: &str| {
        answer["pageInfo"][end]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    let (mut start, mut arguments) = (0, format!("first: {size}"));
    loop {
        let answer = page(&arguments);
        let end = groups.len().min(start + size);
        check(&answer, start..end);
        if end == groups.len() {
            break;
        }
        arguments = format!("first: {size}, after: \"{}\"", cursor(&answer, "endCursor"));
        start = end;
    }
    let (mut end, mut arguments) = (groups.len(), format!("last: {size}"));
    while end > 0 {
        let answer = page(&arguments);
        let start = end.saturating_sub(size);
        check(&answer, start..end);
        arguments = format!(
            "last: {size}, before: \"{}\"",
            cursor(&answer, "startCursor")
        );
        end = start;
    }
}

#[test]
fn random_groups_under_every_parent_and_the_rows_of_each() {
    let mut rng = Rng::with_seed(seed());
    let World { model, .. } = &*WORLD;
    let mut rows_seen = 0;
    for nested in NESTED {
        let grouped = match nested.child {
            "ReportedResult" => &RESULTS,
            "Initiative" => &INITIATIVES,
            _ => continue,
        };
        for _ in 0..TRIES / 8 {
            let query = Query::random(&mut rng, grouped);
            let (size, most) = (rng.usize(..4), rng.usize(..3));
            let judge = Judge::new(model, &WORLD.facts);
            let members = format!(
                "{members}(where: $members, first: {most}) {{ totalCount nodes {{ id }} }}",
                members = grouped.members
            );
            let selection = query.selection(grouped, &format!("first: {size}"), &members);
            for parents in model.all(nested.parent).chunks(1000) {
                let ids: Vec<&str> = parents.iter().map(|parent| parent.id.as_str()).collect();
                let body = format!(
                    "{{ nodes(ids: {}) {{ ... on {} {{ {}(where: $where) {{ {selection} }} }} }} }}",
                    json!(ids),
                    nested.parent,
                    nested.field
                );
                let answer = query.ask(grouped, &body);
                for (place, parent) in parents.iter().enumerate() {
                    let groups = query.groups(grouped, model.under(grouped.of, &parent.id));
                    let answered = &answer["nodes"][place][nested.field]["groups"];
                    let what = || format!("{nested:?} of {}: {query:?}", parent.name);
                    assert_eq!(answered["totalCount"], groups.len(), "{}", what());
                    let expected: Vec<Value> = groups
                        .iter()
                        .take(size)
                        .map(|group| {
                            let mut expected = group.expected(grouped);
                            let chosen: Vec<Value> = group
                                .rows
                                .iter()
                                .filter(|row| judge.matches(grouped.of, &row.id, &query.members))
                                .map(|row| json!({ "id": row.id }))
                                .collect();
                            rows_seen += chosen.len();
                            expected[grouped.members] = json!({
                                "totalCount": chosen.len(),
                                "nodes": chosen[..most.min(chosen.len())],
                            });
                            expected
                        })
                        .collect();
                    let edges = answered["edges"].as_array().expect("edges are a list");
                    let nodes: Vec<&Value> = edges.iter().map(|edge| &edge["node"]).collect();
                    assert_eq!(json!(nodes), json!(expected), "{}", what());
                }
            }
        }
    }
    assert!(rows_seen > 1000, "groups had {rows_seen} rows");
}
