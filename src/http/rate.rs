//! How much each client may ask for: rows, as estimated before anything is read, and afterwards the time that reading them
//! took beyond that. It knows addresses, numbers and times alone.
//!
//! For each client one moment is kept: when it will have spent nothing (GCRA). What is spent moves that moment on. Rows
//! are let through only as far as they lie within a minute from now; time that was used is added whatever there is left,
//! as a debt of another minute at most.

use std::{
    collections::HashMap,
    net::IpAddr,
    num::NonZeroU32,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// What a client may spend at once: the rows of so long a time.
const CAPACITY: Duration = Duration::from_secs(60);

/// The longest that a client may be in debt.
const MOST_DEBT: Duration = Duration::from_secs(60);

/// How long a reader may be held for the price of one row.
pub(super) const TIME_OF_ROW: Duration = Duration::from_micros(10);

/// What clients may spend. Every client has the rows of a minute at first, and gets them back as time goes by.
pub(super) struct Rate {
    rows_per_minute: NonZeroU32,
    /// When each client will have everything again.
    clients: Mutex<HashMap<IpAddr, Instant>>,
}

impl Rate {
    pub(super) fn new(rows_per_minute: NonZeroU32) -> Rate {
        Rate {
            rows_per_minute,
            clients: Mutex::default(),
        }
    }

    /// The rows of a minute.
    pub(super) fn rows_per_minute(&self) -> u32 {
        self.rows_per_minute.get()
    }

    /// Whether a client can ever have so many rows.
    pub(super) fn is_affordable(&self, rows: u64) -> bool {
        rows <= self.rows_per_minute.get().into()
    }

    /// Takes rows from what a client has left.
    ///
    /// # Errors
    /// How long to wait where it has not so many, and then nothing is taken.
    pub(super) fn spend(&self, client: IpAddr, rows: u64) -> Result<(), Duration> {
        self.spend_at(Instant::now(), client, rows)
    }

    /// Takes from a client the price of the time for which it held a reader, as far as the rows that it has paid do not
    /// cover it, even if it has not so much.
    pub(super) fn charge(&self, client: IpAddr, held: Duration, paid: u64) {
        self.charge_at(Instant::now(), client, held, paid);
    }

    /// Forgets the clients that have everything again.
    pub(super) fn forget(&self) {
        let now = Instant::now();
        self.clients().retain(|_, whole| *whole > now);
    }

    fn spend_at(&self, now: Instant, client: IpAddr, rows: u64) -> Result<(), Duration> {
        let price = self.price(rows);
        let mut clients = self.clients();
        let whole = clients.get(&client).map_or(now, |whole| now.max(*whole));
        let spent = whole - now + price;
        if spent > CAPACITY {
            return Err(spent - CAPACITY);
        }
        if !price.is_zero() {
            clients.insert(client, now + spent);
        }
        Ok(())
    }

    fn charge_at(&self, now: Instant, client: IpAddr, held: Duration, paid: u64) {
        let rows = held.as_nanos() / TIME_OF_ROW.as_nanos();
        let price = self.price(u64::try_from(rows).unwrap_or(u64::MAX).saturating_sub(paid));
        if price.is_zero() {
            return;
        }
        let mut clients = self.clients();
        let whole = clients.get(&client).map_or(now, |whole| now.max(*whole));
        let owed = (whole - now).saturating_add(price);
        clients.insert(client, now + owed.min(CAPACITY + MOST_DEBT));
    }

    /// The time in which so many rows come back.
    fn price(&self, rows: u64) -> Duration {
        let nanos = u128::from(rows) * CAPACITY.as_nanos() / u128::from(self.rows_per_minute.get());
        Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX))
    }

    /// Nothing can panic while it is held, so a poisoned lock is still in order.
    fn clients(&self) -> MutexGuard<'_, HashMap<IpAddr, Instant>> {
        self.clients.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Charges a client for the time from its making to its end, however that comes.
pub(super) struct Meter<'r> {
    rate: Option<&'r Rate>,
    client: IpAddr,
    paid: u64,
    started: Instant,
}

