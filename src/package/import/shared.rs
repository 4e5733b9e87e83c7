//! What reports share: units, metrics, agencies and their divisions. Rows are added, and changed where the caller has
//! allowed that; none is removed.

use entity::{agency, division, keys, metric, metric_ancestor, unit_of_measure};
use sea_orm::{DatabaseTransaction, DbErr, IntoActiveModel};

use super::changes::{Changes, Rewrite};
use super::ids::{Ids, Keyed};
use super::{ByKey, ImportError, find, repair, write};
use crate::package::chain;
use crate::package::rows::{Agency, Division, Metric, Row, UnitOfMeasure};

/// What is known of an agency.
pub(super) struct StoredAgency {
    pub(super) id: i64,
    /// As written in `agencies.csv`; rows that refer to it may write it in another case.
    pub(super) code: String,
}

/// What is known of a metric.
pub(super) struct StoredMetric {
    pub(super) id: i64,
    pub(super) unit_id: i64,
}

/// Writes the agencies.
pub(super) async fn agencies(
    transaction: &DatabaseTransaction,
    agencies: &[Agency],
    changes: &mut Changes,
) -> Result<ByKey<StoredAgency>, ImportError> {
    let ids = Ids::<agency::Entity>::give_out(transaction, natural_keys(agencies)).await?;
    let mut rows = Vec::with_capacity(agencies.len());
    let mut stored = ByKey::new();
    for agency in agencies {
        let natural_key = agency.natural_key();
        let id = ids.get(&natural_key)?;
        stored.insert(
            natural_key.clone(),
            StoredAgency {
                id,
                code: agency.code.clone(),
            },
        );
        rows.push(agency::Model {
            id,
            code: agency.code.clone(),
            name: agency.name.clone(),
            department: agency.department.clone(),
            natural_key,
        });
    }
    let changed = rewrite(transaction, &ids, rows, changes).await?;
    for agency in stored
        .values()
        .filter(|agency| changed.contains(&agency.id))
    {
        repair::sort_keys(transaction, agency.id, &agency.code).await?;
    }
    changes.shared.agencies = changed;
    Ok(stored)
}

/// Writes the divisions; returns their ids.
pub(super) async fn divisions(
    transaction: &DatabaseTransaction,
    divisions: &[Division],
    agencies: &ByKey<StoredAgency>,
    changes: &mut Changes,
) -> Result<Ids<division::Entity>, ImportError> {
    let ids = Ids::<division::Entity>::give_out(transaction, natural_keys(divisions)).await?;
    let mut rows = Vec::with_capacity(divisions.len());
    for division in divisions {
        let natural_key = division.natural_key();
        let agency = find(agencies, &keys::agency(&division.agency))?;
        rows.push(division::Model {
            id: ids.get(&natural_key)?,
            agency_id: agency.id,
            code: division.code.clone(),
            name: division.name.clone(),
            position: division.position,
            natural_key,
            sort_key: keys::sort::division(&agency.code, division.position),
        });
    }
    refuse_taken_positions(transaction, &ids, &rows).await?;
    changes.shared.divisions = rewrite(transaction, &ids, rows, changes).await?;
    Ok(ids)
}

/// Refuses divisions in the places of stored ones that the package does not have. The package itself has no place twice.
async fn refuse_taken_positions(
    transaction: &DatabaseTransaction,
    ids: &Ids<division::Entity>,
    rows: &[division::Model],
) -> Result<(), ImportError> {
    let wanted: ByKey<&str> = rows
        .iter()
        .map(|row| (row.sort_key.clone(), row.natural_key.as_str()))
        .collect();
    let places: Vec<_> = wanted.keys().cloned().collect();
    let column = division::Column::SortKey;
    let there = write::stored::<division::Entity>(transaction, column, &places).await?;
    let taken = there
        .iter()
        .find(|row| ids.stored(&row.natural_key).is_none());
    match taken {
        None => Ok(()),
        Some(taken) => Err(ImportError::PositionTaken {
            key: (*find(&wanted, &taken.sort_key)?).to_owned(),
            other: taken.natural_key.clone(),
        }),
    }
}

