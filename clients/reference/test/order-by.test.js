import assert from 'node:assert/strict';
import { test } from 'node:test';
import { execute } from '../src/execute.js';
import { fixture, schemaOver } from './support.js';

const schema = schemaOver(fixture);
const nodes = (/** @type {string} */ collection, /** @type {string} */ args, /** @type {string} */ field) =>
  JSON.parse(execute(schema, { query: `{ ${collection}(${args}) { nodes { ${field} } } }` }).text).data[
    collection
  ].nodes.map((/** @type {any} */ node) => node[field]);

test('missing values are last both ways, and the natural key breaks ties', () => {
  for (const direction of ['ASC', 'DESC']) {
    assert.equal(nodes('results', `first: 1, orderBy: {note: ${direction}}`, 'key')[0], 'drug');
    assert.deepEqual(nodes('results', `first: 3, orderBy: {note: ${direction}}`, 'key').slice(1), ['fewer', 'geld']);
  }
});

test('enum values come by their places, texts by bytes, no order as the usual one', () => {
  assert.equal(nodes('results', 'first: 1, orderBy: {scope: DESC}', 'key')[0], 'staff-2006');
  assert.deepEqual(nodes('divisions', 'orderBy: [{code: ASC}]', 'code'), ['NORTH', 'North', 'south']);
  assert.deepEqual(nodes('divisions', 'orderBy: []', 'code'), nodes('divisions', 'orderBy: null', 'code'));
});

test('by what is referred to, and by counts', () => {
  assert.equal(nodes('initiatives', 'orderBy: [{resultCount: DESC}]', 'slug')[0], 'Patrol');
  assert.deepEqual(nodes('initiatives', 'orderBy: [{goal: {code: ASC}}, {name: DESC}]', 'slug'), [
    'raid',
    'patrol',
    'Patrol',
    'kasse',
    'idle',
  ]);
});

test('by the sum of a metric, or of those below it too', () => {
  const slugs = (/** @type {string} */ more) =>
    nodes('initiatives', `orderBy: {total: {metric: "Arrests", direction: DESC${more}}}`, 'slug');
  assert.deepEqual(slugs(''), ['raid', 'patrol', 'Patrol', 'kasse', 'idle']);
  assert.deepEqual(slugs(', within: false'), ['raid', 'patrol', 'kasse', 'idle', 'Patrol']);
  assert.deepEqual(slugs(', scope: CUMULATIVE')[0], 'Patrol');
  assert.deepEqual(slugs(', where: {isRecord: {eq: false}}').slice(0, 3), ['patrol', 'raid', 'Patrol']);
});

test('a cursor is that of the order, in whatever words it is asked for', () => {
  const cursor = (/** @type {string} */ orderBy) =>
    JSON.parse(execute(schema, { query: `{ initiatives(first: 1, orderBy: ${orderBy}) { pageInfo { endCursor } } }` }).text)
      .data.initiatives.pageInfo.endCursor;
  const total = (/** @type {string} */ more) => cursor(`{total: {metric: "arrests", direction: DESC${more}}}`);
  assert.equal(cursor('[{total: {direction: DESC, metric: "ARRESTS", scope: PERIOD, within: true, where: {}}}]'), total(''));
  const plain = total(', where: {value: {gt: 1}, scope: {eq: PERIOD}}');
  for (const where of [
    '{scope: {in: PERIOD}, value: {gt: 1.0}, division: {}}',
    '{and: [{value: {gt: 1e0}}, {scope: {in: [PERIOD, PERIOD]}}, {}]}',
    '{not: {not: {value: {gt: 1}, scope: {eq: PERIOD}}}}',
    '{or: [{value: {gt: 1}, scope: {eq: PERIOD}}]}',
  ]) {
    assert.equal(total(`, where: ${where}`), plain, where);
  }
  for (const where of ['{value: {gt: 2}, scope: {eq: PERIOD}}', '{value: {gt: 1}}', '{or: []}', '{}']) {
    assert.notEqual(total(`, where: ${where}`), plain, where);
  }
});

test('a total of no metric is refused', () => {
  const query = '{ initiatives(orderBy: {total: {metric: "arests", direction: DESC}}) { totalCount } }';
  const { errors } = JSON.parse(execute(schema, { query }).text);
  assert.equal(errors[0].extensions.code, 'BAD_USER_INPUT');
});
