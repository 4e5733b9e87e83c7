/**
 * Puts operations to the reference and to the server, and says where they disagree.
 * Must never let one answer pass for the other: whatever cannot be compared is a disagreement.
 */

import { compareAnswers } from './compare.js';
import { INVALID, REFUSED } from './errors.js';
import { execute } from './execute.js';
import { drawOperation } from './generate.js';
import { cursorsIn } from './generate/probes.js';
import { refusedRequests } from './generate/refused.js';
import { vocabularyOf } from './generate/vocabulary.js';

/**
 * @typedef {import('./execute.js').Request} Request
 * @typedef {object} Case
 * @property {string} label by which it is asked for again
 * @property {Request} request
 * @property {import('./generate/probes.js').Probe[]} probes
 * @property {import('graphql').DocumentNode | null} document null where a refusal is expected
 * @property {boolean} [isInvalid] whether GraphQL itself demands the refusal
 *
 * @typedef {object} Disagreement
 * @property {string} reason
 * @property {Request} request as the server got it
 * @property {string} expected
 * @property {string} actual
 *
 * @typedef {{disagreement: Disagreement | null, answered: Iterable<string>}} Verdict
 */

/**
 * @param {{schema: import('graphql').GraphQLSchema, data: import('./package.js').Data}} reference
 * @param {{seed: string, count: number, only?: string}} choice `only` is a label
 * @returns {Iterable<Case>} operations by index, then the requests to be refused
 */
export function* cases({ schema, data }, { seed, count, only }) {
  const isWanted = (/** @type {string} */ label) => only === undefined || only === label;
  const vocabulary = vocabularyOf(data);
  for (let index = 0; index < count; index++) {
    const label = String(index);
    if (isWanted(label)) yield { label, ...drawOperation(schema, vocabulary, seed, index) };
  }
  for (const [index, refused] of refusedRequests(schema).entries()) {
    const label = `refused-${index}`;
    if (isWanted(label)) yield { label, document: null, ...refused };
  }
}

/**
 * @param {import('graphql').GraphQLSchema} schema the reference's
 * @param {import('./endpoint.js').Ask} ask
 * @param {Case} candidate
 * @returns {Promise<Verdict>}
 */
export async function judge(schema, ask, { request, probes, document, isInvalid = false }) {
  const own = { ...request, variables: { ...request.variables } };
  const theirs = { ...request, variables: { ...request.variables } };
  for (const probe of probes) {
    const probed = { query: probe.query, variables: probe.variables };
    const { text, marks } = execute(schema, probed);
    const actual = await bodyFrom(ask, probed);
    const difference = differenceIn(text, actual, marks);
    if (difference) {
      const reason = `in the probe for $${probe.variable}, ${difference}`;
      return { disagreement: { reason, request: probed, expected: text, actual }, answered: [] };
    }
    own.variables[probe.variable] = cursorAt(probe, text);
    theirs.variables[probe.variable] = cursorAt(probe, actual);
  }

  const { text, marks, answered } = execute(schema, own);
  const actual = await bodyFrom(ask, theirs);
  const reason = document === null ? acceptanceBy(text, actual, isInvalid) : differenceIn(text, actual, marks);
  return { disagreement: reason && { reason, request: theirs, expected: text, actual }, answered };
}

/**
 * Silence is an answer too, and a wrong one: the operations after it are still put.
 * @param {import('./endpoint.js').Ask} ask
 * @param {Request} request
 */
async function bodyFrom(ask, request) {
  try {
    return await ask(request);
  } catch (error) {
    return `no answer: ${error.cause ?? error}`;
  }
}

/**
 * @param {import('./generate/probes.js').Probe} probe
 * @param {string} text its answer
 * @returns {string | null} null, as if the argument were absent, where there is no cursor at all
 */
function cursorAt(probe, text) {
  const cursors = cursorsIn(probe, JSON.parse(text).data);
  return cursors[Math.floor(probe.share * cursors.length)] ?? null;
}

/**
 * @param {string} expected
 * @param {string} actual
 * @param {Map<string, import('./execute.js').Mark>} marks
 * @returns {string | null} in words
 */
function differenceIn(expected, actual, marks) {
  const difference = compareAnswers(expected, actual, marks);
  if (!difference) return null;
  return difference.path.length > 0 ? `at ${difference.path.join('.')}: ${difference.reason}` : difference.reason;
}

/**
 * Who lets a request pass that both must refuse. How they word it is their own.
 * @param {string} reference
 * @param {string} server
 * @param {boolean} isInvalid
 * @returns {string | null} in words
 */
function acceptanceBy(reference, server, isInvalid) {
  if (!isRefusal(reference, [isInvalid ? INVALID : REFUSED])) return 'the reference does not refuse';
  // Whether a value of a variable is the user's fault or the document's is a matter of taste.
  if (!isRefusal(server, isInvalid ? [INVALID, REFUSED] : [REFUSED])) return 'the server does not refuse';
  return null;
}

/**
 * A request error that blames the request: errors, and no data, not even null.
 * @param {string} body
 * @param {string[]} codes
 */
function isRefusal(body, codes) {
  try {
    const { errors, ...others } = JSON.parse(body);
    return errors?.length > 0 && codes.includes(errors[0].extensions?.code) && !('data' in others);
  } catch {
    return false;
  }
}
