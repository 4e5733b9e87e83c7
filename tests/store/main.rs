//! The store from outside, on real files.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::{env, fs};

use annals::package::{self, ImportError, Package};
use annals::store::Store;
use sea_orm::{EntityTrait, PaginatorTrait};
use tempfile::TempDir;

mod content;
mod imports;
mod large;
mod readers;
mod search;
mod starts;

/// A database file in a folder of its own.
struct Place {
    _folder: TempDir,
    path: PathBuf,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("annals.db");
        Self {
            _folder: folder,
            path,
        }
    }

    fn url(&self) -> String {
        format!("sqlite://{}", self.path.display())
    }

    async fn open(&self) -> Store {
        Store::open(&self.url(), annals::store::cores())
            .await
            .expect("a store")
    }

    /// One number from the file, read without the store. An empty file has no tables: 0.
    fn number(&self, sql: &str) -> i64 {
        let connection = rusqlite::Connection::open(&self.path).expect("a database file");
        match connection.query_row(sql, [], |row| row.get(0)) {
            Ok(number) => number,
            Err(error) if error.to_string().contains("no such table") => 0,
            Err(error) => panic!("{error}"),
        }
    }

    /// Starts a process of its own that opens this store and ends.
    fn start_elsewhere(&self) -> Child {
        Command::new(env::current_exe().expect("this test binary"))
            .args(["--exact", "starts::child_that_opens_a_store", "--ignored"])
            .env("ANNALS_TEST_URL", self.url())
            .stdout(Stdio::null())
            .spawn()
            .expect("a child process")
    }
}

/// The built-in package with texts replaced, each in all files.
fn builtin_with(replacements: &[(&str, &str)]) -> Package {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/ice-fy2007");
    for file in fs::read_dir(source).expect("the built-in package") {
        let path = file.expect("a file").path();
        let mut content = fs::read_to_string(&path).expect("text");
        for (from, to) in replacements {
            content = content.replace(from, to);
        }
        let name = path.file_name().expect("a name");
        fs::write(folder.path().join(name), content).expect("a copy");
    }
    let opened = package::open(folder.path());
    opened.expect("a valid package").package
}

/// Makes the built-in package a report of another year.
const NEXT_YEAR: (&str, &str) = ("ICE,2007,", "ICE,2008,");

/// Imports a package and commits, or fails and changes nothing.
async fn import(store: &Store, package: &Package) -> Result<(), ImportError> {
    let transaction = store.begin().await?;
    package::import(&transaction, package).await?;
    transaction.commit().await?;
    Ok(())
}

async fn count<E>(store: &Store) -> u64
where
    E: EntityTrait,
    E::Model: Sync,
{
    let rows = E::find().count(store.writer()).await;
    rows.expect("a count")
}
