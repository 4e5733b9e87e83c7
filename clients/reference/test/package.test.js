import assert from 'node:assert/strict';
import { test } from 'node:test';
import { divideHalfAwayFromZero, parseDecimal, significantDigits, toFloat } from '../src/decimal.js';
import { readPackages } from '../src/package.js';
import { PLACE_OPTIONS } from '../src/options.js';
import { builtIn, fixture, twoYears } from './support.js';

test('the built-in report is read whole', () => {
  const { agencies, reports, divisions, goals, initiatives, results } = builtIn;
  assert.deepEqual(
    [agencies, reports, divisions, goals, initiatives, results].map((rows) => rows.length),
    [1, 1, 5, 5, 27, 55],
  );
});

test('references are followed without regard to case', () => {
  const drug = fixture.results.find(({ key }) => key === 'drug');
  assert.equal(drug.partOf.key, 'criminal');
  assert.equal(drug.division.code, 'North');
  assert.equal(drug.goal.code, 'safety');
  assert.equal(drug.metric.parent.parent.code, 'arrests');
});

test('what the file leaves empty is null', () => {
  const idle = fixture.initiatives.find(({ slug }) => slug === 'idle');
  assert.deepEqual(
    [idle.division, idle.divisionAttribution, idle.goal, idle.goalAttribution],
    [null, null, null, null],
  );
  const patrol = fixture.initiatives.find(({ slug }) => slug === 'Patrol');
  assert.deepEqual(patrol.divisionAttribution, { basis: 'STATED', note: null });
});

test('several packages are read together: what they share once, as the last one has it', () => {
  const { agencies, divisions, reports, units, metrics, results } = twoYears;
  assert.deepEqual(
    [agencies, divisions, reports, units, metrics, results].map((rows) => rows.length),
    [3, 3, 6, 5, 12, 32],
  );
  const north = divisions.find(({ naturalKey }) => naturalKey === 'b north');
  assert.equal(north.name, 'North and east');
  for (const slug of ['Patrol', 'PATROL']) {
    assert.equal(twoYears.initiatives.find((row) => row.slug === slug).division, north);
  }
  assert.equal(fixture.results.some(({ isSuperseded }) => isSuperseded), false);
});

test('a report that is in two packages is refused', () => {
  assert.throws(() => readPackages(...PLACE_OPTIONS.data.default, ...PLACE_OPTIONS.data.default), /one report/);
});

test('figures are exact', () => {
  assert.equal(parseDecimal('-2.5'), -25000n);
  assert.equal(parseDecimal('0.0001'), 1n);
  assert.equal(toFloat(parseDecimal('123456789012.345')), 123456789012.345);
  assert.equal(toFloat(-1n), -0.0001);
  assert.throws(() => parseDecimal('1e3'));
  assert.throws(() => parseDecimal('0.00001'));
  assert.equal(significantDigits(parseDecimal('1000')), 1);
  assert.equal(significantDigits(parseDecimal('-1000.0001')), 8);
  assert.equal(divideHalfAwayFromZero(-5n, 2), -3n);
});
