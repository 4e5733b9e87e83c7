//! What random requests are estimated at: never less than they are answered with or than their statements give, and never
//! more than the tables hold where no row is written twice.

use annals::engine::Request;
use fastrand::Rng;
use serde_json::Value;

use super::{
    WORLD,
    model::{NESTED, ROOTS},
    seed,
};

/// Requests tried of each kind.
const TRIES: usize = 300;

/// How deep selections nest.
const DEPTH: u8 = 4;

/// Rows that rows refer to: whatever hangs on these may be written again and again.
const TO_ONES: [(&str, &str, &str); 11] = [
    ("Report", "agency", "Agency"),
    ("Goal", "report", "Report"),
    ("Division", "agency", "Agency"),
    ("Initiative", "report", "Report"),
    ("Initiative", "division", "Division"),
    ("ReportedResult", "initiative", "Initiative"),
    ("ReportedResult", "report", "Report"),
    ("ReportedResult", "metric", "Metric"),
    ("ReportedResult", "partOf", "ReportedResult"),
    ("ReportedResult", "previous", "ReportedResult"),
    ("Metric", "parent", "Metric"),
];

/// A random selection, and how many rows the tables let it have where none is there twice.
struct Drawn<'r> {
    rng: &'r mut Rng,
    /// Whether rows may be written more than once.
    repeats: bool,
    /// The number of fields, by which their aliases differ.
    fields: usize,
    most: u64,
}

impl Drawn<'_> {
    /// Fields of the rows of a type, of which there are so many at the most.
    fn selection(&mut self, of: &str, depth: u8, rows: u64) -> String {
        let mut fields = "id".to_owned();
        for _ in 0..self.rng.u8(..3).min(depth) {
            fields += &self.field(of, depth - 1, rows);
        }
        fields
    }

    fn field(&mut self, of: &str, depth: u8, rows: u64) -> String {
        self.fields += 1;
        let alias = format!(" f{}", self.fields);
        if self.repeats && self.rng.u8(..3) == 0 {
            if of == "Metric" && self.rng.bool() {
                let fields = self.selection(of, depth, rows);
                return format!("{alias}: ancestors {{ {fields} }}");
            }
            let to_ones: Vec<_> = TO_ONES.iter().filter(|(from, ..)| *from == of).collect();
            if let Some((_, field, target)) = self.rng.choice(to_ones) {
                let fields = self.selection(target, depth, rows);
                return format!("{alias}: {field} {{ {fields} }}");
            }
        }
        // The divisions of a report are its agency's, and those of each of the agency's reports.
        let nested = NESTED.iter().filter(|nested| {
            nested.parent == of
                && (self.repeats || (nested.parent, nested.field) != ("Report", "divisions"))
        });
        let nested: Vec<_> = nested.collect();
        match self.rng.choice(nested) {
            None => String::new(),
            Some(nested) => self.collection(&alias, nested.field, nested.child, depth, rows),
        }
    }

    fn collection(
        &mut self,
        alias: &str,
        field: &str,
        child: &'static str,
        depth: u8,
        parents: u64,
    ) -> String {
        let rows = WORLD.model.all(child).len() as u64;
        self.most += rows.max(parents);
        let size = match self.rng.u8(..4) {
            0 => 1000,
            _ => self.rng.u32(..8),
        };
        let whole = ["", " totalCount", " aggregate { count }"];
        let whole = self.rng.choice(whole).unwrap_or_default();
        let grouped = match (child, self.rng.u8(..4)) {
            ("ReportedResult", 0) if depth > 0 => {
                self.groups("[METRIC, PRECISION]", "results", child, depth, parents)
            }
            ("Initiative", 0) if depth > 0 => {
                self.groups("[DIVISION]", "initiatives", child, depth, parents)
            }
            _ => String::new(),
        };
        let fields = self.selection(child, depth, rows);
        format!("{alias}: {field}(first: {size}) {{{whole}{grouped} nodes {{ {fields} }} }}")
    }

    fn groups(
        &mut self,
        by: &str,
        field: &str,
        child: &'static str,
        depth: u8,
        parents: u64,
    ) -> String {
        let rows = WORLD.model.all(child).len() as u64;
        self.most += rows.max(parents);
        self.fields += 1;
        let alias = format!("g{}", self.fields);
        let size = self.rng.u32(..30);
        let members = self.collection(&alias, field, child, depth - 1, rows);
        format!(
            " groups(by: {by}, first: {size}) {{ nodes {{ aggregate {{ count }} {members} }} }}"
        )
    }
}

