/**
 * `orderBy`: makes an order of a list of one-key objects. Driven by the input types of the schema, as filters are: a key
 * is the name of a stored value, of a relation, or of the count of a collection; only `total` means something else.
 * An order is read as a whole before any row is looked at. Must never look at the page, nor at what a collection selects.
 */

import { isInputObjectType } from 'graphql';
import { numbersOf } from './aggregate.js';
import { checkCode } from './codes.js';
import { isCoded, placeOf } from './enums.js';
import { BadArgument } from './errors.js';
import { countedCollection, withAncestors } from './filters.js';
import { orderText } from './order-names.js';
import { ascending } from './orders.js';
import { lowerAscii } from './text.js';

export const MOST_KEYS = 8;

/** What `by` of an order by totals names. @type {Record<string, import('./aggregate.js').TotalNumber>} */
export const NUMBERS = { SUM: 'sum', AT_LEAST: 'atLeast' };

/**
 * @typedef {import('./package.js').Row} Row
 * @typedef {import('./orders.js').Order} Order
 * @typedef {import('./orders.js').OrderKey} OrderKey
 * @typedef {import('graphql').GraphQLInputObjectType} Inputs
 */

/**
 * @param {Record<string, any>[] | null | undefined} items of `orderBy`
 * @param {Order} usual the order where no other is asked for
 * @param {OrderKey[]} lastKeys what breaks ties
 * @param {Inputs} type of an item
 * @param {(item: Record<string, any>, path: string) => OrderKey[]} keysOf
 * @returns {Order}
 */
export function orderOf(items, usual, lastKeys, type, keysOf) {
  if (!items || items.length === 0) return usual;
  if (items.length > MOST_KEYS) throw new BadArgument(`\`orderBy\` has over ${MOST_KEYS} keys`);
  const keys = items.flatMap((item, index) => keysOf(item, `orderBy.${index}`));
  const texts = items.map((item) => orderText(type, item));
  return { name: `${usual.name} ${texts}`, keys: [...keys, ...lastKeys] };
}

export class OrderBy {
  /**
   * @param {import('graphql').GraphQLSchema} schema
   * @param {import('./collections.js').Children} children
   * @param {import('./filters.js').Filters} filters
   */
  constructor(schema, children, filters) {
    this.schema = schema;
    this.children = children;
    this.filters = filters;
  }

  /**
   * @param {string} typeName e.g. "ResultOrder"
   * @param {Record<string, any>[] | null | undefined} items
   * @param {Order} usual the order where no other is asked for
   * @returns {Order} in which the natural key breaks ties
   */
  order(typeName, items, usual) {
    const type = /** @type {Inputs} */ (this.schema.getType(typeName));
    return orderOf(items, usual, ascending(naturalKey), type, (item, path) => [this.key(type, item, path)]);
  }

  /**
   * @param {Inputs} type
   * @param {Record<string, any>} item with one key
   * @param {string} path
   * @returns {OrderKey}
   */
  key(type, item, path) {
    const [[name, asked]] = Object.entries(item);
    const inner = type.getFields()[name].type;
    if (!isInputObjectType(inner)) return this.valueKey(name, asked);
    if (inner.name === 'ResultTotalOrder') return this.totalKey(asked, `${path}.${name}`);
    const { value, isDescending } = this.key(inner, asked, `${path}.${name}`);
    return { value: (row) => (stored(row, name) === null ? null : value(row[name])), isDescending };
  }

  /**
   * @param {string} name
   * @param {string} direction
   * @returns {OrderKey}
   */
  valueKey(name, direction) {
    const isDescending = direction === 'DESC';
    const counted = countedCollection(name);
    if (counted) return { value: (row) => this.children(row, counted).length, isDescending };
    return { value: (row) => comparable(name, stored(row, name)), isDescending };
  }

  /**
   * The honest sum of the row's results of one metric, in its unit, or what there is at the least.
   * @param {Record<string, any>} total
   * @param {string} path
   * @returns {OrderKey}
   */
  totalKey({ metric: code, within, where, scope, by, direction }, path) {
    checkCode(this.filters.catalogues.metrics, code, `${path}.metric`);
    const type = /** @type {Inputs} */ (this.schema.getType('ResultFilter'));
    const matches = this.filters.filter(type, where, `${path}.where`);
    const isNamed = (/** @type {Row} */ metric) => lowerAscii(metric.code) === lowerAscii(code);
    const unitIn = (/** @type {Row} */ metric) => {
      const named = (within === false ? [metric] : withAncestors(metric)).find(isNamed);
      return named?.unit ?? null;
    };
    const isMeant = (/** @type {Row} */ result) =>
      unitIn(result.metric) === result.unit && result.scope === (scope ?? 'PERIOD') && matches(result);
    return {
      value: (row) => numbersOf(this.children(row, 'results').filter(isMeant))[NUMBERS[by ?? 'SUM']]?.value ?? null,
      isDescending: direction === 'DESC',
    };
  }
}

/**
 * @param {string} name
 * @param {any} value
 * @returns {import('./orders.js').KeyValue} truths and enum values by their place
 */
function comparable(name, value) {
  if (value === null) return null;
  if (typeof value === 'boolean') return Number(value);
  return isCoded(name) ? placeOf(name, value) : value;
}

/** @param {Row} row */
function naturalKey(row) {
  return row.naturalKey;
}

/**
 * @param {Row} row
 * @param {string} name
 */
function stored(row, name) {
  if (!Object.hasOwn(row, name)) throw new Error(`the reference does not know ${name} of a row to order by`);
  return row[name];
}
