//! How many requests read from the database at once, and how many wait for it. It knows nothing of what they read.

use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::{Semaphore, SemaphorePermit};

/// Lets so many in at once, and so many wait.
#[derive(Debug)]
pub(super) struct Gate {
    permits: Semaphore,
    waiting: AtomicUsize,
    queue: usize,
}

impl Gate {
    pub(super) fn new(inside: usize, queue: usize) -> Gate {
        Gate {
            permits: Semaphore::new(inside),
            waiting: AtomicUsize::new(0),
            queue,
        }
    }

    /// Waits to be let in; `None` at once where too many wait already. Whoever drops the permit leaves.
    pub(super) async fn enter(&self) -> Option<SemaphorePermit<'_>> {
        if let Ok(permit) = self.permits.try_acquire() {
            return Some(permit);
        }
        let place = Place::take(&self.waiting);
        if place.ahead >= self.queue {
            return None;
        }
        // The semaphore is never closed, so there is always a permit in the end.
        self.permits.acquire().await.ok()
    }
}

/// A place in the queue, given up when it is dropped.
struct Place<'g> {
    waiting: &'g AtomicUsize,
    ahead: usize,
}

impl Place<'_> {
    fn take(waiting: &AtomicUsize) -> Place<'_> {
        Place {
            ahead: waiting.fetch_add(1, Ordering::Relaxed),
            waiting,
        }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use std::{
        pin::pin,
        task::{Context, Poll, Waker},
    };

    use super::*;

    #[test]
    fn some_are_let_in_some_wait_and_the_rest_are_turned_away() {
        let gate = Gate::new(1, 1);
        let mut context = Context::from_waker(Waker::noop());
        let Poll::Ready(Some(first)) = pin!(gate.enter()).poll(&mut context) else {
            panic!("the first is let in");
        };
        let mut second = pin!(gate.enter());
        assert!(second.as_mut().poll(&mut context).is_pending());
        assert!(matches!(
            pin!(gate.enter()).poll(&mut context),
            Poll::Ready(None)
        ));
        drop(first);
        assert!(matches!(second.poll(&mut context), Poll::Ready(Some(_))));
        assert_eq!(gate.waiting.load(Ordering::Relaxed), 0);
    }
}
