/**
 * Orders that must be refused: of too many keys, by a code that is none, with a bad filter inside, or with other than one key in an object.
 * Must never hold a null that is as if absent: for the whole list.
 */

import { getNamedType, getNullableType, isEnumType, isInputObjectType } from 'graphql';
import { MOST_KEYS } from '../order-by.js';
import { refusedFilters } from './refused-filters.js';

/** @typedef {import('graphql').GraphQLInputObjectType} Inputs */

/**
 * @param {Inputs} type of an item
 * @returns {unknown[]} JSON, valid GraphQL
 */
export function refusedOrders(type) {
  const item = { [directionKeys(type)[0]]: 'ASC' };
  const { total } = type.getFields();
  const filter = isInputObjectType(total?.type) && total.type.getFields().where?.type;
  const badFilters = isInputObjectType(filter) ? refusedFilters(filter).slice(0, 4) : [];
  return [
    Array.from({ length: MOST_KEYS + 1 }, () => item),
    ...unknownCodes(total),
    ...badFilters.map((where) => [item, { total: { metric: 'arrests', direction: 'ASC', where } }]),
  ];
}

/**
 * @param {import('graphql').GraphQLInputField | undefined} total by what is summed, named by a code
 * @returns {unknown[]}
 */
function unknownCodes(total) {
  if (!total || !isInputObjectType(total.type)) return [];
  const coded = 'metric' in total.type.getFields() ? 'metric' : 'unit';
  return ['nope', ''].map((code) => [{ total: { [coded]: code, direction: 'ASC' } }]);
}

/**
 * @param {Inputs} type of an item
 * @returns {unknown[]} JSON, forbidden by `@oneOf`
 */
export function invalidOrders(type) {
  const [first, second = first] = directionKeys(type);
  const relation = Object.values(type.getFields()).find(({ type: inner }) => isInputObjectType(inner) && inner.isOneOf);
  const two = { [first]: 'ASC', [second]: 'DESC' };
  const nested = relation && [{ [relation.name]: {} }];
  return [[two], [{ [first]: 'ASC' }, two], [{}], [{}], [{ [first]: null }], [{ [first]: null }], ...(nested ? [nested, nested] : [])];
}

/**
 * @param {import('graphql').GraphQLInputType} type a list of orders
 * @param {string} direction
 * @returns {string} as a literal
 */
export function anyOrder(type, direction) {
  return `{${directionKeys(/** @type {Inputs} */ (getNamedType(type)))[0]}: ${direction}}`;
}

/** @param {Inputs} type @returns {string[]} the keys that take a direction alone */
function directionKeys(type) {
  return Object.values(type.getFields())
    .filter(({ type: inner }) => isEnumType(getNullableType(inner)))
    .map(({ name }) => name);
}
