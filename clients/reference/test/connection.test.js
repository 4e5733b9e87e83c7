import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect } from '../src/connection.js';
import { encodeCursor } from '../src/cursors.js';
import { ascending } from '../src/orders.js';

const ORDER = { name: 'numbers', keys: ascending((row) => row.number) };
const row = (/** @type {number} */ number) => ({ number });
const cursor = (/** @type {number} */ number) => encodeCursor(ORDER, [number]);
const ROWS = [4, 2, 1, 3, 5].map(row);

const page = (/** @type {import('../src/connection.js').PageArguments} */ args, defaultSize = 25) => {
  const { nodes, pageInfo } = connect(ROWS, ORDER, args, defaultSize);
  return [nodes.map(({ number }) => number).join(''), pageInfo.hasPreviousPage, pageInfo.hasNextPage];
};

for (const [args, expected] of /** @type {[any, [string, boolean, boolean]][]} */ ([
  [{}, ['12345', false, false]],
  [{ first: 2 }, ['12', false, true]],
  [{ first: 5 }, ['12345', false, false]],
  [{ first: 2, after: cursor(2) }, ['34', true, true]],
  [{ first: 2, after: cursor(3) }, ['45', true, false]],
  [{ last: 2 }, ['45', true, false]],
  [{ last: 2, before: cursor(4) }, ['23', true, true]],
  [{ last: 2, before: cursor(3) }, ['12', false, true]],
  [{ after: cursor(4) }, ['5', true, false]],
  [{ before: cursor(3) }, ['12', false, true]],
  [{ first: 1, before: cursor(3) }, ['1', false, true]],
  [{ last: 1, after: cursor(3) }, ['5', true, false]],
  [{ first: 1, after: cursor(1), before: cursor(4) }, ['2', true, true]],
  [{ last: 1, after: cursor(1), before: cursor(4) }, ['3', true, true]],
  [{ first: 3, after: null, last: null, before: null }, ['123', false, true]],
  // A cursor names a place, whether or not a row of the collection stands there.
  [{ first: 1, after: cursor(2.5) }, ['3', true, true]],
  [{ first: 1, after: cursor(0) }, ['1', false, true]],
  [{ last: 1, before: cursor(9) }, ['5', true, false]],
  // Empty pages: what is after `after`, or before `before`, or anything at all.
  [{ first: 0 }, ['', false, true]],
  [{ first: 0, after: cursor(5) }, ['', true, false]],
  [{ last: 0 }, ['', true, false]],
  [{ last: 0, before: cursor(1) }, ['', false, true]],
  [{ first: 2, after: cursor(4), before: cursor(2) }, ['', true, true]],
])) {
  test(`a page of ${JSON.stringify(args)}`, () => assert.deepEqual(page(args), expected));
}

test('the default size goes forwards', () => {
  assert.deepEqual(page({}, 2), ['12', false, true]);
  assert.deepEqual(page({ before: cursor(5) }, 2), ['12', false, true]);
  assert.deepEqual(page({ after: cursor(1) }, 2), ['23', true, true]);
});

test('an empty page has no cursors; the count is of the whole collection all the same', () => {
  const { pageInfo, totalCount } = connect(ROWS, ORDER, { first: 0 }, 25);
  assert.deepEqual([pageInfo.startCursor, pageInfo.endCursor, totalCount], [null, null, 5]);
});

for (const args of [
  { first: -1 },
  { last: -1 },
  { first: 1, last: 1 },
  { first: 1001 },
  { last: 1001 },
  { after: '' },
  { after: 'nonsense' },
  { before: encodeCursor({ ...ORDER, name: 'others' }, [1]) },
]) {
  test(`refused: ${JSON.stringify(args)}`, () => assert.throws(() => page(args), { name: 'GraphQLError' }));
}

test('1000 is not too many', () => assert.equal(page({ first: 1000 })[0], '12345'));
