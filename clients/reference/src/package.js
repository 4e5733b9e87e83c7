/**
 * Reads data packages (folders of CSV files) into plain objects that refer to each other.
 * Every object has every stored field of its GraphQL type, null where the file has none.
 * Must never validate: `annals check` does that. A reference that leads nowhere stops it, as it could not go on.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { parseDecimal, quotient } from './decimal.js';
import { encodeId, naturalKey } from './ids.js';
import { linkStatements } from './statements.js';

/**
 * A fresh database holds each report in its first revision. When it was loaded cannot be known here, so the judge
 * compares times only in their form.
 */
const REVISION = 1;
const PUBLISHED_AT = '2007-11-05T00:00:00Z';
/** The report that comes with the binary; every other one was imported. */
const BUILT_IN = naturalKey('ICE', 2007);
const PACKAGE_AUTHOR = 'the author of the data package';

/**
 * @typedef {Record<string, any>} Row a parsed CSV line or an object made of one
 * @typedef {{agencies: Row[], reports: Row[], goals: Row[], divisions: Row[], units: Row[], metrics: Row[],
 *   initiatives: Row[], results: Row[]}} Data
 */

/**
 * Packages share agencies, divisions, units and metrics; what the last one says of them holds. A report is in one alone.
 * @param {...string} folders
 * @returns {Data}
 */
export function readPackages(...folders) {
  const read = (/** @type {string} */ name) => folders.flatMap((folder) => readCsv(join(folder, `${name}.csv`)));
  const shared = (/** @type {string} */ name) => lastOfEach(read(name), (line) => naturalKey(line.agency ?? '', line.code));

  const agencies = shared('agencies').map((line) =>
    node('Agency', naturalKey(line.code), { code: line.code, name: line.name, department: line.department }),
  );
  const agency = finder(agencies);

  const reports = read('reports').map((line) => reportOf(line, agency(line.agency)));
  const report = finder(reports);
  if (new Set(reports.map((row) => row.naturalKey)).size < reports.length) throw new Error('two packages have one report');

  const goals = read('goals').map((line) => {
    const ofReport = report(line.agency, line.fiscal_year);
    return node('Goal', naturalKey(line.agency, line.fiscal_year, line.code), {
      report: ofReport,
      agency: ofReport.agency,
      code: line.code,
      name: line.name,
      position: Number(line.position),
    });
  });
  const divisions = shared('divisions').map((line) =>
    node('Division', naturalKey(line.agency, line.code), {
      agency: agency(line.agency),
      code: line.code,
      name: line.name,
      position: Number(line.position),
    }),
  );

  const units = shared('units').map((line) => ({
    naturalKey: naturalKey(line.code),
    code: line.code,
    name: line.name,
    plural: line.plural,
    symbol: line.symbol,
    kind: line.kind,
  }));
  const metrics = metricsOf(shared('metrics'), finder(units));

  const initiatives = read('initiatives').map((line) =>
    initiativeOf(line, report(line.agency, line.fiscal_year), finder(divisions), finder(goals)),
  );
  const results = resultsOf(read('results'), finder(initiatives), finder(metrics));
  linkStatements(results);
  for (const row of reports) row.revisions = [firstRevision(row, [goals, initiatives, results].flat())];

  return { agencies, reports, goals, divisions, units, metrics, initiatives, results };
}

/**
 * @param {Row} line
 * @param {Row} agency
 */
function reportOf(line, agency) {
  return node('Report', naturalKey(line.agency, line.fiscal_year), {
    agency,
    fiscalYear: Number(line.fiscal_year),
    periodStart: line.period_start,
    periodEnd: line.period_end,
    title: line.title,
    summary: line.summary,
    summaryBy: line.summary_by ?? PACKAGE_AUTHOR,
    source: {
      title: line.source_title,
      publisher: line.source_publisher,
      url: line.source_url,
      retrieved: line.source_retrieved,
      sha256: line.source_sha256,
      licence: line.source_licence,
    },
    revision: REVISION,
    publishedAt: PUBLISHED_AT,
  });
}

/**
 * The only revision of a report in a fresh database: all its rows are new.
 * @param {Row} report
 * @param {Row[]} rows of all reports
 */
function firstRevision(report, rows) {
  return {
    revision: report.revision,
    publishedAt: report.publishedAt,
    origin: report.naturalKey === BUILT_IN ? 'BUILTIN' : 'IMPORT',
    added: 1 + rows.filter((row) => row.report === report).length,
    changed: 0,
    removed: 0,
  };
}

