//! A package in a zip, and what a zip must not be: a way out of its folder, a link, two files of
//! one name, or a bomb. A workbook is a zip too and is held to the same.
//!
//! Nothing is unpacked to disk, so an odd name could do no harm here. It is refused all the same:
//! whoever unpacks the package by other means would not be so lucky.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use super::{Files, Workbook, whole};
use crate::package::problem::{Place, Problems, Rule, shortened};
use crate::package::{PackageError, descriptor, rows};

/// The most bytes that all entries may unpack to.
const MAX_UNPACKED: u64 = 1 << 30;

/// The most bytes that a workbook may unpack to; its texts are kept in memory.
const MAX_WORKBOOK: u64 = 256 << 20;

/// The most times that the bytes may grow, beyond the first megabytes. Tables of real reports grow
/// some ten times; deflate could reach a thousand.
const MAX_RATIO: u64 = 200;

/// What may grow freely, in bytes.
const FREE: u64 = 8 << 20;

/// The most entries.
const MAX_ENTRIES: usize = 1000;

/// The entry that makes a zip a workbook.
const WORKBOOK: &str = "xl/workbook.xml";

pub(super) type Zip = ZipArchive<BufReader<File>>;

/// A package in a zip.
pub(in crate::package) struct Archive {
    zip: Zip,
    path: PathBuf,
    /// The folder of the package in it, with a slash at the end; empty if there is none.
    folder: String,
}

/// Opens a zip or a workbook. `None` where it cannot be used; that is noted.
pub(super) fn open(
    file: BufReader<File>,
    path: &Path,
    problems: &mut Problems,
) -> Result<Option<Files>, PackageError> {
    let before = problems.errors();
    let zip = match ZipArchive::new(file) {
        Ok(zip) => zip,
        Err(error) => {
            refuse(path, error, problems)?;
            return Ok(None);
        }
    };
    let mut archive = Archive {
        zip,
        path: path.to_owned(),
        folder: String::new(),
    };
    let Some(names) = archive.names(problems)? else {
        return Ok(None);
    };
    let is_workbook = names.contains(WORKBOOK);
    archive.measure(
        if is_workbook {
            MAX_WORKBOOK
        } else {
            MAX_UNPACKED
        },
        problems,
    )?;
    if problems.errors() > before {
        return Ok(None);
    }
    if is_workbook {
        return Workbook::open(archive.zip.into_inner(), path, problems);
    }
    Ok(archive
        .find_folder(&names, problems)
        .then_some(Files::Archive(archive)))
}

impl Archive {
    /// The path of a file of the package, for messages.
    pub(super) fn path_of(&self, name: &str) -> PathBuf {
        self.path.join(format!("{}{name}", self.folder))
    }

