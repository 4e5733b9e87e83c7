/**
 * Each case is a test of its own: graphql-js must say of it what the file says, and the server must say the same. The
 * cases named "stricter" are those where graphql-js lets pass what the specification does not.
 */

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { suite, test } from 'node:test';
import { ask, SDL } from '../src/server.js';
import { difference, judge, verdictOf } from '../src/verdict.js';

const folder = new URL('../cases/', import.meta.url);
const verdict = judge(SDL);

for (const file of readdirSync(folder).sort()) {
  const { default: groups } = await import(new URL(file, folder).href);
  suite(file.replace('.js', ''), () => {
    for (const [word, cases] of Object.entries(groups)) {
      for (const [index, written] of cases.entries()) {
        const request = typeof written === 'string' ? { query: written } : written;
        test(`${word} ${index + 1}: ${JSON.stringify(request)}`, async () => {
          const expected = verdict(request);
          const found = verdictOf(await ask(request));
          if (word === 'stricter') {
            assert.deepEqual([expected.word, found.word], ['valid', 'invalid']);
            return;
          }
          assert.equal(expected.word, word, `graphql-js: ${expected.message}`);
          assert.equal(difference(expected, found), undefined);
        });
      }
    }
  });
}
