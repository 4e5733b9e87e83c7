//! The way of a request: parse → validate → plan → load → answer.
//!
//! This module only leads from one step to the next. It must not know HTTP, SQL or any type of the schema.

mod introspection;

use std::{sync::Arc, time::Instant};

use apollo_compiler::ast::OperationType;
use entity::sizes::Sizes;
use serde_json::{Value, json};

use crate::{
    answer::{self, Introspection},
    document::Documents,
    error::{Code, DatabaseError, Internal, RequestError},
    limits::Limits,
    load::{self, Cancellation, Executed, Session, SqliteSnapshot},
    plan::{self, Codes, Cost, CostLimits, Operation, Plan, Table, TableLists},
    schema::sdl,
    store::{ReadError, Readers},
};
use introspection::{Introspected, Introspector};

pub use crate::answer::Format;

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
    /// What the answer is written as. What is not JSON has no `extensions`.
    pub format: Format,
}

/// What became of a request.
#[derive(Debug)]
pub enum Answer {
    /// It was answered; the body of the response.
    Data(String),
    /// It could not be answered as it stands.
    Refused(Vec<RequestError>),
    /// annals failed.
    Failed(Internal),
}

/// Settings of the engine.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Whether `extensions.explain` may be asked for.
    pub explain: bool,
    /// What a request may be like and come to at most.
    pub limits: Limits,
    /// Whether clients may ask what the schema has, and errors tell it.
    pub introspection: bool,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            explain: true,
            limits: Limits::default(),
            introspection: true,
        }
    }
}

/// A request that can be answered: all its faults have been looked for, and nothing has been read.
pub struct Prepared {
    plan: Plan,
    cost: Cost,
    /// Its rows, where it is to be answered with these alone, and what they are written as.
    table: Option<(Table, Format)>,
    /// What async-graphql is asked; it is asked no earlier than the answer is made, since what it says takes more memory
    /// than the request.
    introspected: Option<Introspected>,
    explain: bool,
}

impl Prepared {
    /// What it costs at the most.
    pub fn cost(&self) -> Cost {
        self.cost
    }

    /// Whether anything is read for it; introspection is answered from memory.
    pub fn reads(&self) -> bool {
        !self.plan.loads.is_empty()
    }

    /// The body of the response, as it was asked for.
    fn tabulate(&self, written: String, limit: &answer::Limit) -> Result<String, Internal> {
        match &self.table {
            None => Ok(written),
            Some((table, format)) => answer::write_table(written, table, *format, limit),
        }
    }

    /// What `extensions` says: which statements were run, and what the request may cost.
    fn extensions(&self, executed: Option<Vec<Executed>>, limits: &Limits) -> Option<Value> {
        let statements: Vec<Value> = executed?
            .into_iter()
            .map(
                |executed| json!({ "sql": executed.sql, "rows": executed.rows, "ms": executed.ms }),
            )
            .collect();
        let cost = json!({
            "estimate": self.cost.rows,
            "limit": limits.cost,
            "work": self.cost.work,
            "workLimit": limits.work,
        });
        Some(json!({ "explain": { "cost": cost, "statements": statements } }))
    }

    /// Whether its answer says how it came about, which is not the same each time.
    pub fn is_explained(&self) -> bool {
        self.explain
    }
}

/// Why a request was not prepared.
#[derive(Debug)]
pub enum Unprepared {
    /// It cannot be answered as it stands.
    Refused(Vec<RequestError>),
    /// annals failed.
    Failed(Internal),
}

impl From<Vec<RequestError>> for Unprepared {
    fn from(faults: Vec<RequestError>) -> Unprepared {
        Unprepared::Refused(faults)
    }
}

impl From<RequestError> for Unprepared {
    fn from(fault: RequestError) -> Unprepared {
        Unprepared::Refused(vec![fault])
    }
}

/// Answers requests from one database.
pub struct Engine {
    documents: Documents,
    introspector: Introspector,
    sdl: String,
    readers: Readers,
    settings: Settings,
}

impl Engine {
    /// An engine that reads through `readers`.
    ///
    /// # Errors
    /// If the declarations do not make a valid schema, which the tests rule out.
    pub fn new(readers: Readers, settings: Settings) -> Result<Engine, Internal> {
        let pages = settings.limits.pages();
        let sdl = sdl(pages);
        Ok(Engine {
            documents: Documents::new(&sdl, settings.limits, settings.introspection)?,
            introspector: Introspector::new(pages),
            sdl,
            readers,
            settings,
        })
    }

    /// What a request may be like at most, for whoever reads requests.
    pub fn limits(&self) -> &Limits {
        &self.settings.limits
    }

    /// How many requests can be read for at once.
    pub fn readers(&self) -> usize {
        self.readers.count()
    }

    /// What of the engine decides answers, beside requests and data: its schema and its settings, as text.
    pub fn identity(&self) -> String {
        let settings = &self.settings;
        format!("{} {settings:?} {}", env!("CARGO_PKG_VERSION"), self.sdl)
    }

    /// The schema in the schema definition language, with the limits that are set.
    pub fn sdl(&self) -> &str {
        &self.sdl
    }

    /// Whether clients may learn what the schema has.
    pub fn introspection(&self) -> bool {
        self.settings.introspection
    }

    /// Names the state of the data: another one after every import, in every process that serves the database.
    ///
    /// # Errors
    /// [`Internal::DatabaseUnavailable`] while the database file is missing; else whatever the database reports.
    pub fn data_version(&self) -> Result<Arc<str>, Internal> {
        self.readers.data_version().map_err(unreadable)
    }

