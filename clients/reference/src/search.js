/**
 * `search`: which rows have all the words of a text, the last one as the beginning of a word.
 * Must never rank: how well a row fits is the server's own, so everything found is in one plain order here.
 */

import { BadArgument } from './errors.js';
import { naturalKey } from './ids.js';
import { ascending } from './orders.js';

/**
 * @typedef {import('./package.js').Row} Row
 * @typedef {import('./package.js').Data} Data
 * @typedef {{text: string, in?: string[] | null, agency?: string | null}} SearchArguments
 */

export const MOST_WORDS = 32;

/** What is searched of each kind. @type {Record<string, {rows: (data: Data) => Row[], texts: string[]}>} */
export const KINDS = {
  DIVISION: { rows: ({ divisions }) => divisions, texts: ['name', 'code'] },
  INITIATIVE: { rows: ({ initiatives }) => initiatives, texts: ['name', 'slug', 'action', 'outcome'] },
  RESULT: { rows: ({ results }) => results, texts: ['label', 'key', 'note'] },
  METRIC: { rows: ({ metrics }) => metrics, texts: ['name', 'code', 'description'] },
};

const TYPES = ['Division', 'Initiative', 'ReportedResult', 'Metric'];

/** @type {import('./orders.js').Order} */
export const FOUND_ORDER = {
  name: 'search',
  keys: ascending(
    (row) => TYPES.indexOf(row.__typename),
    (row) => row.naturalKey,
  ),
};

/**
 * @param {Data} data
 * @param {SearchArguments} args
 * @returns {Row[]}
 */
export function found(data, { text, in: kinds, agency }) {
  const words = wordsOf(text);
  if (words.length === 0) throw new BadArgument('`text` has no word');
  if (words.length > MOST_WORDS) throw new BadArgument(`\`text\` has over ${MOST_WORDS} words`);
  const last = words.pop();
  const isOfAgency = (/** @type {Row} */ row) =>
    (agency ?? null) === null || row.agency?.naturalKey === naturalKey(agency);
  return [...new Set(kinds ?? Object.keys(KINDS))].flatMap((kind) => {
    const { rows, texts } = KINDS[kind];
    return rows(data)
      .filter(isOfAgency)
      .filter((row) => {
        const own = texts.flatMap((name) => wordsOf(row[name] ?? ''));
        return words.every((word) => own.includes(word)) && own.some((word) => word.startsWith(last));
      });
  });
}

/**
 * Runs of letters and digits, without case and without marks that take no space of their own.
 * @param {string} text
 * @returns {string[]}
 */
export function wordsOf(text) {
  const plain = text.normalize('NFKD').replace(/\p{Mn}/gu, '');
  return [...plain].map(withoutCase).join('').match(/[\p{Alphabetic}\p{N}\p{Co}]+/gu) ?? [];
}

/**
 * Letter by letter: in a whole word JavaScript makes another letter of a sigma at its end.
 * @param {string} letter
 */
function withoutCase(letter) {
  const upper = letter.toLowerCase().toUpperCase();
  return [...upper].map((one) => one.toLowerCase()).join('');
}
