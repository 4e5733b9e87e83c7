/**
 * Statements: results of one agency, initiative slug, metric, scope and fiscal year in several reports are publications
 * of one figure, and the latest report's counts (rule 10). Within one report there may be several results of that key:
 * together they are its statement.
 * Must never drop a row from a page or a count of rows: every statement is a result.
 */

import { groupBy } from './collections.js';
import { naturalKey } from './ids.js';

/** @typedef {import('./package.js').Row} Row */

/**
 * Gives each result its `figure`, the same object for all statements of one figure, and what follows from it.
 * @param {Row[]} results all of them
 */
export function linkStatements(results) {
  for (const statements of groupBy(results, figureKey).values()) {
    const figure = {};
    const [latest] = latestOf(statements).sort((a, b) => a.position - b.position);
    for (const row of statements) {
      const isSuperseded = row.report.fiscalYear < latest.report.fiscalYear;
      Object.assign(row, { figure, isSuperseded, supersededBy: isSuperseded ? latest : null });
    }
  }
}

/**
 * Of each figure the results of the latest report that is among the rows: an older one counts where it stands alone.
 * @param {Row[]} rows
 * @returns {Row[]}
 */
export function latestStatements(rows) {
  const latest = new Set([...groupBy(rows, (row) => row.figure).values()].flatMap(latestOf));
  return rows.filter((row) => latest.has(row));
}

/**
 * Rule 3: a part is left out where a whole of it, at any distance, is there too. A later statement of the whole is the
 * whole: a part is not added to the corrected figure of what it is part of.
 * @param {Row[]} rows latest statements only
 * @returns {Row[]}
 */
export function withoutParts(rows) {
  const present = new Set(rows);
  const figures = new Set(rows.map(({ figure }) => figure));
  // A report may give a whole and its part under one key, as one statement: then only the row itself is the whole.
  const isThere = (/** @type {Row} */ whole, /** @type {Row} */ part) =>
    present.has(whole) || (whole.figure !== part.figure && figures.has(whole.figure));
  return rows.filter((row) => !wholesOf(row).some((whole) => isThere(whole, row)));
}

/**
 * How many figures have an earlier statement of another value among the rows.
 * @param {Row[]} rows
 */
export function countRestated(rows) {
  return [...groupBy(rows, ({ figure }) => figure).values()].filter(isRestated).length;
}

/**
 * @param {Row[]} statements of one figure
 * @returns {boolean} whether an earlier one comes to another value than the latest
 */
function isRestated(statements) {
  const valueIn = (/** @type {Row[]} */ rows) => withoutParts(rows).reduce((sum, { value }) => sum + value, 0n);
  const value = valueIn(latestOf(statements));
  return [...groupBy(statements, ({ report }) => report).values()].some((rows) => valueIn(rows) !== value);
}

/**
 * @param {Row[]} statements of one figure
 * @returns {Row[]} those of the latest report
 */
function latestOf(statements) {
  const latest = Math.max(...statements.map(({ report }) => report.fiscalYear));
  return statements.filter(({ report }) => report.fiscalYear === latest);
}

/**
 * @param {Row} result
 * @returns {Row[]} what it is part of, nearest first
 */
function wholesOf(result) {
  return result.partOf ? [result.partOf, ...wholesOf(result.partOf)] : [];
}

/** @param {Row} result */
function figureKey({ agency, initiative, metric, scope, fiscalYear }) {
  return JSON.stringify([agency.naturalKey, naturalKey(initiative.slug), metric.naturalKey, scope, fiscalYear]);
}
