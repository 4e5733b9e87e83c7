/**
 * Draws the arguments of a field: a page, a filter, an order, a look-up of the vocabulary, and anything else by its
 * input type alone.
 * Must never be the place where a type of value is taught; that is `values.js`.
 */

import { getNamedType, getNullableType, isEnumType, isListType, isNonNullType, isRequiredArgument } from 'graphql';
import { drawFilter, isFilter } from './filters.js';
import { drawOrder, isOrder } from './orders.js';
import { drawPage, rowsOf } from './paging.js';
import { isCollection, isPageArgument } from './probes.js';
import { argument, drawValue } from './values.js';

/** @type {import('./vocabulary.js').Lookup} */
const NOTHING_KNOWN = { args: {} };

/**
 * @param {import('./draft.js').Draft} draft
 * @param {import('./selections.js').Place} place
 * @param {import('graphql').GraphQLField<any, any>} field
 * @returns {{args: import('graphql').ArgumentNode[], rows: number, types: string[]}} see `Entry`
 */
export function drawArguments(draft, place, field) {
  const lookup = draft.vocabulary.lookups[`${place.type.name}.${field.name}`];
  const { args: known, absent = [], types = [] } = lookup ? lookup(draft.random) : NOTHING_KNOWN;

  const others = field.args
    .filter((arg) => !(isCollection(field) && isPageArgument(arg.name)))
    .filter((arg) => !absent.includes(arg.name))
    .filter((arg) => isRequiredArgument(arg) || arg.name in known || draft.random.chance(isFilter(arg.type) ? 0.35 : 0.5))
    .map((arg) => {
      const value = arg.name in known ? known[arg.name] : drawArgument(draft, arg.type);
      return argument(arg.name, draft.expression(arg.type, value));
    });
  if (!isCollection(field)) {
    const rows = types.length || rowsOf(place, field);
    if (rows > 1) draft.left.rows -= rows * place.rows;
    return { args: others, rows, types };
  }
  const page = drawPage(draft, place, field, others);
  return { args: [...others, ...page.args], rows: Math.max(1, page.rows), types };
}

/**
 * @param {import('./draft.js').Draft} draft
 * @param {import('graphql').GraphQLInputType} type
 * @returns {unknown} JSON; undefined for a variable that is not given
 */
function drawArgument({ random, vocabulary }, type) {
  const draw = isFilter(type) ? drawFilter : isOrder(type) ? drawOrder : null;
  if (isListOfEnums(type)) return isNonNullType(type) ? drawDistinct(random, type) : drawEnums(random, type);
  if (!draw) return drawValue(random, vocabulary, type);
  return random.chance(0.06) ? random.pick([null, undefined]) : draw(random, vocabulary, /** @type {any} */ (type));
}

/** @param {import('graphql').GraphQLInputType} type */
function isListOfEnums(type) {
  return isListType(getNullableType(type)) && isEnumType(getNamedType(type));
}

/**
 * Any values of an enum, or none, or no list.
 * @param {import('../random.js').Random} random
 * @param {import('graphql').GraphQLInputType} type
 * @returns {unknown} JSON; undefined for a variable that is not given
 */
function drawEnums(random, type) {
  if (random.chance(0.1)) return random.pick([null, undefined]);
  return Array.from({ length: random.pick([0, 1, 2, 2, 3]) }, () => random.pick(valuesOf(type)));
}

/**
 * Some values of an enum, at least one and none twice.
 * @param {import('../random.js').Random} random
 * @param {import('graphql').GraphQLInputType} type
 */
function drawDistinct(random, type) {
  const names = valuesOf(type);
  return random.shuffle(names).slice(0, random.pick([1, 1, 2, 2, 3, 4, names.length, names.length]));
}

/** @param {import('graphql').GraphQLInputType} type @returns {string[]} */
function valuesOf(type) {
  return /** @type {import('graphql').GraphQLEnumType} */ (getNamedType(type)).getValues().map(({ name }) => name);
}
