/**
 * What the tests share: the schema, the two packages, and results made up on the spot.
 * Must never hide what a test is about.
 */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseDecimal } from '../src/decimal.js';
import { PLACE_OPTIONS } from '../src/options.js';
import { readPackage } from '../src/package.js';
import { referenceSchema } from '../src/schema.js';

/** Made for the tests: what the built-in report has none of. */
export const fixture = readPackage(fileURLToPath(new URL('fixture', import.meta.url)));
export const builtIn = readPackage(PLACE_OPTIONS.data.default);

const sdl = readFileSync(process.env.ANNALS_SCHEMA ?? PLACE_OPTIONS.schema.default, 'utf8');

/** @param {import('../src/package.js').Data} data */
export const schemaOver = (data) => referenceSchema(sdl, data);

const UNIT = { naturalKey: 'case', code: 'case' };
const METRIC = { additivity: 'ADDITIVE', parent: null, unit: UNIT };
const REPORT = {};

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
    report: REPORT,
    initiative: REPORT,
    isRecord: false,
    partOf: null,
    ...fields,
  };
}

/** @param {Record<string, unknown>} fields */
export function metric(fields) {
  return { ...METRIC, ...fields };
}
