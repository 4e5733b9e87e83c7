/**
 * `groups`: the rows of a connection, put together by what they have in common, as a connection of its own.
 * Must never look at the page of the connection whose rows they are.
 */

import { numberIn } from './aggregate.js';
import { checkCode } from './codes.js';
import { connect, PAGE_SIZES } from './connection.js';
import { placeOf } from './enums.js';
import { BadArgument } from './errors.js';
import { NUMBERS, orderOf } from './order-by.js';
import { ORDERS } from './orders.js';

/**
 * @typedef {import('./package.js').Row} Row
 * @typedef {import('./orders.js').OrderKey} OrderKey
 * @typedef {{field: string, value: (row: Row) => any, keys: OrderKey['value'][]}} Dimension the field of the group that
 *   has the common value, the value in a row, and how values are ordered
 * @typedef {'results' | 'initiatives'} GroupedKind
 */

/** @type {(field: string, kind: string) => Dimension} */
const ofRow = (field, kind) => ({
  field,
  value: (row) => row[field],
  keys: ORDERS[kind].keys.map(({ value }) => value),
});

/** @type {(field: 'scope' | 'precision') => Dimension} */
const ofCode = (field) => ({
  field,
  value: (row) => row[field],
  keys: [(value) => placeOf(field, /** @type {any} */ (value))],
});

/** @type {(metric: Row) => Row} the metric at the top of its tree */
const rootOf = (metric) => (metric.parent ? rootOf(metric.parent) : metric);

/** @type {Record<string, Dimension>} */
const DIMENSIONS = {
  AGENCY: ofRow('agency', 'agencies'),
  REPORT: ofRow('report', 'reports'),
  // An initiative is of its report's year; a figure has a year of its own.
  FISCAL_YEAR: { field: 'fiscalYear', value: (row) => row.fiscalYear ?? row.report.fiscalYear, keys: [(year) => +year] },
  GOAL: ofRow('goal', 'goals'),
  DIVISION: ofRow('division', 'divisions'),
  INITIATIVE: ofRow('initiative', 'initiatives'),
  METRIC: ofRow('metric', 'metrics'),
  ROOT_METRIC: { ...ofRow('rootMetric', 'metrics'), value: ({ metric }) => rootOf(metric) },
  UNIT: ofRow('unit', 'units'),
  SCOPE: ofCode('scope'),
  PRECISION: ofCode('precision'),
};

/** Nothing in common but what is asked for. */
const NO_DIMENSION = Object.fromEntries(Object.values(DIMENSIONS).map(({ field }) => [field, null]));

export class Groups {
  /**
   * @param {import('./collections.js').Children} children
   * @param {import('./filters.js').Filters} [filters] only wanted for connections
   */
  constructor(children, filters) {
    this.children = children;
    this.filters = filters;
  }

  /**
   * @param {GroupedKind} kind
   * @param {Row[]} rows
   * @param {any} args of the field `groups`
   */
  connect(kind, rows, args) {
    const stem = kind === 'results' ? 'ResultGroup' : 'InitiativeGroup';
    const groups = this.groupsOf(kind, rows, args.by);
    const matches = this.filters.predicate(`${stem}Filter`, args.having, 'having');
    return connect(groups.filter(matches), this.order(kind, `${stem}Order`, args), args, PAGE_SIZES.nested);
  }

  /**
   * @param {GroupedKind} kind
   * @param {Row[]} rows
   * @param {string[]} by names of dimensions
   * @returns {Row[]} in no particular order
   */
  groupsOf(kind, rows, by) {
    if (by.length === 0) throw new BadArgument('`by` is empty');
    if (new Set(by).size < by.length) throw new BadArgument('`by` has a dimension twice');
    const dimensions = by.map((name) => DIMENSIONS[name]);

    /** @type {Row[]} */
    const groups = [];
    for (const row of rows) {
      const common = Object.fromEntries(dimensions.map(({ field, value }) => [field, value(row)]));
      const group = groups.find((other) => dimensions.every(({ field }) => other[field] === common[field]));
      if (group) group.rows.push(row);
      else groups.push({ ...NO_DIMENSION, ...common, rows: [row] });
    }
    return groups.map((group) => ({ ...group, ...this.countsOf(kind, group.rows) }));
  }

  /**
   * @param {GroupedKind} kind
   * @param {string} typeName of an item of `orderBy`
   * @param {any} args
   */
  order(kind, typeName, args) {
    const type = /** @type {import('graphql').GraphQLInputObjectType} */ (this.filters.schema.getType(typeName));
    return orderOfGroups(kind, type, args, this.filters.catalogues.units);
  }

  /**
   * @param {GroupedKind} kind
   * @param {Row[]} rows
   * @returns {{count: number, resultCount?: number}}
   */
  countsOf(kind, rows) {
    const count = rows.length;
    if (kind === 'results') return { count };
    return { count, resultCount: rows.flatMap((row) => this.children(row, 'results')).length };
  }
}

/**
 * By the dimensions, in the order in which they are asked for; what comes of `orderBy` stands before that.
 * @param {GroupedKind} kind
 * @param {import('graphql').GraphQLInputObjectType} type of an item of `orderBy`
 * @param {any} args
 * @param {Row[]} units
 * @returns {import('./orders.js').Order}
 */
function orderOfGroups(kind, type, { by, orderBy }, units) {
  const dimensionKeys = by.flatMap((/** @type {string} */ name) => {
    const { field, keys } = DIMENSIONS[name];
    return keys.map((key) => ({ value: (/** @type {Row} */ group) => group[field] === null ? null : key(group[field]) }));
  });
  const usual = { name: `groups of ${kind} by ${by}`, keys: dimensionKeys };
  return orderOf(orderBy, usual, dimensionKeys, type, (item, path) => {
    const [[name, asked]] = Object.entries(item);
    const isDescending = (asked.direction ?? asked) === 'DESC';
    if (name === 'key') return dimensionKeys.map((/** @type {OrderKey} */ key) => ({ ...key, isDescending }));
    if (name !== 'total') return [{ value: (group) => group[name], isDescending }];
    checkCode(units, asked.unit, `${path}.total.unit`);
    return [{ value: (group) => numberIn(group.rows, asked, NUMBERS[asked.by ?? 'SUM']), isDescending }];
  });
}
