//! Flags of the HTTP edge, and the settings that they come to.

use std::{net::IpAddr, num::NonZeroU32};

use axum::http::HeaderValue;
use clap::Args;
use ipnet::IpNet;

use crate::{
    http::{Origins, Settings},
    limits::Limits,
};

/// The fewest rows a minute that a client can be held to: the pages of the site ask for some thousand when they are gone
/// through.
const LEAST_ROWS_PER_MINUTE: u32 = 10_000;

/// Flags of the HTTP edge.
#[derive(Debug, Clone, Args)]
pub(super) struct HttpFlags {
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
    /// The address that clients reach the server at, such as `https://data.example.org`, for the links in /catalog.jsonld. Without it the Host of the request counts, over http.
    #[arg(long, env = "ANNALS_PUBLIC_URL", value_name = "URL", value_parser = public_url)]
    public_url: Option<String>,
}

impl HttpFlags {
    /// The settings of the HTTP edge.
    pub(super) fn settings(&self, limits: &Limits) -> Settings {
        Settings {
            origins: match self.cors_origins.is_empty() {
                true => Origins::Any,
                false => Origins::Listed {
                    origins: self.cors_origins.clone(),
                    credentials: self.cors_credentials,
                },
            },
            rows_per_minute: self.rate_limit,
            public_url: self.public_url.clone(),
            proxies: self.trusted_proxies.clone(),
            ..Settings::new(limits)
        }
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

/// The address of a server, without a slash at the end.
fn public_url(text: &str) -> Result<String, String> {
    let text = text.trim_end_matches('/');
    let address = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
        .unwrap_or_default();
    let plain = |letter: char| letter.is_ascii_graphic() && !"?#@\"<>\\".contains(letter);
    if address.is_empty() || address.starts_with('/') || !address.chars().all(plain) {
        return Err("an address is a scheme and a host, such as https://data.example.org".into());
    }
    Ok(text.to_owned())
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
    fn a_public_url_is_a_scheme_a_host_and_perhaps_a_path() {
        for (given, expected) in [
            ("https://example.org", "https://example.org"),
            ("http://example.org:8000/", "http://example.org:8000"),
            ("https://example.org/annals/", "https://example.org/annals"),
        ] {
            assert_eq!(public_url(given).unwrap(), expected);
        }
        for bad in [
            "example.org",
            "https://",
            "https:///a",
            "ftp://a",
            "https://a?b",
            "https://a b",
            "",
        ] {
            assert!(public_url(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_network_may_be_one_address() {
        assert_eq!(network("10.0.0.0/8").unwrap().to_string(), "10.0.0.0/8");
        assert_eq!(network(" ::1").unwrap().to_string(), "::1/128");
        assert!(network("proxy.example.org").is_err());
    }
}
