/**
 * Draws the selections of one place: so many fields, repeats and fragments, by weights.
 * Must never know how any of them is drawn (`fields.js`, `fragments.js`).
 */

import { isAbstractType, Kind } from 'graphql';
import { drawField, drawRepeat, fieldsOf } from './fields.js';
import { drawInlineFragment, drawNamedFragment, drawSpread } from './fragments.js';

/**
 * @typedef {import('./draft.js').Draft} Draft
 * @typedef {import('graphql').SelectionNode} SelectionNode
 *
 * @typedef {object} Place where selections are drawn
 * @property {import('graphql').GraphQLCompositeType} type
 * @property {import('./scope.js').Scope} scope
 * @property {import('./probes.js').Step[]} way from the root
 * @property {number} depth
 * @property {number} rows how many objects there are at most
 * @property {string[]} types which object types to expect, where the type is abstract
 */

/** @type {[weight: number, draw: (draft: Draft, place: Place) => SelectionNode | null][]} */
const ON_OBJECTS = [
  [70, drawField],
  [10, drawRepeat],
  [9, drawInlineFragment],
  [5, drawNamedFragment],
  [6, drawSpread],
];
/**
 * An interface has few fields of its own; what is of interest stands behind type conditions.
 * @type {typeof ON_OBJECTS}
 */
const ON_ABSTRACT = [
  [25, drawField],
  [5, drawRepeat],
  [50, drawInlineFragment],
  [15, drawNamedFragment],
  [5, drawSpread],
];

/**
 * @param {Draft} draft
 * @param {Place} place
 * @returns {import('graphql').SelectionSetNode}
 */
export function drawSelections(draft, place) {
  draft.deepest = Math.max(draft.deepest, place.depth);
  const ways = isAbstractType(place.type) ? ON_ABSTRACT : ON_OBJECTS;
  const count = 1 + draft.random.below(Math.min(5, 1 + fieldsOf(place.type).length));
  const selections = Array.from({ length: count }, () => {
    draft.left.selections--;
    return draft.random.pickWeighted(ways)(draft, place) ?? drawField(draft, place);
  });
  return { kind: Kind.SELECTION_SET, selections };
}
