//! Answers one request: from memory where it was answered before, else through the engine, within what the client may
//! spend, the time that a request may take and the room for answers. It writes no HTTP.

use std::{
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

use axum::http::{HeaderMap, StatusCode};
use serde_json::Value;
use tokio::time::timeout_at;

use super::{
    answers::{Answered, Answers},
    digest::{Digest, digest},
    etag,
    gate::Gate,
    pending::{Pending, Room},
    persisted::Documents,
    rate::{Meter, Rate},
    read::{Malformed, Parameters},
    refusal::Refusal,
    settings::Settings,
};
use crate::{
    downloads::{DownloadError, Downloads},
    engine::{Engine, Format, Prepared, Request, Unprepared},
    error::{Code, Internal, RequestError, shortened},
    limits::Limits,
};

/// All that requests share.
pub(super) struct Exchange {
    pub(super) settings: Settings,
    engine: Arc<Engine>,
    /// Stands for whatever decides answers beside requests and data.
    identity: Digest,
    answers: Answers,
    documents: Documents,
    gate: Gate,
    /// Files are made one at a time.
    files: Gate,
    /// What makes files.
    pub(super) downloads: Downloads,
    pending: Pending,
    rate: Option<Rate>,
}

/// On whose behalf and in which way a request is asked.
pub(super) struct Asking<'a> {
    pub(super) client: IpAddr,
    /// Whether it is a GET, which is for queries only.
    pub(super) is_get: bool,
    pub(super) headers: &'a HeaderMap,
    /// What the answer is written as.
    pub(super) format: Format,
    pub(super) deadline: Instant,
    /// The number of the exchange in the log.
    pub(super) id: &'a str,
}

/// What became of a request that was not refused.
pub(super) enum Outcome {
    /// It was answered.
    Answered {
        body: axum::body::Bytes,
        /// What it takes of the room for answers until it is sent.
        room: Room,
        /// Stands for the request and the data; there is none where the answer is another one each time.
        key: Option<Digest>,
    },
    /// The client has the answer already.
    NotModified { key: Digest },
}

/// Why a request that could be answered was not.
enum Failure {
    Busy,
    /// There was no room to keep the answer until it is sent.
    Crowded,
    Internal(Internal),
    /// A file could not be made.
    Download(DownloadError),
}

impl Exchange {
    pub(super) fn new(engine: Arc<Engine>, downloads: Downloads, settings: Settings) -> Exchange {
        Exchange {
            identity: digest(&[engine.identity().as_bytes()]),
            answers: Answers::new(settings.answers),
            documents: Documents::new(),
            gate: Gate::new(engine.readers(), settings.queued),
            files: Gate::new(1, settings.queued),
            downloads,
            pending: Pending::new(settings.pending),
            rate: settings.rows_per_minute.map(Rate::new),
            engine,
            settings,
        }
    }

    /// What a request may be like at most.
    pub(super) fn limits(&self) -> &Limits {
        self.engine.limits()
    }

    /// Whether clients may learn what the schema has.
    pub(super) fn introspection(&self) -> bool {
        self.engine.introspection()
    }

    /// The schema in the schema definition language.
    pub(super) fn schema(&self) -> &str {
        self.engine.sdl()
    }

    /// Takes rows from what a client may spend.
    pub(super) fn spend(&self, client: IpAddr, rows: u64) -> Result<(), Refusal> {
        match &self.rate {
            None => Ok(()),
            Some(rate) => rate
                .spend(client, rows)
                .map_err(|wait| Refusal::rate_limited(rate.rows_per_minute(), wait)),
        }
    }

    /// Takes the cost of a request from what a client may spend. The first of its rows was spent on the request itself.
    fn spend_cost(&self, client: IpAddr, rows: u64) -> Result<(), Refusal> {
        match &self.rate {
            Some(rate) if !rate.is_affordable(rows) => {
                Err(Refusal::never_affordable(rate.rows_per_minute(), rows))
            }
            _ => self.spend(client, rows.saturating_sub(1)),
        }
    }

    /// Forgets the clients that have spent nothing lately.
    pub(super) fn forget_clients(&self) {
        if let Some(rate) = &self.rate {
            rate.forget();
        }
    }

