//! Writes a package as a zip, its files at the root. Equal packages give equal bytes: every entry has the same time.

use std::io::{self, Seek, Write};

use zip::{CompressionMethod, DateTime, ZipWriter, result::ZipError, write::SimpleFileOptions};

use super::rows::Row;
use super::{Package, descriptor, table};

/// Writes all files of a package.
pub(super) fn write(package: &Package, out: impl Write + Seek) -> io::Result<()> {
    let mut zip = ZipWriter::new(out);
    begin(&mut zip, descriptor::FILE)?;
    zip.write_all(descriptor::write(package).as_bytes())?;
    entry(&mut zip, &package.agencies)?;
    entry(&mut zip, &package.reports)?;
    entry(&mut zip, &package.goals)?;
    entry(&mut zip, &package.divisions)?;
    entry(&mut zip, &package.units)?;
    entry(&mut zip, &package.metrics)?;
    entry(&mut zip, &package.initiatives)?;
    entry(&mut zip, &package.results)?;
    zip.finish().map_err(failed)?;
    Ok(())
}

fn entry<R: Row>(zip: &mut ZipWriter<impl Write + Seek>, rows: &[R]) -> io::Result<()> {
    begin(zip, R::FILE)?;
    table::write(rows, zip)
}

fn begin(zip: &mut ZipWriter<impl Write + Seek>, name: &str) -> io::Result<()> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    zip.start_file(name, options).map_err(failed)
}

fn failed(cause: ZipError) -> io::Error {
    match cause {
        ZipError::Io(cause) => cause,
        other => io::Error::other(other),
    }
}
