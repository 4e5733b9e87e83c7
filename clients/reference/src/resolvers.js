/**
 * What each field answers, written from the words of design.md. Only fields that are more than a stored value are
 * listed; the others are read from the row as they stand (`schema.js`).
 * Must never copy from the Rust server: two readings of the same words are the point.
 */

import { aggregateResults } from './aggregate.js';
import { connect, PAGE_SIZES } from './connection.js';
import { toFloat } from './decimal.js';
import { BadArgument } from './errors.js';
import { decodeId, naturalKey } from './ids.js';
import { ORDERS } from './orders.js';

const LARGEST_NODES = 1000;

/**
 * @typedef {import('./package.js').Row} Row
 * @typedef {(source: any, args: any) => unknown} Resolver
 */

/**
 * @param {import('./package.js').Data} data
 * @returns {Record<string, Record<string, Resolver>>} by type and field
 */
export function resolversOf(data) {
  const { agencies, reports, goals, divisions, metrics, initiatives, results } = data;
  const nodes = [agencies, reports, goals, divisions, metrics, initiatives, results].flat();
  const find = (/** @type {Row[]} */ rows, /** @type {(string | number)[]} */ ...key) =>
    rows.find((row) => row.naturalKey === naturalKey(...key)) ?? null;

  return {
    Query: {
      node: (_, { id }) => nodeOf(nodes, id),
      nodes: (_, { ids }) => {
        if (ids.length > LARGEST_NODES) throw new BadArgument(`\`ids\` are over ${LARGEST_NODES}`);
        return ids.map((/** @type {string} */ id) => nodeOf(nodes, id));
      },
      agency: (_, { code }) => find(agencies, code),
      report: (_, { agency, fiscalYear }) => find(reports, agency, fiscalYear),
      division: (_, { agency, code }) => find(divisions, agency, code),
      initiative: (_, { agency, fiscalYear, slug }) => find(initiatives, agency, fiscalYear, slug),
      metric: (_, { code }) => find(metrics, code),
      agencies: rootCollection(ORDERS.agencies, agencies),
      reports: rootCollection(ORDERS.reports, reports),
      goals: rootCollection(ORDERS.goals, goals),
      divisions: rootCollection(ORDERS.divisions, divisions),
      initiatives: rootCollection(ORDERS.initiatives, initiatives),
      results: rootCollection(ORDERS.results, results),
      metrics: rootCollection(ORDERS.metrics, metrics),
    },
    Agency: {
      reports: nestedCollection(ORDERS.reports, reports, (row, agency) => row.agency === agency),
      divisions: nestedCollection(ORDERS.divisions, divisions, (row, agency) => row.agency === agency),
      initiatives: nestedCollection(ORDERS.initiatives, initiatives, (row, agency) => row.agency === agency),
      results: nestedCollection(ORDERS.results, results, (row, agency) => row.agency === agency),
    },
    Report: {
      goals: nestedCollection(ORDERS.goals, goals, (row, report) => row.report === report),
      // A report has no divisions of its own: they are its agency's.
      divisions: nestedCollection(ORDERS.divisions, divisions, (row, report) => row.agency === report.agency),
      initiatives: nestedCollection(ORDERS.initiatives, initiatives, (row, report) => row.report === report),
      results: nestedCollection(ORDERS.results, results, (row, report) => row.report === report),
    },
    Goal: {
      initiatives: nestedCollection(ORDERS.initiatives, initiatives, (row, goal) => row.goal === goal),
      results: nestedCollection(ORDERS.results, results, (row, goal) => row.goal === goal),
    },
    Division: {
      initiatives: nestedCollection(ORDERS.initiatives, initiatives, (row, division) => row.division === division),
      results: nestedCollection(ORDERS.results, results, (row, division) => row.division === division),
    },
    Initiative: {
      results: nestedCollection(ORDERS.results, results, (row, initiative) => row.initiative === initiative),
    },
    ReportedResult: {
      value: (result) => toFloat(result.value),
      parts: nestedCollection(ORDERS.results, results, (row, result) => row.partOf === result),
    },
    Metric: {
      ancestors: ancestorsOf,
      children: nestedCollection(ORDERS.metrics, metrics, (row, metric) => row.parent === metric),
      results: nestedCollection(ORDERS.results, results, (row, metric) => row.metric === metric),
    },
    AgencyConnection: { aggregate: countOnly },
    ReportConnection: { aggregate: countOnly },
    GoalConnection: { aggregate: countOnly },
    DivisionConnection: { aggregate: countOnly },
    MetricConnection: { aggregate: countOnly },
    InitiativeConnection: {
      aggregate: ({ rows }) => ({
        count: rows.length,
        resultCount: results.filter((result) => rows.includes(result.initiative)).length,
      }),
    },
    ReportedResultConnection: { aggregate: ({ rows }) => aggregateResults(rows) },
  };
}

/**
 * @param {import('./orders.js').Order} order
 * @param {Row[]} rows
 * @returns {Resolver}
 */
function rootCollection(order, rows) {
  return (_, args) => connect(rows, order, args, PAGE_SIZES.root);
}

/**
 * @param {import('./orders.js').Order} order
 * @param {Row[]} rows
 * @param {(row: Row, parent: Row) => boolean} belongs
 * @returns {Resolver}
 */
function nestedCollection(order, rows, belongs) {
  return (parent, args) =>
    connect(
      rows.filter((row) => belongs(row, parent)),
      order,
      args,
      PAGE_SIZES.nested,
    );
}

/** @type {Resolver} */
function countOnly({ rows }) {
  return { count: rows.length };
}

/**
 * @param {Row[]} nodes
 * @param {string} id
 */
function nodeOf(nodes, id) {
  const decoded = decodeId(id);
  if (!decoded) return null;
  return nodes.find((row) => row.__typename === decoded.typeName && row.naturalKey === decoded.key) ?? null;
}

/**
 * @param {Row} metric
 * @returns {Row[]} from the parent up to the root
 */
function ancestorsOf(metric) {
  return metric.parent ? [metric.parent, ...ancestorsOf(metric.parent)] : [];
}