    /// Answers a request.
    pub(super) async fn answer(
        &self,
        parameters: Parameters,
        asking: &Asking<'_>,
    ) -> Result<Outcome, Refusal> {
        let extensions = parameters.extensions.unwrap_or_default();
        let persisted = extensions.persisted_query;
        let query = match (parameters.query, &persisted) {
            (Some(query), None) => query,
            (Some(query), Some(named)) => {
                Documents::check(named, &query).map_err(malformed)?;
                query
            }
            (None, Some(named)) => {
                self.documents
                    .find(named)
                    .map_err(|fault| match fault.code {
                        Code::PersistedQueryNotFound => Refusal::of_request(vec![fault]),
                        _ => malformed(fault),
                    })?
            }
            (None, None) => {
                return Err(malformed(RequestError::new(
                    Code::BadUserInput,
                    "There is no query; send the document as the string query.",
                )));
            }
        };
        let request = Request {
            query,
            // An empty name is none: clients send it where a name was not given, and a GET cannot tell the two apart.
            operation_name: parameters.operation_name.filter(|name| !name.is_empty()),
            variables: Value::Object(parameters.variables.unwrap_or_default()),
            explain: extensions.explain,
            queries_only: asking.is_get,
            format: asking.format,
        };
        // Registered before anything else: a client that is answered from memory, or by its tag, sends the document no more.
        if persisted.is_some() && !self.documents.has(&request.query) {
            self.prepare(&request, asking).await?;
            self.documents.keep(&request.query);
        }
        let key = self.key(&request).map_err(|cause| match cause {
            Internal::DatabaseUnavailable => Refusal::database_unavailable(),
            cause => self.failed(cause, asking),
        })?;
        if !request.explain {
            if asking.is_get && etag::is_known(asking.headers, &key) {
                return Ok(Outcome::NotModified { key });
            }
            if let Some(answered) = self.answers.get(&key).await {
                // What an answer may cost is spent whether it is at hand or not, so that a client can tell beforehand.
                self.spend_cost(asking.client, answered.cost)?;
                return Ok(Outcome::Answered {
                    room: self.room(&answered, asking).await?,
                    body: answered.body,
                    key: Some(key),
                });
            }
        }
        let prepared = self.prepare(&request, asking).await?;
        self.spend_cost(asking.client, prepared.cost().rows)?;
        self.run(prepared, key, asking).await
    }

    async fn prepare(&self, request: &Request, asking: &Asking<'_>) -> Result<Prepared, Refusal> {
        let prepared = self.engine.prepare(request).await;
        prepared.map_err(|fault| match fault {
            Unprepared::Refused(faults) => Refusal::of_request(faults),
            Unprepared::Failed(Internal::DatabaseUnavailable) => Refusal::database_unavailable(),
            Unprepared::Failed(cause) => self.failed(cause, asking),
        })
    }

    async fn run(
        &self,
        prepared: Prepared,
        key: Digest,
        asking: &Asking<'_>,
    ) -> Result<Outcome, Refusal> {
        let explained = prepared.is_explained();
        let cost = prepared.cost().rows;
        let gate = prepared.reads().then_some(&self.gate);
        let body = async {
            let body = self.engine.run(prepared, Some(asking.deadline)).await;
            Ok(body.map_err(Failure::Internal)?.into_bytes())
        };
        self.make((!explained).then_some(key), cost, gate, body, asking)
            .await
    }

    /// Sends a file that is made from the data: from memory where it was made before, else made now, one at a time. What
    /// names it and decides its content, beside the data, is `name`.
    pub(super) async fn file(
        &self,
        name: &[&str],
        make: impl Future<Output = Result<Vec<u8>, DownloadError>>,
        asking: &Asking<'_>,
    ) -> Result<Outcome, Refusal> {
        self.spend(asking.client, 1)?;
        let version = self.engine.data_version().map_err(|cause| match cause {
            Internal::DatabaseUnavailable => Refusal::database_unavailable(),
            cause => self.failed(cause, asking),
        })?;
        let mut parts = vec![&self.identity[..], b"file", version.as_bytes()];
        parts.extend(name.iter().map(|part| part.as_bytes()));
        let key = digest(&parts);
        if etag::is_known(asking.headers, &key) {
            return Ok(Outcome::NotModified { key });
        }
        if let Some(answered) = self.answers.get(&key).await {
            return Ok(Outcome::Answered {
                room: self.room(&answered, asking).await?,
                body: answered.body,
                key: Some(key),
            });
        }
        let body = async { make.await.map_err(Failure::Download) };
        self.make(Some(key), 1, Some(&self.files), body, asking)
            .await
    }

