import assert from 'node:assert/strict';
import { test } from 'node:test';
import { execute } from '../src/execute.js';
import { fixture, schemaOver } from './support.js';

const schema = schemaOver(fixture);
const answer = (/** @type {string} */ query, variables = {}) => JSON.parse(execute(schema, { query, variables }).text);

/** The keys of the results that a filter selects. */
const results = (/** @type {string} */ where) =>
  answer(`{ results(where: ${where}) { nodes { key } } }`).data.results.nodes.map((/** @type {any} */ { key }) => key);
const count = (/** @type {string} */ collection, /** @type {string} */ where) =>
  answer(`{ ${collection}(where: ${where}) { totalCount } }`).data[collection].totalCount;

const ALL_RESULTS = 16;

test('an empty filter matches everything, an empty `or` nothing', () => {
  for (const where of ['null', '{}', '{and: []}', '{and: null, or: null, not: null, metric: null, parts: null}']) {
    assert.equal(results(where).length, ALL_RESULTS, where);
  }
  for (const where of ['{or: []}', '{not: {}}', '{key: {in: []}}']) assert.deepEqual(results(where), [], where);
});

test('several keys must all match; `and`, `or` and `not` say so of filters', () => {
  assert.deepEqual(results('{precision: {eq: UPPER_BOUND}, value: {lt: 0}}'), ['fewer']);
  assert.deepEqual(results('{or: [{key: {eq: "geld"}}, {key: {eq: "fewer"}}]}'), ['geld', 'fewer']);
  assert.deepEqual(results('{and: [{or: [{key: {eq: "geld"}}, {isRecord: {eq: true}}]}, {position: {gt: 1}}]}'), [
    'money',
  ]);
  assert.equal(results('{not: {asOf: {startsWith: "2007"}}}').length, ALL_RESULTS - 2);
});

test('to one: what is referred to must match, and be there', () => {
  assert.deepEqual(results('{unit: {kind: {eq: RATIO}}}'), ['growth']);
  assert.deepEqual(results('{initiative: {report: {agency: {code: {eq: "A"}}}}}'), ['geld', 'fewer']);
  assert.deepEqual(results('{partOf: {partOf: {key: {eq: "arrests"}}}}'), ['drug']);
  assert.equal(count('initiatives', '{division: {name: {isNull: false}}}'), 4);
  assert.equal(count('initiatives', '{division: {name: {isNull: true}}}'), 0);
  assert.equal(count('initiatives', '{not: {division: {code: {eq: "north"}}}}'), 2);
});

test('to one: an empty filter is no condition', () => {
  for (const where of [
    '{division: {}}',
    '{division: {code: {}, name: null, and: []}}',
    '{division: {agency: {code: {}}}}',
    '{division: {and: [{}, {and: []}]}}',
    '{division: {or: [{code: {eq: "north"}}, {}]}}',
    '{division: {results: {}}}',
  ]) {
    assert.equal(count('initiatives', where), 5, where);
  }
  for (const [where, expected] of /** @type {[string, number][]} */ ([
    ['{not: {division: {}}}', 0],
    ['{division: {not: {}}}', 0],
    ['{division: {or: []}}', 0],
    ['{division: {code: {in: []}}}', 0],
    ['{division: {code: {notIn: []}}}', 4],
    ['{division: {initiatives: {some: {}}}}', 4],
  ])) {
    assert.equal(count('initiatives', where), expected, where);
  }
});

test('existence of what may be missing', () => {
  assert.equal(count('initiatives', '{divisionExists: false}'), 1);
  assert.equal(count('initiatives', '{goalExists: true}'), 3);
  assert.deepEqual(results('{partOfExists: true}'), ['criminal', 'drug']);
  assert.equal(count('metrics', '{parentExists: false}'), 7);
});

