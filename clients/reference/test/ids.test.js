import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeId, encodeId, naturalKey } from '../src/ids.js';

test('an id is base64url of the type and the natural key, without padding', () => {
  const id = encodeId('ReportedResult', naturalKey('ICE', 2007, 'removals', 'removed'));
  assert.equal(Buffer.from(id, 'base64').toString(), 'ReportedResult ice 2007 removals removed');
  assert.ok(!id.includes('='));
});

test('keys are in lower case, and an id with other letters is none of ours', () => {
  assert.deepEqual(decodeId(encodeId('AGENCY', 'Äb')), { typeName: 'AGENCY', key: 'Äb' });
  assert.equal(decodeId(encodeId('Agency', 'ICE')), null);
});

for (const id of ['', 'x', '!', 'QWdlbmN5IGljZQ==', 'QWdlbmN5IGljZR', 'QWdlbmN5', '_w', 'QWdlbmN5 IGljZQ']) {
  test(`no id of ours: "${id}"`, () => assert.equal(decodeId(id), null));
}
