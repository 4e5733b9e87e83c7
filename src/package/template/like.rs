//! A package that goes on from a stored report: the same agency, divisions, metrics and units, for
//! the next fiscal year. It only reads.

use std::collections::{BTreeSet, HashMap};

use entity::{
    agency, division, keys, metric, metric_ancestor, report, reported_result, unit_of_measure,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::package::{Agency, Division, Metric, Package, Report, Source, UnitOfMeasure, dates};

/// Why there is no package that goes on from a report.
#[derive(Debug, thiserror::Error)]
pub enum LikeError {
    /// There is no such report.
    #[error(
        "the database has no report {agency}/{fiscal_year}; {}",
        there_are(reports)
    )]
    NoReport {
        /// Code of the agency, as asked for.
        agency: String,
        /// The fiscal year, as asked for.
        fiscal_year: i32,
        /// The newest reports that there are, as `AGENCY/YEAR`.
        reports: Vec<String>,
    },
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] DbErr),
}

/// Reports that are named where one is not found.
const NAMED: u64 = 10;

fn there_are(reports: &[String]) -> String {
    match reports {
        [] => "it has none".into(),
        some => format!("it has {}", some.join(", ")),
    }
}

/// The package of the fiscal year after a report's: agency, divisions, metrics and units as they
/// are stored, the report with what is known of it, and no goals, initiatives or results yet.
///
/// # Errors
///
/// [`LikeError::NoReport`], and whatever the database reports.
pub async fn next_year(
    database: &impl ConnectionTrait,
    agency_code: &str,
    fiscal_year: i32,
) -> Result<Package, LikeError> {
    let stored = report::Entity::find()
        .filter(report::Column::NaturalKey.eq(keys::report(agency_code, fiscal_year)))
        .find_also_related(agency::Entity)
        .one(database)
        .await?;
    let Some((report, Some(agency))) = stored else {
        return Err(LikeError::NoReport {
            agency: agency_code.to_owned(),
            fiscal_year,
            reports: newest(database).await?,
        });
    };
    let divisions = division::Entity::find()
        .filter(division::Column::AgencyId.eq(agency.id))
        .order_by_asc(division::Column::Position)
        .all(database)
        .await?;
    let (metrics, units) = catalogue(database, report.id).await?;
    Ok(Package {
        divisions: divisions
            .into_iter()
            .map(|division| Division {
                agency: agency.code.clone(),
                code: division.code,
                name: division.name,
                position: division.position,
            })
            .collect(),
        reports: vec![next(report, &agency.code)],
        agencies: vec![Agency {
            code: agency.code,
            name: agency.name,
            department: agency.department,
        }],
        metrics,
        units,
        ..Package::default()
    })
}

/// The metrics of a report's results with those that they are kinds of, and their units, in the
/// order in which they were stored.
async fn catalogue(
    database: &impl ConnectionTrait,
    report: i64,
) -> Result<(Vec<Metric>, Vec<UnitOfMeasure>), DbErr> {
    let used: Vec<i64> = reported_result::Entity::find()
        .select_only()
        .column(reported_result::Column::MetricId)
        .distinct()
        .filter(reported_result::Column::ReportId.eq(report))
        .into_tuple()
        .all(database)
        .await?;
    let used: BTreeSet<i64> = used.into_iter().collect();
    let ancestors = metric_ancestor::Entity::find().all(database).await?;
    let ancestors = ancestors
        .iter()
        .filter(|pair| used.contains(&pair.metric_id))
        .map(|pair| pair.ancestor_id);
    let wanted: BTreeSet<i64> = used.iter().copied().chain(ancestors).collect();

    let metrics = metric::Entity::find()
        .order_by_asc(metric::Column::Id)
        .all(database)
        .await?;
    let metrics: Vec<_> = metrics
        .into_iter()
        .filter(|metric| wanted.contains(&metric.id))
        .collect();
    let codes: HashMap<i64, String> = metrics
        .iter()
        .map(|metric| (metric.id, metric.code.clone()))
        .collect();
    let measured: BTreeSet<i64> = metrics.iter().map(|metric| metric.unit_id).collect();
    let units = unit_of_measure::Entity::find()
        .order_by_asc(unit_of_measure::Column::Id)
        .all(database)
        .await?;
    let units: Vec<_> = units
        .into_iter()
        .filter(|unit| measured.contains(&unit.id))
        .collect();
    let unit_codes: HashMap<i64, String> = units
        .iter()
        .map(|unit| (unit.id, unit.code.clone()))
        .collect();

    let code_of = |codes: &HashMap<i64, String>, id: i64| codes.get(&id).cloned();
    let metrics = metrics
        .into_iter()
        .map(|metric| Metric {
            unit: code_of(&unit_codes, metric.unit_id).unwrap_or_default(),
            parent: metric.parent_id.and_then(|parent| code_of(&codes, parent)),
            code: metric.code,
            name: metric.name,
            description: metric.description,
            additivity: metric.additivity,
            children_are_exclusive: metric.children_are_exclusive,
        })
        .collect();
    let units = units
        .into_iter()
        .map(|unit| UnitOfMeasure {
            code: unit.code,
            name: unit.name,
            plural: unit.plural,
            symbol: unit.symbol,
            kind: unit.kind,
        })
        .collect();
    Ok((metrics, units))
}

/// The report of the year after, with the titles that are to be expected. What is known of the
/// source is its publisher and its licence.
fn next(report: report::Model, agency: &str) -> Report {
    let (year, next_year) = (report.fiscal_year, report.fiscal_year + 1);
    let expected = |title: &str| title.replace(&year.to_string(), &next_year.to_string());
    Report {
        agency: agency.to_owned(),
        fiscal_year: next_year,
        period_start: dates::year_after(&report.period_start),
        period_end: dates::year_after(&report.period_end),
        title: expected(&report.title),
        summary: None,
        source: Source {
            title: expected(&report.source_title),
            publisher: report.source_publisher,
            licence: report.source_licence,
            ..Source::default()
        },
    }
}

async fn newest(database: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    let reports = report::Entity::find()
        .find_also_related(agency::Entity)
        .order_by_desc(report::Column::FiscalYear)
        .order_by_asc(report::Column::SortKey)
        .limit(NAMED)
        .all(database)
        .await?;
    Ok(reports
        .into_iter()
        .filter_map(|(report, agency)| Some(format!("{}/{}", agency?.code, report.fiscal_year)))
        .collect())
}
