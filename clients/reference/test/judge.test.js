/**
 * The judge against the reference's own server: whole, it must pass wholly; broken, it must be found out.
 */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { endpoint } from '../src/endpoint.js';
import { cases, judge } from '../src/judge.js';
import { referenceServer } from '../src/server.js';
import { builtIn, schemaOver, twoYears } from './support.js';

const onBuiltIn = { schema: schemaOver(builtIn), data: builtIn };
const onTwoYears = { schema: schemaOver(twoYears), data: twoYears };

/**
 * @param {{schema: import('graphql').GraphQLSchema, data: import('../src/package.js').Data}} reference
 * @param {import('node:http').Server} server
 * @param {number} count
 * @param {number} [enough] disagreements to stop after
 * @returns {Promise<string[]>} the reasons of disagreements
 */
async function disagreements(reference, server, count, enough = Infinity) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const ask = endpoint(`http://127.0.0.1:${port}/graphql`);
  const reasons = [];
  for (const candidate of cases(reference, { seed: '1', count })) {
    const { disagreement } = await judge(reference.schema, ask, candidate);
    if (disagreement) reasons.push(`${candidate.label}: ${disagreement.reason}`);
    if (reasons.length >= enough) break;
  }
  server.closeAllConnections();
  server.close();
  return reasons;
}

test('the reference passes by itself, on the built-in report', async () => {
  assert.deepEqual(await disagreements(onBuiltIn, referenceServer(onBuiltIn.schema), 100), []);
});

test('the reference passes by itself, on two packages', async () => {
  assert.deepEqual(await disagreements(onTwoYears, referenceServer(onTwoYears.schema), 100), []);
});

test('found out: each publication of a figure counted', async () => {
  const statementsLost = new Map(twoYears.results.map((row) => [row, { ...row, figure: {} }]));
  const results = [...statementsLost.values()].map((row) => ({ ...row, partOf: statementsLost.get(row.partOf) ?? null }));
  const server = referenceServer(schemaOver({ ...twoYears, results }));
  assert.notDeepEqual(await disagreements(onTwoYears, server, 300, 1), []);
});

test('found out: another figure', async () => {
  const [first, ...others] = builtIn.results;
  const results = [{ ...first, value: first.value + 1n }, ...others];
  const server = referenceServer(schemaOver({ ...builtIn, results }));
  assert.notDeepEqual(await disagreements(onBuiltIn, server, 300, 1), []);
});

for (const [what, alter] of /** @type {[string, (body: string) => string][]} */ ([
  ['a needless fraction', (body) => body.replace(/:(\d+)([,}])/, ':$1.0$2')],
  ['a flag turned round', (body) => body.replace(':false', ':true')],
  ['null for a text', (body) => body.replace(/:"[^"]*"/, ':null')],
  ['a list without its last item', (body) => body.replace(/,\{[^{}]*\}\]/, ']')],
  ['two keys changed over', (body) => body.replace(/("\w+":\d+),("\w+":\d+)/, '$2,$1')],
  ['a key twice', (body) => body.replace(/("\w+":\d+)/, '$1,$1')],
  ['no error where one is due', (body) => body.replace(/^\{"errors".*/s, '{"data":null}')],
  ['data beside a refusal', (body) => body.replace(/^\{"errors"/, '{"data":null,"errors"')],
  ['an answer that is no JSON', () => 'Internal Server Error'],
])) {
  test(`found out: ${what}`, async () => {
    assert.notDeepEqual(await disagreements(onBuiltIn, referenceServer(onBuiltIn.schema, alter), 30, 1), []);
  });
}

test('found out: a sentence about another year', async () => {
  const alter = (/** @type {string} */ body) => body.replace(/fiscal year \d+\./, 'fiscal year 1999.');
  assert.notDeepEqual(await disagreements(onBuiltIn, referenceServer(onBuiltIn.schema, alter), 300, 1), []);
});

test('found out: a server that has gone', async () => {
  const gone = async () => {
    throw new Error('connection refused');
  };
  for (const candidate of cases(onBuiltIn, { seed: '1', count: 3 })) {
    const { disagreement } = await judge(onBuiltIn.schema, gone, candidate);
    assert.match(disagreement.actual, /^no answer: Error: connection refused/);
  }
});
