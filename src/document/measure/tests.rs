//! What is told of documents that ask for too much, and that what is counted is right.

use serde_json::{Value, json};

use super::*;
use crate::document::syntax;

fn measured(text: &str, limits: &Limits) -> Result<(), RequestError> {
    let text = syntax::read(text, limits)?;
    let document = Document::parse(&*text, "").unwrap_or_else(|fault| panic!("{text}: {fault}"));
    measure(&document, &text, limits)
}

/// What is told of a document under small limits: the name of the limit, what was found, line and column.
fn refused(text: &str) -> Option<Value> {
    let limits = Limits {
        depth: 4,
        aliases: 2,
        repeats: 3,
        directives: 2,
        operations: 2,
        fields: 12,
        filter_nesting: 2,
        nesting: 8,
        tokens: u64::MAX,
        ..Limits::default()
    };
    let fault = measured(text, &limits).err()?.to_json();
    let place = &fault["locations"][0];
    Some(json!([
        fault["extensions"]["limit"],
        fault["extensions"]["found"],
        place["line"],
        place["column"]
    ]))
}

#[test]
fn each_limit_is_held_where_it_is_passed() {
    for (passes, refused_text, told) in [
        (
            "{a{b{c{d}}}}",
            "{a{b{c{d{e}}}}}",
            json!(["depth", 5, 1, 10]),
        ),
        (
            "{a{...F}} fragment F on A{b{c{d}}}",
            "{a{...F}} fragment F on A{b{c{d{e}}}}",
            json!(["depth", 5, 1, 33]),
        ),
        ("{a:x b:x c}", "{a:x b:x c:x}", json!(["aliases", 3, 1, 10])),
        (
            "{...{a:x}...F} fragment F on A{b:x}",
            "{...{a:x b:x}...F} fragment F on A{c:x}",
            json!(["aliases", 3, 1, 14]),
        ),
        ("{a a a}", "{a a a a}", json!(["repeats", 4, 1, 8])),
        (
            "{a a ...F} fragment F on A{a}",
            "{a a ...F} fragment F on A{a a}",
            json!(["repeats", 4, 1, 6]),
        ),
        ("{a @b @c}", "{a @b @c @d}", json!(["directives", 3, 1, 10])),
        (
            "query a{a}query b{b}",
            "query a{a}\nquery b{b}\nquery c{c}",
            json!(["operations", 3, 3, 1]),
        ),
        (
            "{a(b:{c:[{d:1}]})}",
            "{a(b:{c:[{d:{e:1}}]})}",
            json!(["filterNesting", 3, 1, 6]),
        ),
        (
            "query($a:A={b:{}}){a}",
            "query($a:A={b:{c:{}}}){a}",
            json!(["filterNesting", 3, 1, 12]),
        ),
        (
            "{a @b(c:{d:{}})}",
            "{a @b(c:{d:{e:{}}})}",
            json!(["filterNesting", 3, 1, 9]),
        ),
        (
            "{...{...{...{...{...{...{...{a}}}}}}}}",
            "{...{...{...{...{...{...{...{...{a}}}}}}}}}",
            json!(["nesting", 9, 1, 33]),
        ),
    ] {
        assert_eq!(refused(passes), None, "{passes}");
        assert_eq!(refused(refused_text), Some(told), "{refused_text}");
    }
}

#[test]
fn fields_are_counted_as_if_fragments_were_written_out() {
    let twice =
        "fragment A on Q{x{...B} y{...B}} fragment B on Q{x{...C} y{...C}} fragment C on Q{z}";
    assert_eq!(refused(&format!("{{...A}}{twice}")), None);
    let told = refused(&format!("{{a{{...A}} b{{...A}}}}{twice}"));
    assert_eq!(told, Some(json!(["fields", 22, 1, 10])));
}

#[test]
fn fragments_that_double_again_and_again_take_no_time() {
    let mut text = "{...F0}".to_owned();
    for level in 0..30 {
        let next: String = ["a", "b", "c", "d", "e"]
            .map(|field| format!("{field}{{...F{}}} ", level + 1))
            .concat();
        text.push_str(&format!("fragment F{level} on Q{{{next}}}"));
    }
    text.push_str("fragment F30 on Q{a}");
    let limits = Limits {
        fields: u64::MAX - 1,
        ..Limits::default()
    };
    let fault = measured(&text, &limits).unwrap_err();
    assert!(
        fault.message.contains("far too many fields"),
        "{}",
        fault.message
    );
}

#[test]
fn fragments_that_spread_themselves_and_ones_that_are_not_there_end_the_walk() {
    assert_eq!(refused("{...A} fragment A on Q{a ...A}"), None);
    assert_eq!(
        refused("{...A} fragment A on Q{...B} fragment B on Q{...C} fragment C on Q{...A}"),
        None
    );
    assert_eq!(refused("{...Nowhere}"), None);
}

#[test]
fn a_chain_of_fragments_goes_no_deeper_than_brackets_may() {
    let chain = |length: usize| {
        let mut text = "{...F0}".to_owned();
        for level in 0..length {
            text.push_str(&format!("fragment F{level} on Q{{...F{}}}", level + 1));
        }
        text + &format!("fragment F{length} on Q{{a}}")
    };
    assert_eq!(refused(&chain(6)), None);
    assert_eq!(
        refused(&chain(7)).map(|told| told[0].clone()),
        Some(json!("nesting"))
    );
    assert_eq!(
        refused(&chain(10_000)).map(|told| told[0].clone()),
        Some(json!("nesting"))
    );
}

