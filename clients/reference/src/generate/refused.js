/**
 * Requests that are valid GraphQL, or nearly, and must be refused: bad pages, filters, orders, groups, shares, texts and
 * too many ids. Each rule is put to collections at the root, under objects, and in groups.
 * Must never be refused for another reason, nor under a parent that may not exist: then nothing would be refused.
 */

import { isListType, getNamedType, isRequiredArgument, print } from 'graphql';
import { PAGE_SIZES } from '../connection.js';
import { Random } from '../random.js';
import { isFilter } from './filters.js';
import { isOrder } from './orders.js';
import { isCollection } from './probes.js';
import { emptyTotals, refusedFilters } from './refused-filters.js';
import { anyOrder, invalidOrders, refusedOrders } from './refused-orders.js';
import { writeLiteral } from './values.js';

const OVER = PAGE_SIZES.largest + 1;

/** @type {{args: string, variable?: string, value?: unknown}[]} */
const BAD_PAGES = [
  { args: 'first: -1' },
  { args: 'last: -1' },
  { args: 'first: 1, last: 1' },
  { args: `first: ${OVER}` },
  { args: `last: ${OVER}` },
  { args: 'after: ""' },
  { args: 'before: "not a cursor"' },
  { args: 'first: $size', variable: '$size: Int = -1' },
  { args: 'last: $size', variable: '$size: Int = 3', value: OVER },
];

/** Shares outside 0 to 1, by however little. */
const BAD_SHARES = ['-1', '2', '1.0000001', '-1e-300', '1e300', '-0.0001'];
const WITH_TOTALS = [
  'results { aggregate { totals { @ } } }',
  'results { groups(by: UNIT) { nodes { aggregate { totals { @ } } } } }',
  'metrics(first: 1) { nodes { series { total { @ } } } }',
];

/** No word in them, whatever else. */
const BAD_TEXTS = ['', ' ', '"', '*', '()', '🛂', '-', ' \t\n', '%_', '\u0301'];

/** Whose cursor is no cursor of which. */
const OTHER_GROUPS = [
  ['results { groups(by: METRIC) {', 'results { groups(by: UNIT'],
  ['results { groups(by: [UNIT, SCOPE]) {', 'results { groups(by: [SCOPE, UNIT]'],
  ['results { groups(by: [UNIT, SCOPE]) {', 'results { groups(by: UNIT'],
  ['results { groups(by: UNIT) {', 'results { groups(by: UNIT, orderBy: {key: DESC}'],
  ['results { groups(by: REPORT) {', 'initiatives { groups(by: REPORT'],
  ['initiatives { groups(by: GOAL) {', 'initiatives { groups(by: DIVISION'],
];

/**
 * @typedef {object} Refused
 * @property {import('../execute.js').Request} request without the value of the cursor
 * @property {import('./probes.js').Probe[]} probes
 * @property {boolean} [isInvalid] whether GraphQL itself forbids it, and not a rule of annals
 *
 * @typedef {object} Place a collection to put bad arguments to
 * @property {import('graphql').GraphQLField<any, any>} field
 * @property {string[]} given the arguments that it cannot do without
 * @property {string[]} way the fields on the way to it, with their arguments
 */

/**
 * @param {import('graphql').GraphQLSchema} schema
 * @returns {Refused[]}
 */
