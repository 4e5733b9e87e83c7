/**
 * The state of one operation while it is drawn: its variables, fragments, probes, and how much it may still grow.
 * Must never hold anything from one operation to the next; an operation can be drawn again alone.
 */

import { writeLiteral } from './values.js';
import { Variables } from './variables.js';

/**
 * @typedef {object} Limits
 * @property {number} depth fields and fragments within each other
 * @property {number} selections in all, fragments counted at each spread
 * @property {number} rows in the worst case: page sizes multiplied down the tree
 *
 * @typedef {object} Fragment
 * @property {import('graphql').FragmentDefinitionNode} definition
 * @property {import('graphql').GraphQLCompositeType} type
 * @property {import('./scope.js').Scope} scope
 * @property {number} height levels below the spread
 * @property {number} selections
 * @property {number} rows for each object that it is spread on
 */

export class Draft {
  /**
   * @param {import('graphql').GraphQLSchema} schema
   * @param {import('./vocabulary.js').Vocabulary} vocabulary
   * @param {import('../random.js').Random} random
   * @param {Limits} limits
   * @param {string} namePrefix keeps the names of two operations in one document apart
   */
  constructor(schema, vocabulary, random, limits, namePrefix) {
    this.schema = schema;
    this.vocabulary = vocabulary;
    this.random = random;
    this.depth = limits.depth;
    this.left = { selections: limits.selections, rows: limits.rows };
    this.namePrefix = namePrefix;
    this.names = 0;
    /** How deep the drawing has been since someone set it back, to know how high a fragment is. */
    this.deepest = 0;
    this.variables = new Variables(random);
    /** @type {Fragment[]} finished ones, so that no fragment comes to spread itself */
    this.fragments = [];
    /** @type {import('./probes.js').Probe[]} */
    this.probes = [];
  }

  /** @param {string} kind a letter @returns {string} a name not used before in the document */
  name(kind) {
    return `${this.namePrefix}${kind}${this.names++}`;
  }

  /** Whether fields with selections may still be drawn here. @param {import('./selections.js').Place} place */
  mayGrow(place) {
    return place.depth < this.depth && this.left.selections > 0;
  }

  /**
   * A literal, a variable, or a literal with variables inside.
   * @param {import('graphql').GraphQLInputType} type
   * @param {unknown} value JSON; undefined where a variable is to stand that is not given
   * @returns {import('graphql').ValueNode}
   */
  expression(type, value) {
    if (value === undefined) return this.variables.comingTo(type, value);
    if (this.random.chance(0.35)) return this.variables.comingTo(type, value);
    return writeLiteral(type, value, this.random, (inner, item) => this.expression(inner, item));
  }
}
