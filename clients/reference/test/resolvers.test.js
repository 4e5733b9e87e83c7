import assert from 'node:assert/strict';
import { test } from 'node:test';
import { execute } from '../src/execute.js';
import { encodeId } from '../src/ids.js';
import { builtIn, fixture, schemaOver } from './support.js';

const schema = schemaOver(fixture);
const answer = (/** @type {string} */ query, of = schema) => JSON.parse(execute(of, { query }).text);
const data = (/** @type {string} */ query) => answer(query).data;
const codes = (/** @type {{nodes: {code: string}[]}} */ { nodes }) => nodes.map(({ code }) => code);

test('default orders: by the bytes of codes, newest year first, then position', () => {
  const { agencies, metrics, reports, divisions, goals, results } = data(`{
    agencies { nodes { code } }
    metrics { nodes { code } }
    reports { nodes { fiscalYear agency { code } } }
    divisions { nodes { code } }
    goals { nodes { code } }
    results(first: 2) { nodes { key } }
  }`);
  assert.deepEqual(codes(agencies), ['B', 'B-2', 'a']);
  assert.deepEqual(codes(metrics).slice(-2), ['ﬀ', '🛂']);
  assert.deepEqual(
    reports.nodes.map((/** @type {any} */ { agency, fiscalYear }) => `${agency.code} ${fiscalYear}`),
    ['B 2007', 'B 2006', 'B-2 2007', 'a 2007'],
  );
  assert.deepEqual(codes(divisions), ['south', 'North', 'NORTH']);
  assert.deepEqual(codes(goals), ['order', 'safety', 'safety', 'unused']);
  assert.deepEqual(results.nodes, [{ key: 'arrests' }, { key: 'criminal' }]);
});

test('natural keys compare without case; what is unknown is null', () => {
  assert.deepEqual(
    data(`{
      a: division(agency: "b", code: "NORTH") { name }
      b: division(agency: "A", code: "north") { name }
      c: initiative(agency: "b", fiscalYear: 2006, slug: "PATROL") { sourcePlace }
      d: report(agency: "B", fiscalYear: 1999) { title }
      e: metric(code: "nope") { name }
    }`),
    { a: { name: 'North' }, b: { name: 'Norden' }, c: { sourcePlace: 'place 1' }, d: null, e: null },
  );
});

test('nodes come in the order of their ids, each with its type', () => {
  const ids = [encodeId('Metric', 'money'), 'x', encodeId('Goal', 'b 2007 order'), encodeId('goal', 'b 2007 order')];
  const { nodes } = data(`{ nodes(ids: ${JSON.stringify(ids)}) { __typename ... on Goal { name } } }`);
  assert.deepEqual(nodes, [{ __typename: 'Metric' }, null, { __typename: 'Goal', name: 'Order' }, null]);
});

test('a report has the divisions of its agency, a division the initiatives of all reports', () => {
  const { report } = data(`{
    report(agency: "B", fiscalYear: 2006) { divisions { nodes { code initiatives { nodes { position report { fiscalYear } } } } } }
  }`);
  const [south, north] = report.divisions.nodes;
  assert.equal(south.initiatives.nodes.length, 1);
  assert.deepEqual(
    north.initiatives.nodes.map((/** @type {any} */ node) => node.report.fiscalYear),
    [2007, 2006],
  );
});

test('metrics: ancestors go up to the root, results are of exactly this metric', () => {
  const { metric } = data(`{
    metric(code: "drug-arrests") { parent { code } ancestors { code } results { nodes { key partOf { key parts { totalCount } } } } }
  }`);
  assert.deepEqual(metric, {
    parent: { code: 'criminal-arrests' },
    ancestors: [{ code: 'criminal-arrests' }, { code: 'arrests' }],
    results: { nodes: [{ key: 'drug', partOf: { key: 'criminal', parts: { totalCount: 1 } } }] },
  });
});

test('aggregates are of the whole collection, whatever the page', () => {
  const { initiatives } = data(`{ initiatives(first: 0) { nodes { id } aggregate { count resultCount } } }`);
  assert.deepEqual(initiatives, { nodes: [], aggregate: { count: 5, resultCount: 16 } });
});

test('a nested page has 25 rows by default, one at the root 100', () => {
  const { agency, results } = answer(
    '{ agency(code: "ICE") { results { nodes { id } } } results { nodes { id } } }',
    schemaOver(builtIn),
  ).data;
  assert.deepEqual([agency.results.nodes.length, results.nodes.length], [25, 55]);
});

test('a refused argument leaves no data, however deep it stands', () => {
  const refused = answer('{ agencies { nodes { code reports(first: -1) { totalCount } } } }');
  assert.deepEqual(Object.keys(refused), ['errors']);
  assert.equal(refused.errors[0].extensions.code, 'BAD_USER_INPUT');
});

test('cursors and times are marked by what they are, not by their names', () => {
  const { marks } = execute(schema, {
    query:
      '{ a: reports(first: 1) { b: edges { c: cursor node { d: publishedAt cursor: title } } e: pageInfo { f: endCursor } } }',
  });
  assert.deepEqual(
    [...marks].map(([path, { kind }]) => [path, kind]),
    [
      ['["a","b",0,"c"]', 'cursor'],
      ['["a","b",0,"node","d"]', 'dateTime'],
      ['["a","e","f"]', 'cursor'],
    ],
  );
});
