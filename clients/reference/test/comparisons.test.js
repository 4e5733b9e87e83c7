import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comparison } from '../src/comparisons.js';
import { keepsItsDigits, parseDecimal } from '../src/decimal.js';
import { encodeId } from '../src/ids.js';

const holds = (
  /** @type {string} */ type,
  /** @type {Record<string, any>} */ operators,
  /** @type {unknown} */ value,
) => comparison(type, operators, 'where.field')(value);

for (const [type, value, matching, failing] of /** @type {[string, unknown, any[], any[]][]} */ ([
  [
    'StringFilter',
    'Größe 50%_A',
    [
      { eq: 'gRößE 50%_a' },
      { ne: 'other' },
      { in: ['x', 'GRößE 50%_A'] },
      { notIn: [] },
      { contains: '%_' },
      { contains: '' },
      { startsWith: 'gr' },
      { endsWith: 'a' },
      { startsWith: 'g', endsWith: 'A' },
      { isNull: false },
      {},
    ],
    [
      { eq: 'GRÖßE 50%_a' }, // Only A to Z are folded.
      { ne: 'Größe 50%_A' },
      { in: [] },
      { contains: '5_%' },
      { startsWith: 'r' },
      { endsWith: 'b' },
      { startsWith: 'g', endsWith: 'b' },
      { isNull: true },
    ],
  ],
  ['IntFilter', 7, [{ eq: 7 }, { lt: 8, gt: 6 }, { lte: 7 }, { gte: 7 }], [{ lt: 7 }, { gt: 7 }, { ne: 7 }]],
  [
    'FloatFilter',
    parseDecimal('0.1'),
    [{ eq: 0.1 }, { gt: 0.09999 }, { lt: 0.10000000000000002 }, { lt: 1e300, gt: -1e300 }, { notIn: [0.2, 1e-300] }],
    [{ eq: 0.10001 }, { lt: 0.1 }, { gt: 0.1 }, { gt: 5e300 }],
  ],
  ['FloatFilter', parseDecimal('900000000000000'), [{ eq: 9e14 }, { lt: 9.00000000000001e14 }], [{ lt: 9e14 }]],
  [
    'DateFilter',
    '2006-10-01',
    [{ lt: '2006-10-02' }, { gte: '2006-10-01' }, { in: ['2006-10-01', '2008-02-29'] }],
    [{ eq: '2006-10-02' }, { gt: '2006-10-01' }],
  ],
  [
    'DateTimeFilter',
    '2007-11-08T14:30:00Z',
    [
      { eq: '2007-11-08T19:30:00+05:00' },
      { eq: '2007-11-08t09:00:00.000-05:30' },
      { in: ['2007-11-08 14:30:00z'] },
      { lt: '2007-11-08T14:30:00.00000000001Z' },
      { gt: '2007-11-08T14:29:59.9Z' },
      { ne: '2007-11-08T14:30:00.5Z' },
      { gt: '2005-12-31T23:59:60Z' },
    ],
    [
      { eq: '2007-11-08T14:30:00+05:00' },
      { gte: '2007-11-08T14:30:00.5Z' },
      { lt: '2007-11-08T14:30:00Z' },
    ],
  ],
  ['PrecisionFilter', 'EXACT', [{ eq: 'EXACT' }, { notIn: ['LOWER_BOUND'] }], [{ ne: 'EXACT' }, { in: [] }]],
  ['BooleanFilter', false, [{ eq: false }, { ne: true }], [{ eq: true }, { isNull: true }]],
  [
    'IDFilter',
    encodeId('Metric', 'a'),
    [{ eq: encodeId('Metric', 'a') }, { ne: encodeId('Metric', 'A') }, { ne: 'x' }, { in: ['x', encodeId('Metric', 'a')] }],
    [{ eq: encodeId('Goal', 'a') }, { eq: encodeId('metric', 'a') }, { in: ['x', ''] }],
  ],
])) {
  for (const operators of matching) {
    test(`${value} matches ${JSON.stringify(operators)}`, () => assert.equal(holds(type, operators, value), true));
  }
  for (const operators of failing) {
    test(`${value} does not match ${JSON.stringify(operators)}`, () => {
      assert.equal(holds(type, operators, value), false);
    });
  }
}

test('a missing value matches ne, notIn and isNull, and nothing else', () => {
  for (const [operators, expected] of /** @type {[any, boolean][]} */ ([
    [{ ne: 'x' }, true],
    [{ notIn: ['x'] }, true],
    [{ notIn: [] }, true],
    [{ isNull: true }, true],
    [{ eq: 'x' }, false],
    [{ in: ['x'] }, false],
    [{ in: [] }, false],
    [{ contains: '' }, false],
    [{ isNull: false }, false],
  ])) {
    assert.equal(holds('StringFilter', operators, null), expected, JSON.stringify(operators));
  }
  assert.equal(holds('IntFilter', { lt: 1 }, null), false);
  assert.equal(holds('IntFilter', { gte: -1 }, null), false);
});

test('null is no operand, nor a list of them', () => {
  for (const name of ['eq', 'ne', 'contains', 'isNull', 'in', 'notIn']) {
    assert.throws(() => holds('StringFilter', { [name]: null }, 'x'), /`where\.field\.\w+` is null/);
  }
});

test('what is no day or moment is refused', () => {
  for (const text of ['', 'hello', '2006-02-31', '2007-9-1', '2007-09', '2007-09-30T00:00:00Z', 2007]) {
    assert.throws(() => holds('DateFilter', { lte: text }, '2007-01-01'), / is not a day$/, String(text));
  }
  for (const text of [
    '',
    '2007-11-08',
    '2007-11-08T14:30:00',
    '2007-11-08T14:30Z',
    '2007-11-08T24:00:00Z',
    '2007-11-08T14:30:00+0500',
    '2007-02-29T14:30:00Z',
    '2007-11-08T14:30:60Z',
    '0000-01-01T00:00:00+01:00',
    '9999-12-31T23:59:59-01:00',
  ]) {
    assert.throws(() => holds('DateTimeFilter', { in: [text] }, '2007-01-01T00:00:00Z'), / is not a moment$/, text);
  }
});

test('a number that would lose digits is told from one that keeps them', () => {
  for (const text of ['0.1', '1e300', '1e400', '0.30000000000000004', '0.10000000000000001', '123456789012345678901']) {
    assert.ok(keepsItsDigits(text), text);
  }
  for (const text of ['899999999999999.9999', '-8.999999999999999999e14', '9007199254740993e0', `0.${'3'.repeat(200)}`]) {
    assert.ok(!keepsItsDigits(text), text);
  }
});
