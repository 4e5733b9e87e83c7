//! How far an import is: a bar with rate and time left on a terminal, lines of the log elsewhere.

use std::{
    io::{self, IsTerminal},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressStyle};

/// How often the log says how far it is.
const LOG_INTERVAL: Duration = Duration::from_secs(5);

const TEMPLATE: &str = "{wide_bar} {human_pos} of {human_len} results, {per_sec}, {eta} left";

/// The progress of one package.
pub(super) struct Progress {
    total: u64,
    done: AtomicU64,
    bar: Option<ProgressBar>,
    logged: Mutex<Instant>,
}

impl Progress {
    /// Nothing done yet of so many results.
    pub(super) fn new(total: usize) -> Self {
        let total = total as u64;
        let bar = io::stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template(TEMPLATE);
            let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
            ProgressBar::new(total).with_style(style)
        });
        Self {
            total,
            done: AtomicU64::new(0),
            bar,
            logged: Mutex::new(Instant::now()),
        }
    }

    /// So many results more are done.
    pub(super) fn advance(&self, results: u64) {
        let done = self.done.fetch_add(results, Ordering::Relaxed) + results;
        if let Some(bar) = &self.bar {
            bar.inc(results);
            return;
        }
        let mut logged = self.logged.lock().unwrap_or_else(PoisonError::into_inner);
        if logged.elapsed() >= LOG_INTERVAL {
            tracing::info!(results = done, of = self.total, "importing");
            *logged = Instant::now();
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
