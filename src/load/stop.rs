//! When the statements of a request are to stop before they are done. It decides nothing: whoever runs statements asks.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

/// When a request's time is over: at a moment, or as soon as nobody waits for its answer.
#[derive(Clone, Debug, Default)]
pub struct Stop {
    deadline: Option<Instant>,
    abandoned: Arc<AtomicBool>,
}

impl Stop {
    /// Stops at this moment; only when it is abandoned where there is none.
    pub fn at(deadline: Option<Instant>) -> Stop {
        Stop {
            deadline,
            abandoned: Arc::default(),
        }
    }

    /// Whether the time is over.
    pub fn is_due(&self) -> bool {
        self.abandoned.load(Ordering::Relaxed)
            || self
                .deadline
                .is_some_and(|deadline| Instant::now() >= deadline)
    }

    /// Stops as soon as the value returned is dropped.
    #[must_use]
    pub fn when_dropped(&self) -> Waiting {
        Waiting(Arc::clone(&self.abandoned))
    }
}

/// Somebody who waits for an answer; see [`Stop::when_dropped`].
#[derive(Debug)]
pub struct Waiting(Arc<AtomicBool>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_stop_is_due_at_its_moment_or_when_nobody_waits() {
        assert!(!Stop::default().is_due());
        let now = Instant::now();
        assert!(Stop::at(Some(now)).is_due());
        let later = Stop::at(Some(now + Duration::from_secs(3600)));
        let waiting = later.when_dropped();
        assert!(!later.is_due());
        drop(waiting);
        assert!(later.is_due() && later.clone().is_due());
    }
}
