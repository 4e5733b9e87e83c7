/**
 * Compares two answers to one request as JSON text: values, number notation and the order of keys.
 * Only marked values are exempt: times need the same form, cursors the same pattern, what is ranked stands in any order,
 * sentences may be worded in any way that is true (see `Mark` in `execute.js`).
 * Must never know a field by its name; aliases make names worthless.
 */

import { pathKey } from './execute.js';
import { JsonNumber, JsonObject, readJson } from './json.js';
import { faultIn } from './sentences.js';

/** Every decimal of so many significant digits is a `Float` of its own. */
const EXACT_DIGITS = 15;
const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/**
 * @typedef {import('./json.js').JsonValue} JsonValue
 * @typedef {(string | number)[]} Path
 * @typedef {{path: Path, reason: string}} Difference
 */

/**
 * @param {string} expected the reference's body
 * @param {string} actual the other server's body
 * @param {Map<string, import('./execute.js').Mark>} marks
 * @returns {Difference | null} the first difference
 */
export function compareAnswers(expected, actual, marks) {
  const [left, right] = [expected, actual].map(readOrNull);
  for (const [side, answer] of Object.entries({ reference: left, server: right })) {
    if (!(answer instanceof JsonObject)) return { path: [], reason: `the ${side}'s answer is no JSON object` };
    if (answer.get('errors') !== undefined) return { path: [], reason: `the ${side} answers with errors` };
  }
  return new Comparison(marks).difference(left, right, []);
}

/** @param {string} text @returns {JsonValue} */
function readOrNull(text) {
  try {
    return readJson(text);
  } catch {
    return null;
  }
}

/** Holds which cursor of the one answer stands for which of the other, by connection. */
class Comparison {
  /** @param {Map<string, import('./execute.js').Mark>} marks by path below `data` */
  constructor(marks) {
    this.marks = marks;
    /** @type {Map<string, string>} */
    this.counterparts = new Map();
  }

  /**
   * @param {JsonValue} left
   * @param {JsonValue} right
   * @param {Path} path
   * @returns {Difference | null}
   */
  difference(left, right, path) {
    const mark = this.marks.get(pathKey(path.slice(1)));
    if (mark) return this.markedDifference(mark, left, right, path);
    if (left instanceof JsonObject && right instanceof JsonObject) return this.objectDifference(left, right, path);
    if (Array.isArray(left) && Array.isArray(right)) return this.listDifference(left, right, path);
    return isSameScalar(left, right) ? null : differ(path, scalarText(left), scalarText(right));
  }

  /**
   * @param {JsonObject} left
   * @param {JsonObject} right
   * @param {Path} path
   */
  objectDifference(left, right, path) {
    const [keys, others] = [left, right].map(({ members }) => members.map(([key]) => key).join(', '));
    if (keys !== others) return differ(path, `keys ${keys}`, `keys ${others}`);
    return firstOf(left.members, ([key, value], index) =>
      this.difference(value, right.members[index][1], [...path, key]),
    );
  }

  /**
   * @param {JsonValue[]} left
   * @param {JsonValue[]} right
   * @param {Path} path
   */
  listDifference(left, right, path) {
    if (left.length !== right.length) return differ(path, `${left.length} items`, `${right.length} items`);
    return firstOf(left, (item, index) => this.difference(item, right[index], [...path, index]));
  }

  /**
   * Each item of the one list must have a counterpart of its own in the other.
   * @param {JsonValue[]} left
   * @param {JsonValue[]} right
   * @param {Path} path
   */
  setDifference(left, right, path) {
    if (left.length !== right.length) return differ(path, `${left.length} items`, `${right.length} items`);
    const rest = [...right];
    return firstOf(left, (item, index) => {
      const at = rest.findIndex((other) => this.difference(item, other, [...path, index]) === null);
      if (at < 0) return { path: [...path, index], reason: 'no item on the other side is equal' };
      rest.splice(at, 1);
      return null;
    });
  }

