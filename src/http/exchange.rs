//! Answers one request: from memory where it was answered before, else through the engine, within what the client may
//! spend and the time that a request may take. It writes no HTTP.

use std::{net::IpAddr, sync::Arc, time::Instant};

use axum::http::{HeaderMap, StatusCode};
use serde_json::Value;
use tokio::time::timeout_at;

use super::{
    answers::{Answered, Answers},
    digest::{Digest, digest},
    etag,
    gate::Gate,
    persisted::Documents,
    rate::{Meter, Rate},
    read::{Malformed, Parameters},
    refusal::Refusal,
    settings::Settings,
};
use crate::{
    engine::{Engine, Prepared, Request, Unprepared},
    error::{Code, Internal, RequestError},
    guard::Limits,
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
    rate: Option<Rate>,
}

/// On whose behalf and in which way a request is asked.
pub(super) struct Asking<'a> {
    pub(super) client: IpAddr,
    /// Whether it is a GET, which is for queries only.
    pub(super) is_get: bool,
    pub(super) headers: &'a HeaderMap,
    pub(super) deadline: Instant,
    /// The number of the exchange in the log.
    pub(super) id: &'a str,
}

/// What became of a request that was not refused.
pub(super) enum Outcome {
    /// It was answered.
    Answered {
        body: axum::body::Bytes,
        /// Stands for the request and the data; there is none where the answer is another one each time.
        key: Option<Digest>,
    },
    /// The client has the answer already.
    NotModified { key: Digest },
}

/// Why a request that could be answered was not.
enum Failure {
    Busy,
    Internal(Internal),
}

impl Exchange {
    pub(super) fn new(engine: Arc<Engine>, settings: Settings) -> Exchange {
        Exchange {
            identity: digest(&[engine.identity().as_bytes()]),
            answers: Answers::new(settings.answers),
            documents: Documents::new(),
            gate: Gate::new(engine.readers(), settings.queued),
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
            operation_name: parameters.operation_name,
            variables: Value::Object(parameters.variables.unwrap_or_default()),
            explain: extensions.explain,
            queries_only: asking.is_get,
        };
        let key = self
            .key(&request)
            .map_err(|cause| self.failed(cause, asking))?;
        if !request.explain {
            if asking.is_get && etag::is_known(asking.headers, &key) {
                return Ok(Outcome::NotModified { key });
            }
            if let Some(answered) = self.answers.get(&key).await {
                // What an answer may cost is spent whether it is at hand or not, so that a client can tell beforehand.
                self.spend_cost(asking.client, answered.cost)?;
                return Ok(Outcome::Answered {
                    body: answered.body,
                    key: Some(key),
                });
            }
        }
        let prepared = self
            .engine
            .prepare(&request)
            .await
            .map_err(|fault| match fault {
                Unprepared::Refused(faults) => Refusal::of_request(faults),
                Unprepared::Failed(cause) => self.failed(cause, asking),
            })?;
        if persisted.is_some() {
            self.documents.keep(&request.query);
        }
        self.spend_cost(asking.client, prepared.cost().rows)?;
        self.run(prepared, key, asking).await
    }

    async fn run(
        &self,
        prepared: Prepared,
        key: Digest,
        asking: &Asking<'_>,
    ) -> Result<Outcome, Refusal> {
        let explained = prepared.is_explained();
        let cost = prepared.cost().rows;
        let make = async {
            let _inside = match prepared.reads() {
                true => Some(self.gate.enter().await.ok_or(Failure::Busy)?),
                false => None,
            };
            // Whoever has the answer made pays for the time that it takes, and is charged even if it goes away.
            let _meter = Meter::start(self.rate.as_ref(), asking.client, cost);
            let body = self.engine.run(prepared, Some(asking.deadline)).await;
            match body {
                Ok(mut body) => {
                    // What is kept takes what it weighs: its room was made for more than it came to.
                    body.shrink_to_fit();
                    Ok(Answered {
                        body: body.into(),
                        cost,
                    })
                }
                Err(cause) => Err(Failure::Internal(cause)),
            }
        };
        let made = async {
            match explained {
                true => make.await.map_err(Arc::new),
                false => self.answers.get_or_make(key, make).await,
            }
        };
        match timeout_at(asking.deadline.into(), made).await {
            Ok(Ok(answered)) => Ok(Outcome::Answered {
                body: answered.body,
                key: (!explained).then_some(key),
            }),
            Ok(Err(failure)) => Err(match &*failure {
                Failure::Busy => Refusal::busy(),
                Failure::Internal(Internal::Refused(fault)) => {
                    Refusal::of_request(vec![fault.as_ref().clone()])
                }
                Failure::Internal(Internal::Stopped) => Refusal::timeout(self.settings.timeout),
                Failure::Internal(cause) => self.failed(cause, asking),
            }),
            Err(_) => Err(Refusal::timeout(self.settings.timeout)),
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
        ]))
    }

    fn failed(&self, cause: impl std::fmt::Display, asking: &Asking<'_>) -> Refusal {
        tracing::error!(%cause, "failed");
        Refusal::failed(asking.id)
    }
}

fn malformed(fault: RequestError) -> Refusal {
    Refusal::from(Malformed::from((StatusCode::BAD_REQUEST, fault)))
}
