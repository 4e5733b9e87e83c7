//! The same answers by hand: SQL through rusqlite and JSON through serde_json, without GraphQL.
//!
//! This is what the engine is measured against, so it is written as a good engineer would write a handler for exactly
//! these four requests and nothing else: prepared statements that are kept, one statement for each parent (cheap in a
//! database that is in the process), no value copied on its way from the row to the answer, the catalogue of metrics
//! read once a request, and totals gathered in one pass over the rows (measured here: half of what the same costs as
//! `GROUP BY`, which sorts them).

use std::collections::{HashMap, hash_map::Entry};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rusqlite::{CachedStatement, Connection, Row, types::ValueRef};
use serde::Serialize;

pub(crate) type Result<T> = rusqlite::Result<T>;

const PRECISIONS: [&str; 4] = ["EXACT", "APPROXIMATE", "LOWER_BOUND", "UPPER_BOUND"];
const SCOPES: [&str; 3] = ["PERIOD", "CUMULATIVE", "POINT_IN_TIME"];

/// (a) The first 50 divisions, 20 initiatives of each, 20 results of each, with metric and unit.
pub(crate) fn nested(connection: &Connection) -> Result<Vec<u8>> {
    let snapshot = connection.unchecked_transaction()?;
    let metrics = Catalogue::read(&snapshot, |json, metric| {
        json.raw("{\"code\":").text(metric, 1)?;
        json.raw(",\"name\":").text(metric, 2)?;
        json.raw(",\"unit\":{\"code\":").text(metric, 3)?;
        json.raw(",\"symbol\":").text(metric, 4)?;
        json.raw("}}");
        Ok(())
    })?;
    let mut divisions = snapshot.prepare_cached(
        "SELECT id, natural_key, code, name FROM division ORDER BY sort_key LIMIT 50",
    )?;
    let mut initiatives = snapshot.prepare_cached(
        "SELECT id, natural_key, slug, name FROM initiative WHERE division_id = ? ORDER BY sort_key LIMIT 20",
    )?;
    let mut results = snapshot.prepare_cached(
        "SELECT natural_key, key, label, value, precision, fiscal_year, scope, metric_id FROM reported_result
         WHERE initiative_id = ? ORDER BY sort_key LIMIT 20",
    )?;
    let mut json = Json::with_capacity(8 << 20);
    json.raw("{\"divisions\":{\"nodes\":[");
    let mut rows = divisions.raw_query();
    let mut list = List::default();
    while let Some(division) = rows.next()? {
        list.next(&mut json);
        json.raw("{\"id\":").id("Division", division, 1)?;
        json.raw(",\"code\":").text(division, 2)?;
        json.raw(",\"name\":").text(division, 3)?;
        json.raw(",\"initiatives\":{\"nodes\":[");
        let mut list = List::default();
        let mut rows = initiatives.query([division.get::<_, i64>(0)?])?;
        while let Some(initiative) = rows.next()? {
            list.next(&mut json);
            json.raw("{\"id\":").id("Initiative", initiative, 1)?;
            json.raw(",\"slug\":").text(initiative, 2)?;
            json.raw(",\"name\":").text(initiative, 3)?;
            json.raw(",\"results\":{\"nodes\":[");
            let mut list = List::default();
            let mut rows = results.query([initiative.get::<_, i64>(0)?])?;
            while let Some(result) = rows.next()? {
                list.next(&mut json);
                json.result(result)?;
                json.raw(",\"metric\":")
                    .raw_bytes(metrics.get(result.get(7)?));
                json.raw("}");
            }
            json.raw("]}}");
        }
        json.raw("]}}");
    }
    json.raw("]}}");
    Ok(json.0)
}

/// (b) The first 50 divisions, each with the aggregate of its results.
pub(crate) fn totals(connection: &Connection, with_median: bool) -> Result<Vec<u8>> {
    let snapshot = connection.unchecked_transaction()?;
    let mut aggregates = Aggregates::new(&snapshot, "division_id", with_median, |json, unit| {
        json.raw("{\"code\":").text(unit, 1)?;
        json.raw("}");
        Ok(())
    })?;
    let mut divisions =
        snapshot.prepare_cached("SELECT id, code FROM division ORDER BY sort_key LIMIT 50")?;
    let mut json = Json::with_capacity(1 << 20);
    json.raw("{\"divisions\":{\"nodes\":[");
    let mut list = List::default();
    let mut rows = divisions.raw_query();
    while let Some(division) = rows.next()? {
        list.next(&mut json);
        json.raw("{\"code\":").text(division, 1)?;
        let aggregate = aggregates.of(division.get(0)?)?;
        json.raw(",\"results\":{\"aggregate\":{\"count\":")
            .plain(&aggregate.count);
        json.raw(",\"totals\":");
        aggregates.write(&mut json, &aggregate);
        json.raw("}}}");
    }
    json.raw("]}}");
    Ok(json.0)
}