impl<'r> Meter<'r> {
    /// Begins to measure for a client that has paid so many rows.
    pub(super) fn start(rate: Option<&'r Rate>, client: IpAddr, paid: u64) -> Meter<'r> {
        Meter {
            rate,
            client,
            paid,
            started: Instant::now(),
        }
    }
}

impl Drop for Meter<'_> {
    fn drop(&mut self) {
        if let Some(rate) = self.rate {
            rate.charge(self.client, self.started.elapsed(), self.paid);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    /// 6,000 rows a minute: a row comes back in ten milliseconds.
    fn rate() -> (Rate, Instant, [IpAddr; 2]) {
        let clients = [1, 2].map(|last| IpAddr::V4(Ipv4Addr::new(192, 0, 2, last)));
        let rate = Rate::new(NonZeroU32::new(6_000).unwrap());
        (rate, Instant::now(), clients)
    }

    #[test]
    fn each_client_spends_its_own_rows_and_gets_them_back() {
        let (rate, now, [one, other]) = rate();
        assert_eq!(rate.spend_at(now, one, 0), Ok(()));
        assert_eq!(rate.spend_at(now, one, 4_000), Ok(()));
        assert_eq!(rate.spend_at(now, one, 4_000), Err(20 * SECOND));
        // What was refused is not spent.
        assert_eq!(rate.spend_at(now, one, 2_000), Ok(()));
        assert_eq!(rate.spend_at(now, one, 1), Err(SECOND / 100));
        assert_eq!(rate.spend_at(now, other, 6_000), Ok(()));
        let later = now + 10 * SECOND;
        assert_eq!(rate.spend_at(later, one, 1_001), Err(SECOND / 100));
        assert_eq!(rate.spend_at(later, one, 1_000), Ok(()));
    }

    #[test]
    fn what_can_never_be_had_is_told_from_what_can_be_waited_for() {
        let (rate, ..) = rate();
        assert!(rate.is_affordable(6_000));
        assert!(!rate.is_affordable(6_001));
    }

    #[test]
    fn time_is_charged_as_far_as_the_rows_do_not_cover_it() {
        let (rate, now, [one, other]) = rate();
        // 100 rows cover a millisecond.
        rate.charge_at(now, one, SECOND / 1000, 100);
        assert_eq!(rate.spend_at(now, one, 6_000), Ok(()));
        // Eleven milliseconds are 1,100 rows, of which 100 were paid.
        rate.charge_at(now, other, 11 * SECOND / 1000, 100);
        assert_eq!(rate.spend_at(now, other, 5_001), Err(SECOND / 100));
        assert_eq!(rate.spend_at(now, other, 5_000), Ok(()));
    }

    #[test]
    fn a_debt_is_one_more_minute_at_most() {
        let (rate, now, [one, _]) = rate();
        assert_eq!(rate.spend_at(now, one, 6_000), Ok(()));
        rate.charge_at(now, one, SECOND / 100, 0);
        assert_eq!(rate.spend_at(now, one, 1), Err(10 * SECOND + SECOND / 100));
        rate.charge_at(now, one, 3600 * SECOND, 0);
        rate.charge_at(now, one, Duration::MAX, 0);
        assert_eq!(rate.spend_at(now, one, 1), Err(60 * SECOND + SECOND / 100));
    }

    #[test]
    fn who_has_everything_again_is_forgotten() {
        let (rate, now, [one, other]) = rate();
        let earlier = now.checked_sub(SECOND).unwrap();
        rate.spend_at(earlier, one, 10).unwrap();
        rate.spend_at(now, other, 6_000).unwrap();
        rate.forget();
        assert_eq!(rate.clients().keys().collect::<Vec<_>>(), [&other]);
    }

    #[test]
    fn a_meter_charges_when_it_ends() {
        let (rate, _, [one, _]) = rate();
        let meter = Meter::start(Some(&rate), one, 0);
        std::thread::sleep(SECOND / 500);
        assert_eq!(rate.clients().len(), 0);
        drop(meter);
        assert_eq!(rate.clients().len(), 1);
    }
}
