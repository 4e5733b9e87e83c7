//! A search finds what has all its words, whatever else is typed; in the order of the scores; page by page.
//!
//! Texts are put together from words of the data, whole, cut off and otherwise written, and from all signs that mean
//! something to somebody. What should be found is told by plain comparison of words.

use std::collections::BTreeSet;

use annals::{engine::Request, package::Package};
use fastrand::Rng;
use serde_json::{Value, json};

use super::{WORLD, World, model::id, seed};

/// Texts tried.
const TRIES: usize = 400;

/// Signs and words that are syntax somewhere, and others that are hard to carry.
const SIGNS: [&str; 34] = [
    " ",
    "  ",
    "\"",
    "\"\"",
    "'",
    "*",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    ":",
    "^",
    "+",
    "-",
    "~",
    "\\",
    "%",
    "?",
    ";",
    "\0",
    "\t\n",
    "\u{1}",
    "\u{7f}",
    "\u{2028}",
    "\u{feff}",
    "💥",
    "👩‍🚀",
    "–",
    "\u{fdd0}",
    " AND ",
    " OR name: ",
    " NEAR(",
];

/// The kinds, as they are called in a request, and the types of their objects.
const KINDS: [(&str, &str); 4] = [
    ("DIVISION", "Division"),
    ("INITIATIVE", "Initiative"),
    ("RESULT", "ReportedResult"),
    ("METRIC", "Metric"),
];

/// What should be found of one object.
pub(super) struct Document {
    kind: usize,
    /// The code of its agency, in lower case.
    agency: Option<String>,
    id: String,
    words: BTreeSet<String>,
}

/// The documents of these packages.
pub(super) fn documents(packages: &[&Package]) -> Vec<Document> {
    packages
        .iter()
        .flat_map(|package| of_package(package))
        .collect()
}

fn of_package(package: &Package) -> Vec<Document> {
    let mut documents = Vec::new();
    let mut add = |kind: usize, key: &[&dyn ToString], agency: Option<&str>, texts: &[&str]| {
        documents.push(Document {
            kind,
            agency: agency.map(str::to_ascii_lowercase),
            id: id(KINDS[kind].1, key),
            words: texts.iter().flat_map(|text| words(text)).collect(),
        });
    };
    for division in &package.divisions {
        let agency = &division.agency;
        add(
            0,
            &[agency, &division.code],
            Some(agency),
            &[&division.name, &division.code],
        );
    }
    for initiative in &package.initiatives {
        let agency = &initiative.agency;
        add(
            1,
            &[agency, &initiative.fiscal_year, &initiative.slug],
            Some(agency),
            &[
                &initiative.name,
                &initiative.slug,
                &initiative.action,
                &initiative.outcome,
            ],
        );
    }
    for result in &package.results {
        let agency = &result.agency;
        add(
            2,
            &[
                agency,
                &result.report_fiscal_year,
                &result.initiative,
                &result.key,
            ],
            Some(agency),
            &[
                &result.label,
                &result.key,
                result.note.as_deref().unwrap_or_default(),
            ],
        );
    }
    for metric in &package.metrics {
        let description = metric.description.as_deref().unwrap_or_default();
        add(
            3,
            &[&metric.code],
            None,
            &[&metric.name, &metric.code, description],
        );
    }
    documents
}

