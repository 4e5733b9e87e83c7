/**
 * The variables of one operation. A place that wants a value asks for a variable that comes to it in one way or
 * another: given, by its default, or given over a default.
 * Must never leave open what a variable comes to: page sizes are counted upon.
 */

import { isDeepStrictEqual } from 'node:util';
import { getNullableType, isNonNullType, Kind, parseType, visit } from 'graphql';
import { nameNode, OnlyKeyType, writeLiteral } from './values.js';

/**
 * @typedef {import('graphql').GraphQLInputType} InputType
 * @typedef {object} Variable
 * @property {string} name
 * @property {string} type as declared
 * @property {string} position the kind of place it was made for
 * @property {unknown} value what it comes to; undefined: absent
 * @property {import('graphql').ConstValueNode} [defaultValue]
 * @property {unknown} [given] undefined: left out of the request
 */

export class Variables {
  /** @param {import('../random.js').Random} random */
  constructor(random) {
    this.random = random;
    /** @type {Variable[]} */
    this.declared = [];
  }

  /**
   * @param {InputType} position the type of the place
   * @param {unknown} value what the variable is to come to; undefined for absent, where the place allows it
   * @returns {import('graphql').VariableNode}
   */
  comingTo(position, value) {
    const known = this.declared.find(
      (variable) => variable.position === kindOf(position) && isDeepStrictEqual(variable.value, value),
    );
    const variable = known && this.random.chance(0.6) ? known : this.declare(position, value);
    return variableNode(variable.name);
  }

  /** A variable that takes a cursor, which each server gives its own of. */
  forCursor() {
    const name = `c${this.declared.length}`;
    this.declared.push({ name, type: 'String', position: 'cursor', value: undefined });
    return name;
  }

  /**
   * @param {InputType} position
   * @param {unknown} value
   */
  declare(position, value) {
    const way = this.wayTo(position, value);
    const variable = { name: `v${this.declared.length}`, position: kindOf(position), value, ...way };
    this.declared.push(variable);
    return variable;
  }

  /**
   * @param {InputType} position
   * @param {unknown} value
   * @returns {Pick<Variable, 'type' | 'defaultValue' | 'given'>}
   */
  wayTo(position, value) {
    const nullable = String(getNullableType(position));
    const declarable = isNonNullType(position) ? [`${nullable}!`] : [nullable, `${nullable}!`];
    const constant = (/** @type {unknown} */ of) =>
      /** @type {import('graphql').ConstValueNode} */ (writeLiteral(position, of, this.random));

    if (value === undefined) return { type: nullable };
    if (value === null) {
      return this.random.pick([
        { type: nullable, given: null },
        { type: nullable, defaultValue: constant(null) },
      ]);
    }
    const isOne = Array.isArray(value) && value.length === 1 && this.random.chance(0.4);
    const given = isOne ? value[0] : value; // One item may stand for a list of one, here too.
    // With a default that is not null, a nullable variable may stand in a place that is not.
    const defaultable = position instanceof OnlyKeyType ? [`${nullable}!`] : [nullable, `${nullable}!`];
    return this.random.pickWeighted([
      [4, { type: this.random.pick(declarable), given }],
      [3, { type: this.random.pick(defaultable), defaultValue: constant(value) }],
      [2, { type: this.random.pick(defaultable), defaultValue: constant(anotherThan(value)), given }],
    ]);
  }
}

/** @param {InputType} position @returns {string} equal where the same variables may stand */
function kindOf(position) {
  return position instanceof OnlyKeyType ? `only ${position}` : String(position);
}

/** @param {Variable} variable @returns {import('graphql').VariableDefinitionNode} */
export function definitionOf({ name, type, defaultValue }) {
  return { kind: Kind.VARIABLE_DEFINITION, variable: variableNode(name), type: parseType(type), defaultValue };
}

/** @param {string} name @returns {import('graphql').VariableNode} */
export function variableNode(name) {
  return { kind: Kind.VARIABLE, name: nameNode(name) };
}

/**
 * @param {readonly import('graphql').ASTNode[]} nodes
 * @returns {Set<string>} names
 */
export function usedVariables(nodes) {
  const names = new Set();
  for (const node of nodes) visit(node, { Variable: ({ name }) => void names.add(name.value) });
  return names;
}

/** @param {Variable[]} variables @returns {Record<string, unknown>} as the request gives them */
export function givenValues(variables) {
  return Object.fromEntries(
    variables.filter(({ given }) => given !== undefined).map(({ name, given }) => [name, given]),
  );
}

/**
 * A different value of the same type, where one is easily had; it only has to be visible if it is taken by mistake.
 * @param {unknown} value
 */
function anotherThan(value) {
  if (typeof value === 'boolean') return !value;
  return typeof value === 'number' ? value + 1 : value;
}
