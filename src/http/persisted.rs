//! Automatic persisted queries, as Apollo's clients speak them: a client sends the hash of its document, and the document
//! only when the server does not know it.

use std::sync::Arc;

use moka::sync::Cache;
use serde::Deserialize;

use super::digest::{Digest, digest_of_text};
use crate::error::{Code, RequestError};

/// How much of documents is kept, in bytes.
const KEPT: u64 = 4 * 1024 * 1024;

/// What a document takes beside its text, in bytes: as an answer does beside its body.
const ENTRY: usize = 512;

/// `extensions.persistedQuery`.
#[derive(Debug, Clone, Deserialize)]
#[serde(
    rename_all = "camelCase",
    expecting = "an object with the keys version and sha256Hash"
)]
pub(super) struct PersistedQuery {
    version: u64,
    sha256_hash: String,
}

impl PersistedQuery {
    /// The hash.
    ///
    /// # Errors
    /// If it is of another version of the protocol, or no hash.
    fn digest(&self) -> Result<Digest, RequestError> {
        let fault = |message: &str| Err(RequestError::new(Code::BadUserInput, message));
        if self.version != 1 {
            return fault("extensions.persistedQuery.version must be 1.");
        }
        match read_hex(&self.sha256_hash) {
            Some(digest) => Ok(digest),
            None => fault(
                "extensions.persistedQuery.sha256Hash must be the SHA-256 of the document: 64 hexadecimal digits.",
            ),
        }
    }
}

/// The documents kept, by their hashes.
pub(super) struct Documents(Cache<Digest, Arc<str>>);

impl Documents {
    pub(super) fn new() -> Documents {
        let weigh =
            |_: &Digest, text: &Arc<str>| u32::try_from(text.len() + ENTRY).unwrap_or(u32::MAX);
        Documents(Cache::builder().weigher(weigh).max_capacity(KEPT).build())
    }

    /// The document under a hash.
    ///
    /// # Errors
    /// `PERSISTED_QUERY_NOT_FOUND` where none is kept, `BAD_USER_INPUT` where it is no hash.
    pub(super) fn find(&self, named: &PersistedQuery) -> Result<String, RequestError> {
        match self.0.get(&named.digest()?) {
            Some(text) => Ok(text.as_ref().to_owned()),
            // Clients go by this very message where they do not read codes.
            None => Err(RequestError::new(
                Code::PersistedQueryNotFound,
                "PersistedQueryNotFound",
            )),
        }
    }

    /// Makes sure that a document is the one of its hash.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` where it is not.
    pub(super) fn check(named: &PersistedQuery, document: &str) -> Result<(), RequestError> {
        match named.digest()? == digest_of_text(document) {
            true => Ok(()),
            false => Err(RequestError::new(
                Code::BadUserInput,
                "extensions.persistedQuery.sha256Hash is not the SHA-256 of the document in query.",
            )),
        }
    }

    /// Whether a document is kept.
    pub(super) fn has(&self, document: &str) -> bool {
        self.0.contains_key(&digest_of_text(document))
    }

    /// Keeps a document that was found valid, and whose hash was checked.
    pub(super) fn keep(&self, document: &str) {
        self.0
            .get_with(digest_of_text(document), || Arc::from(document));
    }
}

fn read_hex(text: &str) -> Option<Digest> {
    let mut digest = Digest::default();
    if text.len() != 2 * digest.len() || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    for (place, byte) in digest.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * place..2 * place + 2)?, 16).ok()?;
    }
    Some(digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(version: u64, hash: &str) -> PersistedQuery {
        PersistedQuery {
            version,
            sha256_hash: hash.into(),
        }
    }

    #[test]
    fn a_document_is_found_by_its_hash_once_it_is_kept() {
        // printf '{ __typename }' | sha256sum
        let hash = "7f56e67dd21ab3f30d1ff8b7bed08893f0a0db86449836189b361dd1e56ddb4b";
        let document = "{ __typename }";
        let documents = Documents::new();
        let unknown = documents.find(&named(1, hash)).unwrap_err();
        assert_eq!(unknown.code, Code::PersistedQueryNotFound);
        Documents::check(&named(1, hash), document).unwrap();
        documents.keep(document);
        assert_eq!(documents.find(&named(1, hash)).unwrap(), document);
        assert_eq!(
            documents.find(&named(1, &hash.to_uppercase())).unwrap(),
            document
        );
        let other = Documents::check(&named(1, hash), "{ agencies { totalCount } }").unwrap_err();
        assert_eq!(other.code, Code::BadUserInput);
    }

    #[test]
    fn what_is_no_hash_is_refused() {
        let long = "0".repeat(65);
        let sign = "+0".repeat(32);
        for hash in ["", "abc", &long, &sign, &"é".repeat(32)] {
            let fault = named(1, hash).digest().unwrap_err();
            assert_eq!(fault.code, Code::BadUserInput, "{hash}");
        }
        assert!(named(2, &"0".repeat(64)).digest().is_err());
    }
}
