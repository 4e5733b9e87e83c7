//! `annals init`: a data package to begin with. It never writes over anything.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{
    config::{Init, ReportName},
    package::{
        self, Package,
        template::{self, LikeError},
    },
    store::{self, StoreError},
};

/// Why no package was written.
#[derive(Debug, thiserror::Error)]
pub(super) enum InitError {
    #[error("{} is not empty; name a new folder", .0.display())]
    NotEmpty(PathBuf),
    #[error("cannot write {}: {cause}", folder.display())]
    Write { folder: PathBuf, cause: io::Error },
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Like(#[from] LikeError),
    #[error("cannot start the runtime: {0}")]
    Runtime(io::Error),
}

/// Writes the package.
pub(super) fn init(settings: &Init) -> Result<(), InitError> {
    let folder = &settings.folder;
    let failed = |cause| InitError::Write {
        folder: folder.clone(),
        cause,
    };
    if !is_free(folder).map_err(failed)? {
        return Err(InitError::NotEmpty(folder.clone()));
    }
    let package = match &settings.like {
        Some(report) => next_year(report, &settings.database_url())?,
        None => template::worked(),
    };
    write(&package, folder).map_err(failed)
}

/// Whether nothing is there yet.
fn is_free(folder: &Path) -> io::Result<bool> {
    match fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}

fn write(package: &Package, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    package::write_dir(package, folder)?;
    fs::write(folder.join("README.md"), template::readme())
}

fn next_year(report: &ReportName, url: &str) -> Result<Package, InitError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(InitError::Runtime)?;
    runtime.block_on(async {
        let database = store::open_read_only(url).await?;
        let package = template::next_year(&database, &report.agency, report.fiscal_year).await?;
        Ok(package)
    })
}
