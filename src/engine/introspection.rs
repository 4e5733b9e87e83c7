//! Answers `__schema` and `__type`, which async-graphql does from memory. It must not read anything.

use std::{num::NonZero, sync::Arc, thread::available_parallelism};

use async_graphql::{ValidationMode, Value};
use tokio::{runtime::Handle, sync::Semaphore};

use crate::{
    answer::Introspection,
    document::{Document, Variables},
    error::Internal,
    limits::PageLimits,
    schema::{PublicSchema, public_schema},
};

/// The deepest selection that introspection may have. The standard query is 15 deep.
const MAX_DEPTH: usize = 100;

/// Answers introspections, as many at once as there are cores, on threads of their own.
pub(super) struct Introspector {
    schema: Arc<PublicSchema>,
    running: Arc<Semaphore>,
}

/// What async-graphql is asked.
#[derive(Clone)]
pub(super) struct Introspected {
    pub(super) document: Arc<Document>,
    pub(super) operation_name: Option<String>,
    pub(super) variables: Variables,
}

impl Introspector {
    /// Over the schema with these limits of pages.
    pub(super) fn new(pages: PageLimits) -> Introspector {
        let schema = public_schema(pages)
            .validation_mode(ValidationMode::Fast)
            .limit_recursive_depth(MAX_DEPTH)
            .finish();
        Introspector {
            schema: Arc::new(schema),
            running: Arc::new(Semaphore::new(
                available_parallelism().map_or(1, NonZero::get),
            )),
        }
    }

    /// The answers to `__schema` and `__type`, by response key. Fields of ours are there too, as null. It takes as long as
    /// it takes, so no thread that others wait for is held up by it.
    ///
    /// # Errors
    /// If the thread ends early, or async-graphql does not read the document.
    pub(super) async fn answer(&self, asked: Introspected) -> Result<Introspection, Internal> {
        let permit = Arc::clone(&self.running).acquire_owned().await;
        let schema = Arc::clone(&self.schema);
        let runtime = Handle::current();
        let answered = tokio::task::spawn_blocking(move || {
            // The permit is kept until it is done, even where nobody waits for it any more.
            let _permit = permit;
            runtime.block_on(schema.execute(asked.into_request()))
        });
        let response = answered.await?;
        match response.data {
            Value::Object(values) => Ok(values),
            _ => Err(Internal::Broken(format!(
                "introspection was not answered: {:?}",
                response.errors
            ))),
        }
    }
}

impl Introspected {
    /// The document is written anew for it: async-graphql's parser refuses some of what the specification allows, such as
    /// descriptions and escapes of any width, and none of that is in what apollo-compiler writes.
    fn into_request(self) -> async_graphql::Request {
        let text = self.document.tree().serialize().no_indent().to_string();
        let mut variables = async_graphql::Variables::default();
        for (name, value) in self.variables.iter() {
            variables.insert(async_graphql::Name::new(name), value.clone());
        }
        let mut request = async_graphql::Request::new(text).variables(variables);
        request.operation_name = self.operation_name;
        request
    }
}
