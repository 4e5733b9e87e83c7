/**
 * What operations ask for by name: codes, slugs and ids that the package has, the same in other case, and some that
 * it does not have.
 * Must never ask for what is an error: unknown is null, in both servers.
 */

import { childrenIn } from '../collections.js';
import { Groups } from '../groups.js';
import { decodeId, encodeId } from '../ids.js';
import { KINDS, wordsOf } from '../search.js';

export const UNKNOWN_TEXTS = ['', 'nope', ' ', 'ıce', 'ICE 2007', "o'hara", '%', '🛂'];
const SHARES = [0, 1, 0.5, 0.25, 0.75, 0.9, 0.07, 1 / 3, 2 / 3, 1e-7, 0.9999999, 5e-324];
/** What stands between words and is no word; most of it is syntax to a full-text index. */
const SEPARATORS = [' ', ' ', ' ', '-', '  ', '" ', ' + ', '* ', ':', ' ^', ' (', '){', ' 🛂 ', "'", ' \\ ', ' -- '];
const UNKNOWN_YEARS = [0, -1, 1999, 2147483647];

/**
 * @typedef {import('../package.js').Row} Row
 * @typedef {import('../random.js').Random} Random
 * @typedef {object} Lookup
 * @property {Record<string, unknown>} args
 * @property {string[]} [absent] arguments to do without
 * @property {string[]} [types] the object types that will be found
 *
 * @typedef {object} Vocabulary
 * @property {Record<string, (random: Random) => Lookup>} lookups by field ("Type.field") that takes known values
 * @property {unknown[]} ids
 * @property {string[]} texts
 * @property {Record<string, Row[]>} rows by the stem of the names of their input types
 * @property {import('../collections.js').Children} children
 */

/**
 * @param {import('../package.js').Data} data
 * @returns {Vocabulary}
 */
export function vocabularyOf(data) {
  const { agencies, reports, goals, divisions, units, metrics, initiatives, results } = data;
  const nodeKinds = [agencies, reports, goals, divisions, metrics, initiatives, results].filter((rows) => rows.length);
  const searched = Object.values(KINDS).flatMap((kind) =>
    kind.rows(data).map((row) => kind.texts.map((name) => row[name] ?? '').join(' ')),
  );
  const children = childrenIn(data);
  const drawNode = (/** @type {Random} */ random) => random.pick(random.pick(nodeKinds));

  return {
    lookups: {
      'Query.node': (random) => {
        const row = drawNode(random);
        return { args: { id: varyId(random, row.id) }, types: [row.__typename] };
      },
      'Query.nodes': (random) => {
        const rows = Array.from({ length: random.pick([0, 1, 1, 2, 3, 5]) }, () => drawNode(random));
        return { args: { ids: rows.map((row) => varyId(random, row.id)) }, types: rows.map((row) => row.__typename) };
      },
      'Query.agency': lookup(agencies, ({ code }) => ({ code })),
      'Query.report': lookup(reports, ({ agency, fiscalYear }) => ({ agency: agency.code, fiscalYear })),
      'Query.division': lookup(divisions, ({ agency, code }) => ({ agency: agency.code, code })),
      'Query.initiative': lookup(initiatives, ({ report, slug }) => ({
        agency: report.agency.code,
        fiscalYear: report.fiscalYear,
        slug,
      })),
      'Query.metric': lookup(metrics, ({ code }) => ({ code })),
      'Query.search': (random) => {
        const { args, absent } = drawAgency(random, agencies);
        return { args: { ...args, text: drawSearched(random, searched) }, absent };
      },
      'Metric.series': (random) => drawAgency(random, agencies),
      'ResultAggregate.total': (random) => {
        const { unit, scope } = random.pick(results);
        const { code } = random.chance(0.9) ? unit : random.pick(units);
        return { args: { unit: varyCase(random, code), ...(random.chance(0.6) ? { scope } : {}) } };
      },
      'Total.percentile': (random) => ({ args: { p: drawShare(random) } }),
    },
    ids: nodeKinds.map((rows) => rows[0].id),
    texts: [
      ...UNKNOWN_TEXTS,
      ...nodeKinds.flat().flatMap((row) => [row.code, row.slug, row.name, row.label, row.key]),
    ].filter((text) => typeof text === 'string'),
    rows: {
      Agency: agencies,
      Report: reports,
      Goal: goals,
      Division: divisions,
      Unit: units,
      Metric: metrics,
      Initiative: initiatives,
      Result: results,
      ...groupsIn(data, children),
    },
    children,
  };
}

