import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, wordsOf } from '../src/search.js';
import { fixture } from './support.js';

/** @param {Partial<Parameters<typeof found>[1]> & {text: string}} args */
const keys = (args) => found(fixture, args).map((row) => `${row.__typename} ${row.naturalKey}`);

test('words are runs of letters and digits, without case and marks; nothing is syntax', () => {
  assert.deepEqual(wordsOf('"Über* NEAR(2,500 -café'), ['uber', 'near', '2', '500', 'cafe']);
  for (const text of ['', ' ', '"*()', '🛂']) assert.throws(() => found(fixture, { text }), / has no word$/);
});

test('words are compared without case, accents and points in every script', () => {
  for (const [one, other] of [
    ['Άγγελος ΟΔΟΣ', 'αγγελοσ οδοσ'],
    ['Ёлка', 'елка'],
    ['שָׁלוֹם', 'שלום'],
    ['مُحَمَّد', 'محمد'],
    ['Straße STRAẞE', 'strasse strasse'],
    ['ﬁne ①② ＡＢＣ', 'fine 12 abc'],
  ]) {
    assert.deepEqual(wordsOf(one), other.split(' '), one);
  }
});

test('all words must be there, the last one at least as the beginning of one', () => {
  const both = ['ReportedResult b 2007 raid criminal', 'Metric criminal-arrests'];
  assert.deepEqual(keys({ text: 'criminal arr' }), both);
  assert.deepEqual(keys({ text: 'ARRESTS crim' }), both);
  assert.deepEqual(keys({ text: 'crim arrests' }), []);
  assert.deepEqual(keys({ text: 'zahlte' }), ['Initiative a 2007 kasse']);
});

test('only some kinds, and only what is of an agency: metrics are of none', () => {
  assert.deepEqual(keys({ text: 'criminal arr', in: ['METRIC', 'METRIC'] }), ['Metric criminal-arrests']);
  assert.deepEqual(keys({ text: 'criminal arr', agency: 'b' }), ['ReportedResult b 2007 raid criminal']);
  assert.deepEqual(keys({ text: 'criminal arr', agency: 'a' }), []);
  assert.deepEqual(keys({ text: 'criminal arr', in: [] }), []);
});
