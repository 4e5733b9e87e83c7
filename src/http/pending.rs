//! How many bytes of answers are being sent at once, to all clients together.
//!
//! A slow client keeps its answer in memory until it has taken it in. Each answer takes room for as many bytes as it has,
//! also where several clients are sent the same one, and gives it back when the last of it is written or given up. It knows
//! nothing of what is sent.

use std::sync::Arc;

use axum::body::Bytes;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The room for answers.
#[derive(Debug)]
pub(super) struct Pending {
    free: Arc<Semaphore>,
    bytes: u32,
}

/// Room for an answer, or for several of them; it is given back when this is dropped.
#[derive(Debug)]
pub(super) struct Room(OwnedSemaphorePermit);

impl Pending {
    /// Room for so many bytes.
    pub(super) fn new(bytes: usize) -> Pending {
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
        let most = usize::try_from(bytes).unwrap_or(usize::MAX);
        Pending {
            free: Arc::new(Semaphore::new(most.min(Semaphore::MAX_PERMITS))),
            bytes,
        }
    }

    /// Waits for room for so many bytes; whoever asked first gets it first. What is larger than all there is takes all.
    pub(super) async fn take(&self, bytes: usize) -> Option<Room> {
        let free = Arc::clone(&self.free);
        // The semaphore is never closed, so there is room in the end.
        free.acquire_many_owned(self.permits(bytes))
            .await
            .ok()
            .map(Room)
    }

    /// Room for so many bytes, if there is some at once.
    pub(super) fn try_take(&self, bytes: usize) -> Option<Room> {
        let free = Arc::clone(&self.free);
        free.try_acquire_many_owned(self.permits(bytes))
            .ok()
            .map(Room)
    }

    fn permits(&self, bytes: usize) -> u32 {
        u32::try_from(bytes).unwrap_or(u32::MAX).min(self.bytes)
    }
}

impl Room {
    /// Room for both.
    pub(super) fn and(mut self, other: Room) -> Room {
        self.0.merge(other.0);
        self
    }

    /// A body that keeps the room until it is written or given up.
    pub(super) fn hold(self, body: Bytes) -> Bytes {
        Bytes::from_owner(Held { body, _room: self })
    }
}

/// A body in its room.
struct Held {
    body: Bytes,
    _room: Room,
}

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.body
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
    fn room_is_kept_until_the_last_of_a_body_is_dropped() {
        let pending = Pending::new(10);
        let room = pending.try_take(6).expect("there is room");
        let body = room.hold(Bytes::from_static(b"abcdef"));
        assert_eq!(&body[..], b"abcdef");
        let end = body.slice(5..);
        drop(body);
        assert!(pending.try_take(5).is_none());
        let mut context = Context::from_waker(Waker::noop());
        let mut waiting = pin!(pending.take(5));
        assert!(waiting.as_mut().poll(&mut context).is_pending());
        drop(end);
        let Poll::Ready(Some(five)) = waiting.poll(&mut context) else {
            panic!("there is room again");
        };
        let all = five.and(pending.try_take(5).expect("there is room for five more"));
        assert!(pending.try_take(1).is_none());
        drop(all);
        assert!(pending.try_take(1_000).is_some());
    }
}
