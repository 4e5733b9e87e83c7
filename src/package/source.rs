//! Where the files of a package are: on disk or in the binary.

use std::borrow::Cow;
use std::io;
use std::path::Path;

use include_dir::Dir;

use super::PackageError;

/// The files of one package, by name.
pub(super) enum Files<'a> {
    /// A folder on disk.
    Folder(&'a Path),
    /// A folder inside the binary.
    Embedded(&'a Dir<'static>),
}

impl Files<'_> {
    /// The content of a file; `None` if there is no such file.
    pub(super) fn read(&self, name: &str) -> Result<Option<Cow<'_, [u8]>>, PackageError> {
        match self {
            Self::Folder(folder) => {
                let path = folder.join(name);
                match std::fs::read(&path) {
                    Ok(content) => Ok(Some(Cow::Owned(content))),
                    Err(error) if error.kind() == io::ErrorKind::NotFound && folder.is_dir() => {
                        Ok(None)
                    }
                    Err(source) => Err(PackageError::Unreadable { path, source }),
                }
            }
            Self::Embedded(folder) => Ok(folder
                .get_file(name)
                .map(|file| Cow::Borrowed(file.contents()))),
        }
    }
}