/// A random query, and how many rows the tables let it have.
fn query(rng: &mut Rng, repeats: bool) -> (String, u64) {
    let mut drawn = Drawn {
        rng,
        repeats,
        fields: 0,
        most: 0,
    };
    let (field, of) = drawn.rng.choice(ROOTS).expect("there are roots");
    let body = drawn.collection("root", field, of, DEPTH, 1);
    (format!("{{ {body} }}"), drawn.most)
}

/// What a query was estimated at and came to.
struct Account {
    estimate: u64,
    work: u64,
    /// The rows that were written.
    written: u64,
    /// The rows that the statements gave.
    given: u64,
}

/// Nothing where the query is refused for what it may cost.
fn account(query: &str) -> Option<Account> {
    let request = Request {
        query: query.into(),
        explain: true,
        ..Request::default()
    };
    let body = match WORLD.api.execute(request) {
        Ok(body) => body,
        Err(faults) => {
            let code = faults[0].to_json()["extensions"]["code"].clone();
            assert_eq!(code, "QUERY_TOO_COMPLEX", "{query}: {faults:?}");
            return None;
        }
    };
    let body: Value = serde_json::from_str(&body).expect("the body is JSON");
    let explained = &body["extensions"]["explain"];
    let number = |name: &str| explained["cost"][name].as_u64().expect("it is a number");
    let statements = explained["statements"].as_array().expect("they are a list");
    Some(Account {
        estimate: number("estimate"),
        work: number("work"),
        written: written(&body["data"]),
        given: statements
            .iter()
            .map(|statement| statement["rows"].as_u64().expect("it is a number"))
            .sum(),
    })
}

/// How many rows are in lists.
fn written(value: &Value) -> u64 {
    match value {
        Value::Array(rows) => rows.len() as u64 + rows.iter().map(written).sum::<u64>(),
        Value::Object(fields) => fields.values().map(written).sum(),
        _ => 0,
    }
}

#[test]
fn the_estimate_is_never_less_than_what_is_written() {
    let mut rng = Rng::with_seed(seed());
    let (mut answered, mut rows) = (0, 0);
    for _ in 0..TRIES {
        let (query, _) = query(&mut rng, true);
        let Some(account) = account(&query) else {
            continue;
        };
        assert!(
            account.written <= account.estimate,
            "{query}: {} of {}",
            account.written,
            account.estimate
        );
        assert!(
            account.given <= account.work,
            "{query}: {} of {}",
            account.given,
            account.work
        );
        answered += 1;
        rows += account.written;
    }
    assert!(answered > TRIES / 2, "only {answered} were answered");
    assert!(rows > 10_000, "only {rows} rows were written");
}

#[test]
fn where_no_row_repeats_the_estimate_is_never_more_than_the_tables_hold() {
    let mut rng = Rng::with_seed(seed());
    let mut bounded = 0;
    for _ in 0..TRIES {
        let (query, most) = query(&mut rng, false);
        let Some(account) = account(&query) else {
            assert!(
                most > 100_000,
                "{query} is refused, with {most} rows at the most"
            );
            continue;
        };
        assert!(account.written <= account.estimate, "{query}");
        assert!(
            account.estimate <= most,
            "{query}: {} of {most}",
            account.estimate
        );
        bounded += usize::from(account.estimate == most);
    }
    assert!(bounded > 5, "the tables bound only {bounded}");
}