/// (c) 100 results after a cursor.
pub(crate) fn after_cursor(connection: &Connection, cursor: &str) -> Result<Vec<u8>> {
    let place = URL_SAFE_NO_PAD.decode(cursor).expect("a cursor of ours");
    let (_, place): (String, String) = serde_json::from_slice(&place).expect("a cursor of ours");
    let mut results = connection.prepare_cached(
        "SELECT t.natural_key, t.key, t.label, t.value, t.precision, t.fiscal_year, t.scope, t.sort_key,
             m.code, m.name, u.code, u.symbol
         FROM reported_result t JOIN metric m ON m.id = t.metric_id JOIN unit_of_measure u ON u.id = m.unit_id
         WHERE t.sort_key > ? ORDER BY t.sort_key LIMIT 101",
    )?;
    let mut json = Json::with_capacity(64 << 10);
    json.raw("{\"results\":{\"nodes\":[");
    let mut list = List::default();
    let mut last = String::new();
    let mut has_next = false;
    let mut rows = results.query([place])?;
    while let Some(result) = rows.next()? {
        if list.length == 100 {
            has_next = true;
            break;
        }
        list.next(&mut json);
        json.result(result)?;
        json.raw(",\"metric\":{\"code\":").text(result, 8)?;
        json.raw(",\"name\":").text(result, 9)?;
        json.raw(",\"unit\":{\"code\":").text(result, 10)?;
        json.raw(",\"symbol\":").text(result, 11)?;
        json.raw("}}}");
        if list.length == 100 {
            last = result.get(7)?;
        }
    }
    let end = serde_json::json!(["ReportedResult", last]).to_string();
    json.raw("],\"pageInfo\":{\"hasNextPage\":")
        .plain(&has_next);
    json.raw(",\"endCursor\":")
        .plain(&URL_SAFE_NO_PAD.encode(end));
    json.raw("}}}");
    Ok(json.0)
}

/// (d) The whole built-in report.
pub(crate) fn report(connection: &Connection) -> Result<Vec<u8>> {
    let snapshot = connection.unchecked_transaction()?;
    let mut report = snapshot.prepare_cached(
        "SELECT id, agency_id, title, fiscal_year, period_start, period_end FROM report WHERE natural_key = 'ice 2007'",
    )?;
    let mut divisions = snapshot.prepare_cached(
        "SELECT id, code, name FROM division WHERE agency_id = ? ORDER BY sort_key LIMIT 100",
    )?;
    let mut initiatives = snapshot.prepare_cached(
        "SELECT id, slug, name, action, outcome FROM initiative WHERE division_id = ? ORDER BY sort_key LIMIT 100",
    )?;
    let mut results = snapshot.prepare_cached(
        "SELECT t.natural_key, t.key, t.label, t.value, t.precision, t.fiscal_year, t.scope, t.as_of, t.note,
             m.code, m.name, u.code, u.plural, u.symbol
         FROM reported_result t JOIN metric m ON m.id = t.metric_id JOIN unit_of_measure u ON u.id = m.unit_id
         WHERE t.initiative_id = ? ORDER BY t.sort_key LIMIT 100",
    )?;
    let unit = |json: &mut Json, unit: &Row<'_>| {
        json.raw("{\"code\":").text(unit, 1)?;
        json.raw(",\"symbol\":").text(unit, 2)?;
        json.raw("}");
        Ok(())
    };
    let mut of_divisions = Aggregates::new(&snapshot, "division_id", true, unit)?;
    let mut of_reports = Aggregates::new(&snapshot, "report_id", true, unit)?;
    let mut json = Json::with_capacity(64 << 10);
    let mut rows = report.raw_query();
    let Some(report) = rows.next()? else {
        return Ok(b"{\"report\":null}".to_vec());
    };
    json.raw("{\"report\":{\"title\":").text(report, 2)?;
    json.raw(",\"fiscalYear\":").int(report, 3)?;
    json.raw(",\"periodStart\":").text(report, 4)?;
    json.raw(",\"periodEnd\":").text(report, 5)?;
    json.raw(",\"divisions\":{\"nodes\":[");
    let mut list = List::default();
    let mut rows = divisions.query([report.get::<_, i64>(1)?])?;
    while let Some(division) = rows.next()? {
        list.next(&mut json);
        json.raw("{\"code\":").text(division, 1)?;
        json.raw(",\"name\":").text(division, 2)?;
        json.raw(",\"initiatives\":{\"nodes\":[");
        let mut list = List::default();
        let mut rows = initiatives.query([division.get::<_, i64>(0)?])?;
        while let Some(initiative) = rows.next()? {
            list.next(&mut json);
            json.raw("{\"slug\":").text(initiative, 1)?;
            json.raw(",\"name\":").text(initiative, 2)?;
            json.raw(",\"action\":").text(initiative, 3)?;
            json.raw(",\"outcome\":").text(initiative, 4)?;
            json.raw(",\"results\":{\"nodes\":[");
            let mut list = List::default();
            let mut rows = results.query([initiative.get::<_, i64>(0)?])?;
            while let Some(result) = rows.next()? {
                list.next(&mut json);
                json.result(result)?;
                json.raw(",\"asOf\":").text(result, 7)?;
                json.raw(",\"note\":").text(result, 8)?;
                json.raw(",\"metric\":{\"code\":").text(result, 9)?;
                json.raw(",\"name\":").text(result, 10)?;
                json.raw(",\"unit\":{\"code\":").text(result, 11)?;
                json.raw(",\"plural\":").text(result, 12)?;
                json.raw(",\"symbol\":").text(result, 13)?;
                json.raw("}}}");
            }
            json.raw("]}}");
        }
        json.raw("]},\"results\":");
        write_report_aggregate(&mut json, &mut of_divisions, division.get(0)?)?;
        json.raw("}");
    }
    json.raw("]},\"results\":");
    write_report_aggregate(&mut json, &mut of_reports, report.get(0)?)?;
    json.raw("}}");
    Ok(json.0)
}