/// Writes the units of measure; returns their ids.
pub(super) async fn units(
    transaction: &DatabaseTransaction,
    units: &[UnitOfMeasure],
    changes: &mut Changes,
) -> Result<Ids<unit_of_measure::Entity>, ImportError> {
    let ids = Ids::<unit_of_measure::Entity>::give_out(transaction, natural_keys(units)).await?;
    let mut rows = Vec::with_capacity(units.len());
    for unit in units {
        let natural_key = unit.natural_key();
        rows.push(unit_of_measure::Model {
            id: ids.get(&natural_key)?,
            code: unit.code.clone(),
            name: unit.name.clone(),
            plural: unit.plural.clone(),
            symbol: unit.symbol.clone(),
            kind: unit.kind,
            natural_key,
        });
    }
    changes.shared.units = rewrite(transaction, &ids, rows, changes).await?;
    Ok(ids)
}

/// Writes the metrics and the closure of their trees.
pub(super) async fn metrics(
    transaction: &DatabaseTransaction,
    metrics: &[Metric],
    units: &Ids<unit_of_measure::Entity>,
    changes: &mut Changes,
) -> Result<ByKey<StoredMetric>, ImportError> {
    let natural_keys = natural_keys(metrics);
    let ids = Ids::<metric::Entity>::give_out(transaction, natural_keys.clone()).await?;
    let places: ByKey<usize> = natural_keys.iter().cloned().zip(0..).collect();
    let parents = metrics
        .iter()
        .map(|metric| match &metric.parent {
            Some(parent) => find(&places, &keys::metric(parent)).map(|place| Some(*place)),
            None => Ok(None),
        })
        .collect::<Result<Vec<_>, _>>()?;

    let mut rows = Vec::with_capacity(metrics.len());
    let mut ancestors = Vec::new();
    let mut stored = ByKey::new();
    for (place, metric) in metrics.iter().enumerate() {
        let natural_key = &natural_keys[place];
        let id = ids.get(natural_key)?;
        let unit_id = units.get(&keys::unit(&metric.unit))?;
        let mut above = Vec::new();
        for ancestor in chain::above(&parents, place) {
            above.push(ids.get(&natural_keys[ancestor])?);
        }
        if ids.stored(natural_key).is_none() {
            ancestors.extend(above.iter().zip(1..).map(|(ancestor, depth)| {
                metric_ancestor::Model {
                    metric_id: id,
                    ancestor_id: *ancestor,
                    depth,
                }
            }));
        }
        stored.insert(natural_key.clone(), StoredMetric { id, unit_id });
        let row = metric::Model {
            id,
            code: metric.code.clone(),
            name: metric.name.clone(),
            description: metric.description.clone(),
            unit_id,
            additivity: metric.additivity,
            children_are_exclusive: metric.children_are_exclusive,
            parent_id: above.first().copied(),
            root_id: above.last().copied().unwrap_or(id),
            natural_key: natural_key.clone(),
        };
        rows.push(row);
    }
    let changed = rewrite(transaction, &ids, rows, changes).await?;
    write::insert_all::<metric_ancestor::Entity>(transaction, ancestors).await?;
    if !changed.is_empty() {
        repair::metrics(transaction, &changed).await?;
    }
    changes.shared.metrics = changed;
    Ok(stored)
}

/// Writes shared rows; returns the ids of those that were changed.
async fn rewrite<E: Keyed>(
    transaction: &DatabaseTransaction,
    ids: &Ids<E>,
    rows: Vec<E::Model>,
    changes: &mut Changes,
) -> Result<Vec<i64>, DbErr>
where
    E::Model: IntoActiveModel<E::ActiveModel> + PartialEq,
    E::ActiveModel: Send,
{
    let rewrite = Rewrite::of_shared(ids, rows);
    changes.shared_added += rewrite.added();
    let changed = rewrite.gone().to_vec();
    rewrite.write(transaction).await?;
    Ok(changed)
}

fn natural_keys<R: Row>(rows: &[R]) -> Vec<String> {
    rows.iter().map(Row::natural_key).collect()
}
