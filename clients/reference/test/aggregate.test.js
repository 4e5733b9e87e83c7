import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aggregateResults } from '../src/aggregate.js';
import { builtIn, metric, result } from './support.js';

const onlyTotal = (/** @type {any[]} */ results) => {
  const { totals } = aggregateResults(results);
  assert.equal(totals.length, 1);
  return totals[0];
};

test('rule 1: one total per unit and scope, by the bytes of the unit code, then scope', () => {
  const arrests = metric({ unit: { naturalKey: 'arrest', code: 'arrest' } });
  const dollars = metric({ unit: { naturalKey: 'usd', code: 'USD' } });
  const { totals } = aggregateResults([
    result('1', { metric: arrests, scope: 'POINT_IN_TIME' }),
    result('2', { metric: arrests, scope: 'CUMULATIVE' }),
    result('3', { metric: arrests }),
    result('4', { metric: dollars }),
  ]);
  assert.deepEqual(
    totals.map(({ unit, scope, sum }) => [unit.code, scope, sum]),
    [
      ['USD', 'PERIOD', 4],
      ['arrest', 'PERIOD', 3],
      ['arrest', 'CUMULATIVE', 2],
      ['arrest', 'POINT_IN_TIME', 1],
    ],
  );
});

for (const [caveat, results] of /** @type {[string, any[]][]} */ ([
  ['NON_ADDITIVE', [result('10', { metric: metric({ additivity: 'NON_ADDITIVE' }) })]],
  [
    'MIXED_YEARS',
    ['SEMI_ADDITIVE']
      .map((additivity) => metric({ additivity }))
      .flatMap((staff) => [result('1', { metric: staff, fiscalYear: 2006 }), result('2', { metric: staff })]),
  ],
  ['MIXED_YEARS', [result('1', { scope: 'CUMULATIVE' }), result('2', { scope: 'CUMULATIVE', fiscalYear: 2006 })]],
  ['MIXED_METRICS', [result('1', { metric: metric({}) }), result('2', { metric: metric({}) })]],
  ['MIXED_BOUNDS', [result('1', { precision: 'LOWER_BOUND' }), result('2', { precision: 'UPPER_BOUND' })]],
  ['TOO_LARGE', [result('123456789012345'), result('0.0001')]],
])) {
  test(`rule 2: no sum under ${caveat}, and nothing that is made of it`, () => {
    const { sum, precision, mean, caveats } = onlyTotal(results);
    assert.deepEqual({ sum, precision, mean, caveats }, { sum: null, precision: null, mean: null, caveats: [caveat] });
  });
}

test('rule 2: years of an additive metric add up within PERIOD', () => {
  const { sum, caveats } = onlyTotal([result('1'), result('2', { fiscalYear: 2006 })]);
  assert.deepEqual({ sum, caveats }, { sum: 3, caveats: [] });
});

test('rule 2: metrics under one root add up', () => {
  const root = metric({});
  const { sum } = onlyTotal([
    result('1', { metric: metric({ parent: metric({ parent: root }) }) }),
    result('2', { metric: metric({ parent: root }) }),
  ]);
  assert.equal(sum, 3);
});

test('rule 2: a sum of fifteen digits is not too large, trailing zeros not counted', () => {
  assert.equal(onlyTotal([result('900000000000000'), result('99999999999999')]).sum, 999999999999999);
  assert.equal(onlyTotal([result('900000000000000'), result('900000000000000')]).sum, 1800000000000000);
});

test('rule 3: a part is left out of sum and mean where a whole at any distance is there', () => {
  const whole = result('100');
  const middle = result('60', { partOf: whole });
  const part = result('25', { partOf: middle });
  const { count, sum, mean, min, median } = onlyTotal([part, whole]);
  assert.deepEqual({ count, sum, mean, min, median }, { count: 2, sum: 100, mean: 100, min: 25, median: 25 });
  assert.equal(onlyTotal([part, middle]).sum, 60);
  assert.equal(onlyTotal([part]).sum, 25);
});

test('rule 3: a part that is left out gives no caveat', () => {
  const whole = result('100');
  const part = result('25', { partOf: whole, precision: 'LOWER_BOUND', metric: metric({}), initiative: {} });
  assert.deepEqual(onlyTotal([whole, part]).caveats, []);
});