fn write_report_aggregate(
    json: &mut Json,
    aggregates: &mut Aggregates<'_>,
    parent: i64,
) -> Result<()> {
    let aggregate = aggregates.of(parent)?;
    json.raw("{\"totalCount\":").plain(&aggregate.count);
    json.raw(",\"aggregate\":{\"recordSettingCount\":")
        .plain(&aggregate.records);
    json.raw(",\"totals\":");
    aggregates.write(json, &aggregate);
    json.raw("}}");
    Ok(())
}

/// JSON in the making.
struct Json(Vec<u8>);

impl Json {
    fn with_capacity(bytes: usize) -> Json {
        Json(Vec::with_capacity(bytes))
    }

    fn raw(&mut self, text: &str) -> &mut Json {
        self.raw_bytes(text.as_bytes())
    }

    fn raw_bytes(&mut self, text: &[u8]) -> &mut Json {
        self.0.extend_from_slice(text);
        self
    }

    fn plain(&mut self, value: &impl Serialize) -> &mut Json {
        serde_json::to_writer(&mut self.0, value).expect("plain values are JSON");
        self
    }

    /// The text in a column, or null.
    fn text(&mut self, row: &Row<'_>, column: usize) -> Result<()> {
        match row.get_ref(column)? {
            ValueRef::Null => self.raw("null"),
            text => self.plain(&text.as_str()?),
        };
        Ok(())
    }

    fn int(&mut self, row: &Row<'_>, column: usize) -> Result<()> {
        self.plain(&row.get::<_, i64>(column)?);
        Ok(())
    }

    /// The global id of a row, from its natural key.
    fn id(&mut self, type_name: &str, row: &Row<'_>, column: usize) -> Result<()> {
        let key = row.get_ref(column)?.as_str()?;
        let mut plain = String::with_capacity(type_name.len() + 1 + key.len());
        plain.push_str(type_name);
        plain.push(' ');
        plain.push_str(key);
        self.plain(&URL_SAFE_NO_PAD.encode(plain));
        Ok(())
    }

    /// What every result is shown with, from the first seven columns; its object is left open.
    fn result(&mut self, row: &Row<'_>) -> Result<()> {
        self.raw("{\"id\":").id("ReportedResult", row, 0)?;
        self.raw(",\"key\":").text(row, 1)?;
        self.raw(",\"label\":").text(row, 2)?;
        self.raw(",\"value\":")
            .decimal(row.get::<_, i64>(3)?.into());
        self.raw(",\"precision\":")
            .plain(&PRECISIONS[usize::from(row.get::<_, u8>(4)?)]);
        self.raw(",\"fiscalYear\":").int(row, 5)?;
        self.raw(",\"scope\":")
            .plain(&SCOPES[usize::from(row.get::<_, u8>(6)?)]);
        Ok(())
    }