    /// A file of the package; `None` if there is none.
    pub(super) fn reader(
        &mut self,
        name: &str,
    ) -> Result<Option<ZipFile<'_, BufReader<File>>>, PackageError> {
        let name = format!("{}{name}", self.folder);
        match self.zip.by_name(&name) {
            Ok(file) => Ok(Some(file)),
            Err(ZipError::FileNotFound) => Ok(None),
            Err(error) => Err(unreadable(&self.path, io::Error::other(error))),
        }
    }

    /// The content of a file of the package; `None` if there is none.
    pub(super) fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, PackageError> {
        let path = self.path_of(name);
        let Some(mut file) = self.reader(name)? else {
            return Ok(None);
        };
        let mut content = Vec::new();
        file.read_to_end(&mut content)
            .map_err(|source| unreadable(&path, source))?;
        Ok(Some(content))
    }

    /// The names of the files; `None` if an entry cannot be looked at, which is noted, as is every
    /// name that must not be.
    fn names(&mut self, problems: &mut Problems) -> Result<Option<BTreeSet<String>>, PackageError> {
        if self.zip.len() > MAX_ENTRIES {
            let message = format!(
                "has {} entries, and {MAX_ENTRIES} are allowed",
                self.zip.len()
            );
            let help = "leave out what is not of the package";
            problems.note(Rule::TooLarge, whole(&self.path), message, help);
            return Ok(None);
        }
        let mut names = BTreeSet::new();
        // Some systems do not tell capitals from small letters, and would keep one of two.
        let mut small = BTreeSet::new();
        let mut twice = self.zip.has_duplicate_names();
        for place in 0..self.zip.len() {
            let entry = match self.zip.by_index_raw(place) {
                Ok(entry) => entry,
                Err(error) => {
                    refuse(&self.path, error, problems)?;
                    return Ok(None);
                }
            };
            let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
            let file = Place::file(shortened(&name).escape_debug().to_string());
            if let Some(message) = odd_name(&name) {
                let help = "pack the folder of the package anew";
                problems.note(Rule::UnsafeEntry, file, message, help);
            } else if entry.is_symlink() {
                let help = "put the file itself there";
                problems.note(Rule::UnsafeEntry, file, "is a symbolic link", help);
            } else if entry.encrypted() {
                let help = "pack it without a password";
                problems.note(Rule::BadArchive, file, "is encrypted", help);
            } else if !entry.is_dir() {
                twice |= !small.insert(name.to_lowercase());
                names.insert(name);
            }
        }
        if twice {
            let message = "has two entries of one name";
            let help = "pack the folder of the package anew";
            problems.note(Rule::Ambiguous, whole(&self.path), message, help);
        }
        Ok(Some(names))
    }

    /// Unpacks everything once, keeping nothing, to learn how much it is. What an archive says of
    /// its own size is not believed.
    fn measure(&mut self, most: u64, problems: &mut Problems) -> Result<(), PackageError> {
        let mut unpacked = 0;
        for place in 0..self.zip.len() {
            let mut entry = match self.zip.by_index(place) {
                Ok(entry) => entry,
                Err(error) => return refuse(&self.path, error, problems),
            };
            let allowed = FREE + entry.compressed_size().saturating_mul(MAX_RATIO);
            let left = allowed.min(most - unpacked);
            let mut limited = (&mut entry).take(left + 1);
            match io::copy(&mut limited, &mut io::sink()) {
                Ok(bytes) if bytes > left => {
                    let message = if left == allowed {
                        format!("unpacks to more than {MAX_RATIO} times its size")
                    } else {
                        format!("unpacks to more than {} MiB", most >> 20)
                    };
                    let help = "split the package by report";
                    problems.note(Rule::TooLarge, whole(&self.path), message, help);
                    return Ok(());
                }
                Ok(bytes) => unpacked += bytes,
                Err(error) => return refuse(&self.path, ZipError::Io(error), problems),
            }
        }
        Ok(())
    }

    /// Finds the folder that the package is in, the zip's root or one below it.
    fn find_folder(&mut self, names: &BTreeSet<String>, problems: &mut Problems) -> bool {
        let ours = |name: &&str| *name == descriptor::FILE || rows::FILES.contains(name);
        let folders: BTreeSet<&str> = names
            .iter()
            // Finder packs the metadata of every file beside it.
            .filter(|name| !name.starts_with("__MACOSX/"))
            .filter_map(|name| {
                let start = name.rfind('/').map_or(0, |slash| slash + 1);
                Some(&name[start..]).filter(ours).map(|_| &name[..start])
            })
            .collect();
        let mut folders = folders.into_iter();
        let message = match (folders.next(), folders.next()) {
            (Some(folder), None) => {
                self.folder = folder.to_owned();
                return true;
            }
            (None, _) => "holds no data package",
            (Some(_), Some(_)) => "has files of a package in two folders",
        };
        let (rule, help) = match message {
            "holds no data package" => (Rule::NotAPackage, "pack the folder of a package"),
            _ => (Rule::Ambiguous, "make a zip for each package"),
        };
        problems.note(rule, whole(&self.path), message, help);
        false
    }
}

/// What is wrong with the name of an entry, if anything.
fn odd_name(name: &str) -> Option<&'static str> {
    if name.contains('\\') {
        Some("has a backslash in its name")
    } else if name.starts_with('/') || name.get(1..2) == Some(":") {
        Some("has an absolute path for a name")
    } else if name.split('/').any(|part| part == "..") {
        Some("has a name that leads out of the archive")
    } else if name.contains(|char: char| char.is_control() || char == '\u{FFFD}') {
        Some("has a name that is not plain UTF-8")
    } else {
        None
    }
}

/// Notes that an archive is damaged, or packed in another way than we can read.
fn refuse(path: &Path, error: ZipError, problems: &mut Problems) -> Result<(), PackageError> {
    let error = match error {
        // A damaged entry is an error of the content, not of the disk.
        ZipError::Io(error) => match error.kind() {
            io::ErrorKind::InvalidData
            | io::ErrorKind::InvalidInput
            | io::ErrorKind::UnexpectedEof
            | io::ErrorKind::Other => {
                let message = format!("is damaged: {error}");
                problems.note(Rule::BadArchive, whole(path), message, "pack it anew");
                return Ok(());
            }
            io::ErrorKind::Unsupported => ZipError::Io(error),
            _ => return Err(unreadable(path, error)),
        },
        error => error,
    };
    let message = format!("cannot be unpacked: {error}");
    let help = "pack it anew, by deflate and without a password";
    problems.note(Rule::BadArchive, whole(path), message, help);
    Ok(())
}

fn unreadable(path: &Path, source: io::Error) -> PackageError {
    PackageError::Unreadable {
        path: path.to_owned(),
        source,
    }
}
