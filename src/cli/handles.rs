//! File handles: raises the process's limit to what its connections and readers need, or lowers the number of connections
//! to what the limit allows. Nothing here opens a file.
//!
//! A process that has run out of handles cannot accept a connection, not even to refuse it: new clients would hang.

/// Handles of the process itself: standard streams, listener, runtime, database writer, with room to spare.
const BASE: usize = 64;

/// Handles per reader: the database file, its write-ahead log and its shared memory; twice while switching to a new file.
const PER_READER: usize = 6;

/// The number of connections that the process has handles for: `wanted`, or fewer if the hard limit is too low.
/// `turned_away` gives the number of connections beyond the limit that may be open while they are being refused.
pub(super) fn connections(
    wanted: usize,
    readers: usize,
    turned_away: impl Fn(usize) -> usize,
) -> usize {
    let others = BASE + PER_READER * readers;
    let needed = |connections: usize| others + connections + turned_away(connections);
    let available = raise_limit(needed(wanted));
    if needed(wanted) <= available {
        return wanted;
    }
    // Connections being refused take at most as many handles as the others, so half of the handles is always possible.
    let mut possible = available.saturating_sub(others).max(2) / 2;
    while possible < wanted && needed(possible + 1) <= available {
        possible += 1;
    }
    tracing::warn!(
        connections = possible,
        wanted,
        handles = available,
        "lowered --max-connections: the hard limit on open files (ulimit -Hn) is too low"
    );
    possible
}

/// Raises the soft limit on open files to `needed`, as far as the hard limit allows. Returns the limit now in effect.
#[cfg(unix)]
fn raise_limit(needed: usize) -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    // No number means no limit.
    let number = |limit: Option<u64>| {
        limit.map_or(usize::MAX, |limit| {
            usize::try_from(limit).unwrap_or(usize::MAX)
        })
    };
    let (soft, hard) = (number(limit.current), number(limit.maximum));
    let raised = needed.min(hard);
    if raised <= soft {
        return soft;
    }
    let new = Rlimit {
        current: Some(raised as u64),
        maximum: limit.maximum,
    };
    match setrlimit(Resource::Nofile, new) {
        Ok(()) => {
            tracing::info!(from = soft, to = raised, "raised the limit on open files");
            raised
        }
        Err(cause) => {
            tracing::warn!(%cause, limit = soft, "cannot raise the limit on open files");
            soft
        }
    }
}

/// Other systems have no such limit.
#[cfg(not(unix))]
fn raise_limit(_needed: usize) -> usize {
    usize::MAX
}
