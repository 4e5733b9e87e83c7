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
    totals.map(({ unit, scope, sum }) => [unit.code, scope, sum.value]),
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
    const { sum, mean, caveats } = onlyTotal(results);
    assert.deepEqual({ sum, mean, caveats }, { sum: null, mean: null, caveats: [caveat] });
  });
}

test('rule 2: years of an additive metric add up within PERIOD', () => {
  const { sum, caveats } = onlyTotal([result('1'), result('2', { fiscalYear: 2006 })]);
  assert.deepEqual({ sum, caveats }, { sum: { value: 3, precision: 'EXACT' }, caveats: [] });
});

test('rule 2: metrics under one root add up', () => {
  const root = metric({});
  const { sum } = onlyTotal([
    result('1', { metric: metric({ parent: metric({ parent: root }) }) }),
    result('2', { metric: metric({ parent: root }) }),
  ]);
  assert.equal(sum.value, 3);
});

test('rule 2: a sum of fifteen digits is not too large, trailing zeros not counted', () => {
  assert.equal(onlyTotal([result('900000000000000'), result('99999999999999')]).sum.value, 999999999999999);
  assert.equal(onlyTotal([result('900000000000000'), result('900000000000000')]).sum.value, 1800000000000000);
});

test('rule 3: a part is left out of sum and mean where a whole at any distance is there', () => {
  const whole = result('100');
  const middle = result('60', { partOf: whole });
  const part = result('25', { partOf: middle });
  const { count, sum, mean, min, median } = onlyTotal([part, whole]);
  assert.equal(count, 2);
  assert.deepEqual(
    [sum, mean, min, median].map(({ value }) => value),
    [100, 100, 25, 25],
  );
  assert.equal(onlyTotal([part, middle]).sum.value, 60);
  assert.equal(onlyTotal([part]).sum.value, 25);
});

test('rule 3: a part that is left out gives no caveat', () => {
  const whole = result('100');
  const part = result('25', { partOf: whole, precision: 'LOWER_BOUND', metric: metric({}), initiative: {} });
  assert.deepEqual(onlyTotal([whole, part]).caveats, []);
});

test('rule 4: the mean has four decimals, half away from zero', () => {
  assert.equal(onlyTotal([result('1'), result('0'), result('0')]).mean.value, 0.3333);
  assert.equal(onlyTotal([result('0.0001'), result('0')]).mean.value, 0.0001);
  assert.equal(onlyTotal([result('-0.0001'), result('0')]).mean.value, -0.0001);
});

test('rule 4: the median is the smallest value with at least half at or below it', () => {
  assert.equal(onlyTotal(['4', '1', '3', '2'].map((value) => result(value))).median.value, 2);
  assert.equal(onlyTotal(['3', '1', '2'].map((value) => result(value))).median.value, 2);
});

test('rule 4: a mean of over fifteen digits is none, and TOO_LARGE; the sum stays', () => {
  const { sum, mean, caveats } = onlyTotal([result('900000000000000'), result('1'), result('0')]);
  assert.deepEqual(
    { sum, mean, caveats },
    { sum: { value: 900000000000001, precision: 'EXACT' }, mean: null, caveats: ['TOO_LARGE'] },
  );
  const mixed = [result('900000000000000'), result('1', { metric: metric({}) }), result('0')];
  assert.deepEqual(onlyTotal(mixed).caveats, ['MIXED_METRICS'], 'no mean is missing where there is no sum');
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
    assert.deepEqual(total.sum, { value: precisions.length, precision: expected });
    assert.deepEqual(total.mean, { value: 1, precision: expected });
    assert.deepEqual(total.caveats, caveats);
  });
}

test('rule 5: where figures overlap, sum and mean have no precision', () => {
  const { sum, mean, caveats } = onlyTotal([
    result('100000', { precision: 'LOWER_BOUND' }),
    result('73000', { precision: 'LOWER_BOUND', initiative: {} }),
  ]);
  assert.deepEqual(
    { sum, mean, caveats },
    { sum: { value: 173000, precision: null }, mean: { value: 86500, precision: null }, caveats: ['OVERLAP'] },
  );
});

const drugs = metric({ childrenAreExclusive: true });
const cocaine = metric({ parent: drugs });
const heroin = metric({ parent: drugs });
const powder = metric({ parent: cocaine });

