//! Writing a package into the database, in the transaction of the caller.
//!
//! Afterwards the reports of the package are in the database as the package says, each row under the id that it had. Ids
//! are given out here and not by the database, so that rows can refer to each other before they are written and nothing
//! has to be read back. What is shared between reports (units, metrics, agencies, divisions) must be stored with the same
//! content, unless the caller allows that it is changed for all of them. A package that is in the database already
//! changes nothing, not even the version of the data.

use std::collections::HashMap;

use entity::data_version;
use entity::revision::Origin;
use sea_orm::{ActiveModelTrait, DatabaseTransaction, DbErr, Set};

use super::results::Results;
use super::{Checked, Package, rows::Row};

mod bulk;
mod catalogue;
mod changes;
mod error;
mod ids;
mod references;
mod remove;
mod repair;
mod reports;
mod results;
mod revisions;
mod search_index;
mod shared;
mod stages;
mod statements;
mod write;

pub use catalogue::CellDifference;
pub use changes::{Change, Counts, RowChange};
pub use error::ImportError;
pub use remove::{Removed, remove};
pub use revisions::ImportedReport;
pub use search_index::index_search;

use changes::Changes;
use stages::Stages;

/// What an import may do.
#[derive(Clone, Copy)]
pub struct ImportSettings<'a> {
    /// With rows of the package's reports that the package does not have.
    pub removals: Removals,
    /// With shared rows that are stored with another content.
    pub catalogue: Catalogue,
    /// The SHA-256 of the package inside the binary, where it is that.
    pub builtin_sha256: Option<&'a str>,
    /// Is told how many results were dealt with since it was told last.
    pub progress: &'a (dyn Fn(u64) + Sync),
}

impl Default for ImportSettings<'_> {
    fn default() -> Self {
        Self {
            removals: Removals::Refuse,
            catalogue: Catalogue::MustAgree,
            builtin_sha256: None,
            progress: &|_| {},
        }
    }
}

/// What is done if rows of a report have disappeared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removals {
    /// The package is refused.
    Refuse,
    /// They are removed.
    Allow,
}

/// What is done if a shared row is stored with another content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Catalogue {
    /// The package is refused.
    MustAgree,
    /// It is changed, for all reports that use it.
    Update,
}

/// What an import has done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// The reports of the package, in its order.
    pub reports: Vec<ImportedReport>,
    /// Other reports, which use shared rows that were changed.
    pub touched: Vec<ImportedReport>,
    /// The cells of shared rows that were changed.
    pub shared: Vec<CellDifference>,
    /// Shared rows that were not stored.
    pub shared_added: u64,
    /// Rows of reports that were stored before, a thousand of a kind at most.
    pub rows: Vec<RowChange>,
}

impl Imported {
    /// Whether the database is as it was.
    pub fn is_nothing(&self) -> bool {
        self.shared.is_empty()
            && self.shared_added == 0
            && self.reports.iter().all(|report| report.counts.is_none())
    }
}

/// Writes a whole package that agrees with what is stored; see [`import_with`].
///
/// # Errors
///
/// Those of [`import_with`].
pub async fn import(
    transaction: &DatabaseTransaction,
    package: &Package,
) -> Result<Imported, ImportError> {
    import_with(transaction, package, &ImportSettings::default()).await
}

/// Writes a whole package. The caller commits, or drops the transaction if this fails.
///
/// The transaction must have held the write lock from its beginning
/// ([`Store::begin`](crate::store::Store::begin)): ids are given out from what it reads.
///
/// # Errors
///
/// [`ImportError::Contradictions`] or [`ImportError::PositionTaken`] if the database has something else under a key or in
/// a place of the package, [`ImportError::Removals`] if it has rows that the package does not have, and
/// [`ImportError::Database`] if it fails.
pub async fn import_with(
    transaction: &DatabaseTransaction,
    package: &Package,
    settings: &ImportSettings<'_>,
) -> Result<Imported, ImportError> {
    let wholes = results::wholes(&package.results)?;
    let mut rows = Results::Held(&package.results, wholes);
    write_package(transaction, package, &mut rows, settings).await
}

/// Writes a package whose results are still in their file; otherwise the same as [`import_with`].
///
/// # Errors
///
/// Those of [`import_with`], and [`ImportError::Package`] if the file of the results has changed since it was checked.
pub async fn import_checked(
    transaction: &DatabaseTransaction,
    checked: &mut Checked,
    settings: &ImportSettings<'_>,
) -> Result<Imported, ImportError> {
    let Some(file) = &mut checked.results else {
        return import_with(transaction, &checked.content, settings).await;
    };
    let mut rows = Results::File(file);
    let imported = write_package(transaction, &checked.content, &mut rows, settings).await;
    match imported {
        // What does not go together after all may be what nobody has checked.
        Err(ImportError::Unchecked { .. } | ImportError::Database(_)) => {
            rows.read_to_end()?;
            imported
        }
        imported => imported,
    }
}

