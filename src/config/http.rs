//! Flags of the HTTP edge, and the settings that they come to.

use std::{
    net::IpAddr,
    num::{NonZeroU32, NonZeroUsize},
    time::Duration,
};

use axum::http::HeaderValue;
use clap::Args;
use ipnet::IpNet;

use crate::{
    http::{Origins, Settings},
    store::cores,
};

/// The most readers that can be asked for.
const MAX_READERS: usize = 256;

/// The fewest rows a minute that a client can be held to: the pages of the site ask for some thousand when they are gone
/// through.
const LEAST_ROWS_PER_MINUTE: u32 = 10_000;

/// Flags of the HTTP edge.
#[derive(Debug, Clone, Args)]
pub(super) struct HttpFlags {
    /// The largest body of a request, packed or unpacked.
    #[arg(long, env = "ANNALS_MAX_BODY", default_value_t = Settings::default().body, value_name = "BYTES")]
    max_body: usize,
    /// How long a request may take. Its SQL is stopped then.
    #[arg(long, env = "ANNALS_TIMEOUT", default_value_t = Settings::default().timeout.as_secs(), value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=3600))]
    timeout: u64,
    /// How long a client may take to send the head of a request, to send its body, or to take in what it is sent.
    #[arg(long, env = "ANNALS_CLIENT_TIMEOUT", default_value_t = Settings::default().client_timeout.as_secs(), value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=3600))]
    client_timeout: u64,
    /// The most connections at once.
    #[arg(long, env = "ANNALS_MAX_CONNECTIONS", default_value_t = Settings::default().connections, value_name = "N", value_parser = at_least_one)]
    max_connections: usize,
    /// How many requests read from the database at once, each through a reader of its own: as many as there are cores, unless set.
    #[arg(long, env = "ANNALS_MAX_EXECUTING", default_value_t = cores(), value_name = "N", value_parser = readers)]
    max_executing: NonZeroUsize,
    /// The most requests that wait for a reader; more are answered 503.
    #[arg(long, env = "ANNALS_MAX_QUEUED", default_value_t = Settings::default().queued, value_name = "N")]
    max_queued: usize,
    /// The most requests in one body. Without it a list of requests is refused.
    #[arg(long, env = "ANNALS_MAX_BATCH", default_value_t = Settings::default().batch, value_name = "N")]
    max_batch: usize,
    /// How much of answers is kept in memory; 0 keeps none.
    #[arg(long, env = "ANNALS_CACHE_SIZE", default_value_t = Settings::default().answers, value_name = "BYTES")]
    cache_size: u64,
    /// For how long others may keep the answer to a GET without asking again whether it is still true.
    #[arg(long, env = "ANNALS_CACHE_MAX_AGE", default_value_t = Settings::default().max_age, value_name = "SECONDS")]
    cache_max_age: u32,
    /// The origins whose pages may ask, separated by commas, such as `https://example.org`. Without it all may, without credentials.
    #[arg(
        long,
        env = "ANNALS_CORS_ORIGINS",
        value_name = "ORIGINS",
        value_delimiter = ',',
        value_parser = origin
    )]
    cors_origins: Vec<HeaderValue>,
    /// Let browsers send credentials with requests from the origins of --cors-origins.
    #[arg(long, env = "ANNALS_CORS_CREDENTIALS", requires = "cors_origins", value_parser = clap::builder::FalseyValueParser::new())]
    cors_credentials: bool,
    /// The most rows that one client may ask for in a minute, as estimated before anything is read; reading that takes longer counts as more. At least 10000, which the pages of the site need. Without it there is no limit.
    #[arg(long, env = "ANNALS_RATE_LIMIT", value_name = "ROWS", value_parser = rows_per_minute)]
    rate_limit: Option<NonZeroU32>,
    /// The proxies that are believed when they say in X-Forwarded-For on whose behalf they ask: addresses or networks, separated by commas.
    #[arg(
        long,
        env = "ANNALS_TRUSTED_PROXIES",
        value_name = "NETWORKS",
        value_delimiter = ',',
        value_parser = network
    )]
    trusted_proxies: Vec<IpNet>,
}

