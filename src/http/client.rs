//! Who asks: the address of a client, also behind proxies that are trusted to say it. Nothing is remembered here.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::http::{HeaderMap, HeaderName};
use ipnet::IpNet;

use super::media::list;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The other end of the connection that a request came on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Peer(pub(super) SocketAddr);

/// Whom a request is counted to: its address, and in IPv6 the network of 2⁶⁴ addresses that one client has.
///
/// `X-Forwarded-For` is read from its end, for as long as whoever wrote it is one of `proxies`. Anybody can write what
/// stands before that.
pub(super) fn client(peer: Peer, headers: &HeaderMap, proxies: &[IpNet]) -> IpAddr {
    let mut client = peer.0.ip().to_canonical();
    for forwarded in list(headers, &FORWARDED_FOR).rev() {
        if !proxies.iter().any(|proxy| proxy.contains(&client)) {
            break;
        }
        match forwarded.parse::<IpAddr>() {
            Ok(address) => client = address.to_canonical(),
            Err(_) => break,
        }
    }
    match client {
        IpAddr::V4(_) => client,
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn client_of(peer: &str, forwarded: &[&'static str], proxies: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append(FORWARDED_FOR, HeaderValue::from_static(line));
        }
        let proxies: Vec<IpNet> = proxies.iter().map(|net| net.parse().unwrap()).collect();
        let peer = Peer(SocketAddr::new(peer.parse().unwrap(), 1234));
        client(peer, &headers, &proxies).to_string()
    }

    #[test]
    fn a_forwarded_address_counts_only_from_a_proxy_that_is_trusted() {
        let nets = ["10.0.0.0/8", "::1/128"];
        let forwarded = ["198.51.100.9, 203.0.113.7", "10.1.1.1"];
        for (peer, lines, expected) in [
            ("203.0.113.1", &forwarded[..], "203.0.113.1"),
            ("10.0.0.1", &[], "10.0.0.1"),
            ("10.0.0.1", &forwarded[..], "203.0.113.7"),
            ("::1", &forwarded[..1], "203.0.113.7"),
            ("::ffff:10.0.0.1", &forwarded[..1], "203.0.113.7"),
            ("10.0.0.1", &["unknown"], "10.0.0.1"),
            ("10.0.0.1", &["10.0.0.2, , 10.0.0.3"], "10.0.0.2"),
        ] {
            assert_eq!(client_of(peer, lines, &nets), expected, "{peer} {lines:?}");
        }
        assert_eq!(client_of("10.0.0.1", &forwarded, &[]), "10.0.0.1");
    }

    #[test]
    fn a_client_has_a_whole_network_in_ipv6() {
        assert_eq!(client_of("2001:db8:1:2:3::4", &[], &[]), "2001:db8:1:2::");
    }
}
