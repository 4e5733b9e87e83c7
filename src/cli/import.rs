//! `annals import`: packages into the database, each in a transaction of its own. What has happened goes to standard
//! output, errors and the log to standard error.

use std::{
    io::{self, Write},
    path::Path,
    time::Instant,
};

use super::{Failure, block_on, progress::Progress};
use crate::{
    config::Import,
    log,
    package::{
        self, Catalogue, Change, Counts, ImportSettings, Imported, ImportedReport, Removals,
    },
    store::CommandStore,
};

/// Imports the packages, one after the other. Whether all could be imported.
pub(super) fn import(settings: &Import) -> Result<bool, Failure> {
    let _log = log::start(settings.log_format)?;
    block_on(async {
        let store = CommandStore::open(&settings.database_url(), waiting).await?;
        let mut all = true;
        for path in &settings.paths {
            all &= import_one(&store, path, settings).await?;
        }
        if settings.dry_run {
            writeln!(io::stdout(), "dry run: nothing was written").map_err(Failure::Output)?;
        }
        Ok(all)
    })
}

/// Said if another process holds the database's write lock.
pub(super) fn waiting() {
    tracing::info!("another process is writing to the database; waiting for it to finish");
}

/// Imports one package. Whether it could be.
async fn import_one(store: &CommandStore, path: &Path, settings: &Import) -> Result<bool, Failure> {
    let shown = path.display();
    let started = Instant::now();
    let mut checked = match package::check(path) {
        Ok(checked) => checked,
        Err(error) => {
            let problems = error.into_problems();
            return refuse(path, &problems.to_string());
        }
    };
    let milliseconds = started.elapsed().as_millis() as u64;
    tracing::debug!(stage = "package checked", milliseconds, "import");
    for warning in checked.warnings().iter() {
        tracing::warn!("{shown}: {warning}");
    }
    let progress = Progress::new(checked.result_count());
    let advance = |results| progress.advance(results);
    let import_settings = ImportSettings {
        removals: match settings.allow_removals {
            true => Removals::Allow,
            false => Removals::Refuse,
        },
        catalogue: match settings.update_catalogue {
            true => Catalogue::Update,
            false => Catalogue::MustAgree,
        },
        progress: &advance,
        ..ImportSettings::default()
    };
    let transaction = match checked.is_large() {
        true => store.begin_large(waiting).await?,
        false => store.begin(waiting).await?,
    };
    let imported = package::import_checked(&transaction, &mut checked, &import_settings).await;
    drop(progress);
    let mut imported = match imported {
        Ok(imported) => imported,
        Err(error) => return refuse(path, &error.with_lines(checked.lines()).to_string()),
    };
    for cell in &mut imported.shared {
        cell.line = checked.lines().of(cell.file, &cell.key);
    }
    if settings.dry_run || imported.is_nothing() {
        drop(transaction);
    } else {
        let started = Instant::now();
        store.commit(transaction).await?;
        let milliseconds = started.elapsed().as_millis() as u64;
        tracing::debug!(stage = "committed", milliseconds, "import");
    }
    show(path, &imported, &mut io::stdout().lock()).map_err(Failure::Output)?;
    Ok(true)
}

fn refuse(path: &Path, why: &str) -> Result<bool, Failure> {
    let shown = path.display();
    writeln!(io::stderr(), "annals: {shown}: not imported: {why}").map_err(Failure::Output)?;
    Ok(false)
}

fn show(path: &Path, imported: &Imported, out: &mut impl Write) -> io::Result<()> {
    let shown = path.display();
    for report in &imported.reports {
        writeln!(out, "{shown}: {}", line(report))?;
    }
    for row in &imported.rows {
        let sign = match row.change {
            Change::Added => "added",
            Change::Changed => "changed",
            Change::Removed => "removed",
        };
        writeln!(out, "  {sign}: {row}")?;
    }
    for cell in &imported.shared {
        writeln!(out, "  changed for all reports: {cell} before")?;
    }
    for report in &imported.touched {
        writeln!(out, "{shown}: {}, uses what was changed", line(report))?;
    }
    out.flush()
}

fn line(report: &ImportedReport) -> String {
    let ImportedReport {
        agency,
        fiscal_year,
        previous,
        revision,
        counts: Counts {
            added,
            changed,
            removed,
        },
    } = report;
    let name = format!("{agency}/{fiscal_year}");
    match previous {
        None => format!("{name}: new, {added} rows"),
        Some(previous) if previous == revision => format!("{name}: unchanged, revision {revision}"),
        Some(_) => format!(
            "{name}: revision {revision}, {added} added, {changed} changed, {removed} removed"
        ),
    }
}
