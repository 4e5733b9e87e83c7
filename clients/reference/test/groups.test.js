import assert from 'node:assert/strict';
import { test } from 'node:test';
import { execute } from '../src/execute.js';
import { fixture, schemaOver } from './support.js';

const schema = schemaOver(fixture);
const answer = (/** @type {string} */ query) => JSON.parse(execute(schema, { query }).text);
const groups = (/** @type {string} */ collection, /** @type {string} */ args, /** @type {string} */ selection) =>
  answer(`{ ${collection} { groups(${args}) { nodes { ${selection} } } } }`).data[collection].groups.nodes;

test('groups come by the places of enum values, by years, and by the default orders of objects', () => {
  assert.deepEqual(groups('results', 'by: SCOPE', 'scope aggregate { count }'), [
    { scope: 'PERIOD', aggregate: { count: 13 } },
    { scope: 'CUMULATIVE', aggregate: { count: 1 } },
    { scope: 'POINT_IN_TIME', aggregate: { count: 2 } },
  ]);
  assert.deepEqual(groups('results', 'by: [AGENCY, FISCAL_YEAR]', 'agency { code } fiscalYear aggregate { count }'), [
    { agency: { code: 'B' }, fiscalYear: 2006, aggregate: { count: 3 } },
    { agency: { code: 'B' }, fiscalYear: 2007, aggregate: { count: 11 } },
    { agency: { code: 'a' }, fiscalYear: 2007, aggregate: { count: 2 } },
  ]);
});

test('what has no division is a group too, the last one both ways', () => {
  const names = (/** @type {string} */ args) =>
    groups('initiatives', args, 'division { name }').map((/** @type {any} */ { division }) => division?.name ?? null);
  const [south, north, norden] = names('by: DIVISION');
  assert.deepEqual(names('by: DIVISION'), [south, north, norden, null]);
  assert.deepEqual(names('by: DIVISION, orderBy: {key: DESC}'), [norden, north, south, null]);
});

test('only what is grouped by is set, whatever the parent', () => {
  const { agency } = answer('{ agency(code: "B") { results { groups(by: SCOPE) { nodes { agency { code } scope } } } } }').data;
  assert.deepEqual(agency.results.groups.nodes[0], { agency: null, scope: 'PERIOD' });
});

test('having and order look at honest sums', () => {
  const codes = (/** @type {string} */ args) =>
    groups('results', args, 'metric { code }').map((/** @type {any} */ { metric }) => metric.code);
  const having = 'having: {total: {unit: "ARREST", sum: {gt: 50}}}';
  assert.deepEqual(codes(`by: METRIC, ${having}`), ['arrests', 'criminal-arrests']);
  const total = 'total: {unit: "arrest", direction: ASC}';
  assert.deepEqual(codes(`by: METRIC, ${having}, orderBy: {${total}}`), ['criminal-arrests', 'arrests']);
  // Metrics without such a sum are last, and do not match.
  assert.deepEqual(codes(`by: METRIC, first: 2, orderBy: {${total}}`), ['detentions', 'drug-arrests']);
  assert.deepEqual(codes('by: METRIC, having: {not: {total: {unit: "arrest", sum: {gte: -100}}}, count: {gt: 2}}'), [
    'money',
    'staff',
  ]);
});

test('a group has the rows in it as a collection of their own', () => {
  const [first] = groups('results', 'by: SCOPE, first: 1', 'results(first: 2, orderBy: {value: DESC}) { totalCount nodes { key } }');
  assert.deepEqual(first.results, { totalCount: 13, nodes: [{ key: 'geld' }, { key: 'money' }] });
  const [report] = groups('initiatives', 'by: REPORT, first: 1', 'aggregate { count resultCount } initiatives { totalCount }');
  assert.deepEqual(report, { aggregate: { count: 3, resultCount: 12 }, initiatives: { totalCount: 3 } });
});
