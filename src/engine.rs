//! The way of a request: parse → validate → plan → load → answer.
//!
//! This module only leads from one step to the next. It must not know HTTP, SQL or any type of the schema.

mod check;
mod conflicts;
mod document;
mod numbers;
mod suggest;
mod syntax;
mod validator;

use std::{sync::Arc, time::Instant};

use async_graphql::parser::types::OperationType;
use serde_json::{Value, json};

use crate::{
    answer::{self, Introspection},
    error::{Code, Internal, RequestError},
    guard::Limits,
    load::{self, Executed, Loaded, Session, SqliteSnapshot, Stop},
    plan::{self, Codes, DEFAULT_COST_LIMIT, Operation, PageLimits, Plan},
    schema,
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
    /// Whether it came in a way that is for queries only.
    pub queries_only: bool,
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
    /// What a request may be like at most.
    pub limits: Limits,
    /// Whether clients may ask what the schema has, and errors tell it.
    pub introspection: bool,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            pages: PageLimits::default(),
            cost_limit: DEFAULT_COST_LIMIT,
            explain: true,
            limits: Limits::default(),
            introspection: true,
        }
    }
}

/// A request that can be answered: all its faults have been looked for, and nothing has been read.
pub struct Prepared {
    plan: Plan,
    cost: u64,
    introspection: Introspection,
    explain: bool,
}

impl Prepared {
    /// The most rows that it can be answered with.
    pub fn cost(&self) -> u64 {
        self.cost
    }

    /// Whether anything is read for it; introspection is answered from memory.
    pub fn reads(&self) -> bool {
        !self.plan.loads.is_empty()
    }

    /// Whether its answer says how it came about, which is not the same each time.
    pub fn is_explained(&self) -> bool {
        self.explain
    }
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
            documents: Documents::new(settings.limits, settings.introspection)?,
            readers,
            settings,
        })
    }

    /// What a request may be like at most, for whoever reads requests.
    pub fn limits(&self) -> &Limits {
        &self.settings.limits
    }

    /// What of the engine decides answers, beside requests and data: its schema and its settings, as text.
    pub fn identity(&self) -> String {
        let settings = &self.settings;
        format!(
            "{} {settings:?} {}",
            env!("CARGO_PKG_VERSION"),
            schema::sdl()
        )
    }

    /// Whether clients may learn what the schema has.
    pub fn introspection(&self) -> bool {
        self.settings.introspection
    }

    /// Names the state of the data: another one after every import, in every process that serves the database.
    ///
    /// # Errors
    /// Whatever the database reports.
    pub fn data_version(&self) -> Result<Arc<str>, Internal> {
        Ok(self.readers.data_version()?)
    }

    /// Answers one request, however long it takes.
    pub async fn execute(&self, request: Request) -> Answer {
        match self.prepare(&request).await {
            Ok(prepared) => match self.run(prepared, None).await {
                Ok(body) => Answer::Data(body),
                Err(cause) => Answer::Failed(cause),
            },
            Err(faults) => Answer::Refused(faults),
        }
    }

    /// Everything up to the plan: no data is read.
    ///
    /// # Errors
    /// The faults of the request.
    pub async fn prepare(&self, request: &Request) -> Result<Prepared, Vec<RequestError>> {
        let name = request.operation_name.as_deref();
        let checked = self
            .documents
            .check(&request.query, name, &request.variables)
            .map_err(|faults| match request.queries_only {
                true => self.refuse_writes(&request.query, name).unwrap_or(faults),
                false => faults,
            })?;
        let operation = Operation {
            document: checked.document(),
            definition: document::operation(checked.document(), name)?,
            variables: &checked.variables,
        };
        let codes = self.readers.codes();
        let known = Codes {
            metrics: &codes.metrics,
            units: &codes.units,
        };
        let plan =
            plan::plan(&operation, self.settings.pages, known).map_err(|fault| vec![fault])?;
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
            explain: request.explain && self.settings.explain,
        })
    }

    /// Why a document that would write cannot come in a way that is for queries only, whatever else is wrong with it.
    fn refuse_writes(&self, query: &str, name: Option<&str>) -> Option<Vec<RequestError>> {
        match self.documents.operation_type(query, name)? {
            OperationType::Query => None,
            kind => Some(vec![RequestError::new(
                Code::MethodNotAllowed,
                format!(
                    "GET is for queries only, and the operation is a {kind}; send it with POST."
                ),
            )]),
        }
    }

    /// Loads a plan and writes the body of the response. Where this is dropped, reading stops.
    ///
    /// # Errors
    /// [`Internal::Stopped`] where it would take longer than until `deadline`; else whatever the database reports.
    pub async fn run(
        &self,
        prepared: Prepared,
        deadline: Option<Instant>,
    ) -> Result<String, Internal> {
        let limit = self.settings.cost_limit;
        let explain = prepared.explain;
        if !prepared.reads() {
            return Ok(body(&prepared, &[], explain.then(Vec::new), limit));
        }
        let stop = Stop::at(deadline);
        let _waiting = stop.when_dropped();
        let reader = match deadline {
            None => self.readers.acquire().await,
            Some(deadline) => tokio::time::timeout_at(deadline.into(), self.readers.acquire())
                .await
                .map_err(|_| Internal::Stopped)?,
        };
        tokio::task::spawn_blocking(move || {
            let mut snapshot = SqliteSnapshot::begin(&reader, stop)?;
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
        ..
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
