/**
 * Codes of metrics and units where a total is named by one: a code that is none is refused, since nothing would come of it
 * without a word.
 * Must never be used for what looks things up by code; there what is unknown is null.
 */

import { BadArgument } from './errors.js';
import { lowerAscii } from './text.js';

/** @typedef {Pick<import('./package.js').Data, 'metrics' | 'units'>} Catalogues */

/**
 * @param {import('./package.js').Row[]} rows that have codes
 * @param {string} code
 * @param {string} path
 */
export function checkCode(rows, code, path) {
  const isKnown = rows.some((row) => lowerAscii(row.code) === lowerAscii(code));
  if (!isKnown) throw new BadArgument(`\`${path}\` is the code of nothing: "${code}"`);
}
