/**
 * Draws fragments: inline, with and without a condition, named, and named ones spread again elsewhere.
 * Must never spread a fragment within itself, nor where its fields could not be merged with those around it.
 */

import { doTypesOverlap, isAbstractType, Kind } from 'graphql';
import { drawDirectives } from './directives.js';
import { Scope } from './scope.js';
import { drawSelections } from './selections.js';
import { nameNode } from './values.js';

/**
 * @typedef {import('./draft.js').Draft} Draft
 * @typedef {import('./selections.js').Place} Place
 * @typedef {import('graphql').SelectionNode} SelectionNode
 */

/**
 * @param {Draft} draft
 * @param {Place} place
 * @returns {SelectionNode | null}
 */
export function drawInlineFragment(draft, place) {
  if (!draft.mayGrow(place)) return null;
  // Without a condition it is of the type that it stands in.
  const condition = draft.random.chance(0.25) ? null : drawCondition(draft, place);
  const inner = { ...place, depth: place.depth + 1 };
  return {
    kind: Kind.INLINE_FRAGMENT,
    typeCondition: condition ? namedType(condition) : undefined,
    directives: drawDirectives(draft),
    selectionSet: drawSelections(draft, condition ? onType(inner, condition) : inner),
  };
}

/**
 * @param {Draft} draft
 * @param {Place} place
 * @returns {SelectionNode | null}
 */
export function drawNamedFragment(draft, place) {
  if (!draft.mayGrow(place)) return null;
  const type = drawCondition(draft, place);
  const inner = { ...onType(place, type), depth: place.depth + 1, scope: new Scope() };
  const before = { ...draft.left, deepest: draft.deepest };
  draft.deepest = inner.depth;
  const definition = {
    kind: /** @type {const} */ (Kind.FRAGMENT_DEFINITION),
    name: nameNode(draft.name('F')),
    typeCondition: namedType(type),
    selectionSet: drawSelections(draft, inner),
  };
  const height = draft.deepest - place.depth;
  draft.deepest = Math.max(draft.deepest, before.deepest);

  draft.fragments.push({
    definition,
    type,
    scope: inner.scope,
    height,
    selections: before.selections - draft.left.selections,
    rows: (before.rows - draft.left.rows) / place.rows,
  });
  if (!place.scope.canAbsorb(inner.scope)) return null; // It may still fit elsewhere.
  place.scope.absorb(inner.scope);
  return spread(draft, definition);
}

/**
 * Spreads a fragment that is there already.
 * @param {Draft} draft
 * @param {Place} place
 * @returns {SelectionNode | null}
 */
export function drawSpread(draft, place) {
  const fragment = draft.random.pick(
    draft.fragments.filter(
      ({ type, scope, height, selections, rows }) =>
        doTypesOverlap(draft.schema, type, place.type) &&
        place.depth + height <= draft.depth &&
        selections <= draft.left.selections &&
        rows * place.rows <= draft.left.rows &&
        place.scope.canAbsorb(scope),
    ),
  );
  if (!fragment) return null;
  draft.left.selections -= fragment.selections;
  draft.left.rows -= fragment.rows * place.rows;
  place.scope.absorb(fragment.scope);
  return spread(draft, fragment.definition);
}

/**
 * A type condition that may stand here: on an object its own type or an interface of it, on an interface mostly a type
 * that is to be expected.
 * @param {Draft} draft
 * @param {Place} place
 * @returns {import('graphql').GraphQLCompositeType}
 */
function drawCondition(draft, place) {
  const { random, schema } = draft;
  if (!isAbstractType(place.type)) return random.pick([place.type, place.type, ...place.type.getInterfaces()]);
  if (place.types.length > 0 && random.chance(0.7)) {
    return /** @type {import('graphql').GraphQLObjectType} */ (schema.getType(random.pick(place.types)));
  }
  return random.pick([place.type, ...schema.getPossibleTypes(place.type)]);
}

/**
 * @param {Place} place
 * @param {import('graphql').GraphQLCompositeType} type
 * @returns {Place}
 */
function onType(place, type) {
  return { ...place, type, way: [...place.way, { onType: type.name }] };
}

/**
 * @param {Draft} draft
 * @param {import('graphql').FragmentDefinitionNode} definition
 * @returns {import('graphql').FragmentSpreadNode}
 */
function spread(draft, { name }) {
  return { kind: Kind.FRAGMENT_SPREAD, name, directives: drawDirectives(draft) };
}

/**
 * @param {import('graphql').GraphQLCompositeType} type
 * @returns {import('graphql').NamedTypeNode}
 */
function namedType(type) {
  return { kind: Kind.NAMED_TYPE, name: nameNode(type.name) };
}
