//! A package that goes on from a stored report: the same agency, divisions, metrics and units, for
//! the next fiscal year. It only reads.

use entity::{agency, division, keys, report};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::package::{Package, Report, Source, dates, stored};

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
    let (metrics, units) = stored::catalogue(database, report.id).await?;
    Ok(Package {
        divisions: divisions
            .into_iter()
            .map(|division| stored::division(division, &agency.code))
            .collect(),
        reports: vec![next(report, &agency.code)],
        agencies: vec![stored::agency(agency)],
        metrics: metrics.into_iter().map(|(_, metric)| metric).collect(),
        units,
        ..Package::default()
    })
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
        summary_by: Report::PACKAGE_AUTHOR.to_owned(),
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
