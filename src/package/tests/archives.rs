//! Packages in zips, and zips that are refused.

use std::fs::{self, File};
use std::io::Write;
use std::path::PathBuf;

use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{TINY, noted, open};
use crate::package::Opened;
use crate::package::PackageError;

/// A zip with the small package in a folder of it, and whatever else is put in.
fn zip(folder: &str, more: impl FnOnce(&mut ZipWriter<File>)) -> (TempDir, PathBuf) {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("boats.zip");
    let mut zip = ZipWriter::new(File::create(&path).unwrap());
    for (name, content) in TINY {
        put(&mut zip, &format!("{folder}{name}"), content.as_bytes());
    }
    more(&mut zip);
    zip.finish().unwrap();
    (place, path)
}

fn put(zip: &mut ZipWriter<File>, name: &str, content: &[u8]) {
    zip.start_file(name, SimpleFileOptions::default()).unwrap();
    zip.write_all(content).unwrap();
}

fn opened(folder: &str, more: impl FnOnce(&mut ZipWriter<File>)) -> Result<Opened, PackageError> {
    let (_place, path) = zip(folder, more);
    open(path)
}

/// Replaces a text of the same length in the bytes of a zip, everywhere: names are there twice.
fn patched(from: &str, to: &str, more: impl FnOnce(&mut ZipWriter<File>)) -> Vec<String> {
    assert_eq!(from.len(), to.len());
    let (_place, path) = zip("", more);
    let mut bytes = fs::read(&path).unwrap();
    for start in 0..bytes.len() - from.len() {
        if &bytes[start..start + from.len()] == from.as_bytes() {
            bytes[start..start + from.len()].copy_from_slice(to.as_bytes());
        }
    }
    fs::write(&path, bytes).unwrap();
    noted(open(path))
}

#[test]
fn a_zip_is_read_like_its_folder_nested_or_not() {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in TINY {
        fs::write(folder.path().join(name), content).unwrap();
    }
    let package = open(folder.path()).unwrap().package;
    for folder in ["", "boats/", "reports/2020/boats/"] {
        let opened = opened(folder, |zip| {
            zip.add_directory("empty/", SimpleFileOptions::default())
                .unwrap();
            put(zip, "__MACOSX/agencies.csv", b"metadata");
            put(zip, "README.md", b"About boats.");
        });
        assert_eq!(opened.unwrap().package, package, "{folder:?}");
    }
}

#[test]
fn problems_in_a_zip_name_the_file() {
    let (place, path) = zip("", |_| {});
    let bad = place.path().join("bad.zip");
    let mut zip = ZipWriter::new(File::create(&bad).unwrap());
    put(&mut zip, "agencies.csv", b"code,name\nAB,\n");
    zip.finish().unwrap();
    assert!(open(path).is_ok());
    let noted = noted(open(bad));
    assert!(noted[0].starts_with("datapackage.json: is missing"));
    assert_eq!(noted[1], "agencies.csv:2: name: is missing; fill it in");
}

#[test]
fn odd_names_are_refused() {
    let odd = |zip: &mut ZipWriter<File>| put(zip, "abcde/evil.csv", b"");
    for (name, shown) in [
        (
            "../de/evil.csv",
            "../de/evil.csv: has a name that leads out of the archive; \
             pack the folder of the package anew",
        ),
        (
            "a/../e/evil.cs",
            "a/../e/evil.cs: has a name that leads out of the archive; \
             pack the folder of the package anew",
        ),
        (
            "/bcde/evil.csv",
            "/bcde/evil.csv: has an absolute path for a name; pack the folder of the package anew",
        ),
        (
            "C:cde/evil.csv",
            "C:cde/evil.csv: has an absolute path for a name; pack the folder of the package anew",
        ),
        (
            "abcd\\\\evil.csv",
            "abcd\\\\\\\\evil.csv: has a backslash in its name; pack the folder of the package anew",
        ),
        (
            "abcde/ev\u{1b}l.csv",
            "abcde/ev\\u{1b}l.csv: has a name that is not plain UTF-8; \
             pack the folder of the package anew",
        ),
    ] {
        let from = "abcde/evil.csv";
        let name = format!("{name:.<width$}", width = from.len());
        assert_eq!(patched(from, &name, odd), [shown], "{name:?}");
    }
}

#[test]
fn two_entries_of_one_name_are_refused() {
    let shown =
        "boats.zip: has two entries of one name; pack the folder of the package anew".to_owned();
    let twin = |zip: &mut ZipWriter<File>| put(zip, "agencies.cs_", b"code,name\nX,X\n");
    assert_eq!(patched("agencies.cs_", "agencies.csv", twin), [&*shown]);
    let other_case = opened("", |zip| put(zip, "AGENCIES.csv", b"code,name\nX,X\n"));
    assert_eq!(noted(other_case), [shown]);
}

