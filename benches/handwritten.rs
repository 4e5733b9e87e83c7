//! The same answers by hand: SQL through rusqlite and JSON through serde_json, without GraphQL.
//!
//! This is what the engine is measured against, so it is written as a good engineer would write a handler for exactly
//! these four requests and nothing else: prepared statements that are kept, one statement for each parent (cheap in a
//! database that is in the process), no value copied on its way from the row to the answer, the catalogue of metrics
//! read once a request, and totals gathered in one pass over the rows (measured here: half of what the same costs as
//! `GROUP BY`, which sorts them).

use std::collections::{HashMap, HashSet};

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

    /// A number with how to read it, or null.
    fn amount(&mut self, value: Option<i128>, precision: Option<&str>) {
        match value {
            Some(value) => {
                self.raw("{\"value\":").decimal(value);
                self.raw(",\"precision\":").plain(&precision);
                self.raw("}");
            }
            None => {
                self.raw("null");
            }
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
    metrics: HashMap<i64, Metric>,
    /// Code and JSON of each unit.
    units: HashMap<i64, (String, Vec<u8>)>,
    with_median: bool,
}

struct Metric {
    parent: Option<i64>,
    root: i64,
    additivity: usize,
    is_exclusive: bool,
    /// Whether anything under its root is.
    has_exclusive: bool,
}

/// What can be said of the results of one parent.
struct Aggregate {
    count: usize,
    records: usize,
    totals: Vec<Total>,
}

/// A result, as far as totals look at it.
#[derive(Clone, Copy)]
struct Figure {
    value: i64,
    precision: usize,
    stands_alone: bool,
    year: i64,
    initiative: i64,
    metric: i64,
}

/// What was gathered of one unit and scope.
#[derive(Default)]
struct Total {
    unit: i64,
    scope: usize,
    /// Values with their precisions.
    values: Vec<(i64, usize)>,
    count: usize,
    min: (i64, usize),
    max: (i64, usize),
    summed: i128,
    sum: i128,
    precisions: [bool; 4],
    additivities: [bool; 3],
    root: Option<i64>,
    year: Option<i64>,
    has_several_roots: bool,
    has_several_years: bool,
    has_exclusive: bool,
    in_sum: Vec<Figure>,
    /// Figures that several reports publish: which, and which statement.
    held: Vec<(i64, i64, Figure)>,
    restated: bool,
    overlaps: bool,
    at_least: Option<i128>,
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
            "SELECT unit_id, scope, value, is_record, precision, fiscal_year, initiative_id, metric_id,
                 part_of_id IS NULL OR NOT EXISTS (
                     SELECT 1 FROM reported_result_whole c CROSS JOIN reported_result w ON w.id = c.whole_id
                     WHERE c.part_id = t.id AND w.{parent} = t.{parent}),
                 figure_id, statement_number
             FROM reported_result t WHERE {parent} = ?"
        ))?;
        let mut metrics = HashMap::new();
        let mut exclusive = HashSet::new();
        let mut all = connection.prepare_cached(
            "SELECT id, root_id, additivity, parent_id, children_are_exclusive FROM metric",
        )?;
        let mut rows = all.raw_query();
        while let Some(row) = rows.next()? {
            let metric = Metric {
                root: row.get(1)?,
                additivity: usize::from(row.get::<_, u8>(2)?),
                parent: row.get(3)?,
                is_exclusive: row.get(4)?,
                has_exclusive: false,
            };
            if metric.is_exclusive {
                exclusive.insert(metric.root);
            }
            metrics.insert(row.get(0)?, metric);
        }
        for metric in metrics.values_mut() {
            metric.has_exclusive = exclusive.contains(&metric.root);
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
            let unit = row.get(0)?;
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
                        min: (i64::MAX, 0),
                        max: (i64::MIN, 0),
                        ..Total::default()
                    });
                    totals.len() - 1
                });
            let figure = Figure {
                value: row.get(2)?,
                precision: usize::from(row.get::<_, u8>(4)?),
                stands_alone: row.get(8)?,
                year: row.get(5)?,
                initiative: row.get(6)?,
                metric: row.get(7)?,
            };
            match row.get(10)? {
                0 => totals[place].take(&figure, &self.metrics, self.with_median),
                number => totals[place].held.push((row.get(9)?, number, figure)),
            }
        }
        drop(rows);
        let code = |total: &Total| &self.units[&total.unit].0;
        aggregate
            .totals
            .sort_by(|a, b| (code(a), a.scope).cmp(&(code(b), b.scope)));
        for total in &mut aggregate.totals {
            total.finish(&self.metrics, self.with_median);
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
            let is_under = |some: &[&str]| caveats.iter().any(|caveat| some.contains(caveat));
            let without_sum = [
                "MIXED_YEARS",
                "MIXED_METRICS",
                "MIXED_BOUNDS",
                "NON_ADDITIVE",
            ];
            let has_sum = !is_under(&without_sum);
            let precision = (!total.overlaps).then(|| total.precision());
            let shown = |number: i128| is_shown(number).then_some(number);
            let sum = shown(total.sum).filter(|_| has_sum);
            json.raw(",\"sum\":").amount(sum, precision);
            let mean = sum.and_then(|_| shown(total.mean()));
            json.raw(",\"mean\":").amount(mean, precision);
            let reported = |json: &mut Json, (value, precision): (i64, usize)| {
                json.amount(Some(value.into()), Some(PRECISIONS[precision]));
            };
            json.raw(",\"min\":");
            reported(json, total.min);
            json.raw(",\"max\":");
            reported(json, total.max);
            if self.with_median {
                json.raw(",\"median\":");
                let (value, _) = total.values[total.values.len().div_ceil(2) - 1];
                let end = total.values.partition_point(|other| other.0 <= value);
                reported(json, total.values[end - 1]);
            }
            let certain = total.at_least.filter(|number| is_shown(*number));
            let certain =
                certain.filter(|_| !is_under(&["MIXED_YEARS", "MIXED_METRICS", "NON_ADDITIVE"]));
            json.raw(",\"atLeast\":").decimal_or_null(certain);
            json.raw(",\"caveats\":").plain(&caveats);
            json.raw("}");
        }
        json.raw("]");
    }
}

