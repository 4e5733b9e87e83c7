/**
 * Filters that are valid GraphQL and must be refused: null for an operator's value or an `…Exists`, anywhere in them, and
 * a total of which no number is compared.
 * Must never hold a null that is as if absent: for a list, or for a whole filter.
 */

import { getNullableType, isInputObjectType, isListType, isRequiredInputField } from 'graphql';
import { isComparison, isListFilter, isTotalFilter } from '../filters.js';

/** @typedef {import('graphql').GraphQLInputObjectType} Inputs */

/**
 * Each key of the type once, each with a null somewhere below it.
 * @param {Inputs} type of a filter
 * @returns {unknown[]} JSON
 */
export function refusedFilters(type) {
  return Object.values(type.getFields()).map(({ name, type: keyType }, index) => ({
    [name]: refusedValue(keyType, index),
  }));
}

/**
 * @param {import('graphql').GraphQLInputType} keyType
 * @param {number} turn whose turn it is among several
 * @returns {unknown}
 */
function refusedValue(keyType, turn) {
  const type = getNullableType(keyType);
  if (isListType(type)) return [{}, refusedValue(type.ofType, turn)];
  if (!isInputObjectType(type)) return null;
  const fields = Object.values(type.getFields());
  const ofTurn = (/** @type {import('graphql').GraphQLInputField[]} */ choices) => choices[turn % choices.length];
  if (isComparison(type)) return { [ofTurn(fields.filter((field) => !isListType(field.type))).name]: null };
  const { name, type: inner } = ofTurn(isListFilter(type) ? fields : fields.filter(isComparisonKey));
  const others = fields.filter((field) => isRequiredInputField(field) && field.name !== name);
  return { ...Object.fromEntries(others.map((field) => [field.name, 'arrest'])), [name]: refusedValue(inner, turn) };
}

/**
 * A total without a number to compare: none is given, or null, as a literal and as a variable.
 * @param {Inputs} type of a filter
 * @returns {unknown[]} JSON; none where the type has no totals
 */
export function emptyTotals(type) {
  const total = type.getFields().total?.type;
  if (!isInputObjectType(total) || !isTotalFilter(total)) return [];
  const empty = [{ unit: 'arrest' }, { unit: 'arrest', sum: null }, { unit: 'arrest', sum: null, atLeast: null }];
  return empty.flatMap((value) => [{ total: value }, { not: { total: value } }]);
}

/** @param {import('graphql').GraphQLInputField} field */
function isComparisonKey({ type }) {
  const inner = getNullableType(type);
  return isInputObjectType(inner) && isComparison(inner);
}
