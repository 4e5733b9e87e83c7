/**
 * Documents changed at random from a fixed seed; graphql-js judges each. ANNALS_SEED takes another seed.
 */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Random } from '../../reference/src/random.js';
import { mutate, namesIn } from '../src/mutate.js';
import { ask, SDL } from '../src/server.js';
import { difference, judge, verdictOf } from '../src/verdict.js';

const COUNT = 1000;
/** What is larger costs time and shows nothing that smaller ones do not. */
const LARGEST = 2000;
const SHOWN = 20;

const seed = process.env.ANNALS_SEED ?? '1';
const folder = new URL('../../../tests/graphql/', import.meta.url);
const verdict = judge(SDL);
const documents = readdirSync(folder, { recursive: true })
  .map(String)
  .filter((name) => name.endsWith('.graphql'))
  .sort()
  .map((name) => readFileSync(new URL(name, folder), 'utf8'))
  .filter((query) => query.length <= LARGEST && ['valid', 'variables'].includes(verdict({ query }).word));

test(`${COUNT} changed documents, seed ${seed}`, async () => {
  const random = new Random(seed);
  const names = namesIn(documents);
  const found = [];
  /** @type {Record<string, number>} */
  const counted = {};
  for (let index = 0; index < COUNT; index++) {
    const query = mutate(random.pick(documents), names, random);
    const expected = verdict({ query });
    counted[expected.word] = (counted[expected.word] ?? 0) + 1;
    const different = difference(expected, verdictOf(await ask({ query })));
    if (different) found.push(`${different}\n${query}`);
  }
  assert.equal(found.length, 0, `${found.length} differ:\n\n${found.slice(0, SHOWN).join('\n\n')}`);
  for (const word of ['valid', 'syntax', 'invalid']) {
    assert(counted[word] > 0, `no document came out ${word}`);
  }
});
