/**
 * Connections: one page of a collection, by Relay's rules, with both flags exact in both directions.
 * The only place that reads `first`, `after`, `last` and `before`.
 * Must never let the page touch what is said of the whole collection (`rows`, from which aggregates are made).
 */

import { decodeCursor, encodeCursor } from './cursors.js';
import { BadArgument } from './errors.js';
import { compareKeys, keyOf } from './orders.js';

export const PAGE_SIZES = { root: 100, nested: 25, largest: 1000 };

/**
 * @typedef {import('./package.js').Row} Row
 * @typedef {import('./orders.js').Order} Order
 * @typedef {{first?: number | null, after?: string | null, last?: number | null, before?: string | null}} PageArguments
 *   null is as if absent
 */

/**
 * @param {Row[]} rows the whole collection, in any order
 * @param {Order} order
 * @param {PageArguments} args
 * @param {number} defaultSize
 */
export function connect(rows, order, args, defaultSize) {
  const page = pageOf(args, order, defaultSize);
  const keys = new Map(rows.map((row) => [row, keyOf(order, row)]));
  const place = (/** @type {Row} */ row, /** @type {import('./orders.js').Key} */ key) =>
    compareKeys(order, keys.get(row), key);
  const sorted = [...rows].sort((a, b) => place(a, keys.get(b)));

  const start = page.after ? sorted.filter((row) => place(row, page.after) <= 0).length : 0;
  const end = page.before ? sorted.filter((row) => place(row, page.before) < 0).length : sorted.length;
  const between = sorted.slice(start, end);
  const taken =
    page.last === null ? between.slice(0, page.first) : between.slice(Math.max(0, between.length - page.last));

  const edges = taken.map((row) => ({ cursor: encodeCursor(order, keys.get(row)), node: row }));
  return {
    rows: sorted,
    edges,
    nodes: taken,
    totalCount: sorted.length,
    pageInfo: {
      ...(page.last === null ? forwardFlags(page, sorted, start, taken) : backwardFlags(page, sorted, end, taken)),
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/**
 * Checks the page arguments and applies the default: the first rows, also where only `before` is given.
 * @param {PageArguments} args
 * @param {Order} order
 * @param {number} defaultSize
 */
function pageOf({ first = null, after = null, last = null, before = null }, order, defaultSize) {
  if (first !== null && last !== null) throw new BadArgument('`first` and `last` exclude each other');
  for (const [name, size] of Object.entries({ first, last })) {
    if (size !== null && size < 0) throw new BadArgument(`\`${name}\` is negative`);
    if (size !== null && size > PAGE_SIZES.largest) throw new BadArgument(`\`${name}\` is over ${PAGE_SIZES.largest}`);
  }
  return {
    first: last === null ? (first ?? defaultSize) : null,
    last,
    after: after === null ? null : decodeCursor(order, after),
    before: before === null ? null : decodeCursor(order, before),
  };
}

/**
 * @param {ReturnType<typeof pageOf>} page
 * @param {Row[]} sorted
 * @param {number} start how many rows stand at or before `after`
 * @param {Row[]} taken
 */
function forwardFlags(page, sorted, start, taken) {
  return { hasNextPage: start + taken.length < sorted.length, hasPreviousPage: page.after !== null && start > 0 };
}

/**
 * @param {ReturnType<typeof pageOf>} page
 * @param {Row[]} sorted
 * @param {number} end how many rows stand before `before`
 * @param {Row[]} taken
 */
function backwardFlags(page, sorted, end, taken) {
  return { hasNextPage: page.before !== null && end < sorted.length, hasPreviousPage: end - taken.length > 0 };
}