#[test]
fn introspection_has_bounds_of_its_own() {
    let limits = Limits::default();
    let told = |text: &str| {
        let fault = measured(text, &limits).err()?.to_json();
        Some(fault["extensions"]["limit"].clone())
    };
    let of_type = "ofType{".repeat(30) + "name" + &"}".repeat(30);
    assert_eq!(told(&format!("{{__type(name:\"A\"){{{of_type}}}}}")), None);
    assert_eq!(told("{__schema{types{fields{type{fields{name}}}}}}"), None);
    let nested = told(
        "{__schema{types{fields{type{...F}}}}} fragment F on __Type{fields{type{fields{name}}}}",
    );
    assert_eq!(nested, Some(json!("introspectionNesting")));
    let wide = "a:__schema{types{fields{type{fields{name}}}}}";
    assert_eq!(told(&format!("{{{wide}}}")), None);
    let twenty: String = (0..20)
        .map(|place| wide.replace("a:", &format!("a{place}:")))
        .collect();
    assert_eq!(
        told(&format!("{{{twenty}}}")),
        Some(json!("introspectionSize"))
    );
    // A list of one type is as long as it is where it is longest.
    let longest = "a:inputFields{type{inputFields{name}}}";
    let fifty: String = (0..50)
        .map(|place| longest.replace("a:", &format!("a{place}:")))
        .collect();
    assert_eq!(told(&format!("{{__type(name:\"A\"){{{fifty}}}}}")), None);
    assert_eq!(
        told(&format!(
            "{{b:__type(name:\"A\"){{{fifty}}}c:__type(name:\"A\"){{{fifty}}}d:__type(name:\"A\"){{{fifty}}}}}"
        )),
        Some(json!("introspectionSize"))
    );
}

/// A document of fragments that spread later ones, at random.
fn drawn(random: &mut fastrand::Rng) -> String {
    let fragments = random.usize(0..6);
    let mut text = format!("query{}", selection(random, 0, fragments, 3));
    for fragment in 0..fragments {
        let inside = selection(random, fragment + 1, fragments, 2);
        text.push_str(&format!(" fragment F{fragment} on Q{inside}"));
    }
    text
}

/// A selection that spreads fragments of these numbers only.
fn selection(random: &mut fastrand::Rng, first: usize, end: usize, depth: usize) -> String {
    let items: Vec<String> = (0..random.usize(1..4))
        .map(|place| match random.u8(0..4) {
            0 if first < end => format!("...F{}", random.usize(first..end)),
            1 if depth > 0 => format!("...{}", selection(random, first, end, depth - 1)),
            2 if depth > 0 => format!("f{place}{}", selection(random, first, end, depth - 1)),
            _ => format!("f{place}"),
        })
        .collect();
    format!("{{{}}}", items.join(" "))
}

/// The fields of a selection and how many of them lie inside each other, with every fragment written out.
fn written_out(fragments: &HashMap<&str, &[Selection]>, selection: &[Selection]) -> (u64, u64) {
    let parts = selection.iter().map(|item| match item {
        Selection::Field(field) => {
            let (fields, depth) = written_out(fragments, &field.selection_set);
            (fields + 1, depth + 1)
        }
        Selection::InlineFragment(fragment) => written_out(fragments, &fragment.selection_set),
        Selection::FragmentSpread(spread) => {
            written_out(fragments, fragments[spread.fragment_name.as_str()])
        }
    });
    parts.fold((0, 0), |(fields, depth), (more, deep)| {
        (fields + more, depth.max(deep))
    })
}

#[test]
fn fields_and_depth_are_those_of_the_document_written_out() {
    let mut random = fastrand::Rng::with_seed(7);
    let loose = Limits {
        depth: u64::MAX,
        repeats: u64::MAX,
        fields: u64::MAX - 1,
        ..Limits::default()
    };
    for _ in 0..2000 {
        let text = drawn(&mut random);
        let document = Document::parse(&*text, "").unwrap();
        let mut fragments = HashMap::new();
        let mut operation = None;
        for definition in &document.definitions {
            match definition {
                Definition::FragmentDefinition(fragment) => {
                    fragments.insert(fragment.name.as_str(), &*fragment.selection_set);
                }
                Definition::OperationDefinition(found) => operation = Some(found),
                _ => unreachable!("{text}"),
            }
        }
        let (fields, depth) = written_out(&fragments, &operation.unwrap().selection_set);
        // Fragments that the operation does not spread have counts of their own.
        let spread = fragments
            .values()
            .map(|inside| written_out(&fragments, inside).0);
        let most = spread.fold(fields, u64::max);
        let passes = |limits| measured(&text, &limits).is_ok();
        assert!(
            passes(Limits {
                fields: most,
                depth,
                ..loose
            }),
            "{text}"
        );
        assert!(
            !passes(Limits {
                fields: most - 1,
                ..loose
            }),
            "{text}"
        );
        assert!(
            !passes(Limits {
                depth: depth - 1,
                ..loose
            }),
            "{text}"
        );
    }
}
