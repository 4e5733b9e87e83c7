//! Answers that are kept in memory, so that a request is answered once for as long as the data is the same.
//!
//! Whoever asks for the same while the answer is being made waits for it. Nothing here knows what an answer is of: the key
//! holds the request and the version of the data, so an answer of older data is never asked for again and makes room for
//! others.

use std::sync::Arc;

use axum::body::Bytes;
use moka::future::Cache;

use super::digest::Digest;

/// An answer and what it may cost.
#[derive(Debug, Clone)]
pub(super) struct Answered {
    /// The body of the response.
    pub(super) body: Bytes,
    /// The cost of the request.
    pub(super) cost: u64,
}

/// The answers kept.
pub(super) struct Answers(Cache<Digest, Answered>);

/// What an entry takes beside its body, in bytes. It was measured with many small answers (docs/decisions/cost.md).
const ENTRY: usize = 512;

impl Answers {
    /// Keeps as many as take so many bytes.
    pub(super) fn new(bytes: u64) -> Answers {
        let weigh = |_: &Digest, answered: &Answered| {
            u32::try_from(answered.body.len() + ENTRY).unwrap_or(u32::MAX)
        };
        Answers(Cache::builder().weigher(weigh).max_capacity(bytes).build())
    }

    /// The answer to a request that was answered before.
    pub(super) async fn get(&self, key: &Digest) -> Option<Answered> {
        self.0.get(key).await
    }

    /// The answer to a request, made unless somebody makes it already. Where making it fails, all who wait for it fail.
    pub(super) async fn get_or_make<E: Send + Sync + 'static>(
        &self,
        key: Digest,
        make: impl Future<Output = Result<Answered, E>>,
    ) -> Result<Answered, Arc<E>> {
        self.0.try_get_with(key, make).await
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn answered(text: &'static str) -> Answered {
        Answered {
            body: Bytes::from_static(text.as_bytes()),
            cost: 1,
        }
    }

    #[tokio::test]
    async fn who_asks_for_the_same_at_once_waits_for_one_answer() {
        let answers = Answers::new(1024 * 1024);
        let made = AtomicUsize::new(0);
        let make = || async {
            made.fetch_add(1, Ordering::Relaxed);
            tokio::task::yield_now().await;
            Ok::<_, ()>(answered("one"))
        };
        let (one, two, other) = tokio::join!(
            answers.get_or_make([1; 32], make()),
            answers.get_or_make([1; 32], make()),
            answers.get_or_make([2; 32], make()),
        );
        for answer in [one, two, other] {
            assert_eq!(answer.unwrap().body, "one");
        }
        assert_eq!(made.load(Ordering::Relaxed), 2);
        assert!(answers.get(&[1; 32]).await.is_some());
    }

    #[tokio::test]
    async fn what_failed_is_made_anew() {
        let answers = Answers::new(1024 * 1024);
        let failed = answers.get_or_make([1; 32], async { Err::<Answered, _>("no") });
        assert_eq!(*failed.await.unwrap_err(), "no");
        let made = answers.get_or_make([1; 32], async { Ok::<_, ()>(answered("yes")) });
        assert_eq!(made.await.unwrap().body, "yes");
    }

    #[tokio::test]
    async fn no_more_is_kept_than_there_is_room_for() {
        let answers = Answers::new(10_000);
        for key in 0..100 {
            let make = async {
                Ok::<_, ()>(Answered {
                    body: vec![b' '; 1000].into(),
                    cost: 1,
                })
            };
            answers.get_or_make([key; 32], make).await.unwrap();
        }
        answers.0.run_pending_tasks().await;
        assert!(answers.0.weighted_size() <= 10_000);
        assert!(answers.0.entry_count() > 0);
    }
}