/**
 * @param {Row[]} rows
 * @param {(row: Row) => Record<string, string | number>} argsOf
 * @returns {(random: Random) => Lookup}
 */
function lookup(rows, argsOf) {
  return (random) => {
    const known = Object.entries(argsOf(random.pick(rows)));
    return { args: Object.fromEntries(known.map(([name, value]) => [name, vary(random, value)])) };
  };
}

/**
 * Groups as filters of groups are drawn around; those of one dimension are like any other.
 * @param {import('../package.js').Data} data
 * @param {import('../collections.js').Children} children
 * @returns {Record<string, Row[]>}
 */
function groupsIn({ initiatives, results }, children) {
  const groups = new Groups(children);
  return {
    InitiativeGroup: ['DIVISION', 'GOAL', 'REPORT'].flatMap((by) => groups.groupsOf('initiatives', initiatives, [by])),
    ResultGroup: ['DIVISION', 'INITIATIVE', 'METRIC', 'UNIT'].flatMap((by) => groups.groupsOf('results', results, [by])),
  };
}

/**
 * A few words that stand in one row, the last one cut off, between what is syntax elsewhere.
 * @param {Random} random
 * @param {string[]} texts
 */
function drawSearched(random, texts) {
  const words = random.shuffle(wordsOf(random.pick(texts)));
  const chosen = words.slice(0, random.pick([1, 1, 1, 2, 2, 3]));
  const last = [...chosen.pop()];
  const parts = [...chosen, last.slice(0, 1 + random.below(last.length)).join('')];
  if (random.chance(0.08)) parts.unshift('nope');
  const text = parts.map((part) => (random.chance(0.3) ? part.toUpperCase() : part)).join(random.pick(SEPARATORS));
  return random.chance(0.3) ? `${random.pick(SEPARATORS)}${text}${random.pick(SEPARATORS)}` : text;
}

/**
 * The `agency` of what may be asked of all agencies or of one.
 * @param {Random} random
 * @param {Row[]} agencies
 * @returns {Lookup}
 */
function drawAgency(random, agencies) {
  return random.pickWeighted([
    [6, () => ({ args: {}, absent: ['agency'] })],
    [4, () => ({ args: { agency: vary(random, random.pick(agencies).code) } })],
    [1, () => ({ args: { agency: random.pick([null, undefined]) } })],
  ])();
}

/**
 * Among others shares at which some number of figures is just enough, or just not.
 * @param {Random} random
 */
function drawShare(random) {
  if (random.chance(0.4)) return random.pick(SHARES);
  const count = 1 + random.below(55);
  return Number((random.below(count + 1) / count).toFixed(random.pick([1, 2, 4, 15])));
}

/**
 * @param {Random} random
 * @param {string | number} value
 */
function vary(random, value) {
  if (random.chance(0.05)) {
    return typeof value === 'number' ? random.pick(UNKNOWN_YEARS) : random.pick([...UNKNOWN_TEXTS, `${value} `]);
  }
  return typeof value === 'number' ? value : varyCase(random, value);
}

/**
 * @param {Random} random
 * @param {string} code
 */
export function varyCase(random, code) {
  return random.chance(0.6) ? code : random.pick([code.toLowerCase(), code.toUpperCase()]);
}

/**
 * @param {Random} random
 * @param {string} id of a row
 * @returns {string | number}
 */
export function varyId(random, id) {
  if (random.chance(0.75)) return id;
  const { typeName, key } = decodeId(id);
  return random.pick([
    encodeId(typeName, key.toUpperCase()), // Neither is one of ours.
    encodeId(typeName.toLowerCase(), key),
    encodeId(typeName, `${key} nope`),
    encodeId('UnitOfMeasure', 'arrest'),
    `${id}=`,
    id.slice(1),
    '',
    'not an id',
    2007,
  ]);
}
