//! The documentation is right: its queries run, its answers are the answers, and nothing that can be set is left out.
//!
//! A code block marked `graphql` is a query over the built-in report. A block marked `json` right behind it is the whole
//! body of its answer. Parts of the schema are marked `graphqls` and are not run.

use std::path::PathBuf;

use annals::{config::Cli, engine::Request, error::RequestError, limits::LIMITS};
use async_graphql::Value;
use clap::CommandFactory;
use serde_json::json;

use super::{
    api::Api,
    ask::ask,
    files::{files, project, read},
};

#[test]
fn every_query_runs_and_gives_the_answer_beside_it() {
    let (api, _store) = Api::open();
    for path in documents() {
        let blocks = blocks(&read(&path));
        for (place, block) in blocks.iter().enumerate() {
            if block.language != "graphql" {
                continue;
            }
            let here = format!("{}:{}", path.display(), block.line);
            let body = body(&api, &block.text);
            match blocks.get(place + 1) {
                Some(answer) if answer.language == "json" => {
                    assert_eq!(plain(&body, &here), plain(&answer.text, &here), "{here}");
                }
                _ => assert!(body.starts_with("{\"data\":"), "{here}: {body}"),
            }
        }
    }
}

#[test]
fn the_costs_of_the_examples_are_those_of_the_table() {
    let (api, _store) = Api::open();
    let mut costs = Vec::new();
    for path in ["README.md", "docs/totals.md", "docs/queries.md"] {
        let blocks = blocks(&read(&project(path)));
        for block in blocks.iter().filter(|block| block.language == "graphql") {
            let request = Request {
                query: block.text.clone(),
                explain: true,
                ..Request::default()
            };
            let body: serde_json::Value =
                serde_json::from_str(&answered(&api, request)).expect("the body is JSON");
            let cost = &body["extensions"]["explain"]["cost"];
            // What is shown to be refused has none.
            if let (Some(rows), Some(work)) = (cost["estimate"].as_u64(), cost["work"].as_u64()) {
                costs.push((rows, work));
            }
        }
    }
    let document = read(&project("docs/decisions/cost.md"));
    let (_, table) = document
        .split_once("## What the examples cost")
        .expect("there is such a table");
    let rows = table.lines().skip_while(|line| !line.starts_with("|---"));
    let said: Vec<(u64, u64)> = rows
        .skip(1)
        .map_while(|line| {
            let mut cells = line.strip_prefix("| ")?.split(" | ").skip(1);
            let mut number = || cells.next()?.replace(',', "").parse().ok();
            Some((number()?, number()?))
        })
        .collect();
    assert_eq!(said, costs);
}

#[test]
fn every_query_of_the_bench_is_answered() {
    let (api, _store) = Api::open();
    let first = ask(&api, "{ results(first: 1) { pageInfo { endCursor } } }");
    let after = &first["results"]["pageInfo"]["endCursor"];
    for path in files("benches", "graphql") {
        let request = Request {
            query: read(&path),
            variables: json!({ "after": after }),
            ..Request::default()
        };
        let body = answered(&api, request);
        assert!(body.starts_with("{\"data\":"), "{}: {body}", path.display());
    }
}

#[test]
fn the_readme_begins_with_a_query_and_its_answer() {
    let documents = documents();
    let Some(readme) = documents.first() else {
        return;
    };
    let blocks = blocks(&read(readme));
    let query = blocks.iter().position(|block| block.language == "graphql");
    let query = query.expect("the README shows a query");
    assert_eq!(
        blocks[query + 1].language,
        "json",
        "the README's first query has its answer beside it"
    );
}

#[test]
fn every_flag_and_variable_is_documented() {
    let command = Cli::command();
    let arguments = || {
        command
            .get_subcommands()
            .flat_map(|command| command.get_arguments())
    };
    let flags = arguments().filter_map(|argument| Some(format!("--{}", argument.get_long()?)));
    let variables =
        arguments().filter_map(|argument| Some(argument.get_env()?.to_string_lossy().into_owned()));
    let commands = command
        .get_subcommands()
        .map(|command| format!("annals {}", command.get_name()));
    assert_documented(flags.chain(variables).chain(commands));
}

