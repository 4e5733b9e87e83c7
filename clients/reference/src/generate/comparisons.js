/**
 * Draws comparisons: any operators of a filter like `StringFilter`, with operands around a value that exists, so that
 * many match and many just fail to.
 * Must never compare a time: it is each server's own, and only its being a time is known.
 */

import { getNullableType, isEnumType, isListType } from 'graphql';
import { toFloat } from '../decimal.js';
import { encodeId } from '../ids.js';
import { UNKNOWN_TEXTS, varyId } from './vocabulary.js';

/** What is syntax to some database, ends a text to another, or looks like an ASCII letter in other case and is none. */
const ODD_TEXTS = [...UNKNOWN_TEXTS, '_', '\\', '\\%', '"', '*', '[a-z]', '\0', '\n', 'é', 'K', 'ſ', 'NULL'];
const ODD_INTEGERS = [0, -1, 1, 2147483647, -2147483648];
const ODD_FIGURES = [0, 0.1, -0.0001, 0.00001, 1e300, -1e300, 1e-300, 1e20, -9e14, 9e14, 123456789012345.67];
const ODD_DATES = ['0000-01-01', '0001-01-01', '2008-02-29', '9999-12-31'];
const FAR_TIMES = [
  '0001-01-01T00:00:00Z',
  '0001-01-01t00:00:00.5+05:00',
  '1999-12-31 23:59:60z',
  '9999-12-31T23:59:59Z',
  '9999-12-31T23:59:59.000+23:59',
];
const STEPS = [1, -1, 0.0001, -0.0001, 0.00001, 0.5];

/**
 * @typedef {import('../random.js').Random} Random
 * @typedef {import('graphql').GraphQLInputObjectType} Inputs
 * @typedef {(random: Random, value: any, operator: string) => unknown} Vary makes an operand of a stored value
 * @typedef {{odd: unknown[], vary: Vary}} Operands
 */

/** @type {Record<string, Operands>} by input type */
const OPERANDS = {
  StringFilter: { odd: ODD_TEXTS, vary: varyText },
  IntFilter: { odd: ODD_INTEGERS, vary: (random, value) => value + random.pick([0, 0, 1, -1]) },
  FloatFilter: { odd: ODD_FIGURES, vary: varyFigure },
  DateFilter: { odd: ODD_DATES, vary: varyDay },
  DateTimeFilter: { odd: FAR_TIMES, vary: (random) => random.pick(FAR_TIMES) },
  IDFilter: { odd: ['', 'not an id', 2007, encodeId('Agency', 'ice'), encodeId('Metric', 'arrests')], vary: varyId },
};

/**
 * @param {Random} random
 * @param {Inputs} type
 * @param {unknown} value of the row that the filter is drawn around
 * @param {unknown[]} others that other rows have
 * @returns {Record<string, unknown>} JSON; undefined where a variable is to stand that is not given
 */
export function drawComparison(random, type, value, others) {
  const count = random.pickWeighted([
    [1, 0],
    [40, 1],
    [8, 2],
  ]);
  const operators = random.shuffle(Object.values(type.getFields())).slice(0, count);
  const present = others.filter((other) => other !== null);
  const base = () => (value !== null && random.chance(0.7) ? value : random.pick(present));
  return Object.fromEntries(
    operators.map((field) => {
      const operand = () => drawOperand(random, type, field.name, base());
      return [field.name, drawOperator(random, field, operand)];
    }),
  );
}

/**
 * @param {Random} random
 * @param {import('graphql').GraphQLInputField} field
 * @param {() => unknown} operand
 */
function drawOperator(random, { name, type }, operand) {
  if (random.chance(0.02)) return undefined;
  if (name === 'isNull') return random.chance(0.3);
  if (!isListType(getNullableType(type))) return operand();
  return Array.from({ length: random.pick([0, 1, 1, 2, 3]) }, operand);
}

/**
 * @param {Random} random
 * @param {Inputs} type
 * @param {string} operator
 * @param {unknown} base a stored value; undefined where there is none at all
 */
function drawOperand(random, type, operator, base) {
  const compared = getNullableType(type.getFields().eq.type);
  if (isEnumType(compared)) {
    return base !== undefined && random.chance(0.7) ? base : random.pick(compared.getValues()).name;
  }
  if (type.name === 'BooleanFilter') return random.chance(0.5);
  const operands = OPERANDS[type.name];
  if (!operands) throw new Error(`the generator does not know what to compare in ${type.name}`);
  return base === undefined || random.chance(0.12) ? random.pick(operands.odd) : operands.vary(random, base, operator);
}

/** @type {Vary} */
function varyText(random, value, operator) {
  const letters = [...value];
  const length = Math.min(letters.length, 1 + random.below(8));
  const cut = {
    contains: () => letters.slice(random.below(letters.length)).slice(0, length),
    startsWith: () => letters.slice(0, length),
    endsWith: () => letters.slice(letters.length - length),
  }[operator];
  const text = cut && random.chance(0.9) ? cut().join('') : value;
  return random.pick([text, text, text.toLowerCase(), text.toUpperCase()]);
}

/** @type {Vary} */
function varyDay(random, value) {
  const day = new Date(`${value}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + random.pick([0, 0, 1, -1]));
  return day.toISOString().slice(0, 10);
}

/** @type {Vary} */
function varyFigure(random, value) {
  const figure = toFloat(value);
  return random.chance(0.6) ? figure : figure + random.pick(STEPS);
}
