/**
 * Cursors: the name of an order and a place in it. The row itself need not be there any more, nor be in the collection.
 * Must never be compared with those of another server: their form is each server's own.
 */

import { decodeBase64url } from './ids.js';
import { BadArgument } from './errors.js';

/** @typedef {import('./orders.js').Order} Order */

/**
 * @param {Order} order
 * @param {import('./orders.js').Key} key
 */
export function encodeCursor(order, key) {
  const write = (/** @type {string} */ _, /** @type {unknown} */ value) =>
    typeof value === 'bigint' ? { large: String(value) } : value;
  return Buffer.from(JSON.stringify([order.name, ...key], write)).toString('base64url');
}

/**
 * @param {Order} order
 * @param {string} cursor
 * @returns {import('./orders.js').Key}
 */
export function decodeCursor(order, cursor) {
  const [name, ...key] = readArray(cursor);
  if (name !== order.name) throw new BadArgument(`"${cursor}" is not a cursor of this collection`);
  return key.map((value) => (value?.large === undefined ? value : BigInt(value.large)));
}

/**
 * @param {string} cursor
 * @returns {any[]} empty where the text is no cursor at all
 */
function readArray(cursor) {
  try {
    const value = JSON.parse(decodeBase64url(cursor) ?? '');
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
