/**
 * Draws `@skip` and `@include`, with literals and variables.
 * Must never leave out so much that nothing is asked for; most conditions keep what they stand on.
 */

import { GraphQLBoolean, GraphQLNonNull, Kind } from 'graphql';
import { argument, nameNode } from './values.js';

const REQUIRED_BOOLEAN = new GraphQLNonNull(GraphQLBoolean);

/**
 * @param {import('./draft.js').Draft} draft
 * @returns {import('graphql').DirectiveNode[]}
 */
export function drawDirectives(draft) {
  const { random } = draft;
  if (random.chance(0.85)) return [];
  const names = random.chance(0.15) ? random.shuffle(['skip', 'include']) : [random.pick(['skip', 'include'])];
  return names.map((name) => {
    const keeps = random.chance(0.8);
    const condition = draft.expression(REQUIRED_BOOLEAN, name === 'include' ? keeps : !keeps);
    return { kind: Kind.DIRECTIVE, name: nameNode(name), arguments: [argument('if', condition)] };
  });
}
