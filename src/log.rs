//! The log: set up once and written to standard error by a dedicated thread, so that no request waits for it or fails
//! because of it.
//!
//! `filter` parses `ANNALS_LOG`. `format` limits how much each event and each request may log; `text` escapes and
//! truncates lines. `writer` writes them and counts the ones it could not write. Nothing here may panic or block: it runs
//! inside every request, and in the panic hook.

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
use format::BoundedFormat;
use writer::LineWriter;

mod filter;
mod format;
mod text;
mod writer;

/// The most lines waiting to be written. Lines beyond that are dropped and counted. A line is at most
/// [`text::MAX_LINE`] bytes; most are about 300.
const QUEUE_LINES: usize = 4096;

/// How long to wait at exit for queued lines to be written.
const FLUSH_TIMEOUT: Duration = Duration::from_secs(2);

/// The running log. Dropping it writes the queued lines, for at most two seconds.
#[derive(Debug)]
pub struct Log(Option<WorkerGuard>);

/// Starts logging, filtered by `ANNALS_LOG`. From now on panics are logged too.
///
/// # Errors
/// If the filter is not valid.
pub fn start(format: LogFormat) -> Result<Log, LogError> {
    let filter = filter::from_environment()?;
    let dropped = Arc::new(OnceLock::new());
    let lines = LineWriter::new(io::stderr(), format, Arc::clone(&dropped));
    let (writer, guard) = NonBlockingBuilder::default()
        .lossy(true)
        .buffered_lines_limit(QUEUE_LINES)
        .thread_name("log")
        .finish(lines);
    // Nothing else sets it.
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
            .event_format(BoundedFormat::new(fmt::format().with_ansi(colors), format))
            .boxed(),
        LogFormat::Json => layer
            .fmt_fields(JsonFields::new())
            .event_format(BoundedFormat::new(fmt::format().json(), format))
            .boxed(),
    }
}

/// Logs panics under the request they happen in. The default hook writes to standard error directly, and would block if
/// nobody reads it.
fn log_panics() {
    panic::set_hook(Box::new(|panic| {
        let message = panic.payload_as_str().unwrap_or("(no message)");
        let location = panic.location().map(tracing::field::display);
        tracing::error!(location, "panicked: {message}");
    }));
}

impl Drop for Log {
    fn drop(&mut self) {
        let guard = self.0.take();
        let (written, wait) = mpsc::channel();
        // The guard waits at most a second, but when the queue is full it prints to standard output, which may block
        // forever. So it runs on a thread of its own, with a timeout.
        let closing = thread::Builder::new().spawn(move || {
            drop(guard);
            let _ = written.send(());
        });
        if closing.is_ok() {
            let _ = wait.recv_timeout(FLUSH_TIMEOUT);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_logged_under_its_request() {
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
