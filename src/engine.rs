//! The way of a request: parse → validate → plan → load → answer.
//!
//! This module only leads from one step to the next. It must not know HTTP, SQL or any type of the schema.

mod document;

use serde_json::{Value, json};

use crate::{
    answer::{self, Introspection},
    error::{Internal, RequestError},
    load::{self, Executed, Loaded, Session, SqliteSnapshot},
    plan::{self, DEFAULT_COST_LIMIT, Operation, PageLimits, Plan},
    store::Readers,
};
use document::Documents;

/// A GraphQL request, as any transport hands it over.
#[derive(Debug, Default, Clone)]
pub struct Request {
    /// The document.
    pub query: String,
    /// Which of its operations to run; needed where it has several.
    pub operation_name: Option<String>,
    /// The values of its variables: an object.
    pub variables: Value,
    /// Whether to say which statements were run.
    pub explain: bool,
}

/// What became of a request.
#[derive(Debug)]
pub enum Answer {
    /// It was answered; the body of the response.
    Data(String),
    /// It could not be answered as it stands, and nothing was read.
    Refused(Vec<RequestError>),
    /// annals failed.
    Failed(Internal),
}

/// Settings of the engine.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// How large pages may be.
    pub pages: PageLimits,
    /// The most rows that one request may be answered with, as far as its plan tells.
    pub cost_limit: u64,
    /// Whether `extensions.explain` may be asked for.
    pub explain: bool,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            pages: PageLimits::default(),
            cost_limit: DEFAULT_COST_LIMIT,
            explain: true,
        }
    }
}

/// A request that can be answered.
struct Prepared {
    plan: Plan,
    /// The most rows that it can be answered with.
    cost: u64,
    introspection: Introspection,
}

/// Answers requests from one database.
pub struct Engine {
    documents: Documents,
    readers: Readers,
    settings: Settings,
}

impl Engine {
    /// An engine that reads through `readers`.
    ///
    /// # Errors
    /// If the declarations do not make a valid schema, which the tests rule out.
    pub fn new(readers: Readers, settings: Settings) -> Result<Engine, Internal> {
        Ok(Engine {
            documents: Documents::new()?,
            readers,
            settings,
        })
    }

    /// Answers one request. Never panics and never sends a cause that is internal.
    pub async fn execute(&self, request: Request) -> Answer {
        match self.prepare(&request).await {
            Ok(prepared) => {
                let explain = request.explain && self.settings.explain;
                match self.run(prepared, explain).await {
                    Ok(body) => Answer::Data(body),
                    Err(cause) => Answer::Failed(cause),
                }
            }
            Err(faults) => Answer::Refused(faults),
        }
    }

    /// Everything up to the plan: no data is read.
    async fn prepare(&self, request: &Request) -> Result<Prepared, Vec<RequestError>> {
        let name = request.operation_name.as_deref();
        let checked = self
            .documents
            .check(&request.query, name, &request.variables)?;
        let operation = Operation {
            document: checked.document(),
            definition: document::operation(checked.document(), name)?,
            variables: &checked.variables,
        };
        let plan = plan::plan(&operation, self.settings.pages).map_err(|fault| vec![fault])?;
        let cost =
            plan::cost(&plan, &operation, self.settings.cost_limit).map_err(|fault| vec![fault])?;
        let introspection = if plan.introspects() {
            self.documents.introspect(&checked, name).await
        } else {
            Introspection::new()
        };
        Ok(Prepared {
            plan,
            cost,
            introspection,
        })
    }

    /// Loads a plan and writes the body of the response.
    async fn run(&self, prepared: Prepared, explain: bool) -> Result<String, Internal> {
        let limit = self.settings.cost_limit;
        if prepared.plan.loads.is_empty() {
            return Ok(body(&prepared, &[], explain.then(Vec::new), limit));
        }
        let reader = self.readers.acquire().await;
        tokio::task::spawn_blocking(move || {
            let mut snapshot = SqliteSnapshot::begin(&reader)?;
            let mut session = if explain {
                Session::explained(&mut snapshot)
            } else {
                Session::new(&mut snapshot)
            };
            let loaded = load::load(&mut session, &prepared.plan)?;
            let executed = session.into_executed();
            Ok(body(&prepared, &loaded, executed, limit))
        })
        .await?
    }
}

/// The body of a response that has data.
fn body(
    prepared: &Prepared,
    loaded: &[Loaded],
    executed: Option<Vec<Executed>>,
    limit: u64,
) -> String {
    let Prepared {
        plan,
        cost,
        introspection,
    } = prepared;
    let mut body = answer::append_data("{\"data\":".into(), plan, loaded, introspection);
    if let Some(executed) = executed {
        let statements: Vec<Value> = executed
            .iter()
            .map(
                |executed| json!({ "sql": executed.sql, "rows": executed.rows, "ms": executed.ms }),
            )
            .collect();
        let cost = json!({ "estimate": cost, "limit": limit });
        let extensions = json!({ "explain": { "cost": cost, "statements": statements } });
        body.push_str(",\"extensions\":");
        body.push_str(&extensions.to_string());
    }
    body.push('}');
    body
}
