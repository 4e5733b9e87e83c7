/**
 * What the tests share: the schema, the packages, and results made up on the spot.
 * Must never hide what a test is about.
 */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseDecimal } from '../src/decimal.js';
import { PLACE_OPTIONS } from '../src/options.js';
import { readPackages } from '../src/package.js';
import { referenceSchema } from '../src/schema.js';

const inTests = (/** @type {string} */ name) => fileURLToPath(new URL(name, import.meta.url));

/** Made for the tests: what the built-in report has none of. */
export const fixture = readPackages(inTests('fixture'));
/** The same with a second package: another year, in which figures are published again. */
export const twoYears = readPackages(inTests('fixture'), inTests('fixture-2008'));
export const builtIn = readPackages(...PLACE_OPTIONS.data.default);

const sdl = readFileSync(process.env.ANNALS_SCHEMA ?? PLACE_OPTIONS.schema.default, 'utf8');

/** @param {import('../src/package.js').Data} data */
export const schemaOver = (data) => referenceSchema(sdl, data);

const UNIT = { naturalKey: 'case', code: 'case' };
const METRIC = { additivity: 'ADDITIVE', childrenAreExclusive: false, parent: null, unit: UNIT };
const AGENCY = {};
const REPORT = { fiscalYear: 2007, agency: AGENCY };

/**
 * A result of which only what matters is given.
 * @param {string} value
 * @param {Record<string, unknown>} [fields]
 */
export function result(value, fields = {}) {
  const metric = /** @type {any} */ (fields.metric ?? METRIC);
  return {
    value: parseDecimal(value),
    metric,
    unit: metric.unit,
    precision: 'EXACT',
    scope: 'PERIOD',
    fiscalYear: 2007,
    agency: AGENCY,
    report: REPORT,
    initiative: REPORT,
    figure: {},
    isRecord: false,
    partOf: null,
    ...fields,
  };
}

/** @param {Record<string, unknown>} fields */
export function metric(fields) {
  return { ...METRIC, ...fields };
}
