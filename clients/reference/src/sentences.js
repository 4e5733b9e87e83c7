/**
 * What a sentence of `inWords` may say. Two servers word it differently, so a sentence is not compared but held to the
 * figure or the total that it is of: each number in it is one of its numbers, a rounded number is called so, a bound is
 * claimed only where there is one, and the unit is named.
 * Must never ask for a wording.
 */

import { toFloat } from './decimal.js';
import { withoutParts } from './statements.js';

/**
 * @typedef {import('./package.js').Row} Row
 * @typedef {object} Facts
 * @property {number[]} numbers that may stand in the sentence
 * @property {number[]} floors those of which it may say "more than"
 * @property {boolean} hasAtLeast whether it may say "at least"
 * @property {string[]} units names of the unit, one of which must stand in it
 * @property {string[]} names of other things, whose digits and number words are no numbers
 */

const NUMBER = /(?<![\w.,])(minus |[-−])?[$€£]?(\d[\d,]*(?:\.\d+)?)(?: (thousand|million|billion|trillion))?/gi;
const COUNTS = ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
const COUNTED_THINGS = 'figures|reports|years|initiatives|programs|agencies|metrics';
const COUNTED = new RegExp(`\\b(${COUNTS.join('|')})(?= (?:\\w+ )?(?:${COUNTED_THINGS})\\b)`, 'gi');
const MAGNITUDES = { thousand: 1e3, million: 1e6, billion: 1e9, trillion: 1e12 };

const FLOOR = /\b(at least|more than|over|no fewer than|no less than) $/i;
const ROUNDED = /\b(about|around|roughly|approximately|some|nearly|almost|at most|up to|less than|fewer than|under) $/i;
/** A rounded number is off by no more than this share of itself. */
const ROUNDING = 0.05;

/**
 * @param {string} typeName
 * @param {Row} source a result, or a total as `totalOf` makes it
 * @returns {Facts}
 */
export function factsOf(typeName, source) {
  return typeName === 'Total' ? factsOfTotal(source) : factsOfResult(source);
}

/**
 * @param {string} sentence
 * @param {Facts} facts
 * @returns {string | null} what is wrong with it; null where nothing is
 */
export function faultIn(sentence, facts) {
  if (sentence.trim() === '') return 'an empty sentence';
  if (!facts.hasAtLeast && /\bat least\b/i.test(sentence)) return 'a sentence with "at least" where that is not known';
  if (!facts.units.some((unit) => sentence.toLowerCase().includes(unit))) return 'a sentence that does not name the unit';

  const text = withoutNames(sentence, facts.names);
  for (const match of text.matchAll(NUMBER)) {
    const fault = faultInNumber(match, text.slice(0, match.index), facts);
    if (fault) return `a sentence with ${match[0]}, ${fault}`;
  }
  const count = [...text.matchAll(COUNTED)].find(
    ([word]) => !facts.numbers.includes(COUNTS.indexOf(word.toLowerCase()) + 2),
  );
  return count ? `a sentence with "${count[0]}", which is none of its numbers` : null;
}

/**
 * @param {RegExpMatchArray} match
 * @param {string} before
 * @param {Facts} facts
 * @returns {string | null}
 */
function faultInNumber([, sign, digits, magnitude], before, { numbers, floors }) {
  const size = Number(digits.replaceAll(',', '')) * (MAGNITUDES[magnitude?.toLowerCase()] ?? 1);
  const shown = sign ? -size : size;
  // "Fell by 2.5": a negative number may stand without its sign, but no sign may stand before a positive one.
  const isOne = (/** @type {number} */ number) => isSame(shown, number) || (!sign && isSame(shown, -number));
  const isNear = (/** @type {number} */ number) => Math.abs(shown - number) <= ROUNDING * Math.abs(number);
  if (FLOOR.test(before)) {
    // A bound may be rounded too, but only downwards.
    const isFloor = floors.some((number) => isOne(number) || (isNear(number) && shown < number));
    return isFloor ? null : 'which is no lower bound';
  }
  if (numbers.some(isOne)) return null;
  if (!numbers.some(isNear)) return 'which is none of its numbers';
  return ROUNDED.test(before) ? null : 'which is rounded, and not called so';
}

/** Equal to fifteen digits, which any `Float` has. @param {number} shown @param {number} number */
function isSame(shown, number) {
  return shown.toPrecision(15) === number.toPrecision(15);
}

/**
 * @param {string} sentence
 * @param {string[]} names
 */
function withoutNames(sentence, names) {
  const isNumbered = (/** @type {string} */ name) => /\d/.test(name) || COUNTS.some((word) => name.toLowerCase().includes(word));
  const longestFirst = names.filter(isNumbered).sort((a, b) => b.length - a.length);
  const escaped = (/** @type {string} */ name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return longestFirst.reduce((text, name) => text.replace(new RegExp(escaped(name), 'gi'), ' … '), sentence);
}

/** @param {Row} total @returns {Facts} */
function factsOfTotal({ unit, count, sum, mean, atLeast, restatedCount, min, max, median, caveats, figures }) {
  const amounts = [sum, mean, min, max, median].filter((amount) => amount !== null);
  const bounds = amounts.filter(({ precision }) => precision === 'LOWER_BOUND').map(({ value }) => value);
  const counts = ['initiative', 'report', 'agency', 'metric', 'fiscalYear'].map(
    (name) => new Set(figures.map((/** @type {Row} */ row) => row[name])).size,
  );
  const contributing = withoutParts(figures).length;
  const tooManyDigits = caveats.includes('TOO_LARGE') ? [15] : [];
  return {
    numbers: [
      ...amounts.map(({ value }) => value),
      ...[atLeast, count, restatedCount].filter((number) => number !== null),
      ...figures.map(({ fiscalYear }) => fiscalYear),
      ...counts,
      contributing,
      count - contributing,
      ...tooManyDigits,
    ],
    floors: [...bounds, ...[atLeast].filter((number) => number !== null), ...tooManyDigits],
    hasAtLeast: atLeast !== null,
    units: unitNames(unit),
    names: figures.flatMap(namesOf),
  };
}

/** @param {Row} result @returns {Facts} */
function factsOfResult(result) {
  const { unit, value, precision, fiscalYear, asOf, report, supersededBy } = result;
  const isBound = precision === 'LOWER_BOUND';
  const later = supersededBy ? [toFloat(supersededBy.value), supersededBy.report.fiscalYear] : [];
  const dates = (asOf ?? '').split('-').filter(Boolean).map(Number);
  return {
    numbers: [toFloat(value), fiscalYear, report.fiscalYear, ...dates, ...later],
    floors: isBound ? [toFloat(value)] : [],
    hasAtLeast: isBound,
    units: unitNames(unit),
    names: [...namesOf(result), asOf ?? ''],
  };
}

/** @param {Row} unit */
function unitNames({ code, name, plural, symbol }) {
  return [code, name, plural, symbol].filter((text) => text !== null).map((text) => text.toLowerCase());
}

/** @param {Row} result */
function namesOf({ label, metric, initiative, agency, report, unit }) {
  return [label, metric.name, initiative.name, agency.name, agency.code, report.title, unit.name, unit.plural];
}
