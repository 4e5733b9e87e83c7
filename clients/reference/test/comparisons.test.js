import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comparison } from '../src/comparisons.js';
import { parseDecimal } from '../src/decimal.js';
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
      { notIn: null },
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
    [{ gt: '2006' }, { lt: '2006-10-02' }, { gte: '2006-10-01' }, { lt: 'no date' }],
    [{ eq: '2006' }, { gt: '2006-10-01' }],
  ],
  ['PrecisionFilter', 'EXACT', [{ eq: 'EXACT' }, { notIn: ['LOWER_BOUND'] }], [{ ne: 'EXACT' }, { in: [] }]],
  ['BooleanFilter', false, [{ eq: false }, { ne: true }], [{ eq: true }, { isNull: true }]],
  [
    'IDFilter',
    encodeId('Metric', 'a'),
    [{ eq: encodeId('Metric', 'A') }, { ne: 'x' }, { in: ['x', encodeId('Metric', 'a')] }],
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

test('null is no operand; where a list is wanted it is as if absent', () => {
  for (const name of ['eq', 'ne', 'contains', 'isNull']) {
    assert.throws(() => holds('StringFilter', { [name]: null }, 'x'), /`where\.field\.\w+` is null/);
  }
  assert.equal(holds('StringFilter', { in: null }, 'x'), true);
});
