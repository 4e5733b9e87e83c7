//! What an import spends its time on, for `ANNALS_LOG=debug` and the bench.

use std::time::Instant;

/// The stage that began last.
pub(super) struct Stages(Instant);

impl Stages {
    /// The first stage begins.
    pub(super) fn begin() -> Self {
        Self(Instant::now())
    }

    /// A stage is done, and the next begins.
    pub(super) fn done(&mut self, stage: &str) {
        let milliseconds = self.0.elapsed().as_millis() as u64;
        tracing::debug!(stage, milliseconds, "import");
        self.0 = Instant::now();
    }
}
