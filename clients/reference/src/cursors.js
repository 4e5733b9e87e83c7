/**
 * Cursors: the name of an order and a key in it. The row itself need not be there any more, nor be in the collection.
 * Must never be compared with those of another server: their form is each server's own.
 */

import { decodeBase64url } from './ids.js';
import { BadArgument } from './errors.js';

/** @typedef {import('./orders.js').Order} Order */

/**
 * @param {Order} order
 * @param {import('./package.js').Row} row
 */
export function encodeCursor(order, row) {
  return Buffer.from(JSON.stringify([order.name, ...order.key(row)])).toString('base64url');
}

/**
 * @param {Order} order
 * @param {string} cursor
 * @returns {import('./orders.js').Key}
 */
export function decodeCursor(order, cursor) {
  const [name, ...key] = readArray(cursor);
  if (name !== order.name) throw new BadArgument(`"${cursor}" is not a cursor of this collection`);
  return key;
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
