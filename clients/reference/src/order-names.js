/**
 * What an order says, as text, whatever words it was asked for in: cursors are told apart by it. `100` and `1e2`, `eq` and
 * an `in` of one, keys in other places, defaults and what is left out say the same.
 * Must never know rows.
 */

import { getNullableType, isInputObjectType, isListType } from 'graphql';
import { operandOf } from './comparisons.js';
import { isComparison, isEmpty } from './filters.js';
import { lowerAscii } from './text.js';

/**
 * @typedef {import('graphql').GraphQLInputObjectType} Inputs
 */

/**
 * @param {Inputs} type of an item of `orderBy`
 * @param {Record<string, any>} item
 * @returns {string}
 */
export function orderText(type, item) {
  const [[name, asked]] = Object.entries(item);
  const inner = type.getFields()[name].type;
  if (!isInputObjectType(inner)) return `${name} ${asked}`;
  if (inner.isOneOf) return `${name}.${orderText(inner, asked)}`;
  const { where, metric, unit, scope, within, by, ...others } = asked;
  const filter = inner.getFields().where;
  return JSON.stringify([
    name,
    lowerAscii(metric ?? unit),
    scope ?? 'PERIOD',
    by ?? 'SUM',
    within ?? true,
    filter ? filterText(/** @type {Inputs} */ (getNullableType(filter.type)), where ?? {}) : '',
    Object.entries(others).sort(),
  ]);
}

/**
 * @param {Inputs} type
 * @param {Record<string, any>} filter
 * @returns {string}
 */
function filterText(type, filter) {
  return joined('and', conditions(type, filter));
}

/**
 * @param {Inputs} type
 * @param {Record<string, any>} filter
 * @returns {string[]} all of which hold
 */
function conditions(type, filter) {
  return Object.entries(filter).flatMap(([name, value]) => {
    if (isEmpty({ [name]: value })) return [];
    const field = type.getFields()[name];
    const inner = getNullableType(field.type);
    if (name === 'and') return value.flatMap((/** @type {any} */ one) => conditions(type, one));
    if (name === 'or') return [joined('or', value.map((/** @type {any} */ one) => filterText(type, one)))];
    if (name === 'not') return [negated(filterText(type, value))];
    if (!isInputObjectType(inner)) return [`${name} ${value}`];
    if (isComparison(inner)) return Object.entries(value).map((entry) => `${name} ${comparisonText(inner, entry)}`);
    return [`${name}(${filterText(inner, value)})`];
  });
}

/**
 * @param {Inputs} type
 * @param {[string, any]} operator and its operand
 */
function comparisonText(type, [name, operand]) {
  const isList = isListType(getNullableType(type.getFields()[name].type));
  const read = (/** @type {any} */ value) => JSON.stringify(operandOf(type.name, value));
  if (isList || name === 'eq' || name === 'ne') {
    const values = [...new Set([operand].flat().map(read))].sort();
    return `${name === 'eq' || name === 'in' ? 'in' : 'notIn'} ${values}`;
  }
  return `${name} ${name === 'isNull' ? operand : read(operand)}`;
}

/** @param {string} text */
function negated(text) {
  return /^not\[.*\]$/s.test(text) ? text.slice(4, -1) : `not[${text}]`;
}

/**
 * @param {string} word
 * @param {string[]} texts in no order
 */
function joined(word, texts) {
  const different = [...new Set(texts)].sort();
  return different.length === 1 ? different[0] : `${word}{${different}}`;
}