test('rule 4: the mean has four decimals, half away from zero', () => {
  assert.equal(onlyTotal([result('1'), result('0'), result('0')]).mean, 0.3333);
  assert.equal(onlyTotal([result('0.0001'), result('0')]).mean, 0.0001);
  assert.equal(onlyTotal([result('-0.0001'), result('0')]).mean, -0.0001);
});

test('rule 4: the median is the smallest value with at least half at or below it', () => {
  assert.equal(onlyTotal(['4', '1', '3', '2'].map((value) => result(value))).median, 2);
  assert.equal(onlyTotal(['3', '1', '2'].map((value) => result(value))).median, 2);
});

for (const [precisions, expected, caveats] of /** @type {[string[], string, string[]][]} */ ([
  [['EXACT'], 'EXACT', []],
  [['EXACT', 'APPROXIMATE'], 'APPROXIMATE', []],
  [['EXACT', 'UPPER_BOUND'], 'UPPER_BOUND', []],
  [['APPROXIMATE', 'UPPER_BOUND'], 'UPPER_BOUND', ['APPROXIMATE']],
  [['APPROXIMATE', 'LOWER_BOUND', 'EXACT'], 'LOWER_BOUND', ['APPROXIMATE']],
])) {
  test(`rule 5: ${precisions.join(' and ')} make ${expected}`, () => {
    const total = onlyTotal(precisions.map((precision) => result('1', { precision })));
    assert.equal(total.precision, expected);
    assert.deepEqual(total.caveats, caveats);
  });
}

test('rule 6: an overlap needs one report and one fiscal year', () => {
  const overlaps = (/** @type {Record<string, unknown>} */ fields) =>
    onlyTotal([result('1'), result('2', { initiative: {}, ...fields })]).caveats.includes('OVERLAP');
  assert.equal(overlaps({}), true);
  assert.equal(overlaps({ report: {} }), false);
  assert.equal(overlaps({ fiscalYear: 2006 }), false);
});

test('rule 7: of nothing there are no totals', () => {
  assert.deepEqual(aggregateResults([]), {
    count: 0,
    recordSettingCount: 0,
    initiativeCount: 0,
    metricCount: 0,
    totals: [],
  });
});

/** The worked examples of design.md, on the built-in report. */
const under = (/** @type {string[]} */ ...roots) => {
  const isUnder = (/** @type {any} */ of) => of !== null && (roots.includes(of.code) || isUnder(of.parent));
  return builtIn.results.filter((row) => isUnder(row.metric));
};
const ofScope = (/** @type {any[]} */ results, /** @type {string} */ scope) =>
  aggregateResults(results).totals.find((total) => total.scope === scope);

test('worked: all arrests of the year are 22,304; Operation Predator stands apart', () => {
  const arrests = under('arrests');
  const { count, sum, precision, caveats } = ofScope(arrests, 'PERIOD');
  assert.deepEqual(
    { count, sum, precision, caveats },
    { count: 12, sum: 22304, precision: 'EXACT', caveats: ['OVERLAP'] },
  );
  const ofPeriod = arrests.filter((row) => row.scope === 'PERIOD');
  assert.equal(aggregateResults(ofPeriod).initiativeCount, 10);
  assert.equal(ofScope(arrests, 'CUMULATIVE').sum, 10000);
});

test('worked: drugs seized by weight', () => {
  const { unit, sum, precision } = onlyTotal(under('drugs-seized'));
  assert.deepEqual([unit.code, sum, precision], ['[lb_av]', 1549029, 'APPROXIMATE']);
});

test('worked: money secured is a lower bound with something rounded inside', () => {
  const { unit, sum, precision, caveats } = onlyTotal(under('money-secured'));
  assert.deepEqual([unit.code, sum, precision, caveats], ['USD', 40400000, 'LOWER_BOUND', ['OVERLAP', 'APPROXIMATE']]);
});

test('worked: court cases do not count their removals again, and do not mix with fugitive cases', () => {
  const { count, sum } = onlyTotal(under('court-cases'));
  assert.deepEqual({ count, sum }, { count: 2, sum: 365851 });
  const mixed = onlyTotal(under('court-cases', 'fugitive-cases'));
  assert.equal(mixed.sum, null);
  assert.ok(mixed.caveats.includes('MIXED_METRICS'));
});

test('worked: officers trained in the year and since inception are two totals', () => {
  const { totals } = aggregateResults(under('officers-trained'));
  assert.deepEqual(
    totals.map(({ scope, sum }) => [scope, sum]),
    [
      ['PERIOD', 426],
      ['CUMULATIVE', 597],
    ],
  );
});
