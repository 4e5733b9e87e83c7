//! Writes a package into a folder, so that reading it gives the same package again.

use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::Path;

use super::rows::Row;
use super::{Package, descriptor, table};

/// Writes all files of a package into a folder that is there. Equal packages give equal bytes.
///
/// # Errors
///
/// Whatever the operating system says.
pub fn write_dir(package: &Package, folder: &Path) -> io::Result<()> {
    fs::write(folder.join(descriptor::FILE), descriptor::write(package))?;
    table(folder, &package.agencies)?;
    table(folder, &package.reports)?;
    table(folder, &package.goals)?;
    table(folder, &package.divisions)?;
    table(folder, &package.units)?;
    table(folder, &package.metrics)?;
    table(folder, &package.initiatives)?;
    table(folder, &package.results)
}

fn table<R: Row>(folder: &Path, rows: &[R]) -> io::Result<()> {
    let file = File::create(folder.join(R::FILE))?;
    table::write(rows, BufWriter::new(file))
}
