/**
 * The orders in which collections stand. Each makes of a row a key, an array of texts and numbers, that no other row
 * of the collection has: so an order is total, and a key is all that a cursor needs to name a place in it.
 * Must never look at the page that is asked for.
 */

import { compareBytes } from './text.js';

/**
 * @typedef {import('./package.js').Row} Row
 * @typedef {(string | number)[]} Key
 * @typedef {{name: string, key: (row: Row) => Key}} Order
 */

/** The newest year first: years count downwards. */
const reportKey = (/** @type {Row} */ report) => [report.agency.code, -report.fiscalYear];

/** @type {(name: string) => Order} */
const byCode = (name) => ({ name, key: (row) => [row.code] });

/** @type {(name: string) => Order} */
const byReportAndPosition = (name) => ({ name, key: (row) => [...reportKey(row.report), row.position] });

export const ORDERS = {
  agencies: byCode('agencies'),
  reports: /** @type {Order} */ ({ name: 'reports', key: reportKey }),
  goals: byReportAndPosition('goals'),
  divisions: /** @type {Order} */ ({ name: 'divisions', key: (row) => [row.agency.code, row.position] }),
  initiatives: byReportAndPosition('initiatives'),
  results: byReportAndPosition('results'),
  metrics: byCode('metrics'),
};

/**
 * @param {Key} a
 * @param {Key} b a key of the same order
 * @returns {number} negative where `a` stands first
 */
export function compareKeys(a, b) {
  for (const [index, part] of a.entries()) {
    const other = b[index];
    const difference = typeof part === 'string' ? compareBytes(part, String(other)) : part - Number(other);
    if (difference !== 0) return difference;
  }
  return 0;
}
