/**
 * Draws the arguments of a field: a page, a filter, a look-up of the vocabulary, and anything else by its input type
 * alone.
 * Must never be the place where a type of value is taught; that is `values.js`.
 */

import { getNullableType, isListType, isRequiredArgument } from 'graphql';
import { drawFilter, isFilter } from './filters.js';
import { drawPage } from './paging.js';
import { isCollection, isPageArgument } from './probes.js';
import { argument, drawValue } from './values.js';

const LIST_LENGTH = 4;

/**
 * @param {import('./draft.js').Draft} draft
 * @param {import('./selections.js').Place} place
 * @param {import('graphql').GraphQLField<any, any>} field
 * @returns {{args: import('graphql').ArgumentNode[], rows: number, types: string[]}} see `Entry`
 */
export function drawArguments(draft, place, field) {
  const { lookups } = draft.vocabulary;
  const isLookup = place.type === draft.schema.getQueryType() && Object.hasOwn(lookups, field.name);
  const { args: known, types = [] } = isLookup ? lookups[field.name](draft.random) : { args: {} };

  const others = field.args
    .filter((arg) => !(isCollection(field) && isPageArgument(arg.name)))
    .filter((arg) => isRequiredArgument(arg) || arg.name in known || draft.random.chance(0.5))
    .map((arg) => {
      const value = arg.name in known ? known[arg.name] : drawArgument(draft, arg.type);
      return argument(arg.name, draft.expression(arg.type, value));
    });
  if (!isCollection(field)) return { args: others, rows: isLookup ? types.length || 1 : rowsOf(place, field), types };

  const page = drawPage(draft, place, field, others);
  return { args: [...others, ...page.args], rows: Math.max(1, page.rows), types };
}

/**
 * @param {import('./draft.js').Draft} draft
 * @param {import('graphql').GraphQLInputType} type
 * @returns {unknown} JSON; undefined for a variable that is not given
 */
function drawArgument({ random, vocabulary }, type) {
  if (!isFilter(type)) return drawValue(random, vocabulary, type);
  return random.chance(0.06) ? random.pick([null, undefined]) : drawFilter(random, vocabulary, type);
}

/**
 * A connection's lists are as long as its page, which is counted already; of other lists it is a guess.
 * @param {import('./selections.js').Place} place
 * @param {import('graphql').GraphQLField<any, any>} field
 */
function rowsOf(place, field) {
  return isListType(getNullableType(field.type)) && !place.type.name.endsWith('Connection') ? LIST_LENGTH : 1;
}