test('rule 6: an overlap needs one fiscal year and two initiatives, of whatever report', () => {
  const overlaps = (/** @type {Record<string, unknown>} */ fields) =>
    onlyTotal([result('1'), result('2', { initiative: {}, ...fields })]).caveats.includes('OVERLAP');
  assert.equal(overlaps({}), true);
  assert.equal(overlaps({ report: { fiscalYear: 2008 } }), true, 'another report of the same agency');
  assert.equal(overlaps({ report: { fiscalYear: 2008 }, agency: {} }), true, 'a report of another agency');
  assert.equal(overlaps({ fiscalYear: 2006 }), false);
});

test('rule 6: what is counted under exclusive children does not overlap, however far below', () => {
  const overlaps = (/** @type {any} */ a, /** @type {any} */ b) =>
    onlyTotal([result('1', { metric: a }), result('2', { metric: b, initiative: {} })]).caveats.includes('OVERLAP');
  assert.equal(overlaps(cocaine, heroin), false);
  assert.equal(overlaps(powder, heroin), false);
  assert.equal(overlaps(cocaine, cocaine), true);
  assert.equal(overlaps(powder, cocaine), true, 'one is a kind of the other');
  assert.equal(overlaps(drugs, heroin), true);
  assert.equal(overlaps(powder, metric({ parent: cocaine })), true, 'they part where children may overlap');
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

test('rule 7: smallest, largest and percentiles are reported figures, with the precision of the figure', () => {
  const { min, median, max } = onlyTotal([
    result('1', { precision: 'UPPER_BOUND' }),
    result('2', { precision: 'APPROXIMATE' }),
    result('3', { precision: 'LOWER_BOUND' }),
  ]);
  assert.deepEqual(
    [min, median, max],
    [
      { value: 1, precision: 'UPPER_BOUND' },
      { value: 2, precision: 'APPROXIMATE' },
      { value: 3, precision: 'LOWER_BOUND' },
    ],
  );
});

test('rule 7: among figures of equal value, the one that claims least is shown', () => {
  for (const [precisions, expected] of /** @type {[string[], string][]} */ ([
    [['EXACT', 'APPROXIMATE'], 'APPROXIMATE'],
    [['LOWER_BOUND', 'EXACT', 'APPROXIMATE'], 'LOWER_BOUND'],
    [['UPPER_BOUND', 'LOWER_BOUND'], 'UPPER_BOUND'],
  ])) {
    const { min, median, max } = onlyTotal(precisions.map((precision) => result('5', { precision })));
    for (const amount of [min, median, max]) assert.deepEqual(amount, { value: 5, precision: expected });
  }
});

const atLeast = (/** @type {any[]} */ ...results) => onlyTotal(results).atLeast;

test('rule 9: within an initiative figures add up, between initiatives the larger counts', () => {
  assert.equal(atLeast(result('863'), result('4077')), 4940);
  assert.equal(atLeast(result('863'), result('4077'), result('8920', { initiative: {} })), 8920);
  assert.equal(atLeast(result('863'), result('4077'), result('3302', { initiative: {} })), 4940);
  const elsewhere = { initiative: {}, report: { fiscalYear: 2007 }, agency: {} };
  assert.equal(atLeast(result('5'), result('7', elsewhere)), 7, 'of other agencies too');
  const inLaterReport = { initiative: {}, report: { fiscalYear: 2008 } };
  assert.equal(atLeast(result('5'), result('7', inLaterReport)), 7, 'of other reports of one agency too');
});

test('rule 9: only exact figures and lower bounds of 0 or more prove anything', () => {
  assert.equal(atLeast(result('5'), result('2', { precision: 'LOWER_BOUND' })), 7);
  assert.equal(atLeast(result('5'), result('9', { precision: 'APPROXIMATE' })), 5);
  assert.equal(atLeast(result('5'), result('9', { precision: 'UPPER_BOUND' })), 5);
  assert.equal(atLeast(result('5'), result('-2')), 5);
  assert.equal(atLeast(result('0')), 0);
  assert.equal(atLeast(result('9', { precision: 'APPROXIMATE' })), null);
  assert.equal(atLeast(result('-2')), null);
});

test('rule 9: fiscal years add up', () => {
  assert.equal(atLeast(result('5'), result('7', { initiative: {}, fiscalYear: 2006 }), result('6', { initiative: {} })), 13);
});

test('rule 9: parts are left out first, even beside a whole that proves nothing', () => {
  const whole = result('100');
  assert.equal(atLeast(whole, result('60', { partOf: whole })), 100);
  const rounded = result('100', { precision: 'APPROXIMATE' });
  assert.equal(atLeast(rounded, result('60', { partOf: rounded })), null);
});

test('rule 9: under exclusive children the numbers of the children add up; own figures are not added', () => {
  const other = {};
  assert.equal(atLeast(result('100', { metric: cocaine }), result('60', { metric: heroin, initiative: other })), 160);
  const both = [result('100', { metric: cocaine }), result('60', { metric: heroin, initiative: other })];
  assert.equal(atLeast(...both, result('150', { metric: drugs, initiative: {} })), 160, 'the children are more');
  assert.equal(atLeast(...both, result('170', { metric: drugs, initiative: {} })), 170, 'the own figure is more');
  assert.equal(
    atLeast(...both, result('70', { metric: powder, initiative: other }), result('90', { metric: powder, initiative: {} })),
    160,
    'under one child the larger counts: 100 of cocaine, 60 of heroin',
  );
});

test('rule 9: saying that children are exclusive never makes it less', () => {
  const ofOne = (/** @type {boolean} */ childrenAreExclusive) => {
    const root = metric({ childrenAreExclusive });
    return atLeast(result('150', { metric: root }), result('70', { metric: metric({ parent: root }) }));
  };
  assert.deepEqual([ofOne(false), ofOne(true)], [220, 220]);
});

test('rule 9: exclusive children below a metric whose children are not', () => {
  const root = metric({});
  const exclusive = metric({ parent: root, childrenAreExclusive: true });
  const kinds = [metric({ parent: exclusive }), metric({ parent: exclusive })];
  const apart = kinds.map((kind) => result('10', { metric: kind, initiative: {} }));
  assert.equal(atLeast(...apart, result('15', { metric: root, initiative: {} })), 20);
  assert.equal(atLeast(...apart, result('25', { metric: root, initiative: {} })), 25);
});

test('rule 9: null under NON_ADDITIVE, MIXED_METRICS and MIXED_YEARS, not under MIXED_BOUNDS and APPROXIMATE', () => {
  assert.equal(atLeast(result('1', { metric: metric({ additivity: 'NON_ADDITIVE' }) })), null);
  assert.equal(atLeast(result('1', { metric: metric({}) }), result('2', { metric: metric({}) })), null);
  const staff = metric({ additivity: 'SEMI_ADDITIVE' });
  assert.equal(atLeast(result('1', { metric: staff }), result('2', { metric: staff, fiscalYear: 2006 })), null);
  const mixed = [result('1', { precision: 'LOWER_BOUND' }), result('2', { precision: 'UPPER_BOUND' })];
  assert.equal(onlyTotal(mixed).sum, null);
  assert.equal(atLeast(...mixed), 1);
  assert.equal(atLeast(mixed[0], result('2', { precision: 'APPROXIMATE' })), 1);
});

test('rule 9: what fifteen digits do not hold is null, and TOO_LARGE', () => {
  const { atLeast: number, caveats } = onlyTotal([
    result('123456789012345'),
    result('0.0001'),
    result('-0.0001', { precision: 'APPROXIMATE' }),
  ]);
  assert.deepEqual([number, caveats], [null, ['TOO_LARGE']]);
});

/** Two statements of one figure, and what was said before. */
const figure = {};
const inReport = (/** @type {number} */ fiscalYear) => ({ figure, report: { fiscalYear } });

test('rule 10: of several statements only the latest counts, with RESTATED where the values differ', () => {
  const [old, late] = [result('276912', inReport(2007)), result('288663', inReport(2008))];
  for (const order of [[old, late], [late, old]]) {
    const { count, sum, min, restatedCount, caveats } = onlyTotal(order);
    assert.deepEqual(
      { count, sum: sum.value, min: min.value, restatedCount, caveats },
      { count: 1, sum: 288663, min: 288663, restatedCount: 1, caveats: ['RESTATED'] },
    );
  }
  assert.equal(onlyTotal([old]).sum.value, 276912, 'an older one counts where the selection has no other');
  assert.deepEqual(onlyTotal([late]).caveats, []);
  assert.equal(aggregateResults([old, late]).count, 2, 'rows are counted as rows');
});

test('rule 10: a figure that is only said again is not restated', () => {
  const { count, restatedCount, caveats } = onlyTotal([result('5', inReport(2007)), result('5', inReport(2008))]);
  assert.deepEqual({ count, restatedCount, caveats }, { count: 1, restatedCount: 0, caveats: [] });
});

test('rule 10: any earlier statement of another value restates, not only the one before', () => {
  const statements = [result('4', inReport(2007)), result('5', inReport(2008)), result('5', inReport(2009))];
  assert.equal(onlyTotal(statements).restatedCount, 1);
});

test('rule 10: what a report says in several results is one statement', () => {
  const report = { fiscalYear: 2007 };
  const regions = [result('10', { figure, report }), result('20', { figure, report })];
  const { count, sum, restatedCount } = onlyTotal([...regions, result('30', inReport(2008))]);
  assert.deepEqual([count, sum.value, restatedCount], [1, 30, 0]);
  assert.equal(onlyTotal([...regions, result('31', inReport(2008))]).restatedCount, 1);
  assert.equal(onlyTotal([...regions, result('31', inReport(2006))]).sum.value, 30);
});

test('rules 3 and 10: a part is not added to the corrected figure of its whole', () => {
  const whole = result('100', inReport(2007));
  const part = result('60', { report: whole.report, partOf: whole });
  const corrected = result('110', inReport(2008));
  assert.equal(onlyTotal([whole, part, corrected]).sum.value, 110);
  assert.equal(onlyTotal([part, corrected]).sum.value, 110);
  assert.equal(onlyTotal([part]).sum.value, 60);
});

test('rules 3 and 10: a whole and its part of one metric are one statement, and the part is left out of it', () => {
  const whole = result('100', inReport(2007));
  const part = result('60', { ...inReport(2007), report: whole.report, partOf: whole });
  assert.equal(onlyTotal([whole, part]).sum.value, 100);
  assert.equal(onlyTotal([part]).sum.value, 60);
  const { sum, restatedCount } = onlyTotal([whole, part, result('100', inReport(2008))]);
  assert.deepEqual([sum.value, restatedCount], [100, 0]);
});

/** The worked examples of design.md, on the built-in report. */
const under = (/** @type {string[]} */ ...roots) => {
  const isUnder = (/** @type {any} */ of) => of !== null && (roots.includes(of.code) || isUnder(of.parent));
  return builtIn.results.filter((row) => isUnder(row.metric));
};
const ofScope = (/** @type {any[]} */ results, /** @type {string} */ scope) =>
  aggregateResults(results).totals.find((total) => total.scope === scope);

test('worked: all arrests of the year are 22,304, at least 8,920; Operation Predator stands apart', () => {
  const arrests = under('arrests');
  const { count, sum, atLeast: number, caveats } = ofScope(arrests, 'PERIOD');
  assert.deepEqual(
    { count, sum, number, caveats },
    { count: 12, sum: { value: 22304, precision: null }, number: 8920, caveats: ['OVERLAP'] },
  );
  const ofPeriod = arrests.filter((row) => row.scope === 'PERIOD');
  assert.equal(aggregateResults(ofPeriod).initiativeCount, 10);
  assert.deepEqual(ofScope(arrests, 'CUMULATIVE').sum, { value: 10000, precision: 'LOWER_BOUND' });
});

test('worked: drugs seized by weight', () => {
  const { unit, sum, atLeast: number, caveats } = onlyTotal(under('drugs-seized'));
  assert.deepEqual(
    [unit.code, sum, number, caveats],
    ['[lb_av]', { value: 1549029, precision: 'APPROXIMATE' }, 249029, []],
  );
});

test('worked: fines and seizures are kept apart, the cash may be among the seizures', () => {
  const results = under('money-secured');
  results[0].metric.parent.childrenAreExclusive = true;
  const { unit, sum, atLeast: number, caveats } = onlyTotal(results);
  assert.deepEqual(
    [unit.code, sum, number, caveats],
    ['USD', { value: 40400000, precision: null }, 37900000, ['OVERLAP', 'APPROXIMATE']],
  );
});

test('worked: the cases of the Office of Detention and Removal Operations', () => {
  const cases = builtIn.results.filter((row) => row.division?.code === 'DRO' && row.unit.code === 'case');
  const { sum, atLeast: number, caveats } = ofScope(cases, 'PERIOD');
  assert.deepEqual([sum.precision, number, caveats.includes('OVERLAP')], [null, 100000, true]);
});

test('worked: court cases do not count their removals again, and do not mix with fugitive cases', () => {
  const { count, sum } = onlyTotal(under('court-cases'));
  assert.deepEqual([count, sum.value], [2, 365851]);
  const mixed = onlyTotal(under('court-cases', 'fugitive-cases'));
  assert.deepEqual([mixed.sum, mixed.atLeast], [null, null]);
  assert.ok(mixed.caveats.includes('MIXED_METRICS'));
});

test('worked: officers trained in the year and since inception are two totals', () => {
  const { totals } = aggregateResults(under('officers-trained'));
  assert.deepEqual(
    totals.map(({ scope, sum }) => [scope, sum.value]),
    [
      ['PERIOD', 426],
      ['CUMULATIVE', 597],
    ],
  );
});
