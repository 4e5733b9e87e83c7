/**
 * Draws fields: with aliases and arguments, and again under the same key with other selections.
 * Must never make two fields under one response key that cannot be merged, as far as one type is concerned (`scope.js`).
 */

import { getNamedType, isCompositeType, isUnionType, Kind } from 'graphql';
import { drawArguments } from './arguments.js';
import { drawDirectives } from './directives.js';
import { hasRoomFor } from './paging.js';
import { isCollection } from './probes.js';
import { Scope } from './scope.js';
import { drawSelections } from './selections.js';
import { nameNode } from './values.js';

const PREFERENCE = 3;

/**
 * @typedef {import('./draft.js').Draft} Draft
 * @typedef {import('./selections.js').Place} Place
 * @typedef {import('graphql').SelectionNode} SelectionNode
 */

/**
 * @param {Draft} draft
 * @param {Place} place
 * @returns {SelectionNode}
 */
export function drawField(draft, place) {
  const typeName = place.type.name;
  const drawable = fieldsOf(place.type).filter((field) => isDrawable(draft, place, field));
  // Mostly something new: repeats come by themselves in small types.
  const fresh = drawable.filter((field) => !place.scope.entries(typeName).some((entry) => entry.field === field));
  const field = pickField(draft, place, fresh.length > 0 && draft.random.chance(0.85) ? fresh : drawable);
  if (!field || draft.random.chance(0.06)) return typenameField(draft);

  const key = drawKey(draft, place, field);
  if (!place.scope.get(typeName, key)) {
    place.scope.add(typeName, { key, field, scope: new Scope(), ...drawArguments(draft, place, field) });
  }
  return occurrence(draft, place, place.scope.get(typeName, key));
}

/**
 * @param {Draft} draft
 * @param {Place} place
 * @returns {SelectionNode | null}
 */
export function drawRepeat(draft, place) {
  const entries = place.scope.entries(place.type.name).filter(({ field }) => isDrawable(draft, place, field));
  const entry = draft.random.pick(entries);
  return entry ? occurrence(draft, place, entry) : null;
}

/** @param {import('graphql').GraphQLCompositeType} type */
export function fieldsOf(type) {
  return isUnionType(type) ? [] : Object.values(type.getFields());
}

/**
 * One occurrence of a field: the same key and arguments each time, but selections and directives of its own.
 * @param {Draft} draft
 * @param {Place} place
 * @param {import('./scope.js').Entry} entry
 * @returns {import('graphql').FieldNode}
 */
function occurrence(draft, place, { key, field, args, rows, types, scope }) {
  const type = getNamedType(field.type);
  const step = { name: field.name, args, isCollection: isCollection(field) };
  const inner = { scope, way: [...place.way, step], depth: place.depth + 1, rows: place.rows * rows, types };
  return {
    kind: Kind.FIELD,
    alias: key === field.name ? undefined : nameNode(key),
    name: nameNode(field.name),
    arguments: draft.random.shuffle(args),
    directives: drawDirectives(draft),
    selectionSet: isCompositeType(type) ? drawSelections(draft, { ...inner, type }) : undefined,
  };
}

/**
 * @param {Draft} draft
 * @returns {import('graphql').FieldNode}
 */
function typenameField(draft) {
  const alias = draft.random.chance(0.3) ? nameNode(draft.name('t')) : undefined;
  return { kind: Kind.FIELD, alias, name: nameNode('__typename'), directives: drawDirectives(draft) };
}

/**
 * Groups, and what stands in them, are so deep that they would be rare if they were drawn like any other field.
 * @param {Draft} draft
 * @param {Place} place
 * @param {import('graphql').GraphQLField<any, any>[]} fields
 * @returns {import('graphql').GraphQLField<any, any> | undefined} undefined where there is none
 */
function pickField(draft, { type }, fields) {
  if (fields.length === 0) return undefined;
  const isInGroups = /Group(Connection|Edge)?$/.test(type.name);
  const isPreferred = (/** @type {import('graphql').GraphQLField<any, any>} */ field) =>
    isInGroups ? isCompositeType(getNamedType(field.type)) : type.name.endsWith('Connection') && isCollection(field);
  return draft.random.pickWeighted(fields.map((field) => [isPreferred(field) ? PREFERENCE : 1, field]));
}

/**
 * The field's own name, an alias of its own, or, to be nasty, the name of another field.
 * @param {Draft} draft
 * @param {Place} place
 * @param {import('graphql').GraphQLField<any, any>} field
 */
function drawKey(draft, place, field) {
  const { random } = draft;
  const key = random.pickWeighted([
    [75, () => field.name],
    [17, () => draft.name('a')],
    [8, () => random.pick(fieldsOf(place.type)).name],
  ])();
  const holder = place.scope.get(place.type.name, key);
  return !holder || holder.field === field ? key : draft.name('a');
}

/**
 * @param {Draft} draft
 * @param {Place} place
 * @param {import('graphql').GraphQLField<any, any>} field
 */
function isDrawable(draft, place, field) {
  if (!isCompositeType(getNamedType(field.type))) return true;
  return draft.mayGrow(place) && hasRoomFor(draft, place, field);
}
