//! Where the tables of a package come from: a folder, a zip, a workbook, or the binary.
//!
//! Whatever it is, a table is rows of text cells, each with its line: nothing behind this module
//! knows where they were. Nothing is ever unpacked to disk.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek};
use std::path::{Path, PathBuf};

use include_dir::Dir;

use super::problem::{PackageError, Place, Problems, Rule};

mod archive;
mod records;
mod workbook;

use archive::Archive;
pub(super) use records::{Fault, Next, Records};
use workbook::Workbook;

/// The tables of one package.
pub(super) enum Files {
    /// A folder on disk.
    Folder(PathBuf),
    /// A folder inside the binary.
    Embedded(&'static Dir<'static>),
    /// A zip on disk.
    Archive(Archive),
    /// An Excel workbook on disk.
    Workbook(Box<Workbook>),
}

impl Files {
    /// Opens what is at a path. `None` where it cannot be used at all; that is noted.
    pub(super) fn open(path: &Path, problems: &mut Problems) -> Result<Option<Self>, PackageError> {
        let unreadable = |source| PackageError::Unreadable {
            path: path.to_owned(),
            source,
        };
        let kind = fs::metadata(path).map_err(unreadable)?;
        if kind.is_dir() {
            return Ok(Some(Self::Folder(path.to_owned())));
        }
        if kind.is_file() {
            let mut file = BufReader::new(File::open(path).map_err(unreadable)?);
            let mut signature = [0; 4];
            let signed = file.read_exact(&mut signature).is_ok();
            file.rewind().map_err(unreadable)?;
            // A zip without entries begins with another signature, and is no package either way.
            if signed && signature == *b"PK\x03\x04" {
                return archive::open(file, path, problems);
            }
        }
        let message = "is not a data package";
        let help = "give a folder, a .zip, an .xlsx or a StratML document";
        problems.note(Rule::NotAPackage, whole(path), message, help);
        Ok(None)
    }

    /// Whether the tables are sheets: there is no `datapackage.json` then, the columns are ours.
    pub(super) fn is_workbook(&self) -> bool {
        matches!(self, Self::Workbook(_))
    }

    /// The content of a file; `None` if there is no such file.
    pub(super) fn read(&mut self, name: &str) -> Result<Option<Cow<'_, [u8]>>, PackageError> {
        match self {
            Self::Embedded(folder) => Ok(folder
                .get_file(name)
                .map(|file| Cow::Borrowed(file.contents()))),
            Self::Folder(folder) => {
                let Some(mut file) = open_in(folder, name)? else {
                    return Ok(None);
                };
                let mut content = Vec::new();
                file.read_to_end(&mut content)
                    .map_err(|source| PackageError::Unreadable {
                        path: folder.join(name),
                        source,
                    })?;
                Ok(Some(Cow::Owned(content)))
            }
            Self::Archive(archive) => Ok(archive.read(name)?.map(Cow::Owned)),
            Self::Workbook(_) => Ok(None),
        }
    }

    /// The rows of a table, its header first. `None` if it is not there; that is noted.
    pub(super) fn records(
        &mut self,
        file: &'static str,
        problems: &mut Problems,
    ) -> Result<Option<Records<'_>>, PackageError> {
        let records = match self {
            Self::Embedded(folder) => folder
                .get_file(file)
                .map(|found| Records::csv(file, found.contents())),
            Self::Folder(folder) => {
                open_in(folder, file)?.map(|found| Records::csv(folder.join(file), found))
            }
            Self::Archive(archive) => {
                let path = archive.path_of(file);
                archive.reader(file)?.map(|found| Records::csv(path, found))
            }
            Self::Workbook(workbook) => workbook.records(file, problems)?,
        };
        if records.is_none() {
            let help = "add it, with at least its header row";
            problems.note(Rule::MissingFile, Place::file(file), "is missing", help);
        }
        Ok(records)
    }
}

/// The place of a problem of a whole zip or workbook.
fn whole(path: &Path) -> Place {
    let name = path.file_name().unwrap_or(path.as_os_str());
    Place::file(name.to_string_lossy().into_owned())
}

/// A file of a folder; `None` if the folder is there and has no such file.
fn open_in(folder: &Path, name: &str) -> Result<Option<BufReader<File>>, PackageError> {
    let path = folder.join(name);
    let opened = fs::metadata(&path).and_then(|kind| {
        // A pipe or a device would be waited for, or never end.
        if kind.is_file() {
            File::open(&path)
        } else {
            Err(io::Error::other("it is not a file"))
        }
    });
    match opened {
        Ok(file) => Ok(Some(BufReader::new(file))),
        Err(error) if error.kind() == io::ErrorKind::NotFound && folder.is_dir() => Ok(None),
        Err(source) => Err(PackageError::Unreadable { path, source }),
    }
}
