//! How much each client may ask for: rows, as estimated before anything is read. It knows addresses and numbers alone.

use std::{net::IpAddr, num::NonZeroU32, time::Duration};

use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
};

/// What clients may spend. Every client has the rows of a minute at first, and gets them back as time goes by.
pub(super) struct Rate {
    limiter: DefaultKeyedRateLimiter<IpAddr>,
    clock: DefaultClock,
    rows_per_minute: NonZeroU32,
}

impl Rate {
    pub(super) fn new(rows_per_minute: NonZeroU32) -> Rate {
        Rate {
            limiter: RateLimiter::keyed(Quota::per_minute(rows_per_minute)),
            clock: DefaultClock::default(),
            rows_per_minute,
        }
    }

    /// Takes rows from what a client has left.
    ///
    /// # Errors
    /// How long to wait where it has not so many, and then nothing is taken. What is more than it can ever have waits
    /// for a whole minute, and is let through then: the limit of one request is no concern of this.
    pub(super) fn spend(&self, client: IpAddr, rows: u64) -> Result<(), Duration> {
        let rows = u32::try_from(rows).unwrap_or(u32::MAX);
        let Some(rows) = NonZeroU32::new(rows.min(self.rows_per_minute.get())) else {
            return Ok(());
        };
        match self.limiter.check_key_n(&client, rows) {
            Ok(Err(later)) => Err(later.wait_time_from(self.clock.now())),
            // Rows are held to the capacity above.
            Ok(Ok(())) | Err(_) => Ok(()),
        }
    }

    /// The rows of a minute.
    pub(super) fn rows_per_minute(&self) -> u32 {
        self.rows_per_minute.get()
    }

    /// Forgets the clients that have everything again.
    pub(super) fn forget(&self) {
        self.limiter.retain_recent();
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    #[test]
    fn each_client_spends_its_own_rows() {
        let rate = Rate::new(NonZeroU32::new(100).unwrap());
        let [one, other] = [1, 2].map(|last| IpAddr::V4(Ipv4Addr::new(192, 0, 2, last)));
        assert_eq!(rate.spend(one, 0), Ok(()));
        assert_eq!(rate.spend(one, 60), Ok(()));
        let wait = rate.spend(one, 60).unwrap_err();
        assert!(
            wait > Duration::from_secs(10) && wait <= Duration::from_secs(13),
            "{wait:?}"
        );
        // What was refused is not spent.
        assert_eq!(rate.spend(one, 30), Ok(()));
        assert_eq!(rate.spend(other, u64::MAX), Ok(()));
        assert!(rate.spend(other, 1).is_err());
        rate.forget();
        assert!(rate.spend(other, 1).is_err());
    }
}
