//! A document and, behind a NUL, its variables: all that happens to a request before anything is read.
#![no_main]

use std::sync::LazyLock;

use annals::{
    engine::{Engine, Request, Settings, Unprepared},
    store::Store,
};
use libfuzzer_sys::fuzz_target;
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// A runtime, an engine, and the folder of its database, which is opened and never asked.
static ENGINE: LazyLock<(Runtime, Engine, TempDir)> = LazyLock::new(|| {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime can be started");
    let folder = tempfile::tempdir().expect("there is room for temporary files");
    let url = format!("sqlite://{}", folder.path().join("annals.db").display());
    let store = runtime
        .block_on(Store::open(&url, annals::store::cores()))
        .expect("a new database can be opened");
    let engine = Engine::new(store.readers().clone(), Settings::default())
        .expect("the declarations make a schema");
    (runtime, engine, folder)
});

fuzz_target!(|text: &str| {
    let (document, variables) = text.split_once('\0').unwrap_or((text, "null"));
    let Ok(variables) = serde_json::from_str(variables) else {
        return;
    };
    let request = Request {
        query: document.into(),
        variables,
        ..Request::default()
    };
    let (runtime, engine, _) = &*ENGINE;
    if let Err(Unprepared::Refused(faults)) = runtime.block_on(engine.prepare(&request)) {
        for fault in faults {
            assert!(!fault.message.contains('\n'), "{}", fault.message);
        }
    }
});