    /// Has a body made within what there is of time and room, and keeps it under its key if it has one.
    async fn make(
        &self,
        key: Option<Digest>,
        cost: u64,
        gate: Option<&Gate>,
        body: impl Future<Output = Result<Vec<u8>, Failure>>,
        asking: &Asking<'_>,
    ) -> Result<Outcome, Refusal> {
        let waits_for_room = AtomicBool::new(false);
        let mut room = None;
        let make = async {
            let inside = match gate {
                Some(gate) => Some(gate.enter().await.ok_or(Failure::Busy)?),
                None => None,
            };
            // Whoever has the answer made pays for the time that it takes, and is charged even if it goes away.
            let _meter = Meter::start(self.rate.as_ref(), asking.client, cost);
            let mut body = body.await?;
            // What is kept takes what it weighs: its room was made for more than it came to.
            body.shrink_to_fit();
            // An answer that waits for room keeps its place among those that read, so that there are no more of them than
            // of these. What has no such place does not wait.
            waits_for_room.store(true, Ordering::Relaxed);
            let free = match inside {
                Some(_) => self.pending.take(body.len()).await,
                None => self.pending.try_take(body.len()),
            };
            room = Some(free.ok_or(Failure::Crowded)?);
            Ok(Answered {
                body: body.into(),
                cost,
            })
        };
        let made = async {
            match key {
                None => make.await.map_err(Arc::new),
                Some(key) => self.answers.get_or_make(key, make).await,
            }
        };
        let made = timeout_at(asking.deadline.into(), made).await;
        match made {
            Ok(Ok(answered)) => Ok(Outcome::Answered {
                room: match room {
                    Some(room) => room,
                    // Somebody else had it made.
                    None => self.room(&answered, asking).await?,
                },
                body: answered.body,
                key,
            }),
            Ok(Err(failure)) => Err(match &*failure {
                Failure::Busy => Refusal::busy(),
                Failure::Crowded => Refusal::crowded(),
                Failure::Internal(Internal::Refused(fault)) => {
                    Refusal::of_request(vec![fault.as_ref().clone()])
                }
                Failure::Internal(Internal::Stopped) => Refusal::timeout(self.settings.timeout),
                Failure::Internal(cause) => self.failed(cause, asking),
                Failure::Download(DownloadError::NotFound) => Refusal::no_file(),
                Failure::Download(DownloadError::TooLarge { rows }) => {
                    Refusal::large_file(*rows, self.limits().download)
                }
                Failure::Download(DownloadError::Unavailable) => Refusal::database_unavailable(),
                Failure::Download(cause) => self.failed(cause, asking),
            }),
            Err(_) if waits_for_room.load(Ordering::Relaxed) => Err(Refusal::crowded()),
            Err(_) => Err(Refusal::timeout(self.settings.timeout)),
        }
    }

    /// Waits for room for an answer that is in memory already, for as long as the request may take.
    async fn room(&self, answered: &Answered, asking: &Asking<'_>) -> Result<Room, Refusal> {
        let room = self.pending.take(answered.body.len());
        match timeout_at(asking.deadline.into(), room).await {
            Ok(Some(room)) => Ok(room),
            Ok(None) | Err(_) => Err(Refusal::crowded()),
        }
    }

    /// Stands for a request, the data, and whatever else decides the answer.
    fn key(&self, request: &Request) -> Result<Digest, Internal> {
        let version = self.engine.data_version()?;
        let name = request.operation_name.as_deref();
        Ok(digest(&[
            &self.identity,
            version.as_bytes(),
            request.query.as_bytes(),
            // No operation has an empty name, so this is that of none.
            name.unwrap_or_default().as_bytes(),
            request.variables.to_string().as_bytes(),
            match request.format {
                Format::Json => b"json",
                Format::Csv => b"csv",
                Format::JsonLines => b"jsonl",
            },
        ]))
    }

    fn failed(&self, cause: impl std::fmt::Display, asking: &Asking<'_>) -> Refusal {
        tracing::error!(cause = shortened(&cause.to_string()), "failed");
        Refusal::failed(asking.id)
    }
}

fn malformed(fault: RequestError) -> Refusal {
    Refusal::from(Malformed::from((StatusCode::BAD_REQUEST, fault)))
}
