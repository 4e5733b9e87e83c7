import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareAnswers } from '../src/compare.js';

const NO_MARKS = new Map();
const agree = (/** @type {string} */ expected, /** @type {string} */ actual, marks = NO_MARKS) =>
  compareAnswers(`{"data":${expected}}`, `{"data":${actual}}`, marks) === null;

test('equal answers agree, however they are spaced and escaped', () => {
  assert.ok(agree('{"a":[1,2.5,null,true,"é"]}', '{ "a": [1, 2.5, null, true, "\\u00e9"] }'));
});

for (const [what, expected, actual] of [
  ['the order of keys', '{"a":1,"b":2}', '{"b":2,"a":1}'],
  ['a missing key', '{"a":1,"b":2}', '{"a":1}'],
  ['a key that stands twice', '{"a":1}', '{"a":1,"a":1}'],
  ['the notation of a number', '{"a":1309}', '{"a":1309.0}'],
  ['a digit among fifteen', '{"a":0.123456789012345}', '{"a":0.123456789012346}'],
  ['another number of many digits', '{"a":41152263011602.664}', '{"a":41152263011602.6767}'],
  ['a number as text', '{"a":1}', '{"a":"1"}'],
  ['the length of a list', '[1,2]', '[1]'],
  ['the order of a list', '[1,2]', '[2,1]'],
  ['an object for a list', '{}', '[]'],
  ['null for a value', '{"a":null}', '{"a":0}'],
]) {
  test(`told apart: ${what}`, () => assert.ok(!agree(expected, actual)));
}

test('a number that no Float holds may be written exactly or shortly', () => {
  assert.ok(agree('{"a":41152263011602.664}', '{"a":41152263011602.6667}'));
});

test('errors, other members and what is no JSON are disagreements', () => {
  for (const actual of ['{"errors":[],"data":{}}', '{"data":{},"extensions":{}}', '<html>', '', '[]', '{"data":{}']) {
    assert.notEqual(compareAnswers('{"data":{}}', actual, NO_MARKS), null, actual);
  }
  assert.match(compareAnswers('{"errors":[]}', '{"data":{}}', NO_MARKS).reason, /^the reference answers with errors/);
});

test('a difference is told with its place', () => {
  const difference = compareAnswers('{"data":{"a":[{"b":1}]}}', '{"data":{"a":[{"b":2}]}}', NO_MARKS);
  assert.deepEqual(difference, { path: ['data', 'a', 0, 'b'], reason: 'expected 1, got 2' });
});

test('times are compared in their form alone', () => {
  const marks = new Map([['["at"]', { kind: /** @type {const} */ ('dateTime') }]]);
  assert.ok(agree('{"at":"2007-11-05T00:00:00Z"}', '{"at":"2026-01-02T03:04:05+00:00"}', marks));
  assert.ok(!agree('{"at":"2007-11-05T00:00:00Z"}', '{"at":"2026-01-02"}', marks));
  assert.ok(!agree('{"at":"2007-11-05T00:00:00Z"}', '{"at":null}', marks));
});

test('cursors are compared in their pattern, within one connection', () => {
  const cursor = (/** @type {string} */ connection) => ({ kind: /** @type {const} */ ('cursor'), connection });
  const marks = new Map([
    ['["x"]', cursor('one')],
    ['["y"]', cursor('one')],
    ['["z"]', cursor('other')],
  ]);
  assert.ok(agree('{"x":"1","y":"2"}', '{"x":"p","y":"q"}', marks));
  assert.ok(agree('{"x":"1","y":"1"}', '{"x":"p","y":"p"}', marks));
  assert.ok(!agree('{"x":"1","y":"1"}', '{"x":"p","y":"q"}', marks), 'equal here, different there');
  assert.ok(!agree('{"x":"1","y":"2"}', '{"x":"p","y":"p"}', marks), 'different here, equal there');
  assert.ok(agree('{"x":"1","z":"1"}', '{"x":"p","z":"q"}', marks), 'another connection is another matter');
  assert.ok(!agree('{"x":"1"}', '{"x":null}', marks));
  assert.ok(!agree('{"x":"1"}', '{"x":1}', marks));
});