#[test]
fn links_and_passwords_are_refused() {
    let link = opened("", |zip| {
        zip.add_symlink("more.csv", "/etc/passwd", SimpleFileOptions::default())
            .unwrap();
    });
    assert_eq!(
        noted(link),
        ["more.csv: is a symbolic link; put the file itself there"]
    );
    let (_place, path) = zip("", |_| {});
    let mut bytes = fs::read(&path).unwrap();
    // Bit 0 of the flags says that an entry is encrypted: of the local header, and of the central.
    bytes[6] |= 1;
    let central = bytes.windows(4).position(|window| window == b"PK\x01\x02");
    bytes[central.unwrap() + 8] |= 1;
    fs::write(&path, bytes).unwrap();
    let noted = noted(open(path));
    assert_eq!(
        noted[0],
        "datapackage.json: is encrypted; pack it without a password"
    );
}

/// Bzip2 and the like are not worth a dependency: nobody packs tables by them.
#[test]
fn other_ways_to_pack_than_deflate_are_refused() {
    let (_place, path) = zip("", |_| {});
    let mut bytes = fs::read(&path).unwrap();
    let central = bytes.windows(4).position(|window| window == b"PK\x01\x02");
    // The method of the first entry: in the local header, and in the central directory.
    bytes[8] = 12;
    bytes[central.unwrap() + 10] = 12;
    fs::write(&path, bytes).unwrap();
    let noted = noted(open(path));
    assert!(
        noted[0].starts_with("boats.zip: cannot be unpacked: ")
            && noted[0].ends_with("; pack it anew, by deflate and without a password"),
        "{noted:?}"
    );
}

#[test]
fn a_bomb_is_refused_whatever_it_says_of_its_size() {
    let zeros = vec![b'0'; 1 << 20];
    let (_place, path) = zip("", |zip| {
        let deflated = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        zip.start_file("more.txt", deflated).unwrap();
        for _ in 0..32 {
            zip.write_all(&zeros).unwrap();
        }
    });
    let shown = "boats.zip: unpacks to more than 200 times its size; split the package by report";
    assert_eq!(noted(open(&path)), [shown]);
    // The last entry of the central directory claims to be of ten bytes.
    let mut bytes = fs::read(&path).unwrap();
    let central = bytes.windows(4).rposition(|window| window == b"PK\x01\x02");
    let size = central.unwrap() + 24;
    bytes[size..size + 4].copy_from_slice(&10_u32.to_le_bytes());
    fs::write(&path, bytes).unwrap();
    let noted = noted(open(&path));
    assert!(noted[0].starts_with("boats.zip: "), "{noted:?}");
}

#[test]
fn more_entries_than_a_package_can_have_are_refused() {
    let opened = opened("", |zip| {
        for place in 0..1000 {
            put(zip, &format!("notes/{place}.txt"), b"");
        }
    });
    assert_eq!(
        noted(opened),
        ["boats.zip: has 1009 entries, and 1000 are allowed; leave out what is not of the package"]
    );
}

#[test]
fn damaged_zips_are_refused() {
    let (_place, path) = zip("", |_| {});
    let bytes = fs::read(&path).unwrap();
    // Cut in the middle, and with a wrong byte in the first entry.
    fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    let cut = noted(open(&path));
    assert!(
        cut[0].starts_with("boats.zip: cannot be unpacked"),
        "{cut:?}"
    );
    let mut wrong = bytes;
    wrong[60] ^= 0xFF;
    fs::write(&path, wrong).unwrap();
    let wrong = noted(open(&path));
    assert!(wrong[0].starts_with("boats.zip: is damaged"), "{wrong:?}");
}

#[test]
fn a_zip_holds_one_package() {
    let two = opened("a/", |zip| put(zip, "b/agencies.csv", b"code,name\n"));
    assert_eq!(
        noted(two),
        ["boats.zip: has files of a package in two folders; make a zip for each package"]
    );
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("none.zip");
    let mut zip = ZipWriter::new(File::create(&path).unwrap());
    put(&mut zip, "notes.txt", b"nothing");
    zip.finish().unwrap();
    assert_eq!(
        noted(open(path)),
        ["none.zip: holds no data package; pack the folder of a package"]
    );
}

#[test]
fn other_files_are_no_package() {
    let place = tempfile::tempdir().unwrap();
    for (name, content) in [("results.csv", "a,b\n"), ("old.xls", "\u{1}")] {
        let path = place.path().join(name);
        fs::write(&path, content).unwrap();
        assert_eq!(
            noted(open(path)),
            [format!(
                "{name}: is not a data package; give a folder, a .zip, an .xlsx or a StratML document"
            )]
        );
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in TINY {
        fs::write(folder.path().join(name), content).unwrap();
    }
    fs::remove_file(folder.path().join("goals.csv")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", folder.path().join("goals.csv")).unwrap();
    assert_eq!(
        noted(open(folder.path())),
        ["goals.csv: cannot be read: it is not a file; check what it is and that you may read it"]
    );
}