    /// A number of ten-thousandths.
    fn decimal(&mut self, number: i128) {
        if number < 0 {
            self.raw("-");
        }
        let (whole, fraction) = (
            number.unsigned_abs() / 10_000,
            number.unsigned_abs() % 10_000,
        );
        self.plain(&whole);
        if fraction > 0 {
            let digits = format!(".{fraction:04}");
            self.raw(digits.trim_end_matches('0'));
        }
    }

    fn decimal_or_null(&mut self, number: Option<i128>) {
        match number {
            Some(number) => self.decimal(number),
            None => {
                self.raw("null");
            }
        }
    }
}

/// Puts commas between the items of a list.
#[derive(Default)]
struct List {
    length: usize,
}

impl List {
    fn next(&mut self, json: &mut Json) {
        if self.length > 0 {
            json.raw(",");
        }
        self.length += 1;
    }
}

/// The JSON of small things by id.
struct Catalogue(HashMap<i64, Vec<u8>>);

impl Catalogue {
    fn read(
        connection: &Connection,
        write: impl Fn(&mut Json, &Row<'_>) -> Result<()>,
    ) -> Result<Catalogue> {
        let mut metrics = connection.prepare_cached(
            "SELECT m.id, m.code, m.name, u.code, u.symbol FROM metric m JOIN unit_of_measure u ON u.id = m.unit_id",
        )?;
        let mut all = HashMap::new();
        let mut rows = metrics.raw_query();
        while let Some(row) = rows.next()? {
            let mut json = Json::with_capacity(128);
            write(&mut json, row)?;
            all.insert(row.get(0)?, json.0);
        }
        Ok(Catalogue(all))
    }

    fn get(&self, id: i64) -> &[u8] {
        &self.0[&id]
    }
}

/// Gathers the totals of the results of one parent after the other, by the rules of the design.
struct Aggregates<'c> {
    results: CachedStatement<'c>,
    /// Root and additivity of each metric.
    metrics: HashMap<i64, (i64, i64)>,
    /// Code and JSON of each unit.
    units: HashMap<i64, (String, Vec<u8>)>,
    with_median: bool,
}

/// What can be said of the results of one parent.
struct Aggregate {
    count: usize,
    records: usize,
    totals: Vec<Total>,
}

/// What was gathered of one unit and scope.
#[derive(Default)]
struct Total {
    unit: i64,
    scope: usize,
    values: Vec<i64>,
    count: usize,
    min: i64,
    max: i64,
    summed: i128,
    sum: i128,
    precisions: [bool; 4],
    additivities: [bool; 3],
    root: Option<i64>,
    year: Option<i64>,
    has_several_roots: bool,
    has_several_years: bool,
    /// The initiative through which each report's year is in the total.
    initiatives: HashMap<(i64, i64), i64>,
    overlaps: bool,
}

impl<'c> Aggregates<'c> {
    fn new(
        connection: &'c Connection,
        parent: &str,
        with_median: bool,
        write_unit: impl Fn(&mut Json, &Row<'_>) -> Result<()>,
    ) -> Result<Aggregates<'c>> {
        // A result is left out of the sum where another one that it is part of has the same parent.
        let results = connection.prepare_cached(&format!(
            "SELECT unit_id, scope, value, is_record, precision, fiscal_year, initiative_id, report_id, metric_id,
                 part_of_id IS NULL OR NOT EXISTS (
                     SELECT 1 FROM reported_result_whole c CROSS JOIN reported_result w ON w.id = c.whole_id
                     WHERE c.part_id = t.id AND w.{parent} = t.{parent})
             FROM reported_result t WHERE {parent} = ?"
        ))?;
        let mut metrics = HashMap::new();
        let mut all = connection.prepare_cached("SELECT id, root_id, additivity FROM metric")?;
        let mut rows = all.raw_query();
        while let Some(row) = rows.next()? {
            metrics.insert(row.get(0)?, (row.get(1)?, row.get(2)?));
        }
        let mut units = HashMap::new();
        let mut all = connection.prepare_cached("SELECT id, code, symbol FROM unit_of_measure")?;
        let mut rows = all.raw_query();
        while let Some(row) = rows.next()? {
            let mut json = Json::with_capacity(64);
            write_unit(&mut json, row)?;
            units.insert(row.get(0)?, (row.get(1)?, json.0));
        }
        Ok(Aggregates {
            results,
            metrics,
            units,
            with_median,
        })
    }

