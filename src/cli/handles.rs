//! File handles: how many the process may have open, and what that means for connections. Each connection takes one; the
//! database takes some for each reader.
//!
//! A process without a handle left can accept nobody, not even to say that there are too many: whoever comes waits
//! without a word. So the system's soft limit is raised to what the settings need, and where the hard limit is lower
//! there are fewer connections.

use std::{num::NonZero, thread::available_parallelism};

/// Handles of the process itself: standard streams, the listener, the runtime, the writer of the database.
const OWN: usize = 64;

/// Handles of a reader: the file, its write-ahead log and its shared memory, twice while a replaced file is opened.
const PER_READER: usize = 6;

/// The most connections at once that there are handles for: `wanted` where the system allows it. Those that are turned
/// away take handles too, `turned_away` of them at most.
pub(super) fn connections(wanted: usize, turned_away: impl Fn(usize) -> usize) -> usize {
    let readers = available_parallelism().map_or(1, NonZero::get);
    let others = OWN + PER_READER * readers;
    let needed = |connections: usize| others + connections + turned_away(connections);
    let available = provide(needed(wanted));
    if needed(wanted) <= available {
        return wanted;
    }
    // Half of what is left for connections may go to those that are turned away, so this is at most twice too few.
    let mut possible = available.saturating_sub(others).max(2) / 2;
    while possible < wanted && needed(possible + 1) <= available {
        possible += 1;
    }
    tracing::warn!(
        connections = possible,
        wanted,
        handles = available,
        "fewer connections than --max-connections: the hard limit of open files (ulimit -Hn) is too low"
    );
    possible
}

/// Raises the soft limit of open files to `needed` if it is lower, as far as the hard limit goes. Gives the limit that
/// there is now.
#[cfg(unix)]
fn provide(needed: usize) -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    // Where there is no number there is no limit.
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
            tracing::info!(from = soft, to = raised, "raised the limit of open files");
            raised
        }
        Err(cause) => {
            tracing::warn!(%cause, limit = soft, "cannot raise the limit of open files");
            soft
        }
    }
}

/// Elsewhere handles are not limited by a number.
#[cfg(not(unix))]
fn provide(_needed: usize) -> usize {
    usize::MAX
}
