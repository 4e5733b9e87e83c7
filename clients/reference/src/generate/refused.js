/**
 * Requests that are valid GraphQL and must still be refused: bad page arguments, bad filters, too many ids.
 * Must never be refused for another reason, nor under a parent that may not exist: then nothing would be refused.
 */

import { isRequiredArgument, print } from 'graphql';
import { PAGE_SIZES } from '../connection.js';
import { Random } from '../random.js';
import { isFilter } from './filters.js';
import { isCollection } from './probes.js';
import { refusedFilters } from './refused-filters.js';
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

/**
 * @typedef {object} Refused
 * @property {import('../execute.js').Request} request without the value of the cursor
 * @property {import('./probes.js').Probe[]} probes
 */

/**
 * @param {import('graphql').GraphQLSchema} schema
 * @returns {Refused[]}
 */
export function refusedRequests(schema) {
  const ids = Array.from({ length: OVER }, (_, index) => String(index));
  const tooManyIds = { query: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', variables: { ids } };

  const atRoot = collectionsOf(schema.getQueryType()).map((field) => ({
    field,
    wrap: (/** @type {string} */ text) => text,
  }));
  const nested = collectionsOf(/** @type {any} */ (schema.getType('Agency'))).map((field) => ({
    field,
    wrap: (/** @type {string} */ text) => `agencies(first: 1) { nodes { ${text} } }`,
  }));
  return [
    { request: tooManyIds, probes: [] },
    ...[...atRoot, ...nested].flatMap(({ field, wrap }) => [
      ...BAD_PAGES.map((page) => badPage(page, field.name, wrap)),
      foreignCursor(field.name, wrap),
      ...badFilters(field, wrap),
    ]),
  ];
}

/** @param {import('graphql').GraphQLObjectType} type */
function collectionsOf(type) {
  return Object.values(type.getFields()).filter((field) => isCollection(field) && !field.args.some(isRequiredArgument));
}

/**
 * As a literal and as a variable by turns.
 * @param {import('graphql').GraphQLField<any, any>} field
 * @param {(text: string) => string} wrap
 * @returns {Refused[]}
 */
function badFilters({ name, args }, wrap) {
  const type = args.find((arg) => arg.name === 'where')?.type;
  if (!isFilter(type)) return [];
  return refusedFilters(type).map((where, index) => {
    const isVariable = index % 2 === 1;
    const text = isVariable ? '$where' : print(writeLiteral(type, where, new Random(name)));
    const query = `${isVariable ? `query ($where: ${type}) ` : ''}{ ${wrap(`${name}(where: ${text}) { totalCount }`)} }`;
    return /** @type {Refused} */ ({ request: { query, variables: isVariable ? { where } : {} }, probes: [] });
  });
}

/**
 * @param {(typeof BAD_PAGES)[number]} page
 * @param {string} name
 * @param {(text: string) => string} wrap
 * @returns {Refused}
 */
function badPage({ args, variable, value }, name, wrap) {
  const query = `query ${variable ? `(${variable}) ` : ''}{ ${wrap(`${name}(${args}) { totalCount }`)} }`;
  return { request: { query, variables: value === undefined ? {} : { size: value } }, probes: [] };
}

/**
 * A cursor of the same server, but of a collection in another order.
 * @param {string} name
 * @param {(text: string) => string} wrap
 * @returns {Refused}
 */
function foreignCursor(name, wrap) {
  const other = name === 'agencies' ? 'divisions' : 'agencies';
  const probe = {
    query: `{ ${other} { edges { cursor } } }`,
    variables: {},
    path: [other],
    variable: 'cursor',
    share: 0,
  };
  return {
    request: { query: `query ($cursor: String!) { ${wrap(`${name}(after: $cursor) { totalCount }`)} }` },
    probes: [probe],
  };
}
