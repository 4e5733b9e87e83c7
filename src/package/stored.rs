//! Stored rows as rows of a package. It only reads.

use std::collections::{BTreeSet, HashMap};

use entity::{
    agency, division, goal, initiative, keys, metric, metric_ancestor, report, reported_result,
    unit_of_measure,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    SelectTwo,
};

use super::Package;
use super::rows::{
    Agency, Attribution, Division, Goal, Initiative, Metric, PartOf, Report, ReportedResult,
    Source, UnitOfMeasure,
};

/// A stored report, with its agency.
#[derive(Clone, Debug)]
pub(super) struct StoredReport {
    pub(super) agency: agency::Model,
    pub(super) report: report::Model,
}

/// The reports of an agency and a fiscal year, or of all, by agency, oldest first.
pub(super) async fn reports(
    database: &impl ConnectionTrait,
    agency_code: Option<&str>,
    fiscal_year: Option<i32>,
) -> Result<Vec<StoredReport>, DbErr> {
    let mut found = ordered();
    if let Some(code) = agency_code {
        found = found.filter(agency::Column::NaturalKey.eq(keys::agency(code)));
    }
    if let Some(year) = fiscal_year {
        found = found.filter(report::Column::FiscalYear.eq(year));
    }
    Ok(with_agencies(found.all(database).await?))
}

/// Some of all reports, in the same order.
pub(super) async fn some_reports(
    database: &impl ConnectionTrait,
    offset: u64,
    limit: u64,
) -> Result<Vec<StoredReport>, DbErr> {
    let found = ordered().offset(offset).limit(limit).all(database).await?;
    Ok(with_agencies(found))
}

/// By agency, oldest first.
fn ordered() -> SelectTwo<report::Entity, agency::Entity> {
    report::Entity::find()
        .find_also_related(agency::Entity)
        .order_by_asc(agency::Column::NaturalKey)
        .order_by_asc(report::Column::FiscalYear)
}

fn with_agencies(found: Vec<(report::Model, Option<agency::Model>)>) -> Vec<StoredReport> {
    let reports = found.into_iter().filter_map(|(report, agency)| {
        let agency = agency?;
        Some(StoredReport { agency, report })
    });
    reports.collect()
}

/// A report as the package of its own. The order of its rows depends on nothing but their content: positions where there
/// are some, else codes.
///
/// Divisions are all of the agency; metrics and units those of the report's results, with what they are kinds of.
pub(super) async fn package(
    database: &impl ConnectionTrait,
    stored: &StoredReport,
) -> Result<Package, DbErr> {
    let StoredReport { agency, report } = stored;
    let divisions = division::Entity::find()
        .filter(division::Column::AgencyId.eq(agency.id))
        .order_by_asc(division::Column::Position)
        .all(database)
        .await?;
    let goals = goal::Entity::find()
        .filter(goal::Column::ReportId.eq(report.id))
        .order_by_asc(goal::Column::Position)
        .all(database)
        .await?;
    let initiatives = initiative::Entity::find()
        .filter(initiative::Column::ReportId.eq(report.id))
        .order_by_asc(initiative::Column::Position)
        .all(database)
        .await?;
    let results = reported_result::Entity::find()
        .filter(reported_result::Column::ReportId.eq(report.id))
        .order_by_asc(reported_result::Column::Position)
        .all(database)
        .await?;
    let (metrics, units) = catalogue(database, report.id).await?;

    let division_codes = codes(divisions.iter().map(|row| (row.id, &row.code)));
    let goal_codes = codes(goals.iter().map(|row| (row.id, &row.code)));
    let slugs = codes(initiatives.iter().map(|row| (row.id, &row.slug)));
    let metric_codes = codes(metrics.iter().map(|(id, row)| (*id, &row.code)));
    let wholes: HashMap<i64, PartOf> = results
        .iter()
        .map(|row| {
            let whole = PartOf {
                initiative: code(&slugs, row.initiative_id),
                key: row.key.clone(),
            };
            (row.id, whole)
        })
        .collect();
    let (code_of_agency, year) = (&agency.code, report.fiscal_year);
    Ok(Package {
        agencies: vec![self::agency(agency.clone())],
        reports: vec![self::report(report.clone(), code_of_agency)],
        goals: goals
            .into_iter()
            .map(|row| Goal {
                agency: code_of_agency.clone(),
                fiscal_year: year,
                code: row.code,
                name: row.name,
                position: row.position,
            })
            .collect(),
        divisions: divisions
            .into_iter()
            .map(|row| self::division(row, code_of_agency))
            .collect(),
        units,
        metrics: metrics.into_iter().map(|(_, metric)| metric).collect(),
        initiatives: initiatives
            .into_iter()
            .map(|row| Initiative {
                agency: code_of_agency.clone(),
                fiscal_year: year,
                slug: row.slug,
                position: row.position,
                name: row.name,
                action: row.action,
                outcome: row.outcome,
                source_place: row.source_place,
                division: attribution(
                    &division_codes,
                    row.division_id,
                    row.division_basis,
                    row.division_note,
                ),
                goal: attribution(&goal_codes, row.goal_id, row.goal_basis, row.goal_note),
            })
            .collect(),
        results: results
            .into_iter()
            .map(|row| ReportedResult {
                agency: code_of_agency.clone(),
                report_fiscal_year: year,
                initiative: code(&slugs, row.initiative_id),
                key: row.key,
                position: row.position,
                label: row.label,
                metric: code(&metric_codes, row.metric_id),
                value: row.value,
                target: row.target,
                precision: row.precision,
                fiscal_year: row.fiscal_year,
                scope: row.scope,
                as_of: row.as_of,
                is_record: row.is_record,
                part_of: row.part_of_id.and_then(|whole| wholes.get(&whole).cloned()),
                note: row.note,
                source_place: row.source_place,
            })
            .collect(),
    })
}

