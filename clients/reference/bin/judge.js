#!/usr/bin/env node
/**
 * Judges a running annals server by the reference: `node bin/judge.js --url http://127.0.0.1:8000/graphql`.
 * Ends with "N passed, M failed" alone on a line; exit code 1 on a failure, 2 where there is nothing to judge.
 */

import { parseArgs } from 'node:util';
import { Coverage } from '../src/coverage.js';
import { endpoint, waitFor } from '../src/endpoint.js';
import { cases, judge } from '../src/judge.js';
import { PLACE_OPTIONS } from '../src/options.js';
import { coverageLines, disagreementLines } from '../src/report.js';
import { loadReference } from '../src/schema.js';

/** With fewer operations, that something is not drawn says nothing. */
const FULL_COUNT = 500;

const { values } = parseArgs({
  options: {
    ...PLACE_OPTIONS,
    url: { type: 'string', default: process.env.ANNALS_URL ?? 'http://127.0.0.1:8000/graphql' },
    count: { type: 'string', default: String(FULL_COUNT) },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    wait: { type: 'string', default: '10' },
  },
});
const seed = values.seed === 'random' ? String(Math.floor(Math.random() * 1e9)) : values.seed;
const count = wholeNumber('count', values.count);
const ask = endpoint(values.url);

try {
  await waitFor(ask, wholeNumber('wait', values.wait));
} catch (error) {
  stop(`no answer from ${values.url}: ${error.cause ?? error}`);
}

const reference = loadReference(values.schema, values.data);
const coverage = new Coverage(reference.schema);
console.log(`seed ${seed}, ${count} operations, ${values.url}`);
let passed = 0;
let failed = 0;
for (const candidate of cases(reference, { seed, count, only: values.only })) {
  const { disagreement, answered } = await judge(reference.schema, ask, candidate);
  if (candidate.document) coverage.addDocument(candidate.document, candidate.request);
  coverage.addAnswered(answered);
  if (disagreement) {
    failed++;
    console.log(disagreementLines(disagreement, { label: candidate.label, seed }).join('\n'));
  } else passed++;
}

if (values.only === undefined && count >= FULL_COUNT) {
  const summary = coverage.summary();
  console.log(coverageLines(summary).join('\n'));
  if (summary.undrawnFields.length > 0) failed++;
}
if (passed + failed === 0) stop(`there is no operation "${values.only}"`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

/**
 * @param {string} option
 * @param {string} text
 */
function wholeNumber(option, text) {
  return /^\d+$/.test(text) ? Number(text) : stop(`--${option} takes a whole number, not "${text}"`);
}

/**
 * @param {string} reason
 * @returns {never}
 */
function stop(reason) {
  console.error(reason);
  process.exit(2);
}