/// The words of a text, in lower case and without the accents that the data has.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for letter in text.chars() {
        match letter {
            '\u{300}'..='\u{36f}' => {}
            'ß' => words.last_mut().expect("there is a word").push_str("ss"),
            letter if letter.is_alphanumeric() => {
                let plain = letter.to_lowercase().map(|letter| match letter {
                    'ä' => 'a',
                    'é' => 'e',
                    'ï' => 'i',
                    'ö' => 'o',
                    'ü' => 'u',
                    other => other,
                });
                words.last_mut().expect("there is a word").extend(plain);
            }
            _ => words.push(String::new()),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[test]
fn whatever_is_typed_finds_what_has_its_words() {
    let mut rng = Rng::with_seed(seed());
    let (mut found, mut refused) = (0, 0);
    for _ in 0..TRIES {
        let search = Search::random(&mut rng);
        let expected = search.expected();
        match search.ask("first: 1000", "totalCount nodes { ... on Node { id } }") {
            None => {
                assert!(words(&search.text).is_empty(), "{search:?} was refused");
                refused += 1;
            }
            Some(answer) => {
                assert!(!words(&search.text).is_empty(), "{search:?} was answered");
                assert_eq!(answer["totalCount"], expected.len(), "{search:?}");
                let nodes = answer["nodes"].as_array().into_iter().flatten();
                let ids: BTreeSet<&str> = nodes.filter_map(|node| node["id"].as_str()).collect();
                assert_eq!(ids.len(), expected.len().min(1000), "{search:?}: each once");
                let expected = expected.iter().map(|document| document.id.as_str());
                assert!(ids.is_subset(&expected.collect()), "{search:?}");
                found += usize::from(!ids.is_empty());
            }
        }
    }
    assert!(
        found > TRIES / 10 && refused > 0,
        "{found} found something, {refused} were refused"
    );
}

#[test]
fn any_characters_at_all_are_text() {
    let mut rng = Rng::with_seed(seed());
    for _ in 0..TRIES {
        let text: String = (0..rng.usize(1..12)).map(|_| rng.char(..)).collect();
        let search = Search {
            text,
            kinds: None,
            agency: None,
        };
        // It is answered, or refused as a text without words; it never fails.
        search.ask("first: 1", "totalCount edges { snippet { text } }");
    }
}

#[test]
fn pages_show_each_hit_once_in_the_order_of_the_scores() {
    let mut rng = Rng::with_seed(seed());
    let mut walked = 0;
    while walked < 25 {
        let search = Search::random(&mut rng);
        let count = search.expected().len();
        if !(2..1000).contains(&count) {
            continue;
        }
        let fields = "totalCount edges { cursor score node { __typename ... on Node { id } } } \
            pageInfo { hasNextPage hasPreviousPage startCursor endCursor }";
        let all = search.ask("first: 1000", fields).expect("it has words");
        let edges = all["edges"].as_array().expect("edges are a list");
        assert!(edges.is_sorted_by_key(place), "{search:?}: {edges:?}");
        for (size, cursor, far) in [
            ("first", "after", "endCursor"),
            ("last", "before", "startCursor"),
        ] {
            let is_forwards = size == "first";
            let (mut seen, mut at) = (Vec::new(), Value::Null);
            while seen.len() < count {
                let largest = rng.usize(1..=count.div_ceil(2));
                let page = search.ask(&format!("{size}: {largest}, {cursor}: {at}"), fields);
                let page = page.expect("it has words");
                let rows = page["edges"].as_array().expect("edges are a list");
                let before = seen.len();
                if is_forwards {
                    seen.extend(rows.iter().cloned());
                } else {
                    seen.splice(0..0, rows.iter().cloned());
                }
                let (ahead, behind) = (seen.len() < count, before > 0);
                let (next, previous) = if is_forwards {
                    (ahead, behind)
                } else {
                    (behind, ahead)
                };
                assert_eq!(
                    page["pageInfo"]["hasNextPage"], next,
                    "{search:?} {size} {at}"
                );
                assert_eq!(
                    page["pageInfo"]["hasPreviousPage"], previous,
                    "{search:?} {size} {at}"
                );
                assert!(seen.len() > before, "{search:?}: a page is empty");
                at = page["pageInfo"][far].clone();
            }
            assert_eq!(&seen, edges, "{search:?} {size}");
        }
        walked += 1;
    }
}

/// Where an edge stands: highest score first, then by kind, then by natural key.
fn place(edge: &Value) -> (i64, usize, String) {
    let score = edge["score"].as_f64().expect("a score is a number");
    let kind = KINDS
        .iter()
        .position(|(_, name)| edge["node"]["__typename"] == *name);
    let id = edge["node"]["id"].as_str().expect("a node has an id");
    let kind = kind.expect("a node is of a kind");
    (
        -(score * 1e9).round() as i64,
        kind,
        super::windows::natural_key(id),
    )
}

/// One search.
#[derive(Debug)]
struct Search {
    text: String,
    kinds: Option<Vec<usize>>,
    agency: Option<String>,
}

impl Search {
    fn random(rng: &mut Rng) -> Search {
        let documents = &WORLD.documents;
        // Mostly words of one object, so that something has them all.
        let document = &documents[rng.usize(..documents.len())];
        let mut text = String::new();
        for _ in 0..rng.usize(1..5) {
            for _ in 0..rng.usize(0..3) {
                text.push_str(SIGNS[rng.usize(..SIGNS.len() - 3)]);
            }
            if rng.u8(..20) == 0 {
                text.push_str(SIGNS[rng.usize(..SIGNS.len())]);
            }
            if rng.u8(..8) > 0 && !document.words.is_empty() {
                let words: Vec<&String> = document.words.iter().collect();
                text.push(' ');
                let word = words[rng.usize(..words.len())];
                text.push_str(&otherwise(rng, word));
            }
        }
        Search {
            text,
            kinds: (rng.u8(..3) == 0).then(|| {
                (0..rng.usize(0..4))
                    .map(|_| rng.usize(..KINDS.len()))
                    .collect()
            }),
            agency: (rng.u8(..4) == 0).then(|| {
                document
                    .agency
                    .as_deref()
                    .unwrap_or("nobody")
                    .to_ascii_uppercase()
            }),
        }
    }

    /// What should be found, in no order.
    fn expected(&self) -> Vec<&'static Document> {
        let words = words(&self.text);
        let Some((last, whole)) = words.split_last() else {
            return Vec::new();
        };
        let agency = self
            .agency
            .as_ref()
            .map(|agency| agency.to_ascii_lowercase());
        WORLD
            .documents
            .iter()
            .filter(|document| {
                let has_words = whole.iter().all(|word| document.words.contains(word))
                    && document.words.iter().any(|word| word.starts_with(last));
                let of_kinds = self.kinds.as_ref();
                has_words
                    && of_kinds.is_none_or(|kinds| kinds.contains(&document.kind))
                    && (agency.is_none() || document.agency == agency)
            })
            .collect()
    }

    /// The answer; `None` where the text was refused.
    fn ask(&self, page: &str, fields: &str) -> Option<Value> {
        let World { api, .. } = &*WORLD;
        let kinds = self.kinds.as_ref();
        let kinds = kinds.map(|kinds| kinds.iter().map(|kind| KINDS[*kind].0).collect::<Vec<_>>());
        let request = Request {
            query: format!(
                "query ($text: String!, $kinds: [SearchKind!], $agency: String) {{ \
                 search(text: $text, in: $kinds, agency: $agency, {page}) {{ {fields} }} }}"
            ),
            variables: json!({ "text": self.text, "kinds": kinds, "agency": self.agency }),
            ..Request::default()
        };
        match api.execute(request) {
            Ok(body) => {
                let mut body: Value = serde_json::from_str(&body).expect("the body is JSON");
                Some(body["data"]["search"].take())
            }
            Err(faults) => {
                let messages: Vec<&str> =
                    faults.iter().map(|fault| fault.message.as_str()).collect();
                assert!(
                    messages[0].starts_with("text: there is no word"),
                    "{self:?}: {messages:?}"
                );
                None
            }
        }
    }
}

/// The same word, written or cut off otherwise.
fn otherwise(rng: &mut Rng, word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    if rng.u8(..4) == 0 {
        letters.truncate(rng.usize(1..=letters.len()));
    }
    let mut out = String::new();
    for letter in letters {
        match letter {
            'e' if rng.u8(..6) == 0 => out.push('é'),
            'o' if rng.u8(..6) == 0 => out.push_str("o\u{308}"),
            letter if rng.u8(..3) == 0 => out.extend(letter.to_uppercase()),
            letter => out.push(letter),
        }
    }
    out
}