    /// Answers one request, however long it takes.
    pub async fn execute(&self, request: Request) -> Answer {
        match self.prepare(&request).await {
            Ok(prepared) => match self.run(prepared, None).await {
                Ok(body) => Answer::Data(body),
                Err(Internal::Refused(fault)) => Answer::Refused(vec![*fault]),
                Err(cause) => Answer::Failed(cause),
            },
            Err(Unprepared::Refused(faults)) => Answer::Refused(faults),
            Err(Unprepared::Failed(cause)) => Answer::Failed(cause),
        }
    }

    /// Everything up to the plan and its cost: no row is read.
    ///
    /// # Errors
    /// The faults of the request, and whatever the database reports of its sizes.
    pub async fn prepare(&self, request: &Request) -> Result<Prepared, Unprepared> {
        let name = request.operation_name.as_deref();
        let (document, variables) = self
            .documents
            .check(&request.query, name, &request.variables)
            .map_err(|faults| match request.queries_only {
                true => self.refuse_writes(&request.query, name).unwrap_or(faults),
                false => faults,
            })?;
        let operation = Operation {
            document: &document,
            definition: document.operation(name)?,
            variables: &variables,
        };
        let limits = &self.settings.limits;
        let codes = self.readers.codes();
        let known = Codes {
            metrics: &codes.metrics,
            units: &codes.units,
        };
        let mut plan = plan::plan(&operation, limits, known)?;
        let table = match request.format {
            Format::Json => None,
            _ if request.explain => {
                return Err(RequestError::new(
                    Code::NotAcceptable,
                    "Rows say nothing beside them; leave out extensions.explain, or accept application/json.",
                )
                .into());
            }
            format => {
                let lists = match format {
                    Format::JsonLines => TableLists::Allowed,
                    _ => TableLists::Refused,
                };
                Some((
                    plan::table(&mut plan, limits.pages().largest, lists)?,
                    format,
                ))
            }
        };
        let most = CostLimits::from(limits);
        let cost = match plan.loads.is_empty() {
            // What reads nothing costs the same in every database.
            true => plan::cost(&plan, &operation, &Sizes::default(), most)?,
            false => {
                let sizes = self.sizes().await.map_err(Unprepared::Failed)?;
                plan::cost(&plan, &operation, &sizes, most)?
            }
        };
        let introspected = plan.introspects().then(|| Introspected {
            document: Arc::clone(&document),
            operation_name: request.operation_name.clone(),
            variables: variables.clone(),
        });
        Ok(Prepared {
            plan,
            cost,
            introspected,
            explain: request.explain && self.settings.explain,
            table,
        })
    }

    async fn sizes(&self) -> Result<Arc<Sizes>, Internal> {
        self.readers.sizes().await?.map_err(unreadable)
    }

    /// Why a document that would write cannot come in a way that is for queries only, whatever else is wrong with it.
    fn refuse_writes(&self, query: &str, name: Option<&str>) -> Option<Vec<RequestError>> {
        match self.documents.operation_type(query, name)? {
            OperationType::Query => None,
            kind => Some(vec![RequestError::new(
                Code::MethodNotAllowed,
                format!(
                    "GET is for queries only, and the operation is a {}; send it with POST.",
                    kind.name()
                ),
            )]),
        }
    }

    /// Loads a plan and writes the body of the response. Where this is dropped, reading and writing stop.
    ///
    /// # Errors
    /// [`Internal::Refused`] where it passes a limit that only shows while it is read or written, [`Internal::Stopped`] where it would take longer than until `deadline`; else whatever the database reports.
    pub async fn run(
        &self,
        prepared: Prepared,
        deadline: Option<Instant>,
    ) -> Result<String, Internal> {
        let limits = self.settings.limits;
        let explain = prepared.explain;
        let cancellation = Cancellation::at(deadline);
        let limit = answer::Limit {
            answer: limits.answer(),
            cancellation: cancellation.clone(),
        };
        if !prepared.reads() {
            let introspection = self.introspect(&prepared).await?;
            let written = answer::write(
                &prepared.plan,
                &[],
                &introspection,
                prepared
                    .extensions(explain.then(Vec::new), &limits)
                    .as_ref(),
                limit.clone(),
            );
            return prepared.tabulate(written?, &limit);
        }
        let _waiting = cancellation.drop_guard();
        let reader = match deadline {
            None => self.readers.acquire().await,
            Some(deadline) => tokio::time::timeout_at(deadline.into(), self.readers.acquire())
                .await
                .map_err(|_| Internal::Stopped)?,
        };
        let introspection = self.introspect(&prepared).await?;
        let request = tracing::Span::current();
        tokio::task::spawn_blocking(move || {
            let _request = request.entered();
            let mut snapshot = SqliteSnapshot::begin(&reader, cancellation.clone())?;
            let mut session = if explain {
                Session::explained(&mut snapshot)
            } else {
                Session::new(&mut snapshot)
            };
            session = session
                .within(limits.loaded())
                .with_max_groups(limits.groups().bytes());
            let loaded = load::load(&mut session, &prepared.plan)?;
            let executed = session.into_executed();
            let extensions = prepared.extensions(executed, &limits);
            let written = answer::write(
                &prepared.plan,
                &loaded,
                &introspection,
                extensions.as_ref(),
                limit.clone(),
            );
            // Rows are made of what was written alone.
            drop(loaded);
            prepared.tabulate(written?, &limit)
        })
        .await?
    }

    async fn introspect(&self, prepared: &Prepared) -> Result<Introspection, Internal> {
        match prepared.introspected.clone() {
            None => Ok(Introspection::new()),
            Some(asked) => self.introspector.answer(asked).await,
        }
    }
}

/// Why nothing can be read from the database.
fn unreadable(cause: ReadError) -> Internal {
    match cause {
        ReadError::Unavailable => Internal::DatabaseUnavailable,
        ReadError::Failed(cause) => Internal::Database(DatabaseError::new(cause)),
    }
}
