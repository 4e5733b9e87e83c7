/**
 * Aggregates, rule by rule as design.md has them under "Rules of aggregates".
 * Works on BigInt ten-thousandths until the last step. Must never know of pages, nor add up what a caveat forbids.
 */

import { areKeptApart, atLeastOf } from './at-least.js';
import { groupBy } from './collections.js';
import { ceilingOfShare, divideHalfAwayFromZero, significantDigits, toFloat } from './decimal.js';
import { placeOf } from './enums.js';
import { BadArgument } from './errors.js';
import { countRestated, latestStatements, withoutParts } from './statements.js';
import { compareBytes, lowerAscii } from './text.js';

/**
 * @typedef {import('./package.js').Row} Row
 * @typedef {{value: bigint, precision: string | null}} Figure a number and how to read it; null where nothing is known
 * @typedef {{value: number, precision: string | null}} Amount the same as it is shown
 * @typedef {'sum' | 'atLeast'} TotalNumber what totals are chosen and ordered by
 */

/** What a `Float` shows exactly. */
export const LARGEST_DIGITS = 15;

/**
 * Each caveat on the results in the sum with its own condition, in the order in which caveats are given.
 * @type {[name: string, holds: (contributing: Row[]) => boolean][]}
 */
const CAVEATS = [
  ['OVERLAP', (rows) => initiativesMeet(rows)],
  ['MIXED_YEARS', (rows) => countOf(rows, (row) => row.fiscalYear) > 1 && rows.some(isTiedToItsYear)],
  ['MIXED_METRICS', (rows) => countOf(rows, (row) => rootOf(row.metric)) > 1],
  ['MIXED_BOUNDS', (rows) => has(rows, 'LOWER_BOUND') && has(rows, 'UPPER_BOUND')],
  ['NON_ADDITIVE', (rows) => rows.some((row) => row.metric.additivity === 'NON_ADDITIVE')],
  ['APPROXIMATE', (rows) => has(rows, 'APPROXIMATE') && (has(rows, 'LOWER_BOUND') || has(rows, 'UPPER_BOUND'))],
];

/** The caveats under which there is no sum (rule 2); so is TOO_LARGE, where the sum itself is. */
const WITHOUT_SUM = ['MIXED_YEARS', 'MIXED_METRICS', 'MIXED_BOUNDS', 'NON_ADDITIVE'];
/** The caveats under which nothing is certain (rule 9). */
const WITHOUT_AT_LEAST = ['MIXED_YEARS', 'MIXED_METRICS', 'NON_ADDITIVE'];

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
  const counted = latestStatements(results);
  const numbers = numbersOf(results);
  const figures = [...counted].sort(
    (a, b) =>
      (a.value < b.value ? -1 : a.value > b.value ? 1 : 0) ||
      placeOf('precision', a.precision) - placeOf('precision', b.precision),
  );
  return {
    unit: results[0].unit,
    scope: results[0].scope,
    count: counted.length,
    sum: numbers.sum && amountOf(numbers.sum),
    mean: numbers.mean && amountOf(numbers.mean),
    atLeast: numbers.atLeast && toFloat(numbers.atLeast.value),
    restatedCount: countRestated(results),
    min: percentile(figures, 0),
    max: percentile(figures, 1),
    median: percentile(figures, 0.5),
    caveats: numbers.caveats,
    figures,
  };
}

/**
 * What results of one unit and scope come to; null where there is no such number, or nothing to make it of.
 * @param {Row[]} results
 * @returns {{sum: Figure | null, mean: Figure | null, atLeast: Figure | null, caveats: string[]}}
 */
export function numbersOf(results) {
  const contributing = withoutParts(latestStatements(results));
  if (contributing.length === 0) return { sum: null, mean: null, atLeast: null, caveats: [] };

  const own = CAVEATS.filter(([, holds]) => holds(contributing)).map(([name]) => name);
  const isUnder = (/** @type {string[]} */ caveats) => own.some((name) => caveats.includes(name));
  const sum = plainSum(contributing);
  const hasSum = !isUnder(WITHOUT_SUM) && isShown(sum);
  const mean = hasSum ? divideHalfAwayFromZero(sum, contributing.length) : null;
  const atLeast = isUnder(WITHOUT_AT_LEAST) ? null : atLeastOf(contributing);
  const isTooLarge = [sum, mean, atLeast].some((number) => number !== null && !isShown(number));

  const precision = own.includes('OVERLAP') ? null : precisionOfSum(contributing);
  return {
    sum: hasSum ? { value: sum, precision } : null,
    mean: mean !== null && isShown(mean) ? { value: mean, precision } : null,
    atLeast: atLeast !== null && isShown(atLeast) ? { value: atLeast, precision: 'LOWER_BOUND' } : null,
    caveats: [
      ...own,
      ...(isTooLarge ? ['TOO_LARGE'] : []),
      ...(countRestated(results) > 0 ? ['RESTATED'] : []),
    ],
  };
}

/**
 * A number of those results that have a unit and a scope.
 * @param {Row[]} results
 * @param {{unit: string, scope?: string | null}} which
 * @param {TotalNumber} number
 * @returns {bigint | null} null where there is none
 */
export function numberIn(results, which, number) {
  return numbersOf(results.filter((row) => isOf(row, which)))[number]?.value ?? null;
}

/**
 * @param {{unit: Row, scope: string}} counted a result, or a total
 * @param {{unit: string, scope?: string | null}} which no scope is PERIOD
 */
export function isOf(counted, { unit, scope }) {
  return lowerAscii(counted.unit.code) === lowerAscii(unit) && counted.scope === (scope ?? 'PERIOD');
}

/**
 * Rule 4: the smallest value with at least the share `p` of the values at or below it. It is a reported figure; where
 * several have this value, it is read as the one that claims least: the last in the order of precisions.
 * @param {Figure[]} ascending by value, then precision; at least one
 * @param {number} p
 * @returns {Amount}
 */
export function percentile(ascending, p) {
  if (p < 0 || p > 1) throw new BadArgument('`p` lies outside 0 to 1');
  const { value } = ascending[Math.max(1, ceilingOfShare(p, ascending.length)) - 1];
  return amountOf(ascending.findLast((figure) => figure.value === value));
}

/** Rule 5. @param {{precision: string}[]} figures */
export function precisionOfSum(figures) {
  return ['LOWER_BOUND', 'UPPER_BOUND', 'APPROXIMATE'].find((precision) => has(figures, precision)) ?? 'EXACT';
}

/**
 * Rule 6: two initiatives contribute to one fiscal year, and the catalogue does not keep apart what they count.
 * @param {Row[]} contributing
 */
function initiativesMeet(contributing) {
  return contributing.some((a) =>
    contributing.some(
      (b) =>
        a.initiative !== b.initiative &&
        a.fiscalYear === b.fiscalYear &&
        !areKeptApart(a.metric, b.metric),
    ),
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

/** @param {bigint} number */
function isShown(number) {
  return significantDigits(number) <= LARGEST_DIGITS;
}

/** @param {Figure} figure @returns {Amount} */
function amountOf({ value, precision }) {
  return { value: toFloat(value), precision };
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
