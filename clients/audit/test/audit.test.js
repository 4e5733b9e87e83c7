/**
 * Each item of the audit suite is a test of its own, and whatever it is called, MUST, SHOULD or MAY, it has to pass.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serverAudits } from 'graphql-http';

const url = process.env.ANNALS_URL ?? 'http://127.0.0.1:8000/graphql';
const audits = serverAudits({ url });

test('the suite has items of each level', () => {
  for (const level of ['MUST', 'SHOULD', 'MAY']) {
    assert(audits.some(({ name }) => name.startsWith(`${level} `)), `there is no ${level}`);
  }
});

for (const { id, name, fn } of audits) {
  test(`${id} ${name}`, async () => {
    const result = await fn();
    assert.equal(result.status, 'ok', 'reason' in result ? result.reason : undefined);
  });
}
