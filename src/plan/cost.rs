//! What an operation may cost: the most rows that it can be answered with, told from its plan before anything is read.
//!
//! The pages of collections are multiplied down the tree and added up. It is counted along what is written and not along
//! what is read: a row that is at hand is read once, but what hangs on it is written wherever it is asked for.

use super::{
    fetch::Fetch,
    output::{ConnectionOutput, EdgeOutput, Object, Output, ResponseKey},
    page::Page,
    search::{Search, SearchEdgeOutput, SearchOutput},
    selection::Operation,
    tree::{Collection, Plan, Root, RootOutput, RowOutput, Wanted},
};
use crate::error::{Code, RequestError};

/// The most rows that one request may be answered with, unless the server is set up otherwise.
pub const DEFAULT_COST_LIMIT: u64 = 100_000;

/// How many ancestors a row is taken to have. They are listed without a page, and a catalogue is no deeper than that.
const ANCESTORS: u64 = 10;

/// The cost of a plan: at most so many rows.
///
/// # Errors
/// `QUERY_TOO_COMPLEX` where it is more than `limit`, with the field that costs most.
pub fn cost(plan: &Plan, operation: &Operation<'_>, limit: u64) -> Result<u64, RequestError> {
    let mut tally = Tally::default();
    for (key, output) in &plan.roots {
        tally.under(key, |tally| tally.root(plan, output));
    }
    if tally.estimate <= limit {
        return Ok(tally.estimate);
    }
    Err(tally.fault(operation, limit))
}

/// Costs, being added up.
#[derive(Clone, Default)]
struct Tally<'p> {
    estimate: u64,
    /// The response keys that lead to the field being looked at.
    path: Vec<&'p str>,
    /// The most that one field costs, without what is below it.
    most: u64,
    /// The first field that costs so much.
    dearest: Vec<&'p str>,
}

/// The rows of one occurrence of a type, and those that they hang on.
struct Frame<'f> {
    fetch: &'f Fetch,
    parent: Option<&'f Frame<'f>>,
}

impl<'p> Tally<'p> {
    fn under(&mut self, key: &'p ResponseKey, count: impl FnOnce(&mut Self)) {
        self.path.push(key.name());
        count(self);
        self.path.pop();
    }

    /// Adds what the field costs by itself.
    fn add(&mut self, rows: u64) {
        self.estimate = self.estimate.saturating_add(rows);
        if rows > self.most {
            self.most = rows;
            self.dearest.clone_from(&self.path);
        }
    }

    fn root(&mut self, plan: &'p Plan, output: &'p RootOutput) {
        match output {
            RootOutput::Typename | RootOutput::Introspection => {}
            RootOutput::Null => self.add(1),
            RootOutput::Row(row) => {
                self.add(1);
                self.looked_up(plan, row, 1);
            }
            RootOutput::Rows(rows) => {
                self.add(rows.len() as u64);
                let mut counted: Vec<(&RowOutput, u64)> = Vec::new();
                for row in rows.iter().flatten() {
                    match counted.iter_mut().find(|(known, _)| known.load == row.load) {
                        Some((_, rows)) => *rows += 1,
                        None => counted.push((row, 1)),
                    }
                }
                for (row, rows) in counted {
                    self.looked_up(plan, row, rows);
                }
            }
            RootOutput::Collection(place, fields) => {
                if let Root::Collection(collection) = &plan.loads[*place] {
                    self.collection(collection, fields, 1, None);
                }
            }
            RootOutput::Search(place, fields) => {
                if let Root::Search(search) = &plan.loads[*place] {
                    self.search(search, fields);
                }
            }
        }
    }

