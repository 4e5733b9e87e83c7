/**
 * `inWords`: a figure and a total as sentences that may be printed. They are the reference's own: the judge compares no
 * wording, but holds every server's sentences to what they may say (`sentences.js`).
 * Must never claim more than the figure does.
 */

import { toFloat } from './decimal.js';

/** What stands before a number by what it is worth. @type {Record<string, string>} */
const CLAIMS = { EXACT: '', APPROXIMATE: 'about ', LOWER_BOUND: 'more than ', UPPER_BOUND: 'at most ' };

/** @type {Record<string, string>} */
const REASONS = {
  MIXED_YEARS: 'they are of different years and must not be added across years',
  MIXED_METRICS: 'they count different things',
  MIXED_BOUNDS: 'some are lower bounds and some are upper bounds',
  NON_ADDITIVE: 'such figures are never added up',
  TOO_LARGE: 'the sum has too many digits',
};

/** @param {import('./package.js').Row} result */
export function resultInWords({ agency, initiative, label, value, precision, unit, fiscalYear }) {
  const figure = `${label}: ${CLAIMS[precision]}${written(toFloat(value), unit)}`;
  return `${agency.code}, ${initiative.name}. ${figure}, fiscal year ${fiscalYear}.`;
}

/** @param {import('./package.js').Row} total as `totalOf` makes it */
export function totalInWords({ count, unit, sum, atLeast, caveats }) {
  const figures = count === 1 ? 'One figure' : `${count} figures`;
  const certain = atLeast === null ? '' : ` At least ${written(atLeast, unit)}.`;
  if (sum === null) {
    const reason = Object.entries(REASONS).find(([caveat]) => caveats.includes(caveat))?.[1];
    return `${figures} in ${unit.plural} cannot be summed: ${reason}.${certain}`;
  }
  const doubt = sum.precision === null ? '; more than one initiative may have counted the same' : '';
  return `${figures} ${count === 1 ? 'comes' : 'come'} to ${CLAIMS[sum.precision] ?? ''}${written(sum.value, unit)}${doubt}.${certain}`;
}

/**
 * @param {number} value
 * @param {import('./package.js').Row} unit
 */
function written(value, unit) {
  const number = value.toLocaleString('en-US', { maximumFractionDigits: 4 });
  return `${number} ${value === 1 ? unit.name : unit.plural}`;
}
