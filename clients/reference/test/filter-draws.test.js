import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coerceInputValue, isInputObjectType } from 'graphql';
import { Coverage } from '../src/coverage.js';
import { Filters } from '../src/filters.js';
import { drawFilter } from '../src/generate/filters.js';
import { emptyTotals, refusedFilters } from '../src/generate/refused-filters.js';
import { vocabularyOf } from '../src/generate/vocabulary.js';
import { Random } from '../src/random.js';
import { builtIn, schemaOver, twoYears } from './support.js';

const DRAWS = 400;

/** @param {import('../src/package.js').Data} data */
const drawing = (data) => {
  const schema = schemaOver(data);
  const vocabulary = vocabularyOf(data);
  const filters = new Filters(schema, vocabulary.children, data);
  const typeOf = (/** @type {string} */ stem) => {
    const type = schema.getType(`${stem}Filter`);
    if (!isInputObjectType(type)) throw new Error(`the schema has no filter of ${stem}`);
    return type;
  };
  return {
    schema,
    vocabulary,
    typeOf,
    draw: (/** @type {string} */ stem, /** @type {number} */ index) =>
      drawFilter(new Random(`${stem} ${index}`), vocabulary, typeOf(stem)),
    select: (/** @type {string} */ stem, /** @type {unknown} */ filter) =>
      vocabulary.rows[stem].filter(filters.predicate(`${stem}Filter`, coerceInputValue(filter, typeOf(stem)))),
  };
};

const STEMS = Object.keys(vocabularyOf(builtIn).rows).filter((stem) => stem !== 'Unit');

test('drawn filters are valid, none is refused, and many select some rows and not others', () => {
  const { vocabulary, draw, select } = drawing(twoYears);
  for (const stem of STEMS) {
    const counts = Array.from({ length: DRAWS }, (_, index) => select(stem, draw(stem, index)).length);
    const choosing = counts.filter((count) => count > 0 && count < vocabulary.rows[stem].length);
    assert.ok(choosing.length > DRAWS / 4, `${stem}: only ${choosing.length} of ${DRAWS} choose`);
  }
});

test('together they have every key and every operator', () => {
  const { schema, typeOf, draw } = drawing(builtIn);
  const coverage = new Coverage(schema);
  for (const stem of STEMS) {
    for (let index = 0; index < DRAWS; index++) coverage.addValue(typeOf(stem), draw(stem, index));
  }
  assert.deepEqual(
    coverage.summary().undrawnInputs.filter((name) => /^\w+Filter\./.test(name)),
    [],
  );
});

test('values that are not given stand for variables; filters and lists of them may be null', () => {
  const { draw } = drawing(builtIn);
  const drawn = Array.from({ length: DRAWS }, (_, index) => draw('Result', index)).map((filter) =>
    JSON.stringify(filter, (_, value) => (value === undefined ? '?' : value)),
  );
  for (const pattern of [/:"\?"/, /"(and|or)":null/, /"(metric|initiative)":null/, /"in":\[\]/]) {
    assert.ok(
      drawn.some((text) => pattern.test(text)),
      String(pattern),
    );
  }
});

test('a total of which no number is compared is refused, wherever it stands', () => {
  const { typeOf, select } = drawing(twoYears);
  const empty = emptyTotals(typeOf('ResultGroup'));
  assert.ok(empty.length > 0);
  for (const filter of empty) assert.throws(() => select('ResultGroup', filter), / has neither /, JSON.stringify(filter));
  assert.deepEqual(emptyTotals(typeOf('InitiativeGroup')), []);
});

test('each key of a filter is refused with a null below it', () => {
  const { typeOf, select } = drawing(twoYears);
  for (const stem of STEMS) {
    const refused = refusedFilters(typeOf(stem));
    assert.equal(refused.length, Object.keys(typeOf(stem).getFields()).length);
    for (const filter of refused) assert.throws(() => select(stem, filter), / is null$| is not a (day|moment)$/, JSON.stringify(filter));
  }
});
