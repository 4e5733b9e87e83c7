/**
 * Aggregates, rule by rule as design.md has them under "Rules of aggregates".
 * Works on BigInt ten-thousandths until the last step. Must never know of pages, nor add up what a caveat forbids.
 */

import { groupBy } from './collections.js';
import { ceilingOfShare, divideHalfAwayFromZero, significantDigits, toFloat } from './decimal.js';
import { placeOf } from './enums.js';
import { BadArgument } from './errors.js';
import { compareBytes, lowerAscii } from './text.js';

/**
 * @typedef {import('./package.js').Row} Row
 * @typedef {{value: bigint, precision: string}} Figure a figure and how to read it
 */

/** What a `Float` shows exactly. */
export const LARGEST_DIGITS = 15;

/**
 * Each caveat with its own condition on the results in the sum, in the order in which caveats are given.
 * @type {[name: string, holds: (contributing: Row[]) => boolean][]}
 */
const CAVEATS = [
  ['OVERLAP', (rows) => initiativesMeet(rows)],
  ['MIXED_YEARS', (rows) => countOf(rows, (row) => row.fiscalYear) > 1 && rows.some(isTiedToItsYear)],
  ['MIXED_METRICS', (rows) => countOf(rows, (row) => rootOf(row.metric)) > 1],
  ['MIXED_BOUNDS', (rows) => has(rows, 'LOWER_BOUND') && has(rows, 'UPPER_BOUND')],
  ['NON_ADDITIVE', (rows) => rows.some((row) => row.metric.additivity === 'NON_ADDITIVE')],
  ['APPROXIMATE', (rows) => has(rows, 'APPROXIMATE') && (has(rows, 'LOWER_BOUND') || has(rows, 'UPPER_BOUND'))],
  ['TOO_LARGE', (rows) => significantDigits(plainSum(rows)) > LARGEST_DIGITS],
];

/** The caveats under which there is no sum (rule 2); the others only say what to think of it. */
const FORBIDDING = new Set(['MIXED_YEARS', 'MIXED_METRICS', 'MIXED_BOUNDS', 'NON_ADDITIVE', 'TOO_LARGE']);

/** @param {Row[]} results */
export function aggregateResults(results) {
  return {
    count: results.length,
    recordSettingCount: results.filter((row) => row.isRecord).length,
    initiativeCount: countOf(results, (row) => row.initiative),
    metricCount: countOf(results, (row) => row.metric),
    totals: totalsOf(results),
  };
}

/**
 * Rule 1: one total per unit and scope, by unit code, then scope. Rule 7: of nothing, none.
 * @param {Row[]} results
 */
function totalsOf(results) {
  return [...groupBy(results, (row) => `${row.unit.naturalKey} ${row.scope}`).values()]
    .map(totalOf)
    .sort((a, b) => compareBytes(a.unit.code, b.unit.code) || placeOf('scope', a.scope) - placeOf('scope', b.scope));
}

/** @param {Row[]} results of one unit and scope, at least one */
export function totalOf(results) {
  const contributing = withoutParts(results);
  const figure = figureOf(results);
  const values = results.map((row) => row.value).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return {
    unit: results[0].unit,
    scope: results[0].scope,
    count: results.length,
    sum: figure && toFloat(figure.value),
    precision: figure && figure.precision,
    mean: figure && toFloat(divideHalfAwayFromZero(figure.value, contributing.length)),
    min: toFloat(values.at(0)),
    max: toFloat(values.at(-1)),
    median: toFloat(percentile(values, 0.5)),
    caveats: caveatsOf(contributing),
    values,
  };
}

/**
 * The sum of results of one unit and scope; null where there is none, or nothing to add up.
 * @param {Row[]} results
 * @returns {Figure | null}
 */
export function figureOf(results) {
  const contributing = withoutParts(results);
  if (contributing.length === 0 || caveatsOf(contributing).some((name) => FORBIDDING.has(name))) return null;
  return { value: plainSum(contributing), precision: precisionOfSum(contributing) };
}

/**
 * The sum of those results that have a unit and a scope.
 * @param {Row[]} results
 * @param {{unit: string, scope?: string | null}} which
 * @returns {bigint | null} null where there is none
 */
export function sumIn(results, { unit, scope }) {
  const isMeant = (/** @type {Row} */ row) =>
    lowerAscii(row.unit.code) === lowerAscii(unit) && row.scope === (scope ?? 'PERIOD');
  return figureOf(results.filter(isMeant))?.value ?? null;
}

/**
 * Rule 4: the smallest value with at least the share `p` of the values at or below it.
 * @param {bigint[]} ascending at least one
 * @param {number} p
 */
export function percentile(ascending, p) {
  if (p < 0 || p > 1) throw new BadArgument('`p` lies outside 0 to 1');
  return ascending[Math.max(1, ceilingOfShare(p, ascending.length)) - 1];
}

/** Rule 5. @param {{precision: string}[]} figures */
export function precisionOfSum(figures) {
  return ['LOWER_BOUND', 'UPPER_BOUND', 'APPROXIMATE'].find((precision) => has(figures, precision)) ?? 'EXACT';
}

/** @param {Row[]} contributing */
function caveatsOf(contributing) {
  return CAVEATS.filter(([, holds]) => holds(contributing)).map(([name]) => name);
}

/**
 * Rule 3: a part is left out where a whole of it, at any distance, is there too.
 * @param {Row[]} results
 */
function withoutParts(results) {
  const present = new Set(results);
  return results.filter((row) => !wholesOf(row).some((whole) => present.has(whole)));
}

/**
 * @param {Row} result
 * @returns {Row[]} what it is part of, nearest first
 */
function wholesOf(result) {
  return result.partOf ? [result.partOf, ...wholesOf(result.partOf)] : [];
}

/** Rule 6: two initiatives of one report contribute to one fiscal year. @param {Row[]} contributing */
function initiativesMeet(contributing) {
  return contributing.some((a) =>
    contributing.some((b) => a.report === b.report && a.fiscalYear === b.fiscalYear && a.initiative !== b.initiative),
  );
}

/** Whether a figure may not be added to one of another year. @param {Row} result */
function isTiedToItsYear(result) {
  return result.metric.additivity === 'SEMI_ADDITIVE' || result.scope !== 'PERIOD';
}

/**
 * @param {Row} metric
 * @returns {Row}
 */
function rootOf(metric) {
  return metric.parent ? rootOf(metric.parent) : metric;
}

/** @param {Row[]} rows */
function plainSum(rows) {
  return rows.reduce((sum, row) => sum + row.value, 0n);
}

/**
 * @param {{precision: string}[]} rows
 * @param {string} precision
 */
function has(rows, precision) {
  return rows.some((row) => row.precision === precision);
}

/**
 * @param {Row[]} rows
 * @param {(row: Row) => unknown} property
 * @returns {number} of different values
 */
function countOf(rows, property) {
  return new Set(rows.map(property)).size;
}
