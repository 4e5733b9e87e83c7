//! What the HTTP edge was told to do. Settings are data: nothing here reads a request.

use std::{num::NonZeroU32, time::Duration};

use axum::http::HeaderValue;
use ipnet::IpNet;

use crate::limits::Limits;

/// Settings of the HTTP edge.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The largest body of a request in bytes, as it is sent and as it is unpacked.
    pub body: usize,
    /// How long a request may take, from its head to its answer.
    pub timeout: Duration,
    /// How long a client may take to send a head, to send a body, or to take in what it is sent.
    pub client_timeout: Duration,
    /// The most connections at once.
    pub connections: usize,
    /// The most connections at once of one address, or of one network of 64 bits in IPv6; trusted proxies have no such
    /// limit.
    pub connections_per_address: usize,
    /// The most requests that wait until a reader is free.
    pub queued: usize,
    /// The most requests in one body; 0 where a list of requests is refused.
    pub batch: usize,
    /// How many bytes of answers are sent at once.
    pub pending: usize,
    /// How much of answers is kept in memory, in bytes.
    pub answers: u64,
    /// For how many seconds others may keep the answer to a GET without asking again.
    pub max_age: u32,
    /// Which pages of other origins may ask.
    pub origins: Origins,
    /// The most rows that one client may ask for in a minute, as estimated before anything is read, and with what reading
    /// took beyond that; unlimited where there is none.
    pub rows_per_minute: Option<NonZeroU32>,
    /// Where the server is reached from outside, without a slash at the end; where it is not set, requests tell.
    pub public_url: Option<String>,
    /// The proxies that are believed when they say on whose behalf they ask.
    pub proxies: Vec<IpNet>,
}

/// Which pages of other origins may read answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origins {
    /// All of them, without credentials.
    Any,
    /// These, with credentials or without.
    Listed {
        /// The origins, such as `https://example.org`.
        origins: Vec<HeaderValue>,
        /// Whether browsers may send cookies and the like with requests.
        credentials: bool,
    },
}

impl Settings {
    /// These limits, and everything else as it is unless it is set.
    pub fn new(limits: &Limits) -> Settings {
        let count = |number| usize::try_from(number).unwrap_or(usize::MAX);
        Settings {
            body: count(limits.body),
            timeout: Duration::from_secs(limits.timeout),
            client_timeout: Duration::from_secs(limits.client_timeout),
            connections: count(limits.connections),
            connections_per_address: count(limits.connections_per_address),
            queued: count(limits.queued),
            batch: count(limits.batch),
            pending: count(limits.pending),
            answers: limits.cache,
            max_age: u32::try_from(limits.cache_max_age).unwrap_or(u32::MAX),
            origins: Origins::Any,
            rows_per_minute: None,
            public_url: None,
            proxies: Vec::new(),
        }
    }
}