    /// A search. Its hits may be of any kind, so all of them are taken to be of the one that costs most.
    fn search(&mut self, search: &Search, fields: &'p [(ResponseKey, SearchOutput)]) {
        let rows = match search.wanted.anything() {
            true => u64::from(search.page.size),
            false => 0,
        };
        self.add(rows.max(1));
        let alike = search.kinds.iter().map(|kind| {
            let kind = *kind as usize;
            let frame = Frame {
                fetch: &search.fetches[kind],
                parent: None,
            };
            let mut tally = self.clone();
            for (key, output) in fields {
                tally.under(key, |tally| match output {
                    SearchOutput::Nodes(objects) => tally.object(&objects[kind], &frame, rows),
                    SearchOutput::Edges(fields) => {
                        for (key, output) in fields {
                            if let SearchEdgeOutput::Node(objects) = output {
                                tally.under(key, |tally| {
                                    tally.object(&objects[kind], &frame, rows);
                                });
                            }
                        }
                    }
                    SearchOutput::Typename
                    | SearchOutput::PageInfo(_)
                    | SearchOutput::TotalCount => {}
                });
            }
            tally
        });
        if let Some(dearest) = alike.max_by_key(|tally| tally.estimate) {
            *self = dearest;
        }
    }

    /// What hangs on rows that are found by their keys.
    fn looked_up(&mut self, plan: &'p Plan, row: &'p RowOutput, rows: u64) {
        if let Root::Lookup { fetch, .. } = &plan.loads[row.load] {
            let frame = Frame {
                fetch,
                parent: None,
            };
            self.object(&row.object, &frame, rows);
        }
    }

    fn object(&mut self, object: &'p Object, frame: &Frame<'_>, rows: u64) {
        for (key, output) in &object.fields {
            self.under(key, |tally| tally.output(output, frame, rows));
        }
    }

    fn output(&mut self, output: &'p Output, frame: &Frame<'_>, rows: u64) {
        let below = |fetch| Frame {
            fetch,
            parent: Some(frame),
        };
        match output {
            Output::Typename(_)
            | Output::Id(..)
            | Output::Scalar(..)
            | Output::Change(_)
            | Output::InWords(_)
            | Output::Aggregate(_) => {}
            // Its points are totals, which a collection has without any cost of their own.
            Output::Series { .. } => self.add(rows),
            Output::SameRow { object, .. } => self.object(object, frame, rows),
            Output::ToOne { child, object } => {
                self.object(object, &below(&frame.fetch.to_ones[*child].fetch), rows);
            }
            Output::AtHand { levels, object } => {
                let mut at_hand = Some(frame);
                for _ in 0..*levels {
                    at_hand = at_hand.and_then(|frame| frame.parent);
                }
                if let Some(at_hand) = at_hand {
                    self.object(object, at_hand, rows);
                }
            }
            Output::Collection { child, fields } => {
                let collection = &frame.fetch.collections[*child];
                self.collection(collection, fields, rows, Some(frame));
            }
            Output::Ancestors { child, object } => {
                let rows = rows.saturating_mul(ANCESTORS);
                self.add(rows);
                self.object(object, &below(&frame.fetch.ancestors[*child].fetch), rows);
            }
        }
    }

    /// A collection under so many rows.
    fn collection(
        &mut self,
        collection: &Collection,
        fields: &'p [(ResponseKey, ConnectionOutput)],
        parents: u64,
        above: Option<&Frame<'_>>,
    ) {
        let frame = Frame {
            fetch: &collection.fetch,
            parent: above,
        };
        self.page(&collection.page, collection.wanted, fields, parents, &frame);
        for (key, output) in fields {
            if let ConnectionOutput::Groups(place, fields) = output {
                let groups = &collection.groups[*place];
                let frame = Frame {
                    fetch: &groups.fetch,
                    parent: above,
                };
                self.under(key, |tally| {
                    tally.page(&groups.page, groups.wanted, fields, parents, &frame);
                });
            }
        }
    }

