//! The signals that ask the process to end. From the moment they are listened to, none of them ends it by itself.

use std::io;

/// What a process ends with that a signal ended, beside the signal's number.
const BY_SIGNAL: u8 = 128;

/// A signal that asks the process to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Signal {
    /// Its name, such as `SIGTERM`.
    pub(super) name: &'static str,
    number: u8,
}

impl Signal {
    /// The exit code of a process that this signal ended.
    pub(super) fn exit_code(self) -> u8 {
        BY_SIGNAL + self.number
    }
}

const INTERRUPT: Signal = Signal {
    name: "SIGINT",
    number: 2,
};

/// Listens to SIGINT, SIGTERM and SIGHUP. A SIGHUP that was ignored when the process started, as `nohup` has it, stays
/// ignored.
#[cfg(unix)]
pub(super) struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
    hangup: Option<tokio::signal::unix::Signal>,
}

#[cfg(unix)]
impl Signals {
    /// Listens from now on.
    ///
    /// # Errors
    /// If the system does not let a signal be handled.
    pub(super) fn listen() -> io::Result<Signals> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Signals {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hangup: match is_hangup_ignored() {
                true => None,
                false => Some(signal(SignalKind::hangup())?),
            },
        })
    }

    /// The next signal.
    pub(super) async fn next(&mut self) -> Signal {
        let hangup = async {
            match &mut self.hangup {
                Some(hangup) => hangup.recv().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = self.interrupt.recv() => INTERRUPT,
            _ = self.terminate.recv() => Signal { name: "SIGTERM", number: 15 },
            _ = hangup => Signal { name: "SIGHUP", number: 1 },
        }
    }
}

/// Whether whoever started the process had SIGHUP ignored. Only Linux says so without unsafe code; elsewhere it is taken
/// not to be.
#[cfg(unix)]
fn is_hangup_ignored() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    // The lowest bit is that of SIGHUP, whose number is 1.
    ignored
        .and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
        .is_some_and(|mask| mask & 1 == 1)
}

/// Listens to Ctrl-C.
#[cfg(not(unix))]
pub(super) struct Signals;

#[cfg(not(unix))]
impl Signals {
    /// Listens from now on.
    pub(super) fn listen() -> io::Result<Signals> {
        Ok(Signals)
    }

    /// The next signal.
    pub(super) async fn next(&mut self) -> Signal {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        INTERRUPT
    }
}
