//! Who asks: the address of a client, also behind proxies that are trusted to say it. Nothing is remembered here.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::http::{HeaderMap, HeaderName};
use ipnet::IpNet;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The other end of the connection that a request came on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Peer(pub(super) SocketAddr);

/// Whom a request is counted to: its address, and in IPv6 the network of 2⁶⁴ addresses that one client has.
///
/// `X-Forwarded-For` is read from its end, for as long as whoever wrote it is one of `proxies`. Anybody can write what
/// stands before that, so nothing there, be it ever so broken, changes whom a request is counted to. What a trusted proxy
/// wrote and is no address counts as the proxy itself. `Forwarded` (RFC 7239) is not read.
pub(super) fn client(peer: Peer, headers: &HeaderMap, proxies: &[IpNet]) -> IpAddr {
    let mut client = peer.0.ip().to_canonical();
    let lines = headers.get_all(FORWARDED_FOR).into_iter().rev();
    let entries = lines.flat_map(|line| line.as_bytes().rsplit(|byte| *byte == b','));
    for entry in entries.map(<[u8]>::trim_ascii) {
        if !is_trusted(client, proxies) {
            break;
        }
        match forwarded(entry) {
            _ if entry.is_empty() => {}
            Some(address) => client = address,
            None => break,
        }
    }
    counted_as(client)
}

/// The address in an entry of `X-Forwarded-For`: as it is, with a port, in brackets, or in quotes.
fn forwarded(entry: &[u8]) -> Option<IpAddr> {
    let entry = str::from_utf8(entry).ok()?;
    let entry = match entry.strip_prefix('"') {
        Some(quoted) => quoted.strip_suffix('"')?,
        None => entry,
    };
    let bracketed = || entry.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    let with_port = || Some(entry.parse::<SocketAddr>().ok()?.ip());
    let address = entry.parse().ok().or_else(with_port);
    let address = address.or_else(|| bracketed().map(IpAddr::V6))?;
    Some(address.to_canonical())
}

/// Whether an address is one of these proxies.
pub(super) fn is_trusted(address: IpAddr, proxies: &[IpNet]) -> bool {
    let address = address.to_canonical();
    proxies.iter().any(|proxy| proxy.contains(&address))
}

/// Whom an address belongs to, as far as that can be told: itself, and in IPv6 its network of 2⁶⁴ addresses.
pub(super) fn counted_as(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        address => address,
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
    fn a_forwarded_address_may_have_a_port_brackets_and_quotes() {
        for (entry, expected) in [
            ("203.0.113.7:567", "203.0.113.7"),
            ("\"203.0.113.7:567\"", "203.0.113.7"),
            ("[2001:db8:1:2::7]:80", "2001:db8:1:2::"),
            ("[2001:db8:1:2::7]", "2001:db8:1:2::"),
            ("\"[2001:db8:1:2::7]:80\"", "2001:db8:1:2::"),
            ("::ffff:203.0.113.7", "203.0.113.7"),
            // What is none is of the proxy that wrote it.
            ("203.0.113.7:", "10.0.0.1"),
            ("203.0.113.7:99999", "10.0.0.1"),
            ("[203.0.113.7]", "10.0.0.1"),
            ("\"203.0.113.7", "10.0.0.1"),
            ("_hidden", "10.0.0.1"),
        ] {
            let found = client_of("10.0.0.1", &[entry], &["10.0.0.0/8"]);
            assert_eq!(found, expected, "{entry}");
        }
    }

    #[test]
    fn what_a_client_writes_before_the_proxy_does_gives_it_no_other_budget() {
        let proxies = ["10.0.0.0/8".parse().unwrap()];
        let peer = Peer("10.0.0.1:1234".parse().unwrap());
        for before in [&b"\xff"[..], b"\xc3\xa9, ", b"\"", b"[::1", b"1.2.3.4, ,,"] {
            let mut headers = HeaderMap::new();
            headers.append(FORWARDED_FOR, HeaderValue::from_bytes(before).unwrap());
            let one_line = [before, b", 203.0.113.7"].concat();
            let line = HeaderValue::from_bytes(&one_line).unwrap();
            headers.append(FORWARDED_FOR, line);
            assert_eq!(
                client(peer, &headers, &proxies).to_string(),
                "203.0.113.7",
                "{before:?}"
            );
        }
        let mut headers = HeaderMap::new();
        let line = HeaderValue::from_bytes(b"203.0.113.7\xff").unwrap();
        headers.append(FORWARDED_FOR, line);
        assert_eq!(client(peer, &headers, &proxies).to_string(), "10.0.0.1");
    }

    #[test]
    fn a_client_has_a_whole_network_in_ipv6() {
        assert_eq!(client_of("2001:db8:1:2:3::4", &[], &[]), "2001:db8:1:2::");
    }
}
