import assert from 'node:assert/strict';
import { test } from 'node:test';
import { totalOf } from '../src/aggregate.js';
import { compareAnswers } from '../src/compare.js';
import { execute } from '../src/execute.js';
import { factsOf, faultIn } from '../src/sentences.js';
import { builtIn, schemaOver, twoYears } from './support.js';

const underRoot = (/** @type {string} */ root) =>
  builtIn.results.filter((row) => [row.metric.code, row.metric.parent?.code].includes(root) && row.scope === 'PERIOD');
const faultOfTotal = (/** @type {any[]} */ results) => {
  const facts = factsOf('Total', totalOf(results));
  return (/** @type {string} */ sentence) => faultIn(sentence, facts);
};
const resultOf = (/** @type {string} */ slug, /** @type {string} */ key) =>
  builtIn.results.find((row) => row.initiative.slug === slug && row.key === key);
const faultOfResult = (/** @type {any} */ result) => (/** @type {string} */ sentence) =>
  faultIn(sentence, factsOf('ReportedResult', result));

const faultOfArrests = faultOfTotal(underRoot('arrests'));
const faultOfDrugs = faultOfTotal(underRoot('drugs-seized'));
const faultOfFines = faultOfResult(resultOf('worksite-enforcement', 'fines-and-judgments'));

test('what is true may be worded in any way', () => {
  for (const [fault, sentence] of /** @type {[(sentence: string) => string | null, string][]} */ ([
    [
      faultOfArrests,
      'Twelve figures in this report add up to 22,304 arrests; more than one program may have counted the same arrest. At least 8,920.',
    ],
    [faultOfArrests, '12 figures of fiscal year 2007 come to 22304 ARRESTS (10 initiatives).'],
    [faultOfArrests, 'About 22,300 arrests, at least 8,900 of them different.'],
    [faultOfDrugs, 'Four figures add up to about 1.55 million pounds. At least 249,029 pounds.'],
    [faultOfDrugs, 'About 1,549,029 lb; the largest is 1.3 million.'],
    [faultOfFines, 'More than $30 million in fiscal year 2007.'],
    [faultOfFines, 'At least 30,000,000 US dollars, and over $29.5 million.'],
  ])) {
    assert.equal(fault(sentence), null, sentence);
  }
});

for (const [what, fault, sentence, reason] of /** @type {[string, (sentence: string) => string | null, string, RegExp][]} */ ([
  ['another number', faultOfArrests, '22,305 arrests.', /22,305, which is rounded/],
  ['a number far off', faultOfArrests, 'About 30,000 arrests.', /30,000, which is none of its numbers/],
  ['a rounded number that is not called so', faultOfArrests, '22,300 arrests.', /22,300, which is rounded/],
  ['a sum as a bound', faultOfArrests, 'More than 22,304 arrests.', /22,304, which is no lower bound/],
  ['a bound that is rounded up', faultOfArrests, '22,304 arrests. At least 9,000.', /9,000, which is no lower bound/],
  ['another count in words', faultOfArrests, 'Eleven figures come to 22,304 arrests.', /"Eleven"/],
  ['another year', faultOfArrests, '22,304 arrests in fiscal year 2006.', /2006/],
  ['no unit', faultOfArrests, 'The sum is 22,304.', /does not name the unit/],
  ['another magnitude', faultOfDrugs, 'About 1.55 billion pounds.', /1.55 billion/],
  ['a minus sign', faultOfFines, 'A change of -30,000,000 US dollars.', /-30,000,000/],
  ['an upper bound', faultOfFines, 'Up to 31 million of US dollars, more than 30.5 million.', /30.5 million, which is no/],
  ['nothing', faultOfFines, ' ', /empty/],
])) {
  test(`found out in a sentence: ${what}`, () => assert.match(String(fault(sentence)), reason));
}

test('"at least" is only said where it is known', () => {
  const faultOfMixed = faultOfTotal([...underRoot('court-cases'), ...underRoot('fugitive-cases')]);
  assert.match(String(faultOfMixed('These cases cannot be added up. At least 5.')), /"at least"/);
  const exact = resultOf('drug-smuggling', 'arrests');
  assert.match(String(faultOfResult(exact)('At least 8,920 arrests.')), /"at least"/);
});

test('digits in a name are no numbers', () => {
  const named = { ...resultOf('drug-smuggling', 'arrests'), label: 'Arrests under section 287(g)' };
  const sentence = 'Arrests under section 287(g): 8,920 arrests.';
  assert.equal(faultOfResult(named)(sentence), null);
  assert.notEqual(faultOfResult({ ...named, label: 'Arrests' })(sentence), null);
});

test('the reference keeps to this itself, for each figure and each total', () => {
  for (const data of [builtIn, twoYears]) {
    const { text, marks } = execute(schemaOver(data), {
      query: `{ results(first: 1000) { nodes { inWords } aggregate { totals { inWords } }
        groups(by: [INITIATIVE, FISCAL_YEAR], first: 1000) { nodes { aggregate { totals { inWords } } } }
        a: groups(by: METRIC, first: 1000) { nodes { aggregate { totals { inWords } } } } } }`,
    });
    assert.ok(marks.size > data.results.length);
    assert.equal(compareAnswers(text, text, marks), null);
  }
});

test('two servers may word a total differently, but not wrongly', () => {
  const { text, marks } = execute(schemaOver(builtIn), {
    query: '{ results { aggregate { words: total(unit: "arrest", scope: CUMULATIVE) { inWords } } } }',
  });
  const worded = (/** @type {string} */ sentence) => text.replace(/"inWords":"[^"]*"/, `"inWords":"${sentence}"`);
  assert.equal(compareAnswers(text, worded('More than 10,000 arrests since the program began.'), marks), null);
  assert.match(compareAnswers(text, worded('More than 11,000 arrests.'), marks).reason, /11,000/);
  assert.match(compareAnswers(text, worded('').replace('""', 'null'), marks).reason, /null/);
});
