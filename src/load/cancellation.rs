//! Cancels a request before it is done: at its deadline, or when nobody waits for the answer. It interrupts nothing
//! itself: whoever runs statements or writes answers asks it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

/// Whether a request is canceled. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Cancellation {
    deadline: Option<Instant>,
    abandoned: Arc<AtomicBool>,
}

impl Cancellation {
    /// Canceled at this moment, or only by a [`DropGuard`] if there is none.
    pub fn at(deadline: Option<Instant>) -> Cancellation {
        Cancellation {
            deadline,
            abandoned: Arc::default(),
        }
    }

    /// Whether the request is to stop.
    pub fn is_cancelled(&self) -> bool {
        self.abandoned.load(Ordering::Relaxed)
            || self
                .deadline
                .is_some_and(|deadline| Instant::now() >= deadline)
    }

    /// Cancels as soon as the value returned is dropped.
    #[must_use]
    pub fn drop_guard(&self) -> DropGuard {
        DropGuard(Arc::clone(&self.abandoned))
    }
}

/// Cancels a request when dropped; see [`Cancellation::drop_guard`].
#[derive(Debug)]
pub struct DropGuard(Arc<AtomicBool>);

impl Drop for DropGuard {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_request_is_canceled_at_its_deadline_or_when_nobody_waits() {
        assert!(!Cancellation::default().is_cancelled());
        let now = Instant::now();
        assert!(Cancellation::at(Some(now)).is_cancelled());
        let later = Cancellation::at(Some(now + Duration::from_secs(3600)));
        let waiting = later.drop_guard();
        assert!(!later.is_cancelled());
        drop(waiting);
        assert!(later.is_cancelled() && later.clone().is_cancelled());
    }
}