test('to many: some, every and none; the latter two hold of no children', () => {
  assert.equal(count('initiatives', '{results: {some: {}}}'), 4);
  assert.equal(count('initiatives', '{results: {none: {}}}'), 1);
  assert.equal(count('initiatives', '{results: {every: {fiscalYear: {eq: 2006}}}}'), 2);
  assert.equal(count('initiatives', '{results: {some: {isRecord: {eq: true}}, none: {precision: {eq: EXACT}}}}'), 0);
  assert.equal(count('initiatives', '{results: {some: null}}'), 5);
  assert.equal(count('reports', '{divisions: {some: {code: {eq: "south"}}}}'), 2);
  assert.equal(count('metrics', '{children: {some: {children: {some: {code: {eq: "drug-arrests"}}}}}}'), 1);
});

test('counts of children', () => {
  assert.equal(count('initiatives', '{resultCount: {gte: 4}}'), 2);
  assert.equal(count('metrics', '{childCount: {eq: 1}}'), 2);
  assert.deepEqual(results('{partCount: {ne: 0}}'), ['arrests', 'criminal']);
  assert.equal(count('agencies', '{reportCount: {in: [1]}}'), 2);
});

test('within: the metric or one above it', () => {
  assert.equal(count('metrics', '{within: {code: {eq: "arrests"}}}'), 3);
  assert.equal(count('metrics', '{within: {code: {eq: "criminal-arrests"}}}'), 2);
  assert.equal(count('metrics', '{within: {}}'), 9);
  assert.equal(count('metrics', '{within: {parentExists: true}}'), 2);
});

test('ids find rows of their own type, as they are written', () => {
  assert.equal(count('metrics', `{id: {eq: "${Buffer.from('Metric arrests').toString('base64url')}"}}`), 1);
  assert.equal(count('metrics', `{id: {eq: "${Buffer.from('Metric ARRESTS').toString('base64url')}"}}`), 0);
  assert.equal(count('metrics', `{id: {eq: "${Buffer.from('Agency arrests').toString('base64url')}"}}`), 0);
});

test('page, count and aggregate are of what the filter selects, under each parent', () => {
  const { reports } = answer(`{
    reports { nodes { results(first: 1, where: {precision: {ne: EXACT}}) { nodes { key } totalCount aggregate { count } } } }
  }`).data;
  assert.deepEqual(
    reports.nodes.map((/** @type {any} */ { results: of }) => [of.nodes[0]?.key, of.totalCount, of.aggregate.count]),
    [
      ['to-date', 4, 4],
      ['arrests', 1, 1],
      [undefined, 0, 0],
      ['fewer', 1, 1],
    ],
  );
});

test('rule 3: a part counts where the filter does not select its whole', () => {
  const sum = (/** @type {string} */ where) =>
    answer(`{ results(where: ${where}) { aggregate { totals { sum { value } } } } }`).data.results.aggregate.totals[0].sum
      .value;
  assert.equal(sum('{key: {in: ["arrests", "criminal"]}, fiscalYear: {eq: 2007}}'), 100);
  assert.equal(sum('{key: {eq: "criminal"}}'), 60);
});

test('a variable that is not given leaves its operator out; one that is null does not', () => {
  const query = 'query ($key: String) { results(where: {key: {eq: $key}}) { totalCount } }';
  assert.equal(answer(query).data.results.totalCount, ALL_RESULTS);
  assert.equal(answer(query, { key: null }).errors[0].extensions.code, 'BAD_USER_INPUT');
});

test('a fault is found in any part of a filter, whether or not a row comes to it', () => {
  for (const where of [
    '{key: {eq: "nope", ne: null}}',
    '{and: [{or: []}, {not: {value: {lt: null}}}]}',
    '{parts: {every: {parts: {none: {divisionExists: null}}}}}',
    '{metric: {within: {code: {isNull: null}}}}',
    '{metric: {code: {in: null}}}',
  ]) {
    const { errors, ...others } = answer(`{ results(where: ${where}) { totalCount } }`);
    assert.match(errors[0].message, /^`where\..+` is null$/, where);
    assert.deepEqual(others, {}, where);
  }
});
