//! Writes lines where they go, on the log's own thread, and says how many were lost before.
//!
//! A line that cannot be written is lost: nothing here fails, and nothing waits but for the reader of the log.

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

/// Writes lines, each given as a whole.
pub(super) struct Lines<W> {
    out: W,
    format: LogFormat,
    /// Counts lines for which there was no room in the queue.
    dropped: Arc<OnceLock<ErrorCounter>>,
    /// How many lines could not be written.
    failed: usize,
    /// How many of the lost lines the log has told of.
    told: usize,
    /// Whether the last line was written in part only.
    is_torn: bool,
}

impl<W: Write> Lines<W> {
    pub(super) fn new(out: W, format: LogFormat, dropped: Arc<OnceLock<ErrorCounter>>) -> Lines<W> {
        Lines {
            out,
            format,
            dropped,
            failed: 0,
            told: 0,
            is_torn: false,
        }
    }

    /// Says how many lines were lost since it was said last.
    fn tell_lost(&mut self) -> io::Result<()> {
        let dropped = self.dropped.get().map_or(0, ErrorCounter::dropped_lines);
        let lost = dropped.saturating_add(self.failed);
        if lost > self.told {
            self.put(&lost_lines(self.format, lost - self.told))?;
            self.told = lost;
        }
        Ok(())
    }

    fn put(&mut self, line: &str) -> io::Result<()> {
        self.put_bytes(line.as_bytes())
    }

    fn put_bytes(&mut self, mut line: &[u8]) -> io::Result<()> {
        if self.is_torn {
            self.out.write_all(b"\n")?;
            self.is_torn = false;
        }
        let length = line.len();
        while !line.is_empty() {
            match self.out.write(line) {
                Ok(written) if written > 0 => line = &line[written..],
                Err(cause) if cause.kind() == io::ErrorKind::Interrupted => {}
                failed => {
                    self.is_torn = line.len() < length;
                    return Err(failed.err().unwrap_or(io::ErrorKind::WriteZero.into()));
                }
            }
        }
        Ok(())
    }
}

impl<W: Write> Write for Lines<W> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        // An event that is left out is an empty line.
        if !line.is_empty()
            && self
                .tell_lost()
                .and_then(|()| self.put_bytes(line))
                .is_err()
        {
            self.failed = self.failed.saturating_add(1);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        // What cannot be told now is told later.
        let _ = self.tell_lost();
        let _ = self.out.flush();
        Ok(())
    }
}

/// The line that says so. It is not an event: that could be lost itself.
fn lost_lines(format: LogFormat, lost: usize) -> String {
    let mut time = String::new();
    // A line without a time is better than none.
    let _ = SystemTime.format_time(&mut Writer::new(&mut time));
    let message = "lines of the log were lost";
    match format {
        LogFormat::Text => format!("{time}  WARN annals::log: {message} lines={lost}\n"),
        LogFormat::Json => {
            let entry = serde_json::json!({
                "timestamp": time,
                "level": "WARN",
                "fields": { "message": message, "lines": lost },
                "target": "annals::log",
            });
            format!("{entry}\n")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes in so many bytes, and then nothing until there is room again.
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
    fn lost_lines_are_counted_and_told_of_as_soon_as_there_is_room() {
        for format in [LogFormat::Text, LogFormat::Json] {
            let mut lines = Lines::new(Disk::default(), format, Arc::default());
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
                LogFormat::Text => "lines=3",
                LogFormat::Json => "\"lines\":3",
            };
            assert!(kept[2].contains("lines of the log were lost") && kept[2].contains(count));
        }
    }
}