    /// A page under so many rows. Where nothing of it is asked for, it still costs one for each of them.
    fn page(
        &mut self,
        page: &Page,
        wanted: Wanted,
        fields: &'p [(ResponseKey, ConnectionOutput)],
        parents: u64,
        frame: &Frame<'_>,
    ) {
        let size = match wanted.anything() {
            true => u64::from(page.size),
            false => 0,
        };
        self.add(parents.saturating_mul(size.max(1)));
        let rows = parents.saturating_mul(size);
        for (key, output) in fields {
            self.under(key, |tally| match output {
                ConnectionOutput::Nodes(object) => tally.object(object, frame, rows),
                ConnectionOutput::Edges(fields) => {
                    for (key, output) in fields {
                        if let EdgeOutput::Node(object) = output {
                            tally.under(key, |tally| tally.object(object, frame, rows));
                        }
                    }
                }
                ConnectionOutput::Typename(_)
                | ConnectionOutput::PageInfo(_)
                | ConnectionOutput::TotalCount(_)
                | ConnectionOutput::Aggregate(_)
                | ConnectionOutput::Groups(..) => {}
            });
        }
    }

    fn fault(self, operation: &Operation<'_>, limit: u64) -> RequestError {
        let message = format!(
            "The query may be answered with {} rows, more than the {limit} that one request may have. {} of them are those of {}; ask for fewer there with `first`, or in several requests.",
            self.estimate,
            self.most,
            self.dearest.join("."),
        );
        let mut fault = RequestError::new(Code::TooComplex, message)
            .in_field(self.dearest.iter().map(|key| (*key).to_owned()).collect())
            .with("estimate", self.estimate)
            .with("limit", limit);
        fault.locations = operation.locations(&self.dearest);
        fault
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::{parse_query, types::DocumentOperations};
    use serde_json::json;

    use super::*;
    use crate::plan::{PageLimits, Variables, plan};

    fn checked(query: &str, limit: u64) -> Result<u64, RequestError> {
        let document = parse_query(query).expect("the query can be parsed");
        let DocumentOperations::Single(definition) = &document.operations else {
            panic!("{query} has one operation");
        };
        let operation = Operation {
            document: &document,
            definition: &definition.node,
            variables: &Variables::default(),
        };
        let plan = plan(&operation, PageLimits::default())?;
        cost(&plan, &operation, limit)
    }

    fn estimate(query: &str) -> u64 {
        checked(query, u64::MAX).expect("there is no limit")
    }

    #[test]
    fn pages_are_multiplied_down_the_tree_and_added_up() {
        let three_levels =
            "{ divisions { nodes { initiatives { nodes { results { nodes { key } } } } } } }";
        assert_eq!(estimate(three_levels), 100 + 100 * 25 + 100 * 25 * 25);
        let beside = "{ divisions(first: 2) { nodes { results(last: 3) { nodes { key } } initiatives { nodes { slug } } } } }";
        assert_eq!(estimate(beside), 2 + 2 * 3 + 2 * 25);
        let twice = "{ a: divisions(first: 2) { nodes { code } } b: divisions(first: 3) { nodes { code } } }";
        assert_eq!(estimate(twice), 2 + 3);
    }

    #[test]
    fn edges_cursors_and_flags_take_the_page_and_nodes_beside_them_no_more() {
        for fields in [
            "edges { node { results(first: 3) { nodes { key } } } }",
            "nodes { code } edges { cursor node { results(first: 3) { nodes { key } } } }",
        ] {
            assert_eq!(
                estimate(&format!("{{ divisions(first: 10) {{ {fields} }} }}")),
                10 + 30
            );
        }
        for fields in [
            "edges { cursor }",
            "pageInfo { hasNextPage }",
            "pageInfo { endCursor }",
        ] {
            assert_eq!(
                estimate(&format!("{{ divisions(first: 10) {{ {fields} }} }}")),
                10
            );
        }
    }

    #[test]
    fn without_rows_a_collection_costs_one_under_each_parent() {
        let counted = "{ divisions(first: 10) { nodes { results { totalCount aggregate { totals { sum } } } } } }";
        assert_eq!(estimate(counted), 10 + 10);
        let empty = "{ divisions(first: 10) { nodes { results(first: 0) { nodes { metric { results { nodes { key } } } } } } } }";
        assert_eq!(estimate(empty), 10 + 10);
        assert_eq!(estimate("{ results { __typename totalCount } }"), 1);
    }

    #[test]
    fn rows_that_are_referred_to_are_not_counted_but_multiply_what_hangs_on_them() {
        let to_one =
            "{ results(first: 10) { nodes { metric { unit { code } parent { code } } } } }";
        assert_eq!(estimate(to_one), 10);
        let below =
            "{ results(first: 10) { nodes { metric { results(first: 3) { nodes { key } } } } } }";
        assert_eq!(estimate(below), 10 + 30);
    }

    #[test]
    fn what_hangs_on_a_row_at_hand_costs_wherever_it_is_written() {
        let at_hand = "{ initiatives(first: 10) { nodes { results(first: 5) { nodes { \
            initiative { results(first: 7) { nodes { key } } } } } } } }";
        assert_eq!(estimate(at_hand), 10 + 10 * 5 + 10 * 5 * 7);
    }

    #[test]
    fn a_lookup_costs_one_and_a_list_of_ids_as_many_as_it_has() {
        assert_eq!(
            estimate("{ agency(code: \"ICE\") { code } node(id: \"nonsense\") { id } }"),
            2
        );
        // Agency ice, twice, Metric arrests, and nonsense.
        let ids = r#"["QWdlbmN5IGljZQ", "TWV0cmljIGFycmVzdHM", "QWdlbmN5IGljZQ", "nonsense"]"#;
        let nodes = format!(
            "{{ nodes(ids: {ids}) {{ ... on Agency {{ divisions(first: 5) {{ nodes {{ code }} }} }} \
             ... on Metric {{ results(first: 7) {{ nodes {{ key }} }} }} }} }}"
        );
        assert_eq!(estimate(&nodes), 4 + 2 * 5 + 7);
    }

    #[test]
    fn ancestors_are_taken_to_be_ten() {
        let ancestors =
            "{ metrics(first: 2) { nodes { ancestors { results(first: 3) { nodes { key } } } } } }";
        assert_eq!(estimate(ancestors), 2 + 2 * 10 + 2 * 10 * 3);
    }

    #[test]
    fn a_series_costs_one_and_what_is_previous_nothing() {
        let series = "{ metrics(first: 10) { nodes { series { fiscalYear total { sum } change { percent } } } } }";
        assert_eq!(estimate(series), 10 + 10);
        let previous = "{ results(first: 10) { nodes { change { percent } previous { previous { key parts(first: 3) { nodes { key } } } } } } }";
        assert_eq!(estimate(previous), 10 + 10 * 3);
    }

    #[test]
    fn introspection_costs_nothing() {
        assert_eq!(
            estimate("{ __typename __schema { types { fields { name } } } }"),
            0
        );
    }

    #[test]
    fn the_estimate_does_not_wrap() {
        let mut query = "nodes { code }".to_owned();
        for _ in 0..12 {
            query = format!("nodes {{ parent {{ children(first: 1000) {{ {query} }} }} }}");
        }
        assert_eq!(estimate(&format!("{{ metrics {{ {query} }} }}")), u64::MAX);
    }

    #[test]
    fn too_much_is_refused_with_the_dearest_field() {
        let query = "query {\n  agencies(first: 10) { nodes { code ...rest } }\n}\n\
            fragment rest on Agency {\n  them: divisions(first: 20) { edges { node { code } } }\n  reports(first: 3) { nodes { id } }\n}";
        assert_eq!(checked(query, 240).ok(), Some(240));
        let fault = checked(query, 239).expect_err("240 are more than 239");
        assert_eq!(
            fault.to_json(),
            json!({
                "message": "The query may be answered with 240 rows, more than the 239 that one request may have. 200 of them are those of agencies.nodes.them; ask for fewer there with `first`, or in several requests.",
                "locations": [{ "line": 5, "column": 3 }],
                "path": ["agencies", "nodes", "them"],
                "extensions": { "code": "QUERY_TOO_COMPLEX", "estimate": 240, "limit": 239 },
            })
        );
    }
}
