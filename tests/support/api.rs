//! annals over a database file of the test's own, without HTTP.

use annals::{
    engine::{Answer, Engine, Request, Settings},
    error::RequestError,
    store::Store,
};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// An engine and what it stands on.
pub(crate) struct Api {
    runtime: Runtime,
    engine: Engine,
    _folder: TempDir,
}

impl Api {
    /// An engine with the usual limits over a new database with the built-in report, and the database itself.
    pub(crate) fn open() -> (Api, Store) {
        let runtime = Runtime::new().expect("a runtime starts");
        let folder = tempfile::tempdir().expect("there is room for temporary files");
        let url = format!("sqlite://{}", folder.path().join("annals.db").display());
        let store = runtime
            .block_on(Store::open(&url, annals::store::cores()))
            .expect("a new database opens");
        let api = Api {
            engine: Engine::new(store.readers().clone(), Settings::default())
                .expect("the schema is valid"),
            runtime,
            _folder: folder,
        };
        (api, store)
    }

    /// Waits for something that is done with the store.
    pub(crate) fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// The body of the answer, or why the request was refused.
    ///
    /// # Panics
    /// Where annals itself failed.
    pub(crate) fn execute(&self, request: Request) -> Result<String, Vec<RequestError>> {
        match self.wait(self.engine.execute(request)) {
            Answer::Data(body) => Ok(body),
            Answer::Refused(faults) => Err(faults),
            Answer::Failed(cause) => panic!("annals failed: {cause}"),
        }
    }
}
