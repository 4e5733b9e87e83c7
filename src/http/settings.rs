//! What the HTTP edge was told to do. Settings are data: nothing here reads a request.

use std::{num::NonZeroU32, time::Duration};

use axum::http::HeaderValue;
use ipnet::IpNet;

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
    /// The most requests that wait until a reader is free.
    pub queued: usize,
    /// The most requests in one body; 0 where a list of requests is refused.
    pub batch: usize,
    /// How much of answers is kept in memory, in bytes.
    pub answers: u64,
    /// For how many seconds others may keep the answer to a GET without asking again.
    pub max_age: u32,
    /// Which pages of other origins may ask.
    pub origins: Origins,
    /// The most rows that one client may ask for in a minute, as estimated before anything is read, and with what reading
    /// took beyond that; unlimited where there is none.
    pub rows_per_minute: Option<NonZeroU32>,
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

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            body: 256 * 1024,
            timeout: Duration::from_secs(10),
            client_timeout: Duration::from_secs(20),
            connections: 1024,
            queued: 256,
            batch: 0,
            answers: 64 * 1024 * 1024,
            max_age: 0,
            origins: Origins::Any,
            rows_per_minute: None,
            proxies: Vec::new(),
        }
    }
}
