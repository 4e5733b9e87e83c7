//! What reports share must be the same in all of them: compares the units, metrics, agencies and divisions of a package
//! with those that are stored, cell by cell. It only reads.

use std::collections::HashMap;

use entity::{agency, division, keys, metric, unit_of_measure};
use sea_orm::{DatabaseTransaction, DbErr};

use super::ids::Keyed;
use super::write;
use crate::package::Package;
use crate::package::rows::{Agency, Division, Metric, Row, UnitOfMeasure};
use crate::package::stored::{self, codes};

/// A cell of a row that reports share, which is stored with another content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellDifference {
    /// The file of the package.
    pub file: &'static str,
    /// The natural key of the row.
    pub key: String,
    /// The column.
    pub column: &'static str,
    /// What is stored; empty for nothing.
    pub stored: String,
    /// What the package has; empty for nothing.
    pub new: String,
    /// The line of the row in the file, where it is known.
    pub line: Option<u64>,
}

/// Every cell of the package's shared rows that is stored with another content, in the order of the files.
pub(super) async fn differences(
    transaction: &DatabaseTransaction,
    package: &Package,
) -> Result<Vec<CellDifference>, DbErr> {
    let mut found = Vec::new();
    let agencies = stored_rows::<agency::Entity, Agency>(transaction, &package.agencies).await?;
    compare(&package.agencies, &mut found, |agency| {
        agencies
            .get(&agency.natural_key())
            .cloned()
            .map(stored::agency)
    });
    let divisions =
        stored_rows::<division::Entity, Division>(transaction, &package.divisions).await?;
    compare(&package.divisions, &mut found, |division| {
        let row = divisions.get(&division.natural_key()).cloned()?;
        // The agency is part of the key, so it is the same.
        Some(stored::division(row, &division.agency))
    });
    let units =
        stored_rows::<unit_of_measure::Entity, UnitOfMeasure>(transaction, &package.units).await?;
    compare(&package.units, &mut found, |unit| {
        units.get(&unit.natural_key()).cloned().map(stored::unit)
    });

    let metrics = stored_rows::<metric::Entity, Metric>(transaction, &package.metrics).await?;
    let parents: Vec<i64> = metrics.values().filter_map(|row| row.parent_id).collect();
    let parents =
        write::stored::<metric::Entity>(transaction, metric::Column::Id, &parents).await?;
    let parents = codes(parents.iter().map(|row| (row.id, &row.code)));
    let measured: Vec<i64> = metrics.values().map(|row| row.unit_id).collect();
    let column = unit_of_measure::Column::Id;
    let measured = write::stored::<unit_of_measure::Entity>(transaction, column, &measured).await?;
    let measured = codes(measured.iter().map(|row| (row.id, &row.code)));
    compare(&package.metrics, &mut found, |metric| {
        let row = metrics.get(&keys::metric(&metric.code)).cloned()?;
        Some(stored::metric(row, &parents, &measured))
    });
    Ok(found)
}

async fn stored_rows<E: Keyed, R: Row>(
    transaction: &DatabaseTransaction,
    rows: &[R],
) -> Result<HashMap<String, E::Model>, DbErr> {
    let keys: Vec<String> = rows.iter().map(Row::natural_key).collect();
    let rows = write::stored::<E>(transaction, E::NATURAL_KEY, &keys).await?;
    let by_key = rows
        .into_iter()
        .map(|row| (E::keys_of(&row).1.to_owned(), row));
    Ok(by_key.collect())
}

fn compare<R: Row>(rows: &[R], found: &mut Vec<CellDifference>, stored: impl Fn(&R) -> Option<R>) {
    for row in rows {
        let Some(stored) = stored(row) else { continue };
        for column in R::COLUMNS {
            let (new, stored) = ((column.write)(row), (column.write)(&stored));
            // A reference may be written in another case than the code that it leads to.
            let is_reference = R::REFERENCES
                .iter()
                .any(|reference| reference.columns.contains(&column.name));
            if new == stored || is_reference && new.eq_ignore_ascii_case(&stored) {
                continue;
            }
            found.push(CellDifference {
                file: R::FILE,
                key: row.natural_key(),
                column: column.name,
                stored: stored.into_owned(),
                new: new.into_owned(),
                line: None,
            });
        }
    }
}
