/**
 * Draws filters around a row that exists, the witness: its values, its relations, its children. So many filters select
 * something, and few select everything.
 * Driven by input types as the schema has them. Must never draw a filter that is refused; that is `refused-filters.js`.
 */

import { getNullableType, isInputObjectType, isListType } from 'graphql';
import { numberIn } from '../aggregate.js';
import { countedCollection, isComparison, isListFilter, isTotalFilter } from '../filters.js';
import { drawComparison } from './comparisons.js';
import { varyCase } from './vocabulary.js';

/** Filters within filters. */
const DEEPEST = 4;
/** Keys in one argument, comparisons and those around them. */
const MOST_KEYS = 12;

/**
 * @typedef {import('../random.js').Random} Random
 * @typedef {import('./vocabulary.js').Vocabulary} Vocabulary
 * @typedef {import('../package.js').Row} Row
 * @typedef {import('graphql').GraphQLInputObjectType} Inputs
 * @typedef {import('graphql').GraphQLInputField} Field
 */

/**
 * @param {Random} random
 * @param {Vocabulary} vocabulary
 * @param {Inputs} type
 * @returns {Record<string, unknown>} JSON; undefined where a variable is to stand that is not given
 */
export function drawFilter(random, vocabulary, type) {
  return new FilterDraw(random, vocabulary).filter(type, null, 0);
}

/** Whether `drawFilter` draws values of the type. @param {import('graphql').GraphQLInputType} type @returns {type is Inputs} */
export function isFilter(type) {
  return isInputObjectType(type) && ['and', 'or', 'not'].every((name) => name in type.getFields());
}

/** One filter while it is drawn. */
class FilterDraw {
  /**
   * @param {Random} random
   * @param {Vocabulary} vocabulary
   */
  constructor(random, vocabulary) {
    this.random = random;
    this.vocabulary = vocabulary;
    this.keysLeft = MOST_KEYS;
  }

  /**
   * @param {Inputs} type
   * @param {Row | null | undefined} witness where there is none, any row is taken
   * @param {number} depth
   * @returns {Record<string, unknown>}
   */
  filter(type, witness, depth) {
    const rows = this.vocabulary.rows[type.name.replace(/Filter$/, '')];
    const row = witness ?? this.random.pick(rows);
    const count = this.random.pickWeighted([
      [1, 0],
      [12, 1],
      [5, 2],
      [2, 3],
    ]);
    const chosen = new Set(Array.from({ length: Math.min(count, this.keysLeft) }, () => this.pickKey(type, depth)));
    this.keysLeft -= chosen.size;
    return Object.fromEntries([...chosen].map((field) => [field.name, this.key(field, type, row, rows, depth)]));
  }

  /**
   * @param {Inputs} type
   * @param {number} depth
   * @returns {Field}
   */
  pickKey(type, depth) {
    const mayNest = depth < DEEPEST;
    const fields = Object.values(type.getFields());
    const kinds = /** @type {[number, Field[]][]} */ ([
      [50, fields.filter((field) => kindOf(field) === 'comparison')],
      [40, fields.filter((field) => kindOf(field) === 'total')],
      [6, fields.filter((field) => kindOf(field) === 'existence')],
      [16, fields.filter((field) => mayNest && kindOf(field) === 'relation')],
      [14, fields.filter((field) => mayNest && kindOf(field) === 'children')],
      [14, fields.filter((field) => mayNest && kindOf(field) === 'logic')],
    ]);
    return this.random.pick(this.random.pickWeighted(kinds.filter(([, choices]) => choices.length > 0)));
  }

