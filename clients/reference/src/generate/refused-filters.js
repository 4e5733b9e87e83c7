/**
 * Filters that are valid GraphQL and must be refused: null for an operator's value or an `…Exists`, and what is no day or
 * moment, anywhere in them, and a total of which no number is compared.
 * Must never hold a null that is as if absent: for a whole filter, or a list of them.
 */

import { getNullableType, isInputObjectType, isListType, isRequiredInputField } from 'graphql';
import { isComparison, isListFilter, isTotalFilter } from '../filters.js';

/** What some clients send for a day or a moment; null where a null is to be refused. @type {Record<string, (string | null)[]>} */
const NO_DATES = {
  DateFilter: ['2006-02-31', '2007-9-1', '', 'hello', '2007-09', null],
  DateTimeFilter: ['2007-11-08', '2007-11-08T14:30:00', 'hello', '2007-11-08T14:30:00+0500', null],
};

/** @typedef {import('graphql').GraphQLInputObjectType} Inputs */

/**
 * Each key of the type once, each with such a fault somewhere below it.
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
  if (isComparison(type)) {
    const { name, type: operand } = ofTurn(fields);
    const texts = name === 'isNull' ? undefined : NO_DATES[type.name];
    const text = texts?.[turn % texts.length] ?? null;
    return { [name]: text !== null && isListType(getNullableType(operand)) ? [text] : text };
  }
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
