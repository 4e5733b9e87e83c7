/**
 * Answers one request on the reference, and tells what the fields of its answer are: those whose values are each
 * server's own (cursors, times, ranks, wordings), and which fields were answered with a value at all.
 * Must never decide anything about values; that is the resolvers' part.
 */

import { getNamedType, graphqlSync, Lexer, responsePathAsArray, Source, TokenKind } from 'graphql';
import { keepsItsDigits } from './decimal.js';
import { BadArgument, INVALID } from './errors.js';
import { factsOf } from './sentences.js';

/**
 * @typedef {{query: string, operationName?: string | null, variables?: Record<string, unknown>}} Request
 * @typedef {{kind: 'dateTime'} | {kind: 'cursor', connection: string} | {kind: 'own'} | {kind: 'snippet'}
 *   | {kind: 'set'} | {kind: 'sentence', facts: import('./sentences.js').Facts}} Mark how a value is compared: `own` by its
 *   JSON type alone, `set` without regard to order, `sentence` by what it may say
 * @typedef {{text: string, marks: Map<string, Mark>, answered: Set<string>}} Answer `text` is the JSON body;
 *   `marks` by path in `data` (`pathKey`); `answered` names fields ("Type.field") with a value other than null
 */

/**
 * What hangs on how a server ranks what it finds.
 * @type {Record<string, 'own' | 'snippet' | 'set'>}
 */
const RANKED = {
  'SearchConnection.edges': 'set',
  'SearchConnection.nodes': 'set',
  'SearchEdge.cursor': 'own',
  'SearchEdge.score': 'own',
  'SearchEdge.snippet': 'snippet',
};

/**
 * @param {import('graphql').GraphQLSchema} schema
 * @param {Request} request
 * @returns {Answer}
 */
export function execute(schema, { query, operationName, variables }) {
  const marks = new Map();
  const answered = new Set();
  if (!floatsIn(query).every(keepsItsDigits)) {
    const error = new BadArgument('a number has more digits than a `Float` keeps');
    return { text: JSON.stringify({ errors: [error] }), marks, answered };
  }
  const result = graphqlSync({
    schema,
    source: query,
    operationName,
    variableValues: variables,
    contextValue: (
      /** @type {import('graphql').GraphQLResolveInfo} */ info,
      /** @type {unknown} */ value,
      /** @type {any} */ source,
    ) => {
      if (value === null) return;
      answered.add(`${info.parentType.name}.${info.fieldName}`);
      const mark = markOf(info, source);
      if (mark) marks.set(pathKey(responsePathAsArray(info.path)), mark);
    },
  });
  // A refused argument is found before anything is read: the whole request has no data, not just the field.
  const isRefused = result.errors?.some((error) => error.originalError instanceof BadArgument);
  const body = isRefused || !('data' in result) ? { errors: result.errors.map(withCode) } : result;
  return { text: JSON.stringify(body), marks, answered };
}

/**
 * @param {string} query
 * @returns {string[]} its numbers with a fraction or an exponent, as they are written; none of what is no GraphQL
 */
function floatsIn(query) {
  const lexer = new Lexer(new Source(query));
  const floats = [];
  try {
    while (lexer.advance().kind !== TokenKind.EOF) {
      if (lexer.token.kind === TokenKind.FLOAT) floats.push(lexer.token.value);
    }
  } catch {
    return [];
  }
  return floats;
}

/**
 * What GraphQL itself refuses has no code in graphql-js.
 * @param {import('graphql').GraphQLError} error
 */
function withCode(error) {
  const formatted = error.toJSON();
  return { ...formatted, extensions: { code: INVALID, ...formatted.extensions } };
}

/** @param {readonly (string | number)[]} path */
export function pathKey(path) {
  return JSON.stringify(path);
}

/**
 * Cursors are known by the connection they are of: an edge's is three steps below it, a page's two.
 * @param {import('graphql').GraphQLResolveInfo} info
 * @param {any} source the object that the field is of
 * @returns {Mark | null}
 */
function markOf({ parentType, fieldName, returnType, path }, source) {
  if (fieldName === 'inWords') return { kind: 'sentence', facts: factsOf(parentType.name, source) };
  if (getNamedType(returnType).name === 'DateTime') return { kind: 'dateTime' };
  if (RANKED[`${parentType.name}.${fieldName}`]) return { kind: RANKED[`${parentType.name}.${fieldName}`] };
  const steps = responsePathAsArray(path);
  if (parentType.name.endsWith('Edge') && fieldName === 'cursor') {
    return { kind: 'cursor', connection: pathKey(steps.slice(0, -3)) };
  }
  if (parentType.name === 'PageInfo' && fieldName.endsWith('Cursor')) {
    // In a ranking another row is the first.
    if (path.prev.typename === 'SearchConnection') return { kind: 'own' };
    return { kind: 'cursor', connection: pathKey(steps.slice(0, -2)) };
  }
  return null;
}
