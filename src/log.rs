//! The log: set up once, written to standard error by a thread of its own, so that no request ever waits for it or fails
//! because of it.
//!
//! `filter` reads `ANNALS_LOG`, `format` bounds and escapes what is written, `text` knows how, and `writer` writes it and
//! counts what could not be written. Nothing here may panic or block: it runs inside every request and while one panics.

use std::{
    io::{self, IsTerminal},
    panic,
    sync::{Arc, OnceLock, mpsc},
    thread,
    time::Duration,
};

use tracing_appender::non_blocking::{NonBlocking, NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::{
    Layer, Registry,
    fmt::{self, format::JsonFields},
    layer::SubscriberExt,
    util::SubscriberInitExt,
};

use crate::config::LogFormat;
pub use filter::LogError;
use format::Bounded;
use writer::Lines;

mod filter;
mod format;
mod text;
mod writer;

/// How many lines wait to be written. More are lost, and counted. Lines have [`text::MAX_LINE`] bytes at most, and most
/// have some 300.
const WAITING: usize = 4096;

/// How long the end of the process waits for lines that are not written yet.
const LAST_LINES: Duration = Duration::from_secs(2);

/// The log of the process. What still waits is written when this is dropped, as far as that takes no longer than two
/// seconds.
#[derive(Debug)]
pub struct Log(Option<WorkerGuard>);

/// Starts the log of this process, filtered by `ANNALS_LOG`. From now on panics are lines of the log.
///
/// # Errors
/// If the filter cannot be used.
pub fn start(format: LogFormat) -> Result<Log, LogError> {
    let filter = filter::from_environment()?;
    let dropped = Arc::new(OnceLock::new());
    let lines = Lines::new(io::stderr(), format, Arc::clone(&dropped));
    let (writer, guard) = NonBlockingBuilder::default()
        .lossy(true)
        .buffered_lines_limit(WAITING)
        .thread_name("log")
        .finish(lines);
    // It is set nowhere else.
    let _ = dropped.set(writer.error_counter());
    let colors = io::stderr().is_terminal();
    tracing_subscriber::registry()
        .with(layer(format, colors, writer).with_filter(filter))
        .init();
    log_panics();
    Ok(Log(Some(guard)))
}

fn layer(
    format: LogFormat,
    colors: bool,
    writer: NonBlocking,
) -> Box<dyn Layer<Registry> + Send + Sync> {
    let layer = fmt::layer()
        .with_ansi(colors && format == LogFormat::Text)
        .log_internal_errors(false)
        .with_writer(writer);
    match format {
        LogFormat::Text => layer
            .event_format(Bounded::new(fmt::format().with_ansi(colors), format))
            .boxed(),
        LogFormat::Json => layer
            .fmt_fields(JsonFields::new())
            .event_format(Bounded::new(fmt::format().json(), format))
            .boxed(),
    }
}

/// Panics are logged under the request that they happen in. The standard hook writes to standard error itself: it waits
/// where nobody reads that.
fn log_panics() {
    panic::set_hook(Box::new(|panic| {
        let message = panic.payload_as_str().unwrap_or("without a message");
        let location = panic.location().map(tracing::field::display);
        tracing::error!(location, "panicked: {message}");
    }));
}

impl Drop for Log {
    fn drop(&mut self) {
        let guard = self.0.take();
        let (written, wait) = mpsc::channel();
        // The guard waits at most a second, but where the queue is full it prints to standard output, which may block
        // for ever. It does so on a thread that nobody waits for any longer than this.
        let closing = thread::Builder::new().spawn(move || {
            drop(guard);
            let _ = written.send(());
        });
        if closing.is_ok() {
            let _ = wait.recv_timeout(LAST_LINES);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_line_under_the_request_that_it_happened_in() {
        let standard = panic::take_hook();
        log_panics();
        let log = format::tests::logged(LogFormat::Json, || {
            let _request = tracing::error_span!("request", id = "0123456789abcdef").entered();
            let caught = panic::catch_unwind(|| panic!("no {}", "\u{9b}more\n"));
            assert!(caught.is_err());
        });
        panic::set_hook(standard);
        let entry: serde_json::Value = serde_json::from_str(&log).unwrap();
        assert_eq!(entry["fields"]["message"], "panicked: no \u{9b}more\n");
        assert_eq!(entry["span"]["id"], "0123456789abcdef");
        let location = entry["fields"]["location"].as_str().unwrap();
        assert!(location.contains("log.rs:"), "{location}");
        assert_eq!(log.lines().count(), 1, "{log}");
    }
}
