//! Formats events as lines of limited length: each line, and all lines of a request together.
//!
//! Anything a client sent is truncated here at the latest, so that no call to `tracing` has to remember it. Nothing here
//! writes to the log.

use std::fmt;

use tracing::{Event, Level, Subscriber};
use tracing_subscriber::{
    fmt::{FmtContext, FormatEvent, FormatFields, format::Writer},
    registry::{LookupSpan, SpanRef},
};

use super::text::{MAX_LINE, bounded};
use crate::config::LogFormat;

/// The most bytes of the last line of a request, and of all lines before it: 2 KB together. `debug` and `trace` lines,
/// which are off by default, do not count.
const MAX_LAST: usize = 512;
const MAX_OTHERS: usize = 1_488;

/// The field that only the last line of a request has.
const LAST_LINE_FIELD: &str = "status";

/// A line is omitted if fewer bytes than this are left for it. A JSON line needs about as much beside its longest string.
const MIN_LINE: usize = 400;

/// Limits the length of what another formatter writes.
pub(super) struct BoundedFormat<F> {
    inner: F,
    format: LogFormat,
}

/// The bytes logged for a request so far, stored in its span.
struct BytesLogged(usize);

impl<F> BoundedFormat<F> {
    pub(super) fn new(inner: F, format: LogFormat) -> BoundedFormat<F> {
        BoundedFormat { inner, format }
    }
}

impl<S, N, F> FormatEvent<S, N> for BoundedFormat<F>
where
    S: Subscriber + for<'s> LookupSpan<'s>,
    N: for<'w> FormatFields<'w> + 'static,
    F: FormatEvent<S, N>,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, N>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let request = match *event.metadata().level() <= Level::INFO {
            true => context
                .event_scope()
                .and_then(|scope| scope.from_root().next()),
            false => None,
        };
        let is_last = event.metadata().fields().field(LAST_LINE_FIELD).is_some();
        let limit = match &request {
            None => MAX_LINE,
            Some(_) if is_last => MAX_LAST,
            Some(request) => MAX_OTHERS.saturating_sub(bytes_logged(request)),
        };
        if limit < MIN_LINE {
            return Ok(());
        }
        let mut line = String::new();
        self.inner
            .format_event(context, Writer::new(&mut line), event)?;
        let line = bounded(line.trim_end_matches('\n'), self.format, limit - 1);
        if let Some(request) = request.filter(|_| !is_last) {
            count_bytes(&request, line.len() + 1);
        }
        writeln!(writer, "{line}")
    }
}

fn bytes_logged<'s, S: LookupSpan<'s>>(request: &SpanRef<'s, S>) -> usize {
    request
        .extensions()
        .get::<BytesLogged>()
        .map_or(0, |bytes| bytes.0)
}

fn count_bytes<'s, S: LookupSpan<'s>>(request: &SpanRef<'s, S>, bytes: usize) {
    let mut extensions = request.extensions_mut();
    match extensions.get_mut::<BytesLogged>() {
        Some(logged) => logged.0 += bytes,
        None => extensions.insert(BytesLogged(bytes)),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::{
        io,
        sync::{Arc, Mutex},
    };

    use tracing::subscriber::with_default;
    use tracing_subscriber::{
        fmt::{self, format::JsonFields},
        layer::SubscriberExt,
    };

    use super::*;

    #[derive(Clone, Default)]
    struct Buffer(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Buffer {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// What `log` writes to the log.
    pub(in crate::log) fn logged(format: LogFormat, log: impl FnOnce()) -> String {
        let buffer = Buffer::default();
        let copy = buffer.clone();
        let layer = fmt::layer()
            .with_writer(move || copy.clone())
            .with_ansi(false);
        let registry = tracing_subscriber::registry();
        match format {
            LogFormat::Text => {
                let layer =
                    layer.event_format(BoundedFormat::new(fmt::format().with_ansi(false), format));
                with_default(registry.with(layer), log);
            }
            LogFormat::Json => {
                let layer = layer
                    .fmt_fields(JsonFields::new())
                    .event_format(BoundedFormat::new(fmt::format().json(), format));
                with_default(registry.with(layer), log);
            }
        }
        let bytes = buffer.0.lock().unwrap().clone();
        String::from_utf8(bytes).unwrap()
    }

    const FORMATS: [LogFormat; 2] = [LogFormat::Text, LogFormat::Json];

    #[test]
    fn a_request_logs_at_most_2_kb_and_always_its_last_line() {
        let long = "\u{7f}\"é".repeat(10_000);
        for format in FORMATS {
            let log = logged(format, || {
                let _request = tracing::error_span!("request", id = "0123456789abcdef").entered();
                for _ in 0..100 {
                    tracing::error!(cause = %long, "failed");
                    tracing::info!(code = "BAD_USER_INPUT", reason = long, "refusing");
                }
                tracing::info!(
                    status = 400,
                    bytes = 12_345,
                    elapsed = "1.234567ms",
                    "refused"
                );
            });
            assert!(log.len() <= 2_000, "{format:?}: {}", log.len());
            let last = log.lines().last().unwrap();
            assert!(
                last.contains("refused") && last.contains("1.234567ms"),
                "{log}"
            );
            assert!(
                log.lines().all(|line| line.contains("0123456789abcdef")),
                "{log}"
            );
        }
    }

    #[test]
    fn debug_lines_and_lines_outside_requests_have_a_limit_each() {
        let long = "a".repeat(100_000);
        for format in FORMATS {
            let log = logged(format, || {
                tracing::warn!(long);
                let _request = tracing::error_span!("request").entered();
                tracing::debug!(long);
                tracing::debug!(long);
            });
            assert_eq!(log.lines().count(), 3);
            for line in log.lines() {
                assert!((4_000..MAX_LINE).contains(&line.len()), "{}", line.len());
            }
        }
    }

    #[test]
    fn a_value_cannot_start_a_new_line() {
        for format in FORMATS {
            let log = logged(format, || tracing::info!("one\ntwo\u{2028}three\u{9b}2J"));
            assert_eq!(log.lines().count(), 1, "{log}");
            assert!(
                !log.trim_end()
                    .chars()
                    .any(|letter| letter.is_control() || letter == '\u{2028}')
            );
        }
    }
}
