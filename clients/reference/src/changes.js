/**
 * What changes from one year to the next: the figure before a result, the series of a metric, and the change between.
 * Must never compare figures of different scopes, nor say a difference that its bounds do not allow.
 */

import { LARGEST_DIGITS, numbersOf, precisionOfSum, totalOf } from './aggregate.js';
import { groupBy } from './collections.js';
import { percentOf, significantDigits, toFloat } from './decimal.js';
import { placeOf } from './enums.js';
import { latestStatements } from './statements.js';
import { lowerAscii } from './text.js';

/**
 * @typedef {import('./package.js').Row} Row
 * @typedef {import('./aggregate.js').Figure} Figure
 */

/** What is taken away turns its bound round. @type {Record<string, string>} */
const TURNED = { LOWER_BOUND: 'UPPER_BOUND', UPPER_BOUND: 'LOWER_BOUND' };

/**
 * @param {Figure | null} from
 * @param {Figure | null} to
 * @returns null where one is missing, or where the difference has no bound or too many digits to be shown
 */
export function changeBetween(from, to) {
  if (!from || !to) return null;
  const isBoundBothWays = from.precision === to.precision && Object.hasOwn(TURNED, String(from.precision));
  if (isBoundBothWays) return null;
  const difference = to.value - from.value;
  if (significantDigits(difference) > LARGEST_DIGITS) return null;
  return {
    from: toFloat(from.value),
    to: toFloat(to.value),
    absolute: toFloat(difference),
    percent: from.value === 0n ? null : toFloat(percentOf(difference, from.value)),
    precision: precisionOfDifference(from.precision, to.precision),
  };
}

/**
 * @param {string | null} from
 * @param {string | null} to
 * @returns {string | null} null where a side has none
 */
function precisionOfDifference(from, to) {
  if (from === null || to === null) return null;
  return precisionOfSum([{ precision: TURNED[from] ?? from }, { precision: to }]);
}

/**
 * The latest statement of the same figure of the fiscal year before.
 * @param {Row} result
 * @param {Row[]} results all of them
 * @returns {Row | null} null where there is none, and where that statement has more than one result
 */
export function previousOf(result, results) {
  const statements = results.filter(
    (other) =>
      other.agency === result.agency &&
      lowerAscii(other.initiative.slug) === lowerAscii(result.initiative.slug) &&
      other.metric === result.metric &&
      other.scope === result.scope &&
      other.fiscalYear === result.fiscalYear - 1,
  );
  const latest = latestStatements(statements);
  return latest.length === 1 ? latest[0] : null;
}

/**
 * One point a fiscal year and scope, in this order.
 * @param {Row[]} results of one metric
 */
export function seriesOf(results) {
  const byPoint = groupBy(results, ({ fiscalYear, scope }) => `${fiscalYear} ${scope}`);
  return [...byPoint.values()]
    .map((rows) => {
      const { fiscalYear, scope } = rows[0];
      const before = numbersOf(byPoint.get(`${fiscalYear - 1} ${scope}`) ?? []);
      const change = changeBetween(before.sum, numbersOf(rows).sum);
      return { fiscalYear, total: totalOf(rows), change };
    })
    .sort((a, b) => a.fiscalYear - b.fiscalYear || placeOf('scope', a.total.scope) - placeOf('scope', b.total.scope));
}
