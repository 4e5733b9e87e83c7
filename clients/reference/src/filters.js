/**
 * `where`, and `having` of groups: makes of a filter a test of rows. Driven by the input types of the schema, so that a new key needs nothing
 * here as long as it is named after a field of the row, a collection or a relation.
 * A filter is read as a whole before any row is tested, so that a fault in it is found whether or not a row meets it.
 * Must never throw on a row.
 */

import { getNullableType, isInputObjectType, isListType } from 'graphql';
import { numberIn } from './aggregate.js';
import { checkCode } from './codes.js';
import { comparison } from './comparisons.js';
import { BadArgument } from './errors.js';

/**
 * @typedef {import('./package.js').Row} Row
 * @typedef {(row: Row) => boolean} Test
 * @typedef {import('graphql').GraphQLInputObjectType} Inputs
 * @typedef {(tests: Test[], row: Row) => boolean} Combine
 */

/** What `some`, `every` and `none` of a list filter say of children. @type {Record<string, (rows: Row[], test: Test) => boolean>} */
const QUANTIFIERS = {
  some: (rows, test) => rows.some(test),
  every: (rows, test) => rows.every(test),
  none: (rows, test) => !rows.some(test),
};

/** Collections that are not their name in the count with an "s". */
const PLURALS = { child: 'children' };

const always = () => true;

export class Filters {
  /**
   * @param {import('graphql').GraphQLSchema} schema
   * @param {import('./collections.js').Children} children
   * @param {import('./codes.js').Catalogues} catalogues whose codes may be named
   */
  constructor(schema, children, catalogues) {
    this.schema = schema;
    this.children = children;
    this.catalogues = catalogues;
  }

  /**
   * @param {string} typeName e.g. "ResultFilter"
   * @param {Record<string, any> | null | undefined} filter
   * @param {string} [argument] which it was given as
   * @returns {Test}
   */
  predicate(typeName, filter, argument = 'where') {
    const type = /** @type {Inputs} */ (this.schema.getType(typeName));
    return this.filter(type, filter, argument);
  }

  /**
   * All keys of a filter must match. No filter at all, and null for one, lets everything pass.
   * @param {Inputs} type
   * @param {Record<string, any> | null | undefined} filter
   * @param {string} path
   * @returns {Test}
   */
  filter(type, filter, path) {
    const tests = Object.entries(filter ?? {}).map(([name, value]) =>
      this.key(type.getFields()[name], value, `${path}.${name}`),
    );
    return (row) => tests.every((test) => test(row));
  }

  /**
   * @param {import('graphql').GraphQLInputField} field
   * @param {any} value
   * @param {string} path
   * @returns {Test}
   */
  key({ name, type: fieldType }, value, path) {
    const type = getNullableType(fieldType);
    if (!isListType(type) && !isInputObjectType(type)) return existence(name, value, path);
    if (value === null) return always;
    if (isListType(type))
      return this.alternatives(name, /** @type {Inputs} */ (getNullableType(type.ofType)), value, path);
    if (isListFilter(type)) return this.quantified(type, name, value, path);
    if (isComparison(type)) return this.compared(type, name, value, path);
    if (isTotalFilter(type)) return this.summed(type, value, path);

    const test = this.filter(type, value, path);
    if (name === 'not') return (row) => !test(row);
    // An empty filter of what a row refers to is no condition: the row need not refer to anything.
    if (isEmpty(value)) return always;
    if (name === 'within') return (row) => withAncestors(row).some(test);
    return (row) => stored(row, name) !== null && test(stored(row, name));
  }

  /**
   * @param {string} name `and` or `or`
   * @param {Inputs} type
   * @param {any[]} filters
   * @param {string} path
   * @returns {Test}
   */
  alternatives(name, type, filters, path) {
    const tests = filters.map((filter, index) => this.filter(type, filter, `${path}.${index}`));
    if (name === 'and') return (row) => tests.every((test) => test(row));
    return (row) => tests.some((test) => test(row));
  }

