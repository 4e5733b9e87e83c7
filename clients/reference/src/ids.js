/**
 * Ids: base64url of "<TypeName> <natural key>", without padding.
 * Must never throw on an id from outside: what is not an id of ours is null.
 */

import { lowerAscii } from './text.js';

/**
 * The natural key as ids carry it: parts joined by one space, in lower case.
 * @param {...(string | number)} parts
 */
export function naturalKey(...parts) {
  return lowerAscii(parts.join(' '));
}

/**
 * @param {string} typeName
 * @param {string} key
 */
export function encodeId(typeName, key) {
  return Buffer.from(`${typeName} ${key}`).toString('base64url');
}

/**
 * @param {string} id
 * @returns {{typeName: string, key: string} | null} null where the key is not in lower case: an object has one id
 */
export function decodeId(id) {
  const text = decodeBase64url(id);
  const space = text?.indexOf(' ') ?? -1;
  if (space < 0) return null;
  const key = text.slice(space + 1);
  return key === lowerAscii(key) ? { typeName: text.slice(0, space), key } : null;
}

/**
 * Strict where Buffer is lenient: padding, letters of the other alphabet, stray bits and broken UTF-8 are refused.
 * @param {string} encoded
 * @returns {string | null}
 */
export function decodeBase64url(encoded) {
  const bytes = Buffer.from(encoded, 'base64url');
  if (bytes.toString('base64url') !== encoded) return null;
  const text = bytes.toString('utf8');
  return Buffer.from(text).equals(bytes) ? text : null;
}
