/**
 * `atLeast`: how many there are at the least, whatever overlaps and whatever the reports leave out (rule 9).
 * Must never count what a report does not vouch for: a rounded figure, an upper bound, a negative number.
 */

import { groupBy } from './collections.js';

/** @typedef {import('./package.js').Row} Row */

const PROVING = new Set(['EXACT', 'LOWER_BOUND']);

/**
 * @param {Row[]} contributing to one total, under one root of the catalogue
 * @returns {bigint | null} null where no figure proves anything
 */
export function atLeastOf(contributing) {
  const proving = contributing.filter((row) => PROVING.has(row.precision) && row.value >= 0n);
  if (proving.length === 0) return null;
  const years = [...groupBy(proving, ({ fiscalYear }) => fiscalYear).values()];
  return sum(years.map((rows) => boundUnder(pathTo(rows[0].metric)[0], rows)));
}

/**
 * Whether what is counted under one metric cannot be counted under the other: on the way down from the root they part
 * at a metric whose children are exclusive.
 * @param {Row} a
 * @param {Row} b
 */
export function areKeptApart(a, b) {
  const [path, other] = [pathTo(a), pathTo(b)];
  const parting = path.findIndex((metric, level) => metric !== other[level]);
  const isBelow = parting < 1 || parting >= other.length; // One is above the other, or they share no root.
  return !isBelow && path[parting - 1].childrenAreExclusive;
}

/**
 * In one year: what one initiative counts adds up, and between initiatives the larger counts. Where the children of the
 * metric are exclusive, what there is under each of them adds up too. Each is true, so the largest is.
 * @param {Row} metric
 * @param {Row[]} rows of this metric and those below it
 * @returns {bigint}
 */
function boundUnder(metric, rows) {
  const byInitiative = [...groupBy(rows, ({ initiative }) => initiative).values()].map(sumOf);
  const below = rows.filter((row) => row.metric !== metric);
  const byChild = groupBy(below, (row) => pathTo(row.metric)[pathTo(metric).length]);
  const bounds = [...byChild].map(([child, rowsOfChild]) => boundUnder(child, rowsOfChild));
  return largest([...byInitiative, ...(metric.childrenAreExclusive ? [sum(bounds)] : bounds)]);
}

/**
 * @param {Row} metric
 * @returns {Row[]} from the root down to the metric
 */
function pathTo(metric) {
  return metric.parent ? [...pathTo(metric.parent), metric] : [metric];
}

/** @param {Row[]} rows */
function sumOf(rows) {
  return sum(rows.map(({ value }) => value));
}

/** @param {bigint[]} values */
function sum(values) {
  return values.reduce((total, value) => total + value, 0n);
}

/** @param {bigint[]} values at least one */
function largest(values) {
  return values.reduce((most, value) => (value > most ? value : most));
}
