/**
 * What each field answers, written from the words of design.md. Only fields that are more than a stored value are
 * listed; the others are read from the row as they stand (`schema.js`). A field that the schema does not have (yet) is
 * listed in vain.
 * Must never copy from the Rust server: two readings of the same words are the point.
 */

import { aggregateResults, percentile } from './aggregate.js';
import { childrenIn, COLLECTIONS, STEMS } from './collections.js';
import { connect, PAGE_SIZES } from './connection.js';
import { toFloat } from './decimal.js';
import { BadArgument } from './errors.js';
import { Filters } from './filters.js';
import { decodeId, naturalKey } from './ids.js';
import { OrderBy } from './order-by.js';
import { ORDERS } from './orders.js';

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
  const filters = new Filters(schema, children);
  const collections = collectionResolvers(data, children, filters, new OrderBy(schema, children, filters));

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
    },
    ReportedResult: { ...collections.ReportedResult, value: (result) => toFloat(result.value) },
    Metric: { ...collections.Metric, ancestors: ancestorsOf },
    AgencyConnection: { aggregate: countOnly },
    ReportConnection: { aggregate: countOnly },
    GoalConnection: { aggregate: countOnly },
    DivisionConnection: { aggregate: countOnly },
    MetricConnection: { aggregate: countOnly },
    InitiativeConnection: {
      aggregate: ({ rows }) => ({
        count: rows.length,
        resultCount: rows.flatMap((/** @type {Row} */ row) => children(row, 'results')).length,
      }),
    },
    ReportedResultConnection: { aggregate: ({ rows }) => aggregateResults(rows) },
    Total: { percentile: ({ values }, { p }) => toFloat(percentile(values, p)) },
  };
}

/**
 * The collections at the root and under objects: what `where` selects, and a page of it.
 * @param {import('./package.js').Data} data
 * @param {import('./collections.js').Children} children
 * @param {Filters} filters
 * @param {OrderBy} orders
 * @returns {Record<string, Record<string, Resolver>>}
 */
function collectionResolvers(data, children, filters, orders) {
  const collect = (
    /** @type {Kind} */ kind,
    /** @type {Row[]} */ rows,
    /** @type {any} */ args,
    /** @type {number} */ size,
  ) => {
    const selected = rows.filter(filters.predicate(`${STEMS[kind]}Filter`, args.where));
    return connect(selected, orders.order(`${STEMS[kind]}Order`, args.orderBy, ORDERS[kind]), args, size);
  };

  /** @type {Record<string, Record<string, Resolver>>} */
  const resolvers = { Query: {} };
  for (const kind of /** @type {Kind[]} */ (Object.keys(STEMS))) {
    resolvers.Query[kind] = (_, args) => collect(kind, data[kind], args, PAGE_SIZES.root);
  }
  for (const [typeName, fields] of Object.entries(COLLECTIONS)) {
    resolvers[typeName] = {};
    for (const [field, { kind }] of Object.entries(fields)) {
      resolvers[typeName][field] = (parent, args) => collect(kind, children(parent, field), args, PAGE_SIZES.nested);
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
