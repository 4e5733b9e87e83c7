//! How many connections each client has open, so that none of them takes all there may be. It knows addresses alone.

use std::{
    collections::{HashMap, hash_map::Entry},
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use ipnet::IpNet;

use super::client::{counted_as, is_trusted};

/// The open connections of each client. Those of trusted proxies are not counted: they are of many clients.
#[derive(Debug)]
pub(super) struct Addresses {
    open: Arc<Open>,
    limit: usize,
    proxies: Vec<IpNet>,
}

/// By client, and there is an entry only for one that has connections.
type Open = Mutex<HashMap<IpAddr, usize>>;

/// One of a client's connections, until it is dropped.
#[derive(Debug)]
pub(super) struct Place {
    counted: Option<(IpAddr, Arc<Open>)>,
}

impl Addresses {
    /// Lets each client have so many connections.
    pub(super) fn new(limit: usize, proxies: Vec<IpNet>) -> Addresses {
        Addresses {
            open: Arc::default(),
            limit,
            proxies,
        }
    }

    /// A place for a connection of this address; `None` where its client has as many as it may have.
    pub(super) fn place(&self, address: IpAddr) -> Option<Place> {
        if is_trusted(address, &self.proxies) {
            return Some(Place { counted: None });
        }
        let client = counted_as(address);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(client).or_default();
        if *count >= self.limit {
            return None;
        }
        *count += 1;
        Some(Place {
            counted: Some((client, Arc::clone(&self.open))),
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some((client, open)) = self.counted.take() else {
            return;
        };
        let mut open = open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Entry::Occupied(mut count) = open.entry(client) {
            *count.get_mut() -= 1;
            if *count.get() == 0 {
                count.remove();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_client_has_places_of_its_own_and_proxies_are_not_counted() {
        let addresses = Addresses::new(2, vec!["10.0.0.0/8".parse().unwrap()]);
        let place = |address: &str| addresses.place(address.parse().unwrap());
        let first = place("192.0.2.1").unwrap();
        let _second = place("::ffff:192.0.2.1").unwrap();
        assert!(place("192.0.2.1").is_none());
        let _other = place("192.0.2.2").unwrap();
        let proxied: Vec<_> = (0..10).map(|_| place("10.0.0.1").unwrap()).collect();
        drop(first);
        let _again = place("192.0.2.1").unwrap();

        // In IPv6 a client has a network.
        let network =
            ["2001:db8:1:2::1", "2001:db8:1:2:ffff::"].map(|address| place(address).unwrap());
        assert!(place("2001:db8:1:2::3").is_none());
        assert!(place("2001:db8:1:3::1").is_some());
        drop((network, proxied, _second, _other, _again));
        assert!(addresses.open.lock().unwrap().is_empty());
    }
}
