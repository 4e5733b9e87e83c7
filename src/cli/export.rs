//! `annals export`: reports from the database as files. It only reads the database.

use std::io::{self, Write};

use super::{Failure, block_on, check::counted};
use crate::{
    config::{Export, ExportFormat},
    package::{self, Format},
    store,
};

/// Writes the files, and their names to standard output.
pub(super) fn export(settings: &Export) -> Result<(), Failure> {
    block_on(async {
        let database = store::open_read_only(&settings.database_url()).await?;
        let format = match settings.format {
            ExportFormat::Package => Format::Package,
            ExportFormat::Stratml => Format::Stratml,
            ExportFormat::CsvFlat => Format::CsvFlat,
            ExportFormat::Ndjson => Format::Ndjson,
        };
        let (agency, year) = (settings.agency.as_deref(), settings.fiscal_year);
        let exported = package::export(&database, agency, year, format, &settings.out).await?;
        let mut out = io::stdout().lock();
        for file in exported {
            let path = file.path.display();
            writeln!(out, "{path}: {}", counted(file.results, "result"))
                .map_err(Failure::Output)?;
        }
        Ok(())
    })
}