/// Whether a number has at most 15 digits without the zeros at its end.
fn is_shown(number: i128) -> bool {
    let mut digits = number.unsigned_abs();
    while digits > 0 && digits.is_multiple_of(10) {
        digits /= 10;
    }
    digits < 1_000_000_000_000_000
}

impl Total {
    fn take(&mut self, figure: &Figure, metrics: &HashMap<i64, Metric>, with_median: bool) {
        let reported = (figure.value, figure.precision);
        self.count += 1;
        if (reported.0, self.min.1) < (self.min.0, reported.1) {
            self.min = reported;
        }
        self.max = self.max.max(reported);
        if with_median {
            self.values.push(reported);
        }
        if !figure.stands_alone {
            return;
        }
        let metric = &metrics[&figure.metric];
        self.summed += 1;
        self.sum += i128::from(figure.value);
        self.precisions[figure.precision] = true;
        self.additivities[metric.additivity] = true;
        let root = self.root.replace(metric.root);
        self.has_several_roots |= root.is_some_and(|other| other != metric.root);
        let year = self.year.replace(figure.year);
        self.has_several_years |= year.is_some_and(|other| other != figure.year);
        self.has_exclusive |= metric.has_exclusive;
        self.in_sum.push(*figure);
    }

    fn finish(&mut self, metrics: &HashMap<i64, Metric>, with_median: bool) {
        let mut held = std::mem::take(&mut self.held);
        held.sort_unstable_by_key(|(figure, number, _)| (*figure, *number));
        for statements in held.chunk_by(|left, right| left.0 == right.0) {
            let latest = statements.last().map_or(0, |(_, number, _)| *number);
            let worth = |number: i64| -> i128 {
                let of_it = statements.iter().filter(|statement| statement.1 == number);
                of_it.map(|(.., figure)| i128::from(figure.value)).sum()
            };
            self.restated |= statements
                .iter()
                .any(|(_, number, _)| worth(*number) != worth(latest));
            for (_, number, figure) in statements {
                if *number == latest {
                    self.take(figure, metrics, with_median);
                }
            }
        }
        self.values.sort_unstable();
        let proves = |figure: &Figure| [0, 2].contains(&figure.precision) && figure.value >= 0;
        self.at_least = self.in_sum.iter().any(proves).then_some(0);
        let mut figures = std::mem::take(&mut self.in_sum);
        figures.sort_unstable_by_key(|figure| (figure.year, figure.initiative));
        for year in figures.chunk_by(|left, right| left.year == right.year) {
            let (overlaps, least) = match self.has_exclusive {
                false => plain_year(year),
                true => exclusive_year(year, metrics),
            };
            self.overlaps |= overlaps;
            self.at_least = self.at_least.map(|sum| sum + least);
        }
    }