/**
 * @param {Row[]} lines
 * @param {(...key: string[]) => Row} unit
 */
function metricsOf(lines, unit) {
  const metrics = lines.map((line) =>
    node('Metric', naturalKey(line.code), {
      code: line.code,
      name: line.name,
      description: line.description,
      unit: unit(line.unit),
      additivity: line.additivity,
      childrenAreExclusive: line.children_are_exclusive === 'true', // A package may do without the column.
    }),
  );
  const metric = finder(metrics);
  lines.forEach((line, index) => (metrics[index].parent = line.parent && metric(line.parent)));
  return metrics;
}

/**
 * @param {Row} line
 * @param {Row} report
 * @param {(...key: string[]) => Row} division
 * @param {(...key: string[]) => Row} goal
 */
function initiativeOf(line, report, division, goal) {
  const attribution = (/** @type {string} */ basis, /** @type {string} */ note) => basis && { basis, note };
  return node('Initiative', naturalKey(line.agency, line.fiscal_year, line.slug), {
    report,
    agency: report.agency,
    division: line.division && division(line.agency, line.division),
    divisionAttribution: attribution(line.division_basis, line.division_note),
    goal: line.goal && goal(line.agency, line.fiscal_year, line.goal),
    goalAttribution: attribution(line.goal_basis, line.goal_note),
    position: Number(line.position),
    slug: line.slug,
    name: line.name,
    action: line.action,
    outcome: line.outcome,
    summaryBy: report.summaryBy,
    sourcePlace: line.source_place,
  });
}

/**
 * @param {Row[]} lines
 * @param {(...key: string[]) => Row} initiative
 * @param {(...key: string[]) => Row} metric
 */
function resultsOf(lines, initiative, metric) {
  const keyOf = (/** @type {Row} */ line, /** @type {string} */ slug, /** @type {string} */ key) =>
    naturalKey(line.agency, line.report_fiscal_year, slug, key);

  const results = lines.map((line) => {
    const ofInitiative = initiative(line.agency, line.report_fiscal_year, line.initiative);
    const { report, agency, division, goal } = ofInitiative;
    const ofMetric = metric(line.metric);
    return node('ReportedResult', keyOf(line, line.initiative, line.key), {
      initiative: ofInitiative,
      report,
      agency,
      division,
      goal,
      metric: ofMetric,
      unit: ofMetric.unit,
      key: line.key,
      position: Number(line.position),
      label: line.label,
      ...figureOf(line),
      precision: line.precision,
      fiscalYear: Number(line.fiscal_year),
      scope: line.scope,
      asOf: line.as_of,
      isRecord: line.is_record === 'true',
      note: line.note,
      sourcePlace: line.source_place ?? null, // A package may do without the column.
    });
  });

  const result = finder(results);
  lines.forEach((line, index) => {
    results[index].partOf = line.part_of_key && result(keyOf(line, line.part_of_initiative, line.part_of_key));
  });
  return results;
}

/**
 * The figure, its target where there is one, and what share of it was attained: only where both are exact.
 * @param {Row} line
 */
function figureOf(line) {
  const value = parseDecimal(line.value);
  const target = line.target ? parseDecimal(line.target) : null;
  return { value, target, attainment: line.precision === 'EXACT' && target ? quotient(value, target) : null };
}

/**
 * The GraphQL field `key` of a result hides its natural key; hence the longer name.
 * @param {string} typeName
 * @param {string} key
 * @param {Row} fields
 * @returns {Row}
 */
function node(typeName, key, fields) {
  return { __typename: typeName, id: encodeId(typeName, key), naturalKey: key, ...fields };
}

/**
 * @param {Row[]} lines
 * @param {(line: Row) => string} keyOf
 * @returns {Row[]} one for each key
 */
function lastOfEach(lines, keyOf) {
  return [...new Map(lines.map((line) => [keyOf(line), line])).values()];
}

/**
 * @param {Row[]} rows
 * @returns {(...parts: (string | number)[]) => Row}
 */
function finder(rows) {
  const byKey = new Map(rows.map((row) => [row.naturalKey, row]));
  return (...parts) => {
    const row = byKey.get(naturalKey(...parts));
    if (!row) throw new Error(`the package refers to "${naturalKey(...parts)}", which it does not have`);
    return row;
  };
}

/**
 * @param {string} path
 * @returns {Row[]} one a line, by column name, null where empty
 */
function readCsv(path) {
  return parse(readFileSync(path), { columns: true, bom: true, cast: (value) => (value === '' ? null : value) });
}
