/**
 * Orders: a list of keys, each of which makes of a row a value to compare, and the last of which no two rows share. So
 * an order is total, and the values of its keys are all that a cursor needs to name a place in it.
 * Must never look at the page that is asked for.
 */

import { compareBytes } from './text.js';

/**
 * @typedef {import('./package.js').Row} Row
 * @typedef {string | number | bigint | null} KeyValue null where it is missing
 * @typedef {{value: (row: Row) => KeyValue, isDescending?: boolean}} OrderKey
 * @typedef {KeyValue[]} Key a place in an order
 * @typedef {{name: string, keys: OrderKey[]}} Order the name tells its cursors from those of others
 */

/** @type {(...values: OrderKey['value'][]) => OrderKey[]} */
export const ascending = (...values) => values.map((value) => ({ value }));

/** @type {(row: Row) => KeyValue} */
const code = (row) => row.code;
/** @type {(row: Row) => KeyValue} */
const position = (row) => row.position;

/** The newest year first: years count downwards. */
const REPORT = [(/** @type {Row} */ row) => row.agency.code, (/** @type {Row} */ row) => -row.fiscalYear];
const REPORT_AND_POSITION = [...REPORT.map((value) => (/** @type {Row} */ row) => value(row.report)), position];

/** The orders in which collections stand where no other is asked for. @type {Record<string, Order>} by kind, or by a name of their own */
export const ORDERS = {
  agencies: { name: 'agencies', keys: ascending(code) },
  reports: { name: 'reports', keys: ascending(...REPORT) },
  goals: { name: 'goals', keys: ascending(...REPORT_AND_POSITION) },
  divisions: { name: 'divisions', keys: ascending((row) => row.agency.code, position) },
  initiatives: { name: 'initiatives', keys: ascending(...REPORT_AND_POSITION) },
  results: { name: 'results', keys: ascending(...REPORT_AND_POSITION) },
  /** Statements of one figure: one agency's, the oldest report first. */
  statements: { name: 'statements', keys: ascending((row) => row.report.fiscalYear, position) },
  metrics: { name: 'metrics', keys: ascending(code) },
  units: { name: 'units', keys: ascending(code) },
};

/**
 * @param {Order} order
 * @param {Row} row
 * @returns {Key} where the row stands
 */
export function keyOf(order, row) {
  return order.keys.map(({ value }) => value(row));
}

/**
 * @param {Order} order
 * @param {Key} a
 * @param {Key} b
 * @returns {number} negative where `a` stands first
 */
export function compareKeys(order, a, b) {
  for (const [index, { isDescending = false }] of order.keys.entries()) {
    const difference = compareValues(a[index], b[index], isDescending);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * Missing values come last both ways.
 * @param {KeyValue} a
 * @param {KeyValue} b
 * @param {boolean} isDescending
 */
function compareValues(a, b, isDescending) {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const ordered = typeof a === 'string' ? compareBytes(a, String(b)) : a < b ? -1 : a > b ? 1 : 0;
  return isDescending ? -ordered : ordered;
}