async fn write_package(
    transaction: &DatabaseTransaction,
    package: &Package,
    rows: &mut Results<'_>,
    settings: &ImportSettings<'_>,
) -> Result<Imported, ImportError> {
    let shared = catalogue::differences(transaction, package).await?;
    if settings.catalogue == Catalogue::MustAgree && !shared.is_empty() {
        return Err(ImportError::Contradictions {
            differences: shared,
        });
    }
    references::defer(transaction).await?;
    let mut changes = Changes::default();
    let mut stages = Stages::begin();
    let reports = write_rows(
        transaction,
        package,
        rows,
        settings,
        &mut changes,
        &mut stages,
    )
    .await?;
    let removed: u64 = changes
        .by_report
        .values()
        .map(|counts| counts.removed)
        .sum();
    if settings.removals == Removals::Refuse && removed > 0 {
        return Err(ImportError::Removals {
            rows: changes.removed,
            count: removed,
        });
    }
    repair::refuse_parts_of_other_units(transaction, &changes.shared.metrics).await?;

    let mut imported = Imported {
        shared,
        shared_added: changes.shared_added,
        ..Imported::default()
    };
    let mut touched = HashMap::new();
    if !imported.shared.is_empty() {
        for report in repair::touched(transaction, &changes.shared).await? {
            touched.insert(report.report_id, report.rows);
        }
    }
    let origin = match settings.builtin_sha256 {
        Some(_) => Origin::Builtin,
        None => Origin::Import,
    };
    for id in reports {
        let mut counts = changes.by_report.get(&id).copied().unwrap_or_default();
        counts.changed += touched.remove(&id).unwrap_or_default();
        let sha256 = settings.builtin_sha256;
        let report = revisions::record(transaction, id, counts, origin, sha256).await?;
        imported.reports.extend(report);
    }
    let mut touched: Vec<_> = touched.into_iter().collect();
    touched.sort_unstable();
    for (id, changed) in touched {
        let counts = Counts {
            changed,
            ..Counts::default()
        };
        let report = revisions::record(transaction, id, counts, Origin::Catalogue, None).await?;
        imported.touched.extend(report);
    }
    imported.rows = changes.written;
    imported.rows.extend(changes.removed);
    if !imported.is_nothing() {
        index_search(transaction).await?;
        stages.done("search index written");
        renew_version(transaction).await?;
        references::check(transaction).await?;
        stages.done("references checked");
    }
    Ok(imported)
}

/// Writes the rows; returns the ids of the reports, in the order of the package.
async fn write_rows(
    transaction: &DatabaseTransaction,
    package: &Package,
    rows: &mut Results<'_>,
    settings: &ImportSettings<'_>,
    changes: &mut Changes,
    stages: &mut Stages,
) -> Result<Vec<i64>, ImportError> {
    let agencies = shared::agencies(transaction, &package.agencies, changes).await?;
    let reports = reports::reports(transaction, &package.reports, &agencies, changes).await?;
    let units = shared::units(transaction, &package.units, changes).await?;
    let metrics = shared::metrics(transaction, &package.metrics, &units, changes).await?;
    let divisions = shared::divisions(transaction, &package.divisions, &agencies, changes).await?;
    let goals = reports::goals(transaction, &package.goals, &reports, changes).await?;
    let parents = reports::Parents {
        reports: &reports,
        divisions: &divisions,
        goals: &goals,
    };
    let stored: Vec<i64> = reports.values().map(|report| report.id).collect();
    let mut slugs = statements::of_reports(transaction, &stored).await?;
    let initiatives =
        reports::initiatives(transaction, &package.initiatives, &parents, changes).await?;
    for initiative in &package.initiatives {
        let agency = find(&initiatives, &initiative.natural_key())?.agency_id;
        slugs.push((agency, initiative.slug.to_ascii_lowercase()));
    }
    let parents = results::Parents {
        reports: &reports,
        initiatives: &initiatives,
        metrics: &metrics,
    };
    stages.done("initiatives written");
    let progress = settings.progress;
    results::results(transaction, rows, &parents, progress, changes, stages).await?;
    if !changes.by_report.is_empty() {
        statements::link(transaction, &slugs).await?;
    }
    stages.done("statements linked");
    package
        .reports
        .iter()
        .map(|report| Ok(find(&reports, &report.natural_key())?.id))
        .collect()
}

/// Says that the data has changed.
async fn renew_version(transaction: &DatabaseTransaction) -> Result<(), DbErr> {
    let version = data_version::ActiveModel {
        id: Set(data_version::ID),
        version: Set(data_version::fresh()),
    };
    version.update(transaction).await.map(|_| ())
}

/// What later rows need to know of earlier ones, by natural key.
type ByKey<T> = HashMap<String, T>;

/// What is known of a row of the package, by natural key.
fn find<'a, T>(rows: &'a ByKey<T>, key: &str) -> Result<&'a T, ImportError> {
    rows.get(key).ok_or_else(|| ImportError::Unchecked {
        key: key.to_owned(),
    })
}