    fn caveats(&self) -> Vec<&'static str> {
        let [_, approximate, lower, upper] = self.precisions;
        let [_, semi_additive, non_additive] = self.additivities;
        let mixed_years = self.has_several_years && (semi_additive || self.scope != 0);
        let is_certain = !mixed_years && !self.has_several_roots && !non_additive;
        let at_least = self.at_least.filter(|_| is_certain);
        let numbers = [Some(self.sum), Some(self.mean()), at_least];
        [
            ("OVERLAP", self.overlaps),
            ("MIXED_YEARS", mixed_years),
            ("MIXED_METRICS", self.has_several_roots),
            ("MIXED_BOUNDS", lower && upper),
            ("NON_ADDITIVE", non_additive),
            ("APPROXIMATE", approximate && (lower || upper)),
            (
                "TOO_LARGE",
                numbers
                    .into_iter()
                    .flatten()
                    .any(|number| !is_shown(number)),
            ),
            ("RESTATED", self.restated),
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

/// Whether two initiatives of one year may have counted the same, and the most that one of them proves, where no metric
/// has exclusive children. The figures lie by initiative.
fn plain_year(year: &[Figure]) -> (bool, i128) {
    let mut overlaps = false;
    let mut most = 0;
    for initiative in year.chunk_by(|left, right| left.initiative == right.initiative) {
        let proven = initiative
            .iter()
            .filter(|figure| [0, 2].contains(&figure.precision) && figure.value >= 0)
            .map(|figure| i128::from(figure.value));
        most = most.max(proven.sum());
    }
    for pair in year.windows(2) {
        overlaps |= pair[0].initiative != pair[1].initiative;
    }
    (overlaps, most)
}

/// The same where some metric has exclusive children: pair by pair, and metric by metric from the root. Such totals are
/// few here.
fn exclusive_year(year: &[Figure], metrics: &HashMap<i64, Metric>) -> (bool, i128) {
    let path = |metric: i64| -> Vec<i64> {
        let mut path: Vec<i64> =
            std::iter::successors(Some(metric), |metric| metrics[metric].parent).collect();
        path.reverse();
        path
    };
    let paths: HashMap<i64, Vec<i64>> = year
        .iter()
        .map(|figure| (figure.metric, path(figure.metric)))
        .collect();
    let are_apart = |a: i64, b: i64| {
        let (a, b) = (&paths[&a], &paths[&b]);
        let common = a.iter().zip(b).take_while(|(a, b)| a == b).count();
        common > 0 && common < a.len() && common < b.len() && metrics[&a[common - 1]].is_exclusive
    };
    let meet =
        |a: &Figure, b: &Figure| a.initiative != b.initiative && !are_apart(a.metric, b.metric);
    let overlaps = year
        .iter()
        .enumerate()
        .any(|(place, a)| year[place + 1..].iter().any(|b| meet(a, b)));
    fn under(
        metric: i64,
        depth: usize,
        figures: &[&Figure],
        paths: &HashMap<i64, Vec<i64>>,
        metrics: &HashMap<i64, Metric>,
    ) -> i128 {
        let mut initiatives: HashMap<i64, i128> = HashMap::new();
        let mut children: HashMap<i64, Vec<&Figure>> = HashMap::new();
        for figure in figures {
            *initiatives.entry(figure.initiative).or_default() += i128::from(figure.value);
            if let Some(child) = paths[&figure.metric].get(depth + 1) {
                children.entry(*child).or_default().push(figure);
            }
        }
        let of_children = children
            .iter()
            .map(|(child, figures)| under(*child, depth + 1, figures, paths, metrics));
        let of_children = match metrics[&metric].is_exclusive {
            true => of_children.sum(),
            false => of_children.max().unwrap_or_default(),
        };
        let of_one = initiatives.into_values().max().unwrap_or_default();
        of_one.max(of_children)
    }
    let mut roots: HashMap<i64, Vec<&Figure>> = HashMap::new();
    for figure in year {
        if [0, 2].contains(&figure.precision) && figure.value >= 0 {
            let root = metrics[&figure.metric].root;
            roots.entry(root).or_default().push(figure);
        }
    }
    let least = roots
        .iter()
        .map(|(root, figures)| under(*root, 0, figures, &paths, metrics));
    (overlaps, least.max().unwrap_or_default())
}
