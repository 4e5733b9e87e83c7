/**
 * Draws orders: mostly of one or two keys, with many ties, so that what breaks them is seen.
 * Driven by input types as the schema has them. Must never draw an order that is refused; that is `refused-orders.js`.
 */

import { getNamedType, getNullableType, isEnumType, isInputObjectType, isListType } from 'graphql';
import { countedCollection } from '../filters.js';
import { MOST_KEYS } from '../order-by.js';
import { drawFilter, isFilter } from './filters.js';
import { varyCase } from './vocabulary.js';

/** Relations within relations. */
const DEEPEST = 3;

/**
 * @typedef {import('../random.js').Random} Random
 * @typedef {import('./vocabulary.js').Vocabulary} Vocabulary
 * @typedef {import('graphql').GraphQLInputObjectType} Inputs
 * @typedef {import('graphql').GraphQLInputField} Field
 */

/**
 * Whether `drawOrder` draws values of the type.
 * @param {import('graphql').GraphQLInputType} type
 * @returns {boolean}
 */
export function isOrder(type) {
  const named = getNamedType(type);
  return isListType(getNullableType(type)) && isInputObjectType(named) && named.isOneOf;
}

/**
 * @param {Random} random
 * @param {Vocabulary} vocabulary
 * @param {import('graphql').GraphQLInputType} type a list
 * @returns {Record<string, unknown>[]} JSON; undefined inside where a variable is to stand that is not given
 */
export function drawOrder(random, vocabulary, type) {
  const inner = /** @type {Inputs} */ (getNamedType(type));
  const length = random.pickWeighted([
    [1, 0],
    [16, 1],
    [8, 2],
    [3, 3],
    [1, MOST_KEYS],
  ]);
  return Array.from({ length }, () => drawItem(random, vocabulary, inner, 0));
}

/**
 * @param {Random} random
 * @param {Vocabulary} vocabulary
 * @param {Inputs} type
 * @param {number} depth
 * @returns {Record<string, unknown>}
 */
function drawItem(random, vocabulary, type, depth) {
  const fields = Object.values(type.getFields());
  const ofKind = (/** @type {string} */ kind) => fields.filter((field) => kindOf(field) === kind);
  const kinds = /** @type {[number, Field[]][]} */ ([
    [40, ofKind('value')],
    [14, ofKind('count')],
    [20, ofKind('total')],
    [26, depth < DEEPEST ? ofKind('relation') : []],
  ]);
  const { name, type: inner } = random.pick(random.pickWeighted(kinds.filter(([, choices]) => choices.length > 0)));
  if (isEnumType(inner)) return { [name]: random.pick(inner.getValues()).name };
  const object = /** @type {Inputs} */ (inner);
  return { [name]: object.isOneOf ? drawItem(random, vocabulary, object, depth + 1) : drawTotal(random, vocabulary, object) };
}

/**
 * Something that is summed: of a metric or a unit, named by its code.
 * @param {Random} random
 * @param {Vocabulary} vocabulary
 * @param {Inputs} type
 */
function drawTotal(random, vocabulary, type) {
  const absent = () => random.pick([null, undefined]);
  const drawn = Object.values(type.getFields()).map(({ name, type: keyType }) => {
    const inner = getNullableType(keyType);
    if (name === 'metric') return [name, varyCase(random, drawMetric(random, vocabulary).code)];
    if (name === 'unit') return [name, varyCase(random, random.pick(vocabulary.rows.Result).unit.code)];
    if (name === 'direction' && isEnumType(inner)) return [name, random.pick(inner.getValues()).name];
    if (random.chance(0.5)) return null;
    if (random.chance(0.06)) return [name, absent()];
    if (isFilter(inner)) return [name, drawFilter(random, vocabulary, inner)];
    if (isEnumType(inner)) return [name, random.pick(inner.getValues()).name];
    return [name, random.chance(0.5)];
  });
  return Object.fromEntries(drawn.filter((entry) => entry !== null));
}

/**
 * A metric that has figures, or one above it.
 * @param {Random} random
 * @param {Vocabulary} vocabulary
 */
function drawMetric(random, { rows }) {
  let { metric } = random.pick(rows.Result);
  while (metric.parent && random.chance(0.6)) metric = metric.parent;
  return metric;
}

/**
 * @param {Field} field
 * @returns {'value' | 'count' | 'total' | 'relation'}
 */
function kindOf({ name, type }) {
  if (isInputObjectType(type)) return type.isOneOf ? 'relation' : 'total';
  return countedCollection(name) ? 'count' : 'value';
}
