/**
 * What each field answers, written from the words of design.md. Only fields that are more than a stored value are
 * listed; the others are read from the row as they stand (`schema.js`). A field that the schema does not have (yet) is
 * listed in vain.
 * Must never copy from the Rust server: two readings of the same words are the point.
 */

import { aggregateResults, isOf, percentile } from './aggregate.js';
import { changeBetween, previousOf, seriesOf } from './changes.js';
import { childrenIn, COLLECTIONS, STEMS } from './collections.js';
import { connect, PAGE_SIZES } from './connection.js';
import { toFloat } from './decimal.js';
import { BadArgument } from './errors.js';
import { Filters } from './filters.js';
import { Groups } from './groups.js';
import { decodeId, naturalKey } from './ids.js';
import { OrderBy } from './order-by.js';
import { ORDERS } from './orders.js';
import { found, FOUND_ORDER } from './search.js';
import { resultInWords, totalInWords } from './words.js';

const LARGEST_NODES = 1000;

/**
 * @typedef {import('./package.js').Row} Row
 * @typedef {import('./collections.js').Kind} Kind
 * @typedef {(source: any, args: any) => unknown} Resolver
 */

/**
 * @param {import('./package.js').Data} data
 * @param {import('graphql').GraphQLSchema} schema which knows the input types
 * @returns {Record<string, Record<string, Resolver>>} by type and field
 */
export function resolversOf(data, schema) {
  const { agencies, reports, goals, divisions, metrics, initiatives, results } = data;
  const nodes = [agencies, reports, goals, divisions, metrics, initiatives, results].flat();
  const find = (/** @type {Row[]} */ rows, /** @type {(string | number)[]} */ ...key) =>
    rows.find((row) => row.naturalKey === naturalKey(...key)) ?? null;
  const children = childrenIn(data);
  const filters = new Filters(schema, children, data);
  const collect = collector(filters, new OrderBy(schema, children, filters));
  const collections = collectionResolvers(data, children, collect);
  const groups = new Groups(children, filters);

  return {
    ...collections,
    Query: {
      ...collections.Query,
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
      search: (_, args) => connect(found(data, args), FOUND_ORDER, args, PAGE_SIZES.root),
    },
    ReportedResult: {
      ...collections.ReportedResult,
      value: (result) => toFloat(result.value),
      inWords: resultInWords,
      target: ({ target }) => (target === null ? null : toFloat(target)),
      attainment: ({ attainment }) => (attainment === null ? null : toFloat(attainment)),
      previous: (result) => previousOf(result, results),
      change: (result) => changeBetween(previousOf(result, results), result),
    },
    Metric: {
      ...collections.Metric,
      ancestors: ancestorsOf,
      series: (metric, { agency, where }) => {
        const isOfAgency = (/** @type {Row} */ row) => row.agency.naturalKey === naturalKey(agency);
        const named = children(metric, 'results').filter((row) => (agency ?? null) === null || isOfAgency(row));
        return seriesOf(named.filter(filters.predicate('ResultFilter', where)));
      },
    },
    AgencyConnection: { aggregate: countOnly },
    ReportConnection: { aggregate: countOnly },
    GoalConnection: { aggregate: countOnly },
    DivisionConnection: { aggregate: countOnly },
    MetricConnection: { aggregate: countOnly },
    InitiativeConnection: {
      aggregate: ({ rows }) => groups.countsOf('initiatives', rows),
      groups: ({ rows }, args) => groups.connect('initiatives', rows, args),
    },
    InitiativeGroup: {
      aggregate: ({ rows }) => groups.countsOf('initiatives', rows),
      initiatives: ({ rows }, args) => collect('initiatives', rows, args, PAGE_SIZES.nested),
    },
    ReportedResultConnection: {
      aggregate: ({ rows }) => aggregateResults(rows),
      groups: ({ rows }, args) => groups.connect('results', rows, args),
    },
    ResultGroup: {
      aggregate: ({ rows }) => aggregateResults(rows),
      results: ({ rows }, args) => collect('results', rows, args, PAGE_SIZES.nested),
    },
    // How well something fits, and which words of it to show, is each server's own (see `Mark` in `execute.js`).
    SearchEdge: { score: () => 1, snippet: ({ node }) => [{ text: node.name ?? node.label, isHit: true }] },
    ResultAggregate: { total: ({ totals }, which) => totals.find((/** @type {any} */ total) => isOf(total, which)) ?? null },
    Total: { percentile: ({ figures }, { p }) => percentile(figures, p), inWords: totalInWords },
  };
}

/**
 * What `where` selects of a collection, in the order of `orderBy`, and a page of it.
 * @param {Filters} filters
 * @param {OrderBy} orders
 * @returns {(kind: Kind, rows: Row[], args: any, size: number, order?: string) => ReturnType<typeof connect>}
 */
function collector(filters, orders) {
  return (kind, rows, args, size, order = kind) => {
    const selected = rows.filter(filters.predicate(`${STEMS[kind]}Filter`, args.where));
    return connect(selected, orders.order(`${STEMS[kind]}Order`, args.orderBy, ORDERS[order]), args, size);
  };
}

/**
 * The collections at the root and under objects.
 * @param {import('./package.js').Data} data
 * @param {import('./collections.js').Children} children
 * @param {ReturnType<typeof collector>} collect
 * @returns {Record<string, Record<string, Resolver>>}
 */
function collectionResolvers(data, children, collect) {
  /** @type {Record<string, Record<string, Resolver>>} */
  const resolvers = { Query: {} };
  for (const kind of /** @type {Kind[]} */ (Object.keys(STEMS))) {
    resolvers.Query[kind] = (_, args) => collect(kind, data[kind], args, PAGE_SIZES.root);
  }
  for (const [typeName, fields] of Object.entries(COLLECTIONS)) {
    resolvers[typeName] = {};
    for (const [field, { kind, order }] of Object.entries(fields)) {
      resolvers[typeName][field] = (parent, args) =>
        collect(kind, children(parent, field), args, PAGE_SIZES.nested, order);
    }
  }
  return resolvers;
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
export function ancestorsOf(metric) {
  return metric.parent ? [metric.parent, ...ancestorsOf(metric.parent)] : [];
}
