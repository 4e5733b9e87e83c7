/**
 * Puts a document together: one or two operations, the fragments they use, and no others.
 * Must never leave an unused fragment or variable in: either makes a document invalid.
 */

import { Kind, visit } from 'graphql';
import { nameNode } from './values.js';
import { definitionOf, givenValues, usedVariables } from './variables.js';

/**
 * @typedef {import('graphql').FragmentDefinitionNode} FragmentDefinition
 * @typedef {object} DrawnOperation
 * @property {import('graphql').OperationDefinitionNode} definition
 * @property {FragmentDefinition[]} fragments that it uses
 * @property {Record<string, unknown>} variables as given
 * @property {import('./probes.js').Probe[]} probes
 */

/**
 * @param {import('./draft.js').Draft} draft
 * @param {import('graphql').SelectionSetNode} selectionSet of the root
 * @param {string | null} name
 * @returns {DrawnOperation}
 */
export function finishOperation(draft, selectionSet, name) {
  const fragments = reachable(
    selectionSet,
    draft.fragments.map(({ definition }) => definition),
  );
  const used = usedVariables([selectionSet, ...fragments]);
  const declared = draft.variables.declared.filter((variable) => used.has(variable.name));
  return {
    definition: {
      kind: Kind.OPERATION_DEFINITION,
      operation: /** @type {any} */ ('query'),
      name: name === null ? undefined : nameNode(name),
      variableDefinitions: draft.random.shuffle(declared).map(definitionOf),
      selectionSet,
    },
    fragments,
    variables: givenValues(declared),
    probes: draft.probes.filter(({ variable }) => used.has(variable)),
  };
}

/**
 * @param {DrawnOperation[]} operations
 * @param {import('../random.js').Random} random
 * @returns {import('graphql').DocumentNode}
 */
export function finishDocument(operations, random) {
  const definitions = operations.flatMap(({ definition, fragments }) => [definition, ...fragments]);
  return { kind: Kind.DOCUMENT, definitions: random.shuffle([...new Set(definitions)]) };
}

/**
 * @param {import('graphql').SelectionSetNode} selectionSet
 * @param {FragmentDefinition[]} fragments
 * @returns {FragmentDefinition[]} which are spread, directly or within each other
 */
function reachable(selectionSet, fragments) {
  /** @type {Set<FragmentDefinition>} */
  const found = new Set();
  const follow = (/** @type {import('graphql').ASTNode} */ node) =>
    visit(node, {
      FragmentSpread({ name }) {
        const definition = fragments.find((fragment) => fragment.name.value === name.value);
        if (found.has(definition)) return;
        found.add(definition);
        follow(definition);
      },
    });
  follow(selectionSet);
  return [...found];
}
