//! Writes lines to their destination, on the log's own thread, and reports how many lines were dropped.
//!
//! A line that cannot be written is dropped: nothing here returns an error or retries.

use std::{
    io::{self, Write},
    sync::{Arc, OnceLock},
};

use tracing_appender::non_blocking::ErrorCounter;
use tracing_subscriber::fmt::{
    format::Writer,
    time::{FormatTime, SystemTime},
};

use crate::config::LogFormat;

/// Writes whole lines, one per call of `write`.
pub(super) struct LineWriter<W> {
    out: W,
    format: LogFormat,
    /// Counts lines dropped because the queue was full. Set once the queue exists.
    queue_dropped: Arc<OnceLock<ErrorCounter>>,
    /// Lines that could not be written.
    failed: usize,
    /// Dropped lines that the log has reported.
    reported: usize,
    /// True if the last line was written only in part.
    has_partial_line: bool,
}

impl<W: Write> LineWriter<W> {
    pub(super) fn new(
        out: W,
        format: LogFormat,
        queue_dropped: Arc<OnceLock<ErrorCounter>>,
    ) -> LineWriter<W> {
        LineWriter {
            out,
            format,
            queue_dropped,
            failed: 0,
            reported: 0,
            has_partial_line: false,
        }
    }

    /// Reports the lines dropped since the last report.
    fn report_dropped(&mut self) -> io::Result<()> {
        let in_queue = self.queue_dropped.get();
        let in_queue = in_queue.map_or(0, ErrorCounter::dropped_lines);
        let dropped = in_queue.saturating_add(self.failed);
        if dropped > self.reported {
            let report = report(self.format, dropped - self.reported);
            self.put(report.as_bytes())?;
            self.reported = dropped;
        }
        Ok(())
    }

    fn put(&mut self, mut line: &[u8]) -> io::Result<()> {
        if self.has_partial_line {
            self.out.write_all(b"\n")?;
            self.has_partial_line = false;
        }
        let length = line.len();
        while !line.is_empty() {
            match self.out.write(line) {
                Ok(written) if written > 0 => line = &line[written..],
                Err(cause) if cause.kind() == io::ErrorKind::Interrupted => {}
                failed => {
                    self.has_partial_line = line.len() < length;
                    return Err(failed.err().unwrap_or(io::ErrorKind::WriteZero.into()));
                }
            }
        }
        Ok(())
    }
}

impl<W: Write> Write for LineWriter<W> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        // An omitted event arrives as an empty line.
        if !line.is_empty() && self.report_dropped().and_then(|()| self.put(line)).is_err() {
            self.failed = self.failed.saturating_add(1);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        // If this fails, it is reported later.
        let _ = self.report_dropped();
        let _ = self.out.flush();
        Ok(())
    }
}

/// The line that reports dropped lines. It is not a tracing event, which could be dropped itself.
fn report(format: LogFormat, dropped: usize) -> String {
    let mut time = String::new();
    // Without a time it is still worth writing.
    let _ = SystemTime.format_time(&mut Writer::new(&mut time));
    let message = "log lines were dropped";
    match format {
        LogFormat::Text => format!("{time}  WARN annals::log: {message} count={dropped}\n"),
        LogFormat::Json => {
            let entry = serde_json::json!({
                "timestamp": time,
                "level": "WARN",
                "fields": { "message": message, "count": dropped },
                "target": "annals::log",
            });
            format!("{entry}\n")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes as many bytes as there is room for, then fails.
    #[derive(Default)]
    struct Disk {
        room: usize,
        kept: Vec<u8>,
    }

    impl Write for Disk {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let taken = bytes.len().min(self.room);
            if taken == 0 {
                return Err(io::ErrorKind::StorageFull.into());
            }
            self.room -= taken;
            self.kept.extend(&bytes[..taken]);
            Ok(taken)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn dropped_lines_are_counted_and_reported_as_soon_as_there_is_room() {
        for format in [LogFormat::Text, LogFormat::Json] {
            let mut lines = LineWriter::new(Disk::default(), format, Arc::default());
            lines.out.room = 9;
            for line in ["first\n", "second\n", "third\n", "fourth\n"] {
                lines.write_all(line.as_bytes()).unwrap();
            }
            lines.out.room = 1000;
            lines.write_all(b"fifth\n").unwrap();
            lines.write_all(b"sixth\n").unwrap();
            let kept = String::from_utf8(lines.out.kept).unwrap();
            let kept: Vec<&str> = kept.lines().collect();
            assert_eq!(kept.len(), 5, "{kept:?}");
            assert_eq!(
                (kept[0], kept[1], kept[3], kept[4]),
                ("first", "sec", "fifth", "sixth")
            );
            let count = match format {
                LogFormat::Text => "count=3",
                LogFormat::Json => "\"count\":3",
            };
            assert!(kept[2].contains("log lines were dropped") && kept[2].contains(count));
        }
    }
}
