//! Answers that are kept in memory, so that a request is answered once for as long as the data is the same.
//!
//! Whoever asks for the same while the answer is being made waits for it. Nothing here knows what an answer is of: the key
//! holds the request and the version of the data, so an answer of older data is never asked for again and is the first to
//! go.

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

/// What an entry takes beside its body, in bytes, roughly.
const ENTRY: usize = 256;

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