impl HttpFlags {
    /// How many requests read from the database at once.
    pub(super) fn readers(&self) -> NonZeroUsize {
        self.max_executing
    }

    /// The settings of the HTTP edge.
    pub(super) fn settings(&self) -> Settings {
        Settings {
            body: self.max_body,
            timeout: Duration::from_secs(self.timeout),
            client_timeout: Duration::from_secs(self.client_timeout),
            connections: self.max_connections,
            queued: self.max_queued,
            batch: self.max_batch,
            answers: self.cache_size,
            max_age: self.cache_max_age,
            origins: match self.cors_origins.is_empty() {
                true => Origins::Any,
                false => Origins::Listed {
                    origins: self.cors_origins.clone(),
                    credentials: self.cors_credentials,
                },
            },
            rows_per_minute: self.rate_limit,
            proxies: self.trusted_proxies.clone(),
        }
    }
}

/// A number of things of which there must be one.
fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) => Err("at least 1 is needed".into()),
        // No semaphore counts further.
        Ok(number) if number <= 1_000_000 => Ok(number),
        Ok(_) => Err("at most 1,000,000 are possible".into()),
        Err(_) => Err("a whole number is needed".into()),
    }
}

/// A rate that the pages of the site can do with.
fn rows_per_minute(text: &str) -> Result<NonZeroU32, String> {
    match text.parse::<NonZeroU32>() {
        Ok(rows) if rows.get() >= LEAST_ROWS_PER_MINUTE => Ok(rows),
        Ok(_) => Err(format!(
            "at least {LEAST_ROWS_PER_MINUTE} are needed: the pages of the site ask for so many"
        )),
        Err(_) => Err("a whole number of rows is needed".into()),
    }
}

/// A number of readers, each of which keeps files open.
fn readers(text: &str) -> Result<NonZeroUsize, String> {
    match text.parse::<NonZeroUsize>() {
        Ok(number) if number.get() <= MAX_READERS => Ok(number),
        Ok(_) => Err(format!("at most {MAX_READERS} are possible")),
        Err(_) => Err("a whole number of at least 1 is needed".into()),
    }
}

/// An origin as browsers send it: scheme, host and, unless it is the usual one, port.
fn origin(text: &str) -> Result<HeaderValue, String> {
    let host = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
        .unwrap_or_default();
    let plain = |letter: char| letter.is_ascii_graphic() && !"/?#@*\\".contains(letter);
    if host.is_empty() || !host.chars().all(plain) || text != text.to_ascii_lowercase() {
        return Err(
            "an origin is a scheme and a host in lower case, such as https://example.org".into(),
        );
    }
    HeaderValue::from_str(text).map_err(|fault| fault.to_string())
}

/// A network, or one address.
fn network(text: &str) -> Result<IpNet, String> {
    let text = text.trim();
    text.parse::<IpNet>()
        .or_else(|_| text.parse::<IpAddr>().map(IpNet::from))
        .map_err(|_| "a network is an address and a length, such as 10.0.0.0/8".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_what_browsers_send() {
        for good in ["https://example.org", "http://localhost:5173"] {
            assert_eq!(origin(good).unwrap(), good);
        }
        for bad in [
            "*",
            "https://*.example.org",
            "example.org",
            "https://",
            "https://example.org/",
            "https://Example.org",
            "null",
        ] {
            assert!(origin(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_network_may_be_one_address() {
        assert_eq!(network("10.0.0.0/8").unwrap().to_string(), "10.0.0.0/8");
        assert_eq!(network(" ::1").unwrap().to_string(), "::1/128");
        assert!(network("proxy.example.org").is_err());
    }
}