/// A limit stands in one table, in the README or in `docs`, with its flag, variable, default and description; in that of
/// docs/limits.md with its name too.
#[test]
fn every_limit_is_documented_as_it_is_declared() {
    let documents = documents();
    for limit in LIMITS {
        let flag = format!("`--{}`", limit.flag);
        let rows: Vec<(&PathBuf, Vec<String>)> = documents
            .iter()
            .flat_map(|path| rows(&read(path)).into_iter().map(move |row| (path, row)))
            .filter(|(_, row)| row.contains(&flag))
            .collect();
        let [(path, row)] = rows.as_slice() else {
            panic!("{flag} stands in {} tables, not in one", rows.len());
        };
        let mut cells = vec![
            format!("`{}`", limit.variable),
            limit.shown(limit.default),
            limit.description.to_owned(),
        ];
        if path.ends_with("limits.md") {
            cells.push(format!("`{}`", limit.name));
        }
        for cell in cells {
            assert!(
                row.contains(&cell),
                "{}: {flag} has no cell {cell:?}: {row:?}",
                path.display()
            );
        }
    }
}

/// The rows of the tables of a document, without the targets of links.
fn rows(document: &str) -> Vec<Vec<String>> {
    let cell = |cell: &str| {
        let mut text = String::new();
        for (place, part) in cell.split("](").enumerate() {
            let rest = match place {
                0 => part,
                _ => part.split_once(')').map_or("", |(_, rest)| rest),
            };
            text.push_str(&rest.replace('[', ""));
        }
        text.trim().to_owned()
    };
    document
        .lines()
        .filter(|line| line.starts_with('|'))
        .map(|line| line.trim_matches('|').split('|').map(cell).collect())
        .collect()
}

#[test]
fn links_of_a_row_are_read_as_their_text() {
    let found = rows("text\n| `a` | 1 | see [the page](docs/a.md#b), please |\n");
    assert_eq!(found, [["`a`", "1", "see the page, please"]]);
}

#[test]
fn every_error_code_is_documented() {
    let error = read(&project("src/error.rs"));
    let arms = error
        .lines()
        .filter(|line| line.trim_start().starts_with("Code::"));
    let codes: Vec<String> = arms
        .filter_map(|line| Some(line.split('"').nth(1)?.to_owned()))
        .collect();
    assert!(
        codes.len() > 5,
        "the codes are found in src/error.rs: {codes:?}"
    );
    assert_documented(codes.into_iter());
}

fn assert_documented(names: impl Iterator<Item = String>) {
    let documents = documents();
    if documents.is_empty() {
        return;
    }
    let text: String = documents.iter().map(|path| read(path)).collect();
    let missing: Vec<String> = names.filter(|name| !text.contains(name.as_str())).collect();
    assert!(
        missing.is_empty(),
        "neither README.md nor docs/ names {missing:?}"
    );
}

/// The README and everything in `docs`; none until there is such a folder.
fn documents() -> Vec<PathBuf> {
    let mut documents = files("docs", "md");
    if !documents.is_empty() {
        documents.insert(0, project("README.md"));
    }
    documents
}

/// A fenced block of code.
struct Block {
    language: String,
    text: String,
    /// The line of its fence.
    line: usize,
}

fn blocks(document: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = document.lines().enumerate();
    while let Some((place, line)) = lines.next() {
        let Some(language) = line.trim_start().strip_prefix("```") else {
            continue;
        };
        let inside = lines
            .by_ref()
            .map(|(_, line)| line)
            .take_while(|line| line.trim_start() != "```");
        blocks.push(Block {
            language: language.trim().into(),
            text: inside.map(|line| format!("{line}\n")).collect(),
            line: place + 1,
        });
    }
    blocks
}

/// The body of the answer to a query, as it is sent.
fn body(api: &Api, query: &str) -> String {
    let request = Request {
        query: query.into(),
        ..Request::default()
    };
    answered(api, request)
}

/// The body of the answer to a request, as it is sent.
fn answered(api: &Api, request: Request) -> String {
    api.execute(request).unwrap_or_else(|faults| {
        let errors: Vec<_> = faults.iter().map(RequestError::to_json).collect();
        json!({ "errors": errors }).to_string()
    })
}

/// JSON without white space, its keys in their order.
fn plain(json: &str, here: &str) -> String {
    let value: Value =
        serde_json::from_str(json).unwrap_or_else(|error| panic!("{here}: no JSON: {error}"));
    serde_json::to_string(&value).expect("a value of JSON is JSON")
}

#[test]
fn blocks_are_found_with_their_language_and_line() {
    let document = "Text\n```graphql\n{ a }\n```\nmore\n\n```json\n{}\n```\n";
    let found = blocks(document);
    let found: Vec<_> = found
        .iter()
        .map(|block| (block.language.as_str(), block.text.as_str(), block.line))
        .collect();
    assert_eq!(found, [("graphql", "{ a }\n", 2), ("json", "{}\n", 7)]);
}
