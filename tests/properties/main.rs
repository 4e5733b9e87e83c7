//! What must hold of any data: every collection of a random database, paged, counted and totalled, against plain Rust
//! over all rows and against a reference statement.
//!
//! `data` makes the packages, `model` says what they should look like and `rules` what they come to; `facts` says what
//! each row holds, `filters` which rows match and `orders` how they lie, and `draw` makes up requests. `pages`,
//! `windows`, `aggregates`, `queries`, `groups`, `years`, `restatements`, `search`, `sentences`, `statements`, `cost`, `exports` and `worlds` are the tests; `stratml` takes packages to documents and back, and `tables` compares CSV with JSON. Data and choices follow from one
//! seed, so that a failure comes back; `ANNALS_TEST_SEED=7 cargo test --test properties` tries others.

#[path = "../support/api.rs"]
mod api;
#[path = "../support/ask.rs"]
mod ask;

mod aggregates;
mod cost;
mod data;
mod draw;
mod exports;
mod facts;
mod filters;
mod group_draws;
mod groups;
mod model;
mod orders;
mod pages;
mod queries;
mod restatements;
mod rules;
mod search;
mod sentences;
mod statements;
mod stratml;
mod tables;
mod windows;
mod worlds;
mod years;

use std::{collections::HashMap, sync::LazyLock};

use annals::{package, store::Store};
use api::Api;
use ask::ask_with;
use model::Model;
use serde_json::Value;

/// A database with the built-in report and a random package, and what should be seen of it.
struct World {
    api: Api,
    store: Store,
    model: Model,
    documents: Vec<search::Document>,
    facts: HashMap<String, facts::Row>,
}

static WORLD: LazyLock<World> = LazyLock::new(|| {
    let random = data::package(seed());
    let builtin = package::builtin().expect("the built-in package is valid");
    let (api, store) = Api::open();
    api.wait(async {
        let transaction = store.begin().await.expect("nobody else writes");
        package::import(&transaction, &random)
            .await
            .expect("a random package is valid");
        transaction.commit().await.expect("the import is written");
    });
    World {
        model: Model::new(&[&builtin, &random]),
        documents: search::documents(&[&builtin, &random]),
        facts: facts::facts(&[&builtin, &random]),
        api,
        store,
    }
});

fn seed() -> u64 {
    let seed = std::env::var("ANNALS_TEST_SEED").ok();
    seed.map_or(1, |seed| seed.parse().expect("a seed is a whole number"))
}

/// The answer to a query over those of these variables, each with its type and its value, that `body` names.
fn ask_over(variables: &[(&str, String, &Value)], body: &str) -> Value {
    let named = variables
        .iter()
        .filter(|(name, ..)| body.contains(&format!("${name}")));
    let declared: Vec<String> = named
        .clone()
        .map(|(name, of, _)| format!("${name}: {of}"))
        .collect();
    let values = named.map(|(name, _, value)| ((*name).to_owned(), (*value).clone()));
    let query = format!("query ({}) {body}", declared.join(", "));
    ask_with(&WORLD.api, &query, Value::Object(values.collect()))
}
