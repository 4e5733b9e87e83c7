//! Writing a package into the database, in the transaction of the caller.
//!
//! Ids are given out here and not by the database, so that rows can refer to each other before
//! they are written and nothing has to be read back. What is shared between reports (units,
//! metrics, agencies, divisions) is taken as it is if the database has it with the same content;
//! with other content the package is refused. Nothing is ever changed or removed here, but for what
//! results know of later statements of their figures.

use std::collections::HashMap;

use entity::data_version;
use sea_orm::{ActiveModelTrait, DatabaseTransaction, Set};

use super::{Package, rows::Row};

mod error;
mod ids;
mod reports;
mod results;
mod search_index;
mod shared;
mod statements;
mod write;

pub use error::ImportError;
pub use search_index::index_search;

/// How much an import added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Imported {
    /// Reports, each with its goals.
    pub reports: usize,
    /// Initiatives of those reports.
    pub initiatives: usize,
    /// Results of those initiatives.
    pub results: usize,
}

/// Writes a whole package. The caller commits, or drops the transaction if this fails.
///
/// The transaction must have held the write lock from its beginning
/// ([`Store::begin`](crate::store::Store::begin)): ids are given out from what it reads.
///
/// # Errors
///
/// [`ImportError::ReportExists`] if the database has one of the reports,
/// [`ImportError::Contradiction`] or [`ImportError::PositionTaken`] if it has something else under
/// a key or in a place of the package, and [`ImportError::Database`] if it fails.
pub async fn import(
    transaction: &DatabaseTransaction,
    package: &Package,
) -> Result<Imported, ImportError> {
    let agencies = shared::agencies(transaction, &package.agencies).await?;
    let reports = reports::reports(transaction, &package.reports, &agencies).await?;
    let units = shared::units(transaction, &package.units).await?;
    let metrics = shared::metrics(transaction, &package.metrics, &units).await?;
    let divisions = shared::divisions(transaction, &package.divisions, &agencies).await?;
    let goals = reports::goals(transaction, &package.goals, &reports).await?;
    let parents = reports::Parents {
        reports: &reports,
        divisions: &divisions,
        goals: &goals,
    };
    let initiatives = reports::initiatives(transaction, &package.initiatives, &parents).await?;
    results::results(transaction, &package.results, &initiatives, &metrics).await?;
    let slugs = package.initiatives.iter().map(|initiative| {
        let agency = find(&initiatives, &initiative.natural_key())?.agency_id;
        Ok((agency, initiative.slug.to_ascii_lowercase()))
    });
    let slugs = slugs.collect::<Result<Vec<_>, ImportError>>()?;
    statements::link(transaction, &slugs).await?;
    index_search(transaction).await?;
    let version = data_version::ActiveModel {
        id: Set(data_version::ID),
        version: Set(data_version::fresh()),
    };
    version.update(transaction).await?;
    Ok(Imported {
        reports: package.reports.len(),
        initiatives: package.initiatives.len(),
        results: package.results.len(),
    })
}

/// What later rows need to know of earlier ones, by natural key.
type ByKey<T> = HashMap<String, T>;

/// What is known of a row of the package, by natural key.
fn find<'a, T>(rows: &'a ByKey<T>, key: &str) -> Result<&'a T, ImportError> {
    rows.get(key).ok_or_else(|| ImportError::Unchecked {
        key: key.to_owned(),
    })
}