  /**
   * @param {import('./execute.js').Mark} mark
   * @param {JsonValue} left
   * @param {JsonValue} right
   * @param {Path} path
   */
  markedDifference(mark, left, right, path) {
    if (mark.kind === 'own') return kindOf(left) === kindOf(right) ? null : differ(path, kindOf(left), kindOf(right));
    if (mark.kind === 'snippet') return snippetDifference(left, right, path);
    if (mark.kind === 'set' && Array.isArray(left) && Array.isArray(right)) {
      return this.setDifference(left, right, path);
    }
    if (typeof left !== 'string' || typeof right !== 'string') return differ(path, scalarText(left), scalarText(right));
    if (mark.kind === 'dateTime') {
      return RFC3339.test(left) && RFC3339.test(right) ? null : differ(path, 'an RFC 3339 time', scalarText(right));
    }
    if (mark.kind === 'sentence') {
      const fault = faultIn(right, mark.facts);
      return fault && { path, reason: `the server has ${fault}: ${scalarText(right)}` };
    }
    const isPair = this.pair(`${mark.connection} >`, left, right) && this.pair(`${mark.connection} <`, right, left);
    return isPair ? null : { path, reason: 'cursors that are equal on one side differ on the other' };
  }

  /**
   * @param {string} direction
   * @param {string} cursor
   * @param {string} counterpart
   * @returns {boolean} whether this is the only counterpart that the cursor has had
   */
  pair(direction, cursor, counterpart) {
    const key = `${direction} ${cursor}`;
    if (!this.counterparts.has(key)) this.counterparts.set(key, counterpart);
    return this.counterparts.get(key) === counterpart;
  }
}

/**
 * Parts of a text of the server's choice, at least one, each with the same keys.
 * @param {JsonValue} left
 * @param {JsonValue} right
 * @param {Path} path
 */
function snippetDifference(left, right, path) {
  const shapeOf = (/** @type {JsonValue} */ part) =>
    part instanceof JsonObject ? part.members.map(([key, value]) => `${key} ${kindOf(value)}`).join(', ') : kindOf(part);
  const shapes = [left, right].map((parts) =>
    Array.isArray(parts) ? [...new Set(parts.map(shapeOf))].join(' or ') : kindOf(parts),
  );
  return shapes[0] === shapes[1] ? null : differ(path, `parts with ${shapes[0]}`, `parts with ${shapes[1]}`);
}

/** @param {JsonValue} value @returns {string} */
function kindOf(value) {
  if (value === null) return 'null';
  if (value instanceof JsonNumber) return 'a number';
  if (value instanceof JsonObject) return 'an object';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

/**
 * @param {JsonValue} left
 * @param {JsonValue} right
 */
function isSameScalar(left, right) {
  const [text, other] = [left, right].map(scalarText);
  if (text === other) return true;
  // What a `Float` cannot hold may be written exactly or shortly, as long as the same number is read from it.
  const isLong = left instanceof JsonNumber && right instanceof JsonNumber && digitsOf(text) > EXACT_DIGITS;
  return isLong && Number(text) === Number(other);
}

/** @param {string} number as written */
function digitsOf(number) {
  return number.replace(/e.*/i, '').replace(/\D/g, '').replace(/^0+/, '').length;
}

/** @param {JsonValue} value */
function scalarText(value) {
  if (value instanceof JsonNumber) return value.text;
  return value instanceof JsonObject || Array.isArray(value) ? kindOf(value) : JSON.stringify(value);
}

/**
 * @param {Path} path
 * @param {string} expected
 * @param {string} actual
 * @returns {Difference}
 */
function differ(path, expected, actual) {
  return { path, reason: `expected ${expected}, got ${actual}` };
}

/**
 * @template T
 * @param {T[]} items
 * @param {(item: T, index: number) => Difference | null} difference
 */
function firstOf(items, difference) {
  for (const [index, item] of items.entries()) {
    const found = difference(item, index);
    if (found) return found;
  }
  return null;
}
