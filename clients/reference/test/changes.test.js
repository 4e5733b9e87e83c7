import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changeBetween } from '../src/changes.js';
import { parseDecimal } from '../src/decimal.js';
import { execute } from '../src/execute.js';
import { fixture, schemaOver } from './support.js';

const figure = (/** @type {string} */ value, precision = 'EXACT') => ({ value: parseDecimal(value), precision });
const change = (/** @type {[string, string?]} */ from, /** @type {[string, string?]} */ to) =>
  changeBetween(figure(...from), figure(...to));

test('a change is the difference, and how many hundredths of the earlier figure that is', () => {
  assert.deepEqual(change(['10'], ['12']), { from: 10, to: 12, absolute: 2, percent: 20, precision: 'EXACT' });
  assert.equal(change(['3'], ['1']).percent, -66.6667);
  assert.equal(change(['-4'], ['-2']).percent, 50);
  assert.equal(change(['0'], ['5']).percent, null);
});

test('the bound of what is taken away turns round', () => {
  for (const [from, to, precision] of [
    ['LOWER_BOUND', 'EXACT', 'UPPER_BOUND'],
    ['UPPER_BOUND', 'EXACT', 'LOWER_BOUND'],
    ['EXACT', 'LOWER_BOUND', 'LOWER_BOUND'],
    ['APPROXIMATE', 'EXACT', 'APPROXIMATE'],
    ['APPROXIMATE', 'UPPER_BOUND', 'UPPER_BOUND'],
    ['UPPER_BOUND', 'LOWER_BOUND', 'LOWER_BOUND'],
  ]) {
    assert.equal(change(['1', from], ['2', to]).precision, precision, `${from} to ${to}`);
  }
});

test('there is none where a figure is missing, both are bounds the same way, or the difference is not exact', () => {
  assert.equal(changeBetween(null, figure('1')), null);
  assert.equal(changeBetween(figure('1'), null), null);
  for (const bound of ['LOWER_BOUND', 'UPPER_BOUND']) assert.equal(change(['1', bound], ['2', bound]), null);
  assert.equal(change(['0.0001'], ['900000000000000']), null);
});

test('a change has no precision where a side has none', () => {
  const doubtful = { value: parseDecimal('5'), precision: null };
  assert.deepEqual(changeBetween(doubtful, figure('6')), { from: 5, to: 6, absolute: 1, percent: 20, precision: null });
  assert.equal(changeBetween(figure('6', 'LOWER_BOUND'), doubtful).precision, null);
  assert.equal(changeBetween(doubtful, doubtful).precision, null);
});

const schema = schemaOver(fixture);
const data = (/** @type {string} */ query) => JSON.parse(execute(schema, { query }).text).data;

test('what was before stands in the same report, or in the one of that year', () => {
  const { results } = data(`{ results(where: {scope: {eq: POINT_IN_TIME}}) {
    nodes { key previous { key } change { absolute } }
  } }`);
  assert.deepEqual(results.nodes, [
    { key: 'staff-2006', previous: null, change: null },
    { key: 'staff-2007', previous: { key: 'staff-2006' }, change: { absolute: 2 } },
  ]);
});

test('a series has a point a year and scope, compared with the same scope of the year before', () => {
  const { metric, none } = data(`{
    metric(code: "staff") { series(agency: "b") { fiscalYear total { scope sum { value } } change { percent } } }
    none: metric(code: "staff") { series(agency: "nope") { fiscalYear } }
  }`);
  assert.deepEqual(metric.series, [
    { fiscalYear: 2006, total: { scope: 'POINT_IN_TIME', sum: { value: 10 } }, change: null },
    { fiscalYear: 2007, total: { scope: 'PERIOD', sum: { value: 13 } }, change: null },
    { fiscalYear: 2007, total: { scope: 'POINT_IN_TIME', sum: { value: 12 } }, change: { percent: 20 } },
  ]);
  assert.deepEqual(none.series, []);
});
