/**
 * The operators that compare a value: `eq`, `in`, `startsWith` and their like, by the input type they stand in.
 * A comparison with a missing value is false; `ne` and `notIn` are exact complements, and so match it.
 * Must never know whose value it is.
 */

import { compareWithNumber } from './decimal.js';
import { BadArgument } from './errors.js';
import { dayOf, momentOf } from './dates.js';
import { decodeId, encodeId } from './ids.js';
import { compareBytes, lowerAscii } from './text.js';

/**
 * How values of a type are read before they are compared, and how they compare.
 * @typedef {object} Comparable
 * @property {(value: any) => any} [stored] a stored value as it is compared
 * @property {(operand: any, path: string) => any} [given] an operand as it is compared, which may be refused
 * @property {(stored: any, given: any) => number} compare 0 where equal, negative where the stored value is less
 */

/** @type {Comparable['compare']} */
const sameOrNot = (stored, given) => (stored === given ? 0 : 1);

/** @type {Record<string, Comparable>} by input type; what is not here, enums and truths, is the same or is not */
const COMPARABLES = {
  StringFilter: { stored: lowerAscii, given: lowerAscii, compare: compareBytes },
  IntFilter: { compare: (stored, given) => stored - given },
  FloatFilter: { compare: compareWithNumber },
  DateFilter: { given: day, compare: compareBytes },
  DateTimeFilter: { given: moment, compare: compareWithMoment },
  IDFilter: { given: canonicalId, compare: sameOrNot },
};

/**
 * @typedef {(compared: number) => boolean} Outcome
 * @type {Record<string, Outcome>}
 */
const OUTCOMES = {
  eq: (compared) => compared === 0,
  lt: (compared) => compared < 0,
  lte: (compared) => compared <= 0,
  gt: (compared) => compared > 0,
  gte: (compared) => compared >= 0,
};

/** @type {Record<string, (stored: string, given: string) => boolean>} on folded texts */
const TEXT_OPERATORS = {
  contains: (stored, given) => stored.includes(given),
  startsWith: (stored, given) => stored.startsWith(given),
  endsWith: (stored, given) => stored.endsWith(given),
};

/**
 * @param {string} typeName e.g. "StringFilter"
 * @param {Record<string, any>} operators all must hold
 * @param {string} path where they stand, for people
 * @returns {(value: unknown) => boolean} of a stored value, null where it is missing
 */
export function comparison(typeName, operators, path) {
  const comparable = COMPARABLES[typeName] ?? { compare: sameOrNot };
  const tests = Object.entries(operators).map(([name, operand]) => operator(comparable, name, operand, path));
  return (value) => tests.every((test) => test(value));
}

/**
 * @param {Comparable} comparable
 * @param {string} name
 * @param {any} operand
 * @param {string} path
 * @returns {(value: any) => boolean}
 */
function operator(comparable, name, operand, path) {
  if (operand === null) throw new BadArgument(`\`${path}.${name}\` is null`);
  const { stored = same, compare } = comparable;
  const given = (/** @type {any} */ value) => (comparable.given ?? same)(value, `${path}.${name}`);
  const present = (/** @type {(value: any) => boolean} */ test) => (/** @type {any} */ value) =>
    value !== null && test(stored(value));
  const isAnyOf = (/** @type {any[]} */ operands) => {
    const read = operands.map(given);
    return present((value) => read.some((other) => compare(value, other) === 0));
  };

  if (name === 'isNull') return (value) => (value === null) === operand;
  if (name === 'in') return isAnyOf(operand);
  if (name === 'notIn') return not(isAnyOf(operand));
  if (name === 'ne') return not(isAnyOf([operand]));
  const read = given(operand);
  if (Object.hasOwn(OUTCOMES, name)) return present((value) => OUTCOMES[name](compare(value, read)));
  if (Object.hasOwn(TEXT_OPERATORS, name)) return present((value) => TEXT_OPERATORS[name](value, read));
  throw new Error(`the reference does not know the operator ${name}`);
}

/**
 * @param {string} typeName e.g. "StringFilter"
 * @param {any} operand
 * @returns {any} as it is compared
 */
export function operandOf(typeName, operand) {
  return (COMPARABLES[typeName]?.given ?? same)(operand, typeName);
}

/**
 * @template Value
 * @param {Value} value
 */
function same(value) {
  return value;
}

/** @param {(value: any) => boolean} test */
function not(test) {
  return (/** @type {any} */ value) => !test(value);
}

/**
 * @param {unknown} text
 * @param {string} path
 */
function day(text, path) {
  const read = dayOf(text);
  if (read === null) throw new BadArgument(`\`${path}\` is not a day`);
  return read;
}

/**
 * @param {unknown} text
 * @param {string} path
 */
function moment(text, path) {
  const read = momentOf(text);
  if (read === null) throw new BadArgument(`\`${path}\` is not a moment`);
  return read;
}

/**
 * @param {string} stored
 * @param {{second: string, isBetween: boolean}} moment
 */
function compareWithMoment(stored, { second, isBetween }) {
  return compareBytes(stored, second) || (isBetween ? -1 : 0);
}

/**
 * The id as rows carry it.
 * @param {string} id
 * @returns {string | null} null, which no row has, for what is no id at all
 */
function canonicalId(id) {
  const decoded = decodeId(id);
  return decoded && encodeId(decoded.typeName, decoded.key);
}