/// The metrics of a report's results with those that they are kinds of, and their units, by code.
pub(super) async fn catalogue(
    database: &impl ConnectionTrait,
    report: i64,
) -> Result<(Vec<(i64, Metric)>, Vec<UnitOfMeasure>), DbErr> {
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
        .order_by_asc(metric::Column::NaturalKey)
        .all(database)
        .await?;
    let metrics: Vec<_> = metrics
        .into_iter()
        .filter(|metric| wanted.contains(&metric.id))
        .collect();
    let measured: BTreeSet<i64> = metrics.iter().map(|metric| metric.unit_id).collect();
    let units = unit_of_measure::Entity::find()
        .order_by_asc(unit_of_measure::Column::NaturalKey)
        .all(database)
        .await?;
    let units: Vec<_> = units
        .into_iter()
        .filter(|unit| measured.contains(&unit.id))
        .collect();
    let metric_codes = codes(metrics.iter().map(|row| (row.id, &row.code)));
    let unit_codes = codes(units.iter().map(|row| (row.id, &row.code)));
    let metrics = metrics
        .into_iter()
        .map(|row| (row.id, metric(row, &metric_codes, &unit_codes)))
        .collect();
    Ok((metrics, units.into_iter().map(unit).collect()))
}

/// The codes of rows, by id.
pub(super) type Codes = HashMap<i64, String>;

/// The codes of these rows, by id.
pub(super) fn codes<'a>(rows: impl IntoIterator<Item = (i64, &'a String)>) -> Codes {
    let codes = rows.into_iter().map(|(id, code)| (id, code.clone()));
    codes.collect()
}

/// The code of a row. References always lead somewhere: the database insists on it.
fn code(codes: &Codes, id: i64) -> String {
    codes.get(&id).cloned().unwrap_or_default()
}

/// An agency.
pub(super) fn agency(row: agency::Model) -> Agency {
    Agency {
        code: row.code,
        name: row.name,
        department: row.department,
    }
}

/// A division of an agency.
pub(super) fn division(row: division::Model, agency: &str) -> Division {
    Division {
        agency: agency.to_owned(),
        code: row.code,
        name: row.name,
        position: row.position,
    }
}

/// A unit of measure.
pub(super) fn unit(row: unit_of_measure::Model) -> UnitOfMeasure {
    UnitOfMeasure {
        code: row.code,
        name: row.name,
        plural: row.plural,
        symbol: row.symbol,
        kind: row.kind,
    }
}

/// A metric.
pub(super) fn metric(row: metric::Model, metrics: &Codes, units: &Codes) -> Metric {
    Metric {
        code: row.code,
        name: row.name,
        description: row.description,
        unit: code(units, row.unit_id),
        additivity: row.additivity,
        children_are_exclusive: row.children_are_exclusive,
        parent: row.parent_id.map(|parent| code(metrics, parent)),
    }
}

/// A report.
pub(super) fn report(row: report::Model, agency: &str) -> Report {
    Report {
        agency: agency.to_owned(),
        fiscal_year: row.fiscal_year,
        period_start: row.period_start,
        period_end: row.period_end,
        title: row.title,
        summary: row.summary,
        source: Source {
            title: row.source_title,
            publisher: row.source_publisher,
            url: row.source_url,
            retrieved: row.source_retrieved,
            sha256: row.source_sha256,
            licence: row.source_licence,
        },
        summary_by: row.summary_by,
    }
}

fn attribution(
    codes: &Codes,
    id: Option<i64>,
    basis: Option<entity::enums::AttributionBasis>,
    note: Option<String>,
) -> Option<Attribution> {
    Some(Attribution {
        code: code(codes, id?),
        basis: basis?,
        note,
    })
}