  /**
   * @param {Inputs} type
   * @param {string} name of the collection
   * @param {Record<string, any>} quantifiers all must hold
   * @param {string} path
   * @returns {Test}
   */
  quantified(type, name, quantifiers, path) {
    const tests = Object.entries(quantifiers)
      .filter(([, filter]) => filter !== null)
      .map(([quantifier, filter]) => {
        const inner = /** @type {Inputs} */ (getNullableType(type.getFields()[quantifier].type));
        const test = this.filter(inner, filter, `${path}.${quantifier}`);
        return (/** @type {Row[]} */ rows) => QUANTIFIERS[quantifier](rows, test);
      });
    return (row) => tests.every((test) => test(this.children(row, name)));
  }

  /**
   * @param {Inputs} type
   * @param {string} name of the column, or the count
   * @param {Record<string, any>} operators
   * @param {string} path
   * @returns {Test}
   */
  compared(type, name, operators, path) {
    const test = comparison(type.name, operators, path);
    const counted = countedCollection(name);
    // A group has counted its rows already, and is no parent of theirs.
    const isCounted = (/** @type {Row} */ row) => counted !== null && !Object.hasOwn(row, name);
    return (row) => test(isCounted(row) ? this.children(row, counted).length : stored(row, name));
  }

  /**
   * @param {Inputs} type
   * @param {any} total
   * @param {string} path
   * @returns {Test} of a group
   */
  summed(type, total, path) {
    checkCode(this.catalogues.units, total.unit, `${path}.unit`);
    const given = /** @type {import('./aggregate.js').TotalNumber[]} */ (['sum', 'atLeast']).filter(
      (name) => (total[name] ?? null) !== null,
    );
    if (given.length === 0) throw new BadArgument(`\`${path}\` has neither \`sum\` nor \`atLeast\``);
    const tests = given.map((name) => {
      const inner = /** @type {Inputs} */ (getNullableType(type.getFields()[name].type));
      const test = comparison(inner.name, total[name], `${path}.${name}`);
      return (/** @type {Row} */ group) => test(numberIn(group.rows, total, name));
    });
    return (group) => tests.every((test) => test(group));
  }
}

/**
 * Whether a filter compares nothing, and so is no condition. `not` is one whatever is in it, and so are `some`, `every` and
 * `none`.
 * @param {Record<string, any>} filter
 * @returns {boolean}
 */
export function isEmpty(filter) {
  return Object.entries(filter).every(([name, value]) => {
    if (value === null) return true;
    if (name === 'and') return value.every(isEmpty);
    if (name === 'or') return value.some(isEmpty);
    if (['not', ...Object.keys(QUANTIFIERS)].includes(name)) return false;
    return typeof value === 'object' && !Array.isArray(value) && isEmpty(value);
  });
}

/**
 * @param {Inputs} type
 * @returns {boolean} whether it says `some`, `every` and `none` of children
 */
export function isListFilter(type) {
  return 'some' in type.getFields();
}

/**
 * @param {Inputs} type
 * @returns {boolean} whether it has operators, and not keys
 */
export function isComparison(type) {
  return 'eq' in type.getFields();
}

/**
 * @param {Inputs} type
 * @returns {boolean} whether it compares numbers of a total of the rows of a group
 */
export function isTotalFilter(type) {
  return 'sum' in type.getFields();
}

/**
 * @param {string} name e.g. "resultCount"
 * @returns {string | null} the collection, e.g. "results"; null where the name is of no count
 */
export function countedCollection(name) {
  const stem = /^(.+)Count$/.exec(name)?.[1];
  return stem === undefined ? null : (PLURALS[/** @type {'child'} */ (stem)] ?? `${stem}s`);
}

/**
 * @param {string} name e.g. "divisionExists"
 * @param {boolean | null} wanted
 * @param {string} path
 * @returns {Test}
 */
function existence(name, wanted, path) {
  if (wanted === null) throw new BadArgument(`\`${path}\` is null`);
  const relation = name.replace(/Exists$/, '');
  return (row) => (stored(row, relation) !== null) === wanted;
}

/**
 * @param {Row} metric
 * @returns {Row[]} itself, its parent, and so on up to the root
 */
export function withAncestors(metric) {
  return metric.parent ? [metric, ...withAncestors(metric.parent)] : [metric];
}

/**
 * @param {Row} row
 * @param {string} name
 */
function stored(row, name) {
  if (!Object.hasOwn(row, name)) throw new Error(`the reference does not know ${name} of a row to filter by`);
  return row[name];
}