  /**
   * @param {Field} field
   * @param {Inputs} type that it is a key of
   * @param {Row} row
   * @param {Row[]} rows all of the kind
   * @param {number} depth
   * @returns {unknown}
   */
  key(field, type, row, rows, depth) {
    if (kindOf(field) === 'existence') return this.random.chance(0.5);
    if (this.random.chance(0.03)) return null; // As if absent.
    const inner = /** @type {Inputs} */ (getNullableType(field.type));
    switch (kindOf(field)) {
      case 'comparison': {
        const value = (/** @type {Row} */ of) => this.valueOf(of, field.name);
        return drawComparison(this.random, inner, row ? value(row) : null, rows.map(value));
      }
      case 'total':
        return this.total(inner, row, rows);
      case 'children':
        return this.listFilter(inner, row ? this.vocabulary.children(row, field.name) : [], depth + 1);
      case 'logic':
        return this.logic(field, type, row, rows, depth + 1);
      default:
        return this.filter(inner, field.name === 'within' ? this.ancestorOf(row) : row?.[field.name], depth + 1);
    }
  }

  /**
   * @param {Field} field
   * @param {Inputs} type
   * @param {Row} row
   * @param {Row[]} rows
   * @param {number} depth
   */
  logic(field, type, row, rows, depth) {
    const other = () => (this.random.chance(0.3) ? row : this.random.pick(rows));
    if (!isListType(field.type)) return this.filter(type, other(), depth);
    const length = this.random.pick([0, 1, 2, 2, 3]);
    return Array.from({ length }, () => this.filter(type, field.name === 'and' ? row : other(), depth));
  }

  /**
   * @param {Inputs} type
   * @param {Row[]} children
   * @param {number} depth
   */
  listFilter(type, children, depth) {
    const count = this.random.pickWeighted([
      [1, 0],
      [30, 1],
      [6, 2],
    ]);
    const quantifiers = this.random.shuffle(Object.values(type.getFields())).slice(0, count);
    return Object.fromEntries(
      quantifiers.map((field) => {
        const inner = /** @type {Inputs} */ (getNullableType(field.type));
        const child = this.random.chance(field.name === 'none' ? 0.3 : 0.9) ? this.random.pick(children) : null;
        return [field.name, this.random.chance(0.03) ? null : this.filter(inner, child, depth)];
      }),
    );
  }

  /**
   * What the results of a group come to, or are at the least, mostly of one that has such a total.
   * @param {Inputs} type
   * @param {Row} group
   * @param {Row[]} groups
   */
  total(type, group, groups) {
    const { unit, scope: ofResult } = this.random.pick(group.rows);
    const scope = this.random.pickWeighted([
      [6, ofResult],
      [2, undefined],
      [1, null],
      [1, this.random.pick(['PERIOD', 'CUMULATIVE', 'POINT_IN_TIME'])],
    ]);
    const drawNumber = (/** @type {import('../aggregate.js').TotalNumber} */ name) => {
      const number = (/** @type {Row} */ of) => numberIn(of.rows, { unit: unit.code, scope }, name);
      const comparison = /** @type {Inputs} */ (getNullableType(type.getFields()[name].type));
      return [name, drawComparison(this.random, comparison, number(group), groups.map(number))];
    };
    /** @type {import('../aggregate.js').TotalNumber[][]} */
    const choices = [['sum'], ['sum'], ['atLeast'], ['sum', 'atLeast']];
    return {
      unit: varyCase(this.random, unit.code),
      ...(scope === undefined && this.random.chance(0.5) ? {} : { scope }),
      ...Object.fromEntries(this.random.pick(choices).map(drawNumber)),
    };
  }

  /**
   * @param {Row} row
   * @param {string} name
   */
  valueOf(row, name) {
    const counted = countedCollection(name);
    return counted && !Object.hasOwn(row, name) ? this.vocabulary.children(row, counted).length : (row[name] ?? null);
  }

  /** @param {Row} metric @returns {Row} itself or one above it */
  ancestorOf(metric) {
    return metric?.parent && this.random.chance(0.6) ? this.ancestorOf(metric.parent) : metric;
  }
}

/**
 * @param {Field} field
 * @returns {'logic' | 'existence' | 'comparison' | 'total' | 'children' | 'relation'}
 */
function kindOf({ name, type }) {
  if (['and', 'or', 'not'].includes(name)) return 'logic';
  if (!isInputObjectType(type)) return 'existence';
  if (isComparison(type)) return 'comparison';
  if (isTotalFilter(type)) return 'total';
  return isListFilter(type) ? 'children' : 'relation';
}
