import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeId, encodeId, naturalKey } from '../src/ids.js';

test('an id is base64url of the type and the natural key, without padding', () => {
  const id = encodeId('ReportedResult', naturalKey('ICE', 2007, 'removals', 'removed'));
  assert.equal(Buffer.from(id, 'base64').toString(), 'ReportedResult ice 2007 removals removed');
  assert.ok(!id.includes('='));
});

test('keys are looked up in lower case, type names are left as they are', () => {
  assert.deepEqual(decodeId(encodeId('Agency', 'ICE')), { typeName: 'Agency', key: 'ice' });
  assert.deepEqual(decodeId(encodeId('AGENCY', 'ÄB')), { typeName: 'AGENCY', key: 'Äb' });
});

for (const id of ['', 'x', '!', 'QWdlbmN5IGljZQ==', 'QWdlbmN5IGljZR', 'QWdlbmN5', '_w', 'QWdlbmN5 IGljZQ']) {
  test(`no id of ours: "${id}"`, () => assert.equal(decodeId(id), null));
}
