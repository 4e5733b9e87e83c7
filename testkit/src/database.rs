//! Database files with the data in them, each built once.

use std::{
    env, fs,
    hash::{DefaultHasher, Hasher},
    io,
    path::{Path, PathBuf},
    time::Instant,
};

use annals::{
    engine::{Engine, Settings},
    limits::Limits,
    package::{self, ImportSettings},
    store::{CommandStore, Store},
};
use rusqlite::Connection;

use crate::{Size, write_package};

/// A database file with the built-in report and the data of this size.
///
/// It is built on first use, through the store's own migration and the import, and kept under the target directory
/// until anything that it is made of changes. Whoever asks must only read it.
///
/// # Panics
/// Where it cannot be built.
pub fn database(size: &Size) -> PathBuf {
    let folder = target_directory().join("testkit");
    fs::create_dir_all(&folder).expect("the target directory can be written to");
    let path = folder.join(format!("{}-{:016x}.db", size.name, fingerprint(size)));
    if !path.exists() {
        forget_older(&folder, size);
        // Another process may be building the same file: each builds its own, and the first one stays, since a
        // database must not be replaced while it is being opened.
        let building = tempfile::tempdir_in(&folder).expect("there is room for a database");
        let file = building.path().join("annals.db");
        build(size, &file);
        match fs::hard_link(&file, &path) {
            Err(cause) if cause.kind() != io::ErrorKind::AlreadyExists => {
                panic!("a finished file cannot be put into its place: {cause}")
            }
            _ => {}
        }
    }
    path
}

/// An engine that reads a file which [`database`] made, with the usual limits but two: an example of the documentation puts
/// a million results into 109,222 groups, which take more memory than a request may have unless that is set, and plans are
/// looked at of requests with several searches, which have more rows to look at than a request may ask for.
///
/// # Panics
/// Where the file cannot be opened.
pub async fn engine(path: &Path) -> Engine {
    let store = Store::open(
        &format!("sqlite://{}", path.display()),
        annals::store::cores(),
    )
    .await
    .expect("a database of ours opens");
    let settings = Settings {
        limits: Limits {
            loaded: 256 * 1024 * 1024,
            work: u64::MAX,
            ..Limits::default()
        },
        ..Settings::default()
    };
    Engine::new(store.readers().clone(), settings).expect("the schema is valid")
}

fn build(size: &Size, file: &Path) {
    let started = Instant::now();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    runtime.block_on(async {
        let url = format!("sqlite://{}", file.display());
        let store = CommandStore::open(&url, || {})
            .await
            .expect("a new database opens");
        let folder = tempfile::tempdir().expect("there is room for a package");
        write_package(size, size.fiscal_years(), folder.path());
        let mut package = package::check(folder.path())
            .unwrap_or_else(|fault| panic!("a generated package is not sound: {fault}"));
        let transaction = store.begin_large(|| {}).await.expect("nobody else writes");
        package::import_checked(&transaction, &mut package, &ImportSettings::default())
            .await
            .expect("a generated package can be imported");
        store
            .commit(transaction)
            .await
            .expect("there is room for it");
    });
    // The file alone, without a log beside it.
    let last = Connection::open(file).expect("the file opens");
    last.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .expect("nobody else uses the file");
    last.close().expect("the file can be closed");
    let bytes = fs::metadata(file).map_or(0, |file| file.len());
    eprintln!(
        "testkit: built {} in {:.1} s: {} results, {:.1} MB",
        size.name,
        started.elapsed().as_secs_f64(),
        size.all_results(),
        bytes as f64 / 1e6
    );
}

/// Removes what earlier versions have left.
fn forget_older(folder: &Path, size: &Size) {
    let prefix = format!("{}-", size.name);
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(&prefix) {
            // It may be in use by another run; then it goes next time.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// The directory that cargo builds into: this program lies somewhere in it.
fn target_directory() -> PathBuf {
    let program = env::current_exe().expect("a running program has a file");
    program
        .ancestors()
        .find(|folder| folder.join("CACHEDIR.TAG").exists())
        .map_or_else(env::temp_dir, Path::to_owned)
}

/// A number that changes with everything that a file of this size is made of.
fn fingerprint(size: &Size) -> u64 {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut hasher = DefaultHasher::new();
    hasher.write(format!("{size:?}").as_bytes());
    for made_of in [
        "testkit/src",
        "entity/src",
        "migration/src",
        "src/package",
        "src/store",
        "data/ice-fy2007",
    ] {
        hash_folder(&root.join(made_of), &mut hasher).expect("the sources can be read");
    }
    hasher.finish()
}

fn hash_folder(folder: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<_>>()?;
    paths.sort_unstable();
    for path in paths {
        if path.is_dir() {
            hash_folder(&path, hasher)?;
        } else {
            hasher.write(&fs::read(path)?);
        }
    }
    Ok(())
}
