import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildSchema, parse, validate } from 'graphql';
import { Coverage } from '../src/coverage.js';
import { execute } from '../src/execute.js';
import { drawOperation } from '../src/generate.js';
import { drawValue, writeLiteral } from '../src/generate/values.js';
import { vocabularyOf } from '../src/generate/vocabulary.js';
import { Random } from '../src/random.js';
import { builtIn, schemaOver, twoYears } from './support.js';

const schema = schemaOver(builtIn);
const vocabulary = vocabularyOf(builtIn);
const operations = Array.from({ length: 500 }, (_, index) => drawOperation(schema, vocabulary, '1', index));

test('all 500 are valid and answered without an error', () => {
  for (const { index, request } of operations) {
    assert.deepEqual(validate(schema, parse(request.query)), [], `operation ${index}`);
    assert.equal(JSON.parse(execute(schema, request).text).errors, undefined, `operation ${index}`);
  }
});

test('together they draw every field and every argument', () => {
  const coverage = new Coverage(schema);
  for (const { document, request } of operations) coverage.addDocument(document, request);
  const { undrawnFields, undrawnInputs } = coverage.summary();
  const undrawnArguments = undrawnInputs.filter((name) => name.includes('('));
  assert.deepEqual({ undrawnFields, undrawnArguments }, { undrawnFields: [], undrawnArguments: [] });
});

test('what needs two reports is answered with a value on two packages', () => {
  const schemaOfTwo = schemaOver(twoYears);
  const vocabularyOfTwo = vocabularyOf(twoYears);
  const answered = new Set();
  for (let index = 0; index < 500; index++) {
    const { request } = drawOperation(schemaOfTwo, vocabularyOfTwo, '1', index);
    for (const field of execute(schemaOfTwo, request).answered) answered.add(field);
  }
  const fields = ['ReportedResult.supersededBy', 'ReportedResult.previous', 'ReportedResult.change', 'SeriesPoint.change'];
  assert.deepEqual(
    fields.filter((field) => !answered.has(field)),
    [],
  );
});

test('the same seed and index give the same operation, whatever was drawn before', () => {
  assert.deepEqual(drawOperation(schema, vocabulary, '1', 321).request, operations[321].request);
  assert.notDeepEqual(drawOperation(schema, vocabulary, '2', 321).request, operations[321].request);
});

for (const [what, pattern] of /** @type {[string, RegExp][]} */ ([
  ['an alias', /a\d+: \w/],
  ['the name of another field as an alias', /\bcode: name\b|\bname: code\b/],
  ['a repeated field', /(\btotalCount\b)\s+\1/],
  ['a named fragment', /fragment F\d+ on/],
  ['a fragment spread twice', /\.\.\.(F\d+)\b[^]*\.\.\.\1\b/],
  ['an inline fragment', /\.\.\. on \w+ {/],
  ['an inline fragment without a condition', /\.\.\. {|\.\.\. @/],
  ['a type condition on Node', /nodes?\([^]*\.\.\. on Metric/],
  ['@skip with a literal', /@skip\(if: (true|false)\)/],
  ['@include with a variable', /@include\(if: \$/],
  ['both directives at once', /@skip\([^)]*\) @include/],
  ['a directive on a spread', /\.\.\.F\d+ @/],
  ['a variable with a default', /\$v\d+: Int! = \d/],
  ['a nullable variable with a default where null may not stand', /\$v\d+: Boolean = (true|false)/],
  ['a variable without a default', /\$v\d+: String![,)]/],
  ['a variable inside a list', /ids: \[[^\]]*\$/],
  ['one item for a list', /ids: "|by: [A-Z]/],
  ['__typename at the root', /^  __typename/m],
  ['an empty page', /first: 0/],
  ['a page backwards', /last: \d+, before: \$c/],
  ['a page between two cursors', /after: \$c\d+, before: \$c/],
  ['null as if absent', /after: null/],
  ['two operations', /query Main[^]*query Side|query Side[^]*query Main/],
  ['a block string', /"""/],
  ['a filter through a relation', /where: {initiative: {/],
  ['a filter on children', /{(some|every|none): {\w+: {/],
  ['a filter as one variable', /where: \$/],
  ['a variable as an operand', /{(eq|ne|lt|contains): \$/],
  ['one filter for a list', /(and|or): {/],
])) {
  test(`drawn: ${what}`, () => {
    assert.ok(operations.some(({ request }) => pattern.test(request.query)));
  });
}

test('variables are given, left out, and null', () => {
  const given = operations.flatMap(({ request }) => Object.values(request.variables ?? {}));
  assert.ok(given.includes(null));
  assert.ok(operations.some(({ request }) => /\$v\d+: \w+! = /.test(request.query) && !request.variables));
});

test('any input type is drawn from the schema alone, and its literals are valid', () => {
  const later = buildSchema(`
    type Query { results(where: Filter, orderBy: [Order!]): Int }
    input Filter { and: [Filter!] not: Filter value: FloatFilter kind: Kind required: Boolean! }
    input FloatFilter { eq: Float in: [Float!] }
    input Order @oneOf { value: Direction name: Direction }
    enum Direction { ASC DESC }
    enum Kind { ONE OTHER }
  `);
  const [where, orderBy] = later.getQueryType().getFields().results.args;
  for (let seed = 0; seed < 200; seed++) {
    const random = new Random(String(seed));
    const value = ({ name, type }) => {
      const literal = writeLiteral(type, drawValue(random, vocabulary, type), random);
      return { kind: 'Argument', name: { kind: 'Name', value: name }, value: literal };
    };
    const field = {
      kind: 'Field',
      name: { kind: 'Name', value: 'results' },
      arguments: [value(where), value(orderBy)],
    };
    const selectionSet = { kind: 'SelectionSet', selections: [field] };
    const document = {
      kind: 'Document',
      definitions: [{ kind: 'OperationDefinition', operation: 'query', selectionSet }],
    };
    assert.deepEqual(validate(later, /** @type {any} */ (document)), []);
  }
});
