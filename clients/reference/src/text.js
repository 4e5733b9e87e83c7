/**
 * How codes compare (ASCII case does not matter) and how texts are ordered (by bytes).
 * Must never use the locale, nor fold a letter outside ASCII.
 */

/** @param {string} text */
export function lowerAscii(text) {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/**
 * Orders by the bytes of UTF-8. JavaScript's own `<` compares UTF-16 units, which differs beyond U+FFFF.
 * @param {string} a
 * @param {string} b
 */
export function compareBytes(a, b) {
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}
