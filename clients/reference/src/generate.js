/**
 * Draws valid operations from a schema. The same seed and index give the same operation, whatever was drawn before, so
 * that one disagreement can be looked at alone. How each part is drawn stands in `generate/`.
 * Must never return an operation that graphql-js finds invalid: such a draw is thrown away and another made.
 */

import { print, validate } from 'graphql';
import { finishDocument, finishOperation } from './generate/document.js';
import { Draft } from './generate/draft.js';
import { Scope } from './generate/scope.js';
import { drawSelections } from './generate/selections.js';
import { Random } from './random.js';

/** Kept small enough for answers of some kilobytes, and well within what a public endpoint may refuse. */
const LIMITS = { selections: 70, rows: 4000 };
const SIDE_LIMITS = { selections: 8, rows: 500, depth: 4 };
const DEPTHS = [3, 5, 7, 8, 9, 11];
const MOST_ATTEMPTS = 50;

/**
 * @typedef {object} Operation
 * @property {number} index
 * @property {import('graphql').DocumentNode} document
 * @property {import('./execute.js').Request} request without the values of cursors
 * @property {import('./generate/probes.js').Probe[]} probes which give the values of cursors
 */

/**
 * @param {import('graphql').GraphQLSchema} schema
 * @param {import('./generate/vocabulary.js').Vocabulary} vocabulary
 * @param {string} seed
 * @param {number} index
 * @returns {Operation}
 */
export function drawOperation(schema, vocabulary, seed, index) {
  const random = new Random(`${seed}:${index}`);
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const { document, request, probes } = drawRequest(schema, vocabulary, random);
    if (validate(schema, document).length === 0) return { index, document, request, probes };
  }
  throw new Error(`no valid operation in ${MOST_ATTEMPTS} attempts: the generator does not know this schema`);
}

/**
 * @param {import('graphql').GraphQLSchema} schema
 * @param {import('./generate/vocabulary.js').Vocabulary} vocabulary
 * @param {Random} random
 */
function drawRequest(schema, vocabulary, random) {
  const hasSide = random.chance(0.15);
  const name = hasSide || random.chance(0.4) ? 'Main' : null;
  const limits = { ...LIMITS, depth: random.pick(DEPTHS) };
  const main = drawFromRoot(new Draft(schema, vocabulary, random, limits, ''), name);
  const side = hasSide ? [drawFromRoot(new Draft(schema, vocabulary, random, SIDE_LIMITS, 's'), 'Side')] : [];

  const document = finishDocument([main, ...side], random);
  const request = {
    query: print(document),
    operationName: hasSide || (name && random.chance(0.5)) ? name : random.pick([undefined, null]),
    variables: Object.keys(main.variables).length > 0 ? main.variables : random.pick([undefined, null, {}]),
  };
  return { document, request, probes: main.probes };
}

/**
 * @param {Draft} draft
 * @param {string | null} name
 */
function drawFromRoot(draft, name) {
  /** @type {import('./generate/selections.js').Place} */
  const root = { type: draft.schema.getQueryType(), scope: new Scope(), way: [], depth: 0, rows: 1, types: [] };
  return finishOperation(draft, drawSelections(draft, root), name);
}
