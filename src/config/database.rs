//! Which database a command works on.

use clap::Args;

/// The flag that names the database.
#[derive(Debug, Clone, Args)]
pub(super) struct DatabaseFlag {
    /// The database: sqlite:// and a path. annals serve creates a file that is absent. Without it DATABASE_URL counts, and without that sqlite://annals.db.
    #[arg(long, env = "ANNALS_DATABASE_URL", value_name = "URL")]
    database_url: Option<String>,
}

impl DatabaseFlag {
    /// The URL of the database.
    pub(super) fn url(&self) -> String {
        self.database_url
            .clone()
            .or_else(|| std::env::var("DATABASE_URL").ok())
            .unwrap_or_else(|| "sqlite://annals.db".into())
    }
}
