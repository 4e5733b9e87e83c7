//! The signals that ask the process to stop. Once these handlers are installed, none of them kills it directly. What a
//! signal leads to is decided by the caller.

use std::io;

/// Added to the signal's number to make the exit code, as shells do.
const EXIT_CODE_BASE: u8 = 128;

/// A signal that asks the process to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Signal {
    /// Its name, such as `SIGTERM`.
    pub(super) name: &'static str,
    number: u8,
}

impl Signal {
    /// The exit code of a process that this signal terminated.
    pub(super) fn exit_code(self) -> u8 {
        EXIT_CODE_BASE + self.number
    }
}

const INTERRUPT: Signal = Signal {
    name: "SIGINT",
    number: 2,
};

/// Handles SIGINT, SIGTERM and SIGHUP. If SIGHUP was ignored when the process started, as under `nohup`, it stays ignored.
#[cfg(unix)]
pub(super) struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
    hangup: Option<tokio::signal::unix::Signal>,
}

#[cfg(unix)]
impl Signals {
    /// Installs the handlers.
    ///
    /// # Errors
    /// If a handler cannot be installed.
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

/// True if SIGHUP was ignored when the process started. Only Linux tells this without unsafe code; elsewhere it is false.
#[cfg(unix)]
fn is_hangup_ignored() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    // SIGHUP is signal 1, the lowest bit.
    ignored
        .and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
        .is_some_and(|mask| mask & 1 == 1)
}

/// Handles Ctrl-C.
#[cfg(not(unix))]
pub(super) struct Signals;

#[cfg(not(unix))]
impl Signals {
    /// Installs the handlers.
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