    fn of(&mut self, parent: i64) -> Result<Aggregate> {
        let mut aggregate = Aggregate {
            count: 0,
            records: 0,
            totals: Vec::new(),
        };
        let mut rows = self.results.query([parent])?;
        while let Some(row) = rows.next()? {
            let (unit, value) = (row.get(0)?, row.get(2)?);
            let scope = usize::from(row.get::<_, u8>(1)?);
            aggregate.count += 1;
            aggregate.records += usize::from(row.get::<_, bool>(3)?);
            let totals = &mut aggregate.totals;
            let place = totals
                .iter()
                .position(|total| total.unit == unit && total.scope == scope)
                .unwrap_or_else(|| {
                    totals.push(Total {
                        unit,
                        scope,
                        min: value,
                        max: value,
                        ..Total::default()
                    });
                    totals.len() - 1
                });
            let total = &mut totals[place];
            total.count += 1;
            total.min = total.min.min(value);
            total.max = total.max.max(value);
            if self.with_median {
                total.values.push(value);
            }
            if !row.get::<_, bool>(9)? {
                continue;
            }
            let (year, initiative, report) = (row.get(5)?, row.get(6)?, row.get(7)?);
            let (root, additivity) = self.metrics[&row.get::<_, i64>(8)?];
            total.summed += 1;
            total.sum += i128::from(value);
            total.precisions[usize::from(row.get::<_, u8>(4)?)] = true;
            total.additivities[additivity as usize] = true;
            total.has_several_roots |= total.root.replace(root).is_some_and(|other| other != root);
            total.has_several_years |= total.year.replace(year).is_some_and(|other| other != year);
            if !total.overlaps {
                match total.initiatives.entry((report, year)) {
                    Entry::Occupied(other) => total.overlaps = *other.get() != initiative,
                    Entry::Vacant(free) => {
                        free.insert(initiative);
                    }
                }
            }
        }
        let code = |total: &Total| &self.units[&total.unit].0;
        aggregate
            .totals
            .sort_by(|a, b| (code(a), a.scope).cmp(&(code(b), b.scope)));
        for total in &mut aggregate.totals {
            total.values.sort_unstable();
        }
        Ok(aggregate)
    }

    fn write(&self, json: &mut Json, aggregate: &Aggregate) {
        json.raw("[");
        let mut list = List::default();
        for total in &aggregate.totals {
            list.next(json);
            json.raw("{\"unit\":").raw_bytes(&self.units[&total.unit].1);
            json.raw(",\"scope\":").plain(&SCOPES[total.scope]);
            json.raw(",\"count\":").plain(&total.count);
            let caveats = total.caveats();
            let has_sum = caveats
                .iter()
                .all(|caveat| ["OVERLAP", "APPROXIMATE"].contains(caveat));
            json.raw(",\"sum\":")
                .decimal_or_null(has_sum.then_some(total.sum));
            json.raw(",\"precision\":")
                .plain(&has_sum.then(|| total.precision()));
            json.raw(",\"mean\":")
                .decimal_or_null(has_sum.then(|| total.mean()));
            json.raw(",\"min\":").decimal(total.min.into());
            json.raw(",\"max\":").decimal(total.max.into());
            if self.with_median {
                json.raw(",\"median\":")
                    .decimal(total.values[total.values.len().div_ceil(2) - 1].into());
            }
            json.raw(",\"caveats\":").plain(&caveats);
            json.raw("}");
        }
        json.raw("]");
    }
}

impl Total {
    fn caveats(&self) -> Vec<&'static str> {
        let [_, approximate, lower, upper] = self.precisions;
        let [_, semi_additive, non_additive] = self.additivities;
        let mut digits = self.sum.unsigned_abs();
        while digits > 0 && digits.is_multiple_of(10) {
            digits /= 10;
        }
        [
            ("OVERLAP", self.overlaps),
            (
                "MIXED_YEARS",
                self.has_several_years && (semi_additive || self.scope != 0),
            ),
            ("MIXED_METRICS", self.has_several_roots),
            ("MIXED_BOUNDS", lower && upper),
            ("NON_ADDITIVE", non_additive),
            ("APPROXIMATE", approximate && (lower || upper)),
            ("TOO_LARGE", digits >= 1_000_000_000_000_000),
        ]
        .into_iter()
        .filter(|(_, given)| *given)
        .map(|(caveat, _)| caveat)
        .collect()
    }

    fn precision(&self) -> &'static str {
        let place = [2, 3, 1]
            .into_iter()
            .find(|place| self.precisions[*place])
            .unwrap_or_default();
        PRECISIONS[place]
    }

    fn mean(&self) -> i128 {
        let half = self.summed * self.sum.signum();
        (2 * self.sum + half) / (2 * self.summed)
    }
}
