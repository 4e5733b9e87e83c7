/**
 * Cursors as arguments. A cursor of one server means nothing to another, so the operation takes it as a variable, and
 * a probe asks each server beforehand for its own cursors of that collection: same parents, same order, no page.
 * Must never put a cursor into the text of an operation.
 */

import { Kind, print } from 'graphql';
import { argument, nameNode } from './values.js';
import { definitionOf, givenValues, usedVariables } from './variables.js';

const PAGE_ARGUMENTS = ['first', 'after', 'last', 'before'];
/** Parents are only a way to the collection; a few are enough. */
const FIRST_PARENTS = argument('first', { kind: Kind.INT, value: '3' });

/**
 * @typedef {{name: string, args: readonly import('graphql').ArgumentNode[], isCollection: boolean}} FieldStep
 * @typedef {{onType: string}} ConditionStep
 * @typedef {FieldStep | ConditionStep} Step on the way from the root to a collection
 *
 * @typedef {object} Probe
 * @property {string} variable which takes the cursor
 * @property {string} query
 * @property {Record<string, unknown>} variables
 * @property {string[]} path the fields on the way to the connection
 * @property {number} share which of the cursors to take: 0 the first, nearly 1 the last
 */

/** @param {{args: readonly {name: string}[]}} field */
export function isCollection(field) {
  return PAGE_ARGUMENTS.every((name) => field.args.some((arg) => arg.name === name));
}

/** @param {string} argName */
export function isPageArgument(argName) {
  return PAGE_ARGUMENTS.includes(argName);
}

/**
 * @param {string} variable
 * @param {Step[]} way to the collection, and the collection
 * @param {import('./variables.js').Variable[]} declared
 * @param {import('../random.js').Random} random
 * @returns {Probe}
 */
export function makeProbe(variable, way, declared, random) {
  const target = way.length - 1;
  const selections = way.reduceRight(
    (inner, step, index) => [stepNode(step, inner, index < target ? [FIRST_PARENTS] : [])],
    [fieldNode('edges', [], [fieldNode('cursor', [])])],
  );
  const used = usedVariables(selections);
  const variables = declared.filter(({ name }) => used.has(name));
  return {
    variable,
    query: print({
      kind: Kind.OPERATION_DEFINITION,
      operation: /** @type {any} */ ('query'),
      variableDefinitions: variables.map(definitionOf),
      selectionSet: { kind: Kind.SELECTION_SET, selections },
    }),
    variables: givenValues(variables),
    path: way.flatMap((step) => ('name' in step ? [step.name] : [])),
    share: random.next(),
  };
}

/**
 * All cursors in the answer to a probe, in the order of the answer.
 * @param {Probe} probe
 * @param {any} data
 * @returns {string[]}
 */
export function cursorsIn({ path }, data) {
  const connections = path.reduce((objects, name) => objects.flatMap((object) => object?.[name] ?? []), [data]);
  return connections.flatMap(({ edges }) => edges.map((/** @type {{cursor: string}} */ { cursor }) => cursor));
}

/**
 * @param {Step} step
 * @param {import('graphql').SelectionNode[]} selections
 * @param {import('graphql').ArgumentNode[]} page
 * @returns {import('graphql').SelectionNode}
 */
function stepNode(step, selections, page) {
  if ('onType' in step) {
    return {
      kind: Kind.INLINE_FRAGMENT,
      typeCondition: { kind: Kind.NAMED_TYPE, name: nameNode(step.onType) },
      selectionSet: { kind: Kind.SELECTION_SET, selections },
    };
  }
  const others = step.args.filter(({ name }) => !step.isCollection || !isPageArgument(name.value));
  return fieldNode(step.name, step.isCollection ? [...others, ...page] : others, selections);
}

/**
 * @param {string} name
 * @param {import('graphql').ArgumentNode[]} args
 * @param {import('graphql').SelectionNode[]} [selections]
 * @returns {import('graphql').FieldNode}
 */
function fieldNode(name, args, selections) {
  /** @type {import('graphql').SelectionSetNode | undefined} */
  const selectionSet = selections && { kind: Kind.SELECTION_SET, selections };
  return { kind: Kind.FIELD, name: nameNode(name), arguments: args, selectionSet };
}