export function refusedRequests(schema) {
  const ids = Array.from({ length: OVER }, (_, index) => String(index));
  const tooManyIds = { query: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', variables: { ids } };
  return [
    { request: tooManyIds, probes: [] },
    ...placesIn(schema).flatMap((place) => [
      ...BAD_PAGES.map((page) => badPage(page, place)),
      foreignCursor(place),
      ...cursorsOfOtherOrders(place),
      ...badValues(place, 'where', isFilter, refusedFilters),
      ...badValues(place, 'having', isFilter, refusedFilters),
      ...badValues(place, 'having', isFilter, emptyTotals),
      ...badValues(place, 'orderBy', isOrder, refusedOrders),
      ...badValues(place, 'orderBy', isOrder, invalidOrders).map((refused) => ({ ...refused, isInvalid: true })),
      ...badDimensions(place),
    ]),
    ...OTHER_GROUPS.map(([own, other]) => cursorOfOther(own, other)),
    ...badValues(seriesOf(schema), 'where', isFilter, refusedFilters),
    ...WITH_TOTALS.flatMap(badShares),
    ...BAD_TEXTS.map((text) => ({
      request: { query: 'query ($text: String!) { search(text: $text) { totalCount } }', variables: { text } },
      probes: [],
    })),
  ];
}

/**
 * @param {import('graphql').GraphQLSchema} schema
 * @returns {Place[]}
 */
function placesIn(schema) {
  const ofType = (/** @type {string} */ name) => Object.values(/** @type {any} */ (schema.getType(name)).getFields());
  const plain = (/** @type {string} */ typeName, /** @type {string[]} */ way) =>
    ofType(typeName)
      .filter((field) => isCollection(field) && !field.args.some(isRequiredArgument))
      .map((field) => ({ field, given: [], way }));
  const one = (/** @type {string} */ typeName, /** @type {string} */ name, /** @type {string} */ given) => {
    const field = ofType(typeName).find((candidate) => candidate.name === name);
    return (/** @type {string[]} */ ...way) => ({ field, given: [given], way });
  };
  const agency = ['agencies(first: 1)', 'nodes'];
  const initiativeGroups = one('InitiativeConnection', 'groups', 'by: REPORT');
  const resultGroups = one('ReportedResultConnection', 'groups', 'by: UNIT');
  return [
    ...plain(schema.getQueryType().name, []),
    ...plain('Agency', agency),
    initiativeGroups('initiatives'),
    initiativeGroups(...agency, 'initiatives'),
    resultGroups('results'),
    resultGroups(...agency, 'results'),
    resultGroups('initiatives', 'groups(by: REPORT)', 'nodes', 'initiatives(first: 1)', 'nodes', 'results'),
    ...plain('InitiativeGroup', ['initiatives', 'groups(by: REPORT)', 'nodes']),
    ...plain('ResultGroup', ['results', 'groups(by: UNIT)', 'nodes']),
    one('Query', 'search', 'text: "arrests"')(),
  ];
}

/**
 * Not a collection, but it has a filter as they have.
 * @param {import('graphql').GraphQLSchema} schema
 * @returns {Place}
 */
function seriesOf(schema) {
  const { series } = /** @type {import('graphql').GraphQLObjectType} */ (schema.getType('Metric')).getFields();
  return { field: series, given: [], way: ['metrics(first: 1)', 'nodes'] };
}

/**
 * @param {Place} place
 * @param {string} args
 * @param {string} selection
 */
function asked({ field, given, way }, args, selection) {
  const all = [...given, args].filter((text) => text !== '').join(', ');
  const innermost = `${field.name}${all && `(${all})`} { ${selection} }`;
  return way.reduceRight((inner, outer) => `${outer} { ${inner} }`, innermost);
}

/**
 * As a literal and as a variable by turns.
 * @param {Place} place
 * @param {string} name of the argument
 * @param {(type: import('graphql').GraphQLInputType) => boolean} isMeant
 * @param {(type: import('graphql').GraphQLInputObjectType) => unknown[]} valuesOf
 * @returns {Refused[]}
 */
function badValues(place, name, isMeant, valuesOf) {
  const type = place.field.args.find((arg) => arg.name === name)?.type;
  if (!type || !isMeant(type)) return [];
  const selection = isListType(place.field.type.ofType) ? '__typename' : 'totalCount';
  return valuesOf(/** @type {import('graphql').GraphQLInputObjectType} */ (getNamedType(type))).map((value, index) => {
    const isVariable = index % 2 === 1;
    const text = isVariable ? '$value' : print(writeLiteral(type, value, new Random(place.field.name)));
    const declared = isVariable ? `query ($value: ${type}) ` : '';
    const query = `${declared}{ ${asked(place, `${name}: ${text}`, selection)} }`;
    return { request: { query, variables: isVariable ? { value } : {} }, probes: [] };
  });
}

/**
 * No dimension, and one twice.
 * @param {Place} place
 * @returns {Refused[]}
 */
function badDimensions(place) {
  const type = place.field.args.find(({ name }) => name === 'by')?.type;
  if (!type) return [];
  const [dimension] = place.given[0].split(' ').slice(-1);
  return [[], [dimension, dimension], ['FISCAL_YEAR', dimension, 'FISCAL_YEAR']].flatMap((by) => [
    { request: { query: `{ ${asked({ ...place, given: [] }, `by: [${by}]`, 'totalCount')} }` }, probes: [] },
    {
      request: {
        query: `query ($by: ${type}) { ${asked({ ...place, given: [] }, 'by: $by', 'totalCount')} }`,
        variables: { by },
      },
      probes: [],
    },
  ]);
}

/**
 * @param {string} around with a place for the field
 * @returns {Refused[]}
 */
function badShares(around) {
  const write = (/** @type {string} */ p) => around.replace('@', `percentile(p: ${p}) { value }`);
  return [
    ...BAD_SHARES.map((share) => ({ request: { query: `{ ${write(share)} }` }, probes: [] })),
    {
      request: { query: `query ($p: Float! = 0.5) { ${write('$p')} }`, variables: { p: 1.5 } },
      probes: [],
    },
  ];
}

/**
 * @param {(typeof BAD_PAGES)[number]} page
 * @param {Place} place
 * @returns {Refused}
 */
function badPage({ args, variable, value }, place) {
  const query = `query ${variable ? `(${variable}) ` : ''}{ ${asked(place, args, 'totalCount')} }`;
  return { request: { query, variables: value === undefined ? {} : { size: value } }, probes: [] };
}

/**
 * A cursor of the same server, but of a collection of something else.
 * @param {Place} place
 * @returns {Refused}
 */
function foreignCursor(place) {
  const other = place.field.name === 'agencies' ? 'divisions' : 'agencies';
  return withCursor(`${other} { edges { cursor } }`, asked(place, 'after: $cursor', 'totalCount'));
}

/**
 * A cursor of the same collection in another order: each way between the usual order and another, and the other way round.
 * @param {Place} place
 * @returns {Refused[]}
 */
function cursorsOfOtherOrders(place) {
  const type = place.field.args.find(({ name }) => name === 'orderBy')?.type;
  if (!type) return [];
  const orders = ['', ...['ASC', 'DESC'].map((direction) => `orderBy: ${anyOrder(type, direction)}`)];
  return orders.map((order, index) => {
    const other = orders[(index + 1) % orders.length];
    const args = [other, `${index % 2 ? 'before' : 'after'}: $cursor`].filter(Boolean).join(', ');
    return withCursor(asked(place, order, 'edges { cursor }'), asked(place, args, 'totalCount'));
  });
}

/**
 * @param {string} own the way to the connection whose cursor it is, still open
 * @param {string} other likewise, with its arguments still open
 * @returns {Refused}
 */
function cursorOfOther(own, other) {
  return withCursor(`${own} edges { cursor } } }`, `${other}, after: $cursor) { totalCount } }`);
}

/**
 * @param {string} probe a selection of the root
 * @param {string} request likewise
 * @returns {Refused}
 */
function withCursor(probe, request) {
  const path = [...probe.replace(/\([^)]*\)/g, '').matchAll(/\w+(?= {)/g)].map(([name]) => name).slice(0, -1);
  return {
    request: { query: `query ($cursor: String!) { ${request} }` },
    probes: [{ query: `{ ${probe} }`, variables: {}, path, variable: 'cursor', share: 0 }],
  };
}
