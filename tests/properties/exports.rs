//! Exports of random packages: imported into another database and exported there, they are the same byte for byte.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use annals::{
    package::{self, Format, Package},
    store::Store,
};

use super::{api::Api, data, seed};

const PACKAGES: u64 = 5;

#[test]
fn an_export_comes_back_byte_for_byte() {
    for seed in seed()..seed() + PACKAGES {
        let first = exported(&[data::package(seed)]);
        let packages: Vec<Package> = first.values().map(|(package, _)| package.clone()).collect();
        assert!(!packages.is_empty());
        let second = exported(&packages);
        for (name, (_, files)) in first {
            assert_eq!(files, second[&name].1, "{name} of seed {seed}");
        }
    }
}

/// All files of an exported package, by name.
type Files = BTreeMap<String, String>;

/// Imports packages into a new database, and exports all that is there.
fn exported(packages: &[Package]) -> BTreeMap<String, (Package, Files)> {
    let folder = tempfile::tempdir().expect("there is room");
    let (api, store) = Api::open();
    api.wait(async {
        for package in packages {
            import(&store, package).await;
        }
        package::export(store.writer(), None, None, Format::Package, folder.path())
            .await
            .expect("there is room");
    });
    entries(folder.path())
        .map(|path| {
            let opened = package::open(&path).expect("an export is a package");
            let files = entries(&path).map(|file| {
                let content = fs::read_to_string(&file).expect("it is text");
                (name(&file), content)
            });
            (name(&path), (opened.package, files.collect()))
        })
        .collect()
}

async fn import(store: &Store, package: &Package) {
    let transaction = store.begin().await.expect("nobody else writes");
    package::import(&transaction, package)
        .await
        .expect("the package agrees with what is stored");
    transaction.commit().await.expect("the import is written");
}

fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    entries.map(|entry| entry.expect("an entry").path())
}

fn name(path: &Path) -> String {
    let name = path.file_name().expect("it has a name");
    name.to_string_lossy().into_owned()
}
